#include "people/oidc/tables.h"

namespace beffroi::people::oidc {

namespace {

// `what`: a digest. `id_token` is sealed, and goes with its session.
constexpr db::Migration kMigrations[] = {{18, R"sql(
  CREATE TABLE people_oidc_used (
    what TEXT PRIMARY KEY,
    ends_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE people_oidc_session (
    session TEXT PRIMARY KEY REFERENCES people_session (id) ON DELETE CASCADE,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    sid TEXT NOT NULL,
    id_token TEXT NOT NULL
  ) STRICT;
  CREATE INDEX people_oidc_session_subject ON people_oidc_session (issuer, subject);
)sql"}};

}  // namespace

std::span<const db::Migration> oidc_migrations() { return kMigrations; }

}  // namespace beffroi::people::oidc
