#include "people/tables.h"

namespace beffroi::people {

namespace {

// Secrets are never here: a password as Argon2id, a session and a key as the hash of 256 random bits.
constexpr db::Migration kMigrations[] = {{10, R"sql(
  CREATE TABLE people_account (
    id TEXT PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT NOT NULL,
    must_change INTEGER NOT NULL CHECK (must_change IN (0, 1)),
    disabled INTEGER NOT NULL CHECK (disabled IN (0, 1)),
    device_key TEXT NOT NULL,
    created_ms INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE people_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES people_account (id),
    PRIMARY KEY (issuer, subject)
  ) STRICT;
  CREATE TABLE people_membership (
    account TEXT NOT NULL REFERENCES people_account (id),
    role TEXT NOT NULL,
    service TEXT NOT NULL,
    PRIMARY KEY (account, role, service)
  ) STRICT;
)sql"},
                                         {11, R"sql(
  CREATE TABLE people_group (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    claim TEXT NOT NULL
  ) STRICT;
  CREATE TABLE people_group_role (
    group_id TEXT NOT NULL REFERENCES people_group (id),
    role TEXT NOT NULL,
    service TEXT NOT NULL,
    PRIMARY KEY (group_id, role, service)
  ) STRICT;
  CREATE TABLE people_group_member (
    group_id TEXT NOT NULL REFERENCES people_group (id),
    account TEXT NOT NULL REFERENCES people_account (id),
    by_claim INTEGER NOT NULL CHECK (by_claim IN (0, 1)),
    PRIMARY KEY (group_id, account, by_claim)
  ) STRICT;
)sql"},
                                         {12, R"sql(
  CREATE TABLE people_session (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES people_account (id),
    method TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    seen_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX people_session_account ON people_session (account);
)sql"},
                                         {13, R"sql(
  CREATE TABLE people_key (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    account TEXT NOT NULL REFERENCES people_account (id),
    name TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_ms INTEGER NOT NULL,
    ends_ms INTEGER NOT NULL,
    last_used_day TEXT NOT NULL,
    revoked INTEGER NOT NULL CHECK (revoked IN (0, 1))
  ) STRICT;
  CREATE INDEX people_key_account ON people_key (account);
)sql"}};

}  // namespace

std::span<const db::Migration> people_migrations() { return kMigrations; }

}  // namespace beffroi::people
