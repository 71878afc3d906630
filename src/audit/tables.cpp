#include "audit/tables.h"

namespace beffroi::audit {

namespace {

// audit_head: how many lines were ever written, the hash of the last one; up to which number lines were purged, the hash of that one.
constexpr db::Migration kMigrations[] = {{20, R"sql(
  CREATE TABLE audit_line (
    number INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    who_kind TEXT NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    object TEXT NOT NULL,
    sources TEXT NOT NULL,
    model TEXT NOT NULL,
    model_sha256 TEXT NOT NULL,
    passed INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (number)
  ) STRICT;
  CREATE TABLE audit_head (
    one INTEGER NOT NULL CHECK (one = 1),
    lines INTEGER NOT NULL,
    hash TEXT NOT NULL,
    purged INTEGER NOT NULL,
    purged_hash TEXT NOT NULL,
    PRIMARY KEY (one)
  ) STRICT;
)sql",
                                          R"sql(
  CREATE TRIGGER audit_line_keeps BEFORE UPDATE ON audit_line BEGIN
    SELECT RAISE(ABORT, 'a line of the journal does not change');
  END;
  CREATE TRIGGER audit_line_stays BEFORE DELETE ON audit_line
  WHEN OLD.number > (SELECT coalesce(max(purged), 0) FROM audit_head) BEGIN
    SELECT RAISE(ABORT, 'a line of the journal stays until a purge signs it off');
  END;
  CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head WHEN NEW.lines < OLD.lines OR NEW.purged < OLD.purged BEGIN
    SELECT RAISE(ABORT, 'the journal only grows');
  END;
  CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head BEGIN
    SELECT RAISE(ABORT, 'the journal only grows');
  END;
)sql",
                                          R"sql(
  CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the journal only grows' USING ERRCODE = 'check_violation'; END $$;
  CREATE FUNCTION audit_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF OLD.number > (SELECT coalesce(max(purged), 0) FROM audit_head) THEN
        RAISE EXCEPTION 'a line of the journal stays until a purge signs it off' USING ERRCODE = 'check_violation';
      END IF;
      RETURN OLD;
    END $$;
  CREATE TRIGGER audit_line_keeps BEFORE UPDATE ON audit_line FOR EACH ROW EXECUTE FUNCTION audit_refuses();
  CREATE TRIGGER audit_line_stays BEFORE DELETE ON audit_line FOR EACH ROW EXECUTE FUNCTION audit_line_stays();
  CREATE TRIGGER audit_line_whole BEFORE TRUNCATE ON audit_line FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses();
  CREATE TRIGGER audit_head_grows BEFORE UPDATE ON audit_head FOR EACH ROW
    WHEN (NEW.lines < OLD.lines OR NEW.purged < OLD.purged) EXECUTE FUNCTION audit_refuses();
  CREATE TRIGGER audit_head_stays BEFORE DELETE ON audit_head FOR EACH ROW EXECUTE FUNCTION audit_refuses();
)sql"}};

}  // namespace

std::span<const db::Migration> audit_migrations() { return kMigrations; }

}  // namespace beffroi::audit
