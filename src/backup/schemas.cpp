#include "backup/schemas.h"

#include <fmt/format.h>

#include <optional>

#include "backup/copy.h"
#include "db/tables.h"
#include "base/clock.h"

namespace beffroi::backup {

namespace {

constexpr std::string_view kBeside = "incoming_";

Result<db::Place> beside(const Prepared& prepared) {
  return db::Place::schema(prepared.place.server(), std::string(kBeside) + prepared.place.schema());
}

// Has the schema rows? No when it is not there.
Result<bool> is_filled(const db::Place& place) {
  auto database = db::Database::open(place, {.access = db::Access::read_only});
  if (!database && database.error().code == Code::not_found) return false;
  if (!database) return tl::unexpected<Error>(std::move(database).error());
  return !BEFFROI_TRY(is_empty(*database));
}

Status fill(const Prepared& prepared, const db::Place& place) {
  db::Database source = BEFFROI_TRY(db::Database::open(prepared.file, kLong));
  db::Database target = BEFFROI_TRY(db::Database::open(place, kLong));
  BEFFROI_TRY(copy_database(source, target, prepared.tables));
  return {};
}

Status drop(db::Database& server, std::string_view schema) {
  return server.execute(fmt::format("DROP SCHEMA IF EXISTS {} CASCADE", db::quoted(schema)));
}

Status rename(db::Database& server, std::string_view from, std::string_view to) {
  return server.execute(fmt::format("ALTER SCHEMA {} RENAME TO {}", db::quoted(from), db::quoted(to)));
}

}  // namespace

Result<std::string> replace_schemas(const std::vector<Prepared>& prepared, bool replace) {
  std::vector<bool> filled;
  for (const Prepared& each : prepared) {
    filled.push_back(BEFFROI_TRY(is_filled(each.place)));
    if (filled.back() && !replace) {
      return fail(Code::conflict,
                  fmt::format("Le schéma «\u00a0{}\u00a0» contient déjà des données\u00a0: «\u00a0--replace\u00a0» les garde de côté.",
                              each.place.schema()));
    }
  }
  const db::Place workshop = BEFFROI_TRY(db::Place::schema(prepared.front().place.server(), std::string(kBeside) + "work"));
  db::Database server = BEFFROI_TRY(db::Database::open(workshop));
  for (const Prepared& each : prepared) {
    const db::Place place = BEFFROI_TRY(beside(each));
    BEFFROI_CHECK(drop(server, place.schema()));  // of a restoration that was interrupted
    BEFFROI_CHECK(fill(each, place));
  }
  const std::string end = fmt::format("_{}", now_ms());
  bool kept = false;
  db::Transaction change = BEFFROI_TRY(db::Transaction::begin(server));
  for (std::size_t i = 0; i < prepared.size(); ++i) {
    const std::string& name = prepared[i].place.schema();
    if (filled[i]) BEFFROI_CHECK(rename(server, name, name + end));
    else BEFFROI_CHECK(drop(server, name));
    BEFFROI_CHECK(rename(server, BEFFROI_TRY(beside(prepared[i])).schema(), name));
    kept = kept || filled[i];
  }
  BEFFROI_CHECK(change.commit());
  BEFFROI_CHECK(drop(server, workshop.schema()));
  return kept ? end : std::string{};
}

}  // namespace beffroi::backup
