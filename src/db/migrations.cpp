// Which migrations a database has had: the table beffroi_migration, one row a number. Files made before it said only the last number
// (SQLite's user_version), when numbers had no holes.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "db/database.h"
#include "db/engine.h"

namespace beffroi::db {

namespace {

constexpr std::string_view kTable = "beffroi_migration";

using Numbers = std::set<int>;

Result<bool> has_table(Session& session) {
  const auto tables = BEFFROI_TRY(session.tables());
  return std::find(tables.begin(), tables.end(), kTable) != tables.end();
}

Result<Numbers> applied(Database& database) {
  Numbers numbers;
  if (!BEFFROI_TRY(has_table(database.session()))) {
    const int last = BEFFROI_TRY(database.session().former_version());
    for (int number = 1; number <= last; ++number) numbers.insert(number);
    return numbers;
  }
  Statement query = BEFFROI_TRY(database.prepare(fmt::format("SELECT number FROM {}", kTable)));
  while (BEFFROI_TRY(query.step())) numbers.insert(static_cast<int>(query.number(0)));
  return numbers;
}

// Inside a transaction.
Status make_table(Database& database, const Numbers& had) {
  if (BEFFROI_TRY(has_table(database.session()))) return {};
  BEFFROI_CHECK(database.execute(fmt::format("CREATE TABLE {} (number INTEGER NOT NULL, PRIMARY KEY (number))", kTable)));
  for (const int number : had) BEFFROI_CHECK(database.execute(fmt::format("INSERT INTO {} (number) VALUES ({})", kTable, number)));
  return {};
}

Status refuse_newer(const Numbers& had, std::span<const Migration> known, const Place& place) {
  for (const int number : had) {
    if (std::any_of(known.begin(), known.end(), [&](const Migration& migration) { return migration.number == number; })) continue;
    return fail(
        Code::conflict,
        fmt::format("«\u00a0{}\u00a0» a été écrit par une version plus récente de Beffroi\u00a0: mettez Beffroi à jour.", place.name()),
        fmt::format("migration {} is unknown", number));
  }
  return {};
}

Status apply(Database& database, const Migration& migration, std::span<const Migration> known) {
  Transaction transaction = BEFFROI_TRY(Transaction::begin(database));
  // Another process may have worked while this one waited for its turn.
  const Numbers had = BEFFROI_TRY(applied(database));
  BEFFROI_CHECK(refuse_newer(had, known, database.place()));
  if (had.contains(migration.number)) return {};
  BEFFROI_CHECK(database.session().lift_time_limit());
  BEFFROI_CHECK(make_table(database, had));
  BEFFROI_CHECK(database.execute(std::string(migration.sql)));
  const std::string_view own = database.engine() == Engine::sqlite ? migration.sqlite : migration.postgres;
  if (!own.empty()) BEFFROI_CHECK(database.execute(std::string(own)));
  BEFFROI_CHECK(database.execute(fmt::format("INSERT INTO {} (number) VALUES ({})", kTable, migration.number)));
  const int last = had.empty() ? migration.number : std::max(*had.rbegin(), migration.number);
  BEFFROI_CHECK(database.session().set_former_version(last));
  return transaction.commit();
}

}  // namespace

Result<int> Database::version() {
  const Numbers had = BEFFROI_TRY(applied(*this));
  return had.empty() ? 0 : *had.rbegin();
}

Status Database::migrate(std::span<const Migration> migrations) {
  const auto not_after = [](const Migration& a, const Migration& b) { return a.number >= b.number; };
  if (std::adjacent_find(migrations.begin(), migrations.end(), not_after) != migrations.end()) {
    return fail(Code::internal, "Les tables de Beffroi sont mal numérotées.", "migrations are not in order of number");
  }
  const Numbers had = BEFFROI_TRY(applied(*this));
  BEFFROI_CHECK(refuse_newer(had, migrations, place_));
  for (const Migration& migration : migrations) {
    if (!had.contains(migration.number)) BEFFROI_CHECK(apply(*this, migration, migrations));
  }
  return {};
}

}  // namespace beffroi::db
