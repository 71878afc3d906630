#include "usecases/canteen/store/tables.h"

namespace beffroi::canteen {

namespace {

// Days are « AAAA-MM-JJ », moments milliseconds since 1970. Orders that agents decide are added, never changed: the last one counts.
constexpr db::Migration kMigrations[] = {{60, R"sql(
  CREATE TABLE canteen_setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
  );
  CREATE TABLE canteen_site (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('', 'M', 'E', 'M/E')),
    sector TEXT NOT NULL,
    closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
  );
  CREATE TABLE canteen_spelling (
    spelling TEXT PRIMARY KEY,
    target TEXT NOT NULL
  );
  CREATE TABLE canteen_file_shape (
    signature TEXT PRIMARY KEY,
    answers TEXT NOT NULL
  );
  CREATE TABLE canteen_import (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    content BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'done', 'dropped')),
    summary TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
  );
  CREATE TABLE canteen_served (
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    day TEXT NOT NULL,
    served INTEGER,
    ordered INTEGER,
    PRIMARY KEY (site, day)
  );
  CREATE TABLE canteen_guests (
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    day TEXT NOT NULL,
    category TEXT NOT NULL,
    served INTEGER,
    ordered INTEGER,
    PRIMARY KEY (site, day, category)
  );
  CREATE TABLE canteen_enrolment (
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    school_year INTEGER NOT NULL,
    children INTEGER NOT NULL CHECK (children > 0),
    PRIMARY KEY (site, school_year)
  );
  CREATE TABLE canteen_dish (
    day TEXT NOT NULL,
    dish TEXT NOT NULL,
    PRIMARY KEY (day, dish)
  );
  CREATE TABLE canteen_holiday (
    zone TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    title TEXT NOT NULL,
    PRIMARY KEY (zone, first_day)
  );
  CREATE TABLE canteen_calendar_edit (
    day TEXT PRIMARY KEY,
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
  );
  CREATE TABLE canteen_event (
    id INTEGER PRIMARY KEY,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('ramadan', 'feast', 'other')),
    words TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
  );
  CREATE TABLE canteen_scenario (
    day TEXT PRIMARY KEY,
    rate REAL NOT NULL CHECK (rate >= 0 AND rate <= 1),
    words TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
  );
  CREATE TABLE canteen_scenario_closed (
    day TEXT NOT NULL REFERENCES canteen_scenario (day) ON DELETE CASCADE,
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    PRIMARY KEY (day, site)
  );
  CREATE TABLE canteen_run (
    id INTEGER PRIMARY KEY,
    made_at INTEGER NOT NULL,
    author TEXT NOT NULL,
    last_known TEXT NOT NULL,
    boosted INTEGER NOT NULL CHECK (boosted IN (0, 1))
  );
  CREATE TABLE canteen_forecast (
    run INTEGER NOT NULL REFERENCES canteen_run (id),
    day TEXT NOT NULL,
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    point REAL NOT NULL,
    quantiles TEXT NOT NULL,
    reasons TEXT NOT NULL,
    PRIMARY KEY (run, day, site)
  );
  CREATE INDEX canteen_forecast_by_day ON canteen_forecast (day, site);
  CREATE TABLE canteen_order (
    id INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES canteen_site (id),
    day TEXT NOT NULL,
    meals INTEGER NOT NULL CHECK (meals >= 0),
    proposed INTEGER,
    reason TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
  );
  CREATE INDEX canteen_order_by_day ON canteen_order (day, site);
)sql"},
                                         // Whose name it is: two people may bear the same one.
                                         {61, R"sql(
  ALTER TABLE canteen_import ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE canteen_calendar_edit ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE canteen_event ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE canteen_scenario ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE canteen_run ADD COLUMN account TEXT NOT NULL DEFAULT '';
  ALTER TABLE canteen_order ADD COLUMN account TEXT NOT NULL DEFAULT '';
)sql"}};

}  // namespace

std::span<const db::Migration> canteen_migrations() { return kMigrations; }

}  // namespace beffroi::canteen
