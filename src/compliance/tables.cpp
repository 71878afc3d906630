#include "compliance/tables.h"

namespace beffroi::compliance {

namespace {

// An acceptance holds for a text: the same version number over another text (that of the program, version 0) is not accepted.
constexpr db::Migration kMigrations[] = {{30, R"sql(
  CREATE TABLE compliance_charter (
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    in_force_ms INTEGER NOT NULL,
    published_ms INTEGER NOT NULL,
    published_by TEXT NOT NULL,
    PRIMARY KEY (version)
  ) STRICT;
  CREATE TABLE compliance_acceptance (
    account TEXT NOT NULL,
    version INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    accepted_ms INTEGER NOT NULL,
    PRIMARY KEY (account, version, sha256)
  ) STRICT;
)sql"},
                                         // purge: when it last looked at the clock, and whether what it erased may still be in the files.
                                         // erasure: one line while a person is being erased.
                                         {31, R"sql(
  CREATE TABLE compliance_retention (
    kind TEXT PRIMARY KEY,
    days INTEGER NOT NULL,
    changed_ms INTEGER NOT NULL,
    changed_by TEXT NOT NULL
  ) STRICT;
  CREATE TABLE compliance_purge (
    one INTEGER NOT NULL CHECK (one = 1),
    looked_ms INTEGER NOT NULL,
    traces_left INTEGER NOT NULL CHECK (traces_left IN (0, 1)),
    PRIMARY KEY (one)
  ) STRICT;
  CREATE TABLE compliance_erasure (
    account TEXT PRIMARY KEY,
    started_ms INTEGER NOT NULL
  ) STRICT;
)sql"}};

}  // namespace

std::span<const db::Migration> compliance_migrations() { return kMigrations; }

}  // namespace beffroi::compliance
