#include "tenants/directory.h"

namespace beffroi::tenants {

namespace {

// node.configured: its name is the one of beffroi.toml, and follows it until somebody renames the node.
// corpus_share: an empty owner is the installation, an empty target every node below the owner.
constexpr db::Migration kMigrations[] = {{1, R"sql(
  CREATE TABLE node (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('syndicate', 'commune')),
    name TEXT NOT NULL,
    parent TEXT REFERENCES node (id),
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended')),
    configured INTEGER NOT NULL CHECK (configured IN (0, 1)),
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE host (
    name TEXT PRIMARY KEY,
    node TEXT NOT NULL REFERENCES node (id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE corpus_share (
    corpus TEXT NOT NULL,
    owner TEXT NOT NULL,
    target TEXT NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (corpus, owner, target)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE backup (
    id INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL
  ) STRICT;
)sql"}};

}  // namespace

std::span<const db::Migration> installation_tables() { return kMigrations; }

}  // namespace beffroi::tenants
