#include "usecases/canteen/keepers.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <utility>

#include "audit/export.h"
#include "json/writer.h"
#include "pages/dates.h"
#include "people/account.h"

namespace beffroi::canteen {

namespace {

using compliance::Age;

constexpr std::int64_t kYear = 365;

// Tables whose rows say who made them, and what that was. Rows written before accounts were noted have the name alone.
struct Authored {
  std::string_view table, what;
};
constexpr std::array<Authored, 6> kAuthored{{
    {"canteen_order", "commande"},
    {"canteen_import", "import"},
    {"canteen_calendar_edit", "jour du calendrier"},
    {"canteen_event", "période"},
    {"canteen_scenario", "grève ou fermeture"},
    {"canteen_run", "prévision"},
}};

// What goes by its age, those that others refer to last.
struct Aged {
  const char* table;
  const char* column;
  Age age;
};
constexpr std::array<Aged, 11> kAged{{
    {"canteen_forecast", "day", Age::day},
    {"canteen_run", "made_at", Age::time_ms},
    {"canteen_served", "day", Age::day},
    {"canteen_guests", "day", Age::day},
    {"canteen_dish", "day", Age::day},
    {"canteen_order", "day", Age::day},
    {"canteen_import", "made_at", Age::time_ms},
    {"canteen_calendar_edit", "day", Age::day},
    {"canteen_event", "last_day", Age::day},
    {"canteen_scenario", "day", Age::day},
    {"canteen_holiday", "last_day", Age::day},
}};

Result<std::int64_t> purge(db::Database& database, const compliance::Purging& purging) {
  std::int64_t rows = 0;
  for (const Aged& aged : kAged) {
    // A run whose forecasts still stand stays with them.
    const std::string also = std::string_view(aged.table) == "canteen_run" ? "id NOT IN (SELECT run FROM canteen_forecast)" : "";
    rows += BEFFROI_TRY(compliance::purge_rows(aged.table, aged.column, aged.age, also)(database, purging));
  }
  return rows;
}

// Empty: no such account any more.
Result<std::string> name_of(const tenants::Tenant& tenant, std::string_view account) {
  const auto found = people::account_of(tenant, account);
  if (found) return found->name;
  if (found.error().code == Code::not_found) return std::string();
  return tl::unexpected(found.error());
}

Result<std::string> access(const tenants::Tenant& tenant, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  json::Writer out;
  out.begin_array();
  for (const Authored& authored : kAuthored) {
    db::Statement rows =
        BEFFROI_TRY(database.prepare(fmt::format("SELECT made_at, author FROM {} WHERE account = ? ORDER BY made_at", authored.table)));
    BEFFROI_CHECK(rows.bind(1, account));
    while (BEFFROI_TRY(rows.step())) {
      out.begin_object()
          .field("what", authored.what)
          .field("author", rows.text(1))
          .field("made", audit::utc_text(rows.number(0)))
          .end_object();
    }
  }
  out.end_array();
  return std::move(out).text();
}

// Of a table and a day: « canteen_order:17701 ».
std::string id_of(const Authored& authored, std::int64_t day) { return fmt::format("{}:{}", authored.table, day); }

constexpr std::string_view kUnsigned = "author = ? AND account = ''";

Result<std::vector<compliance::SameName>> same_name(const tenants::Tenant& tenant, std::string_view account) {
  const std::string name = BEFFROI_TRY(name_of(tenant, account));
  std::vector<compliance::SameName> found;
  if (name.empty()) return found;
  db::Database database = BEFFROI_TRY(tenant.connect());
  for (const Authored& authored : kAuthored) {
    db::Statement rows = BEFFROI_TRY(database.prepare(fmt::format(
        "SELECT made_at / {0}, count(*) FROM {1} WHERE {2} GROUP BY made_at / {0} ORDER BY 1", audit::kDayMs, authored.table, kUnsigned)));
    BEFFROI_CHECK(rows.bind(1, std::string_view(name)));
    while (BEFFROI_TRY(rows.step())) {
      const std::string day = audit::utc_text(rows.number(0) * audit::kDayMs).substr(0, 10);
      const std::int64_t count = rows.number(1);
      found.push_back(
          {id_of(authored, rows.number(0)),
           fmt::format("Cantines, {}, le {}\u00a0: {} ligne{}", authored.what, pages::french_date(day), count, count > 1 ? "s" : ""),
           count});
    }
  }
  return found;
}

Result<std::int64_t> forget(db::Database& database, const Authored& authored, const std::string& which, const auto&... values) {
  db::Statement update =
      BEFFROI_TRY(database.prepare(fmt::format("UPDATE {} SET author = '', account = '' WHERE {}", authored.table, which)));
  BEFFROI_CHECK(update.bind_all(values...));
  BEFFROI_CHECK(update.run());
  return database.changes();
}

// The figures stay, without their author.
Result<std::int64_t> erase(const tenants::Tenant& tenant, std::string_view account) {
  if (account.empty()) return 0;
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  std::int64_t rows = 0;
  for (const Authored& authored : kAuthored) rows += BEFFROI_TRY(forget(database, authored, "account = ?", account));
  BEFFROI_CHECK(transaction.commit());
  return rows;
}

Result<std::int64_t> erase_same_name(const tenants::Tenant& tenant, std::string_view account, const std::vector<std::string>& chosen) {
  const std::string name = BEFFROI_TRY(name_of(tenant, account));
  if (name.empty()) return 0;
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  std::int64_t rows = 0;
  for (const Authored& authored : kAuthored) {
    for (const std::string& id : chosen) {
      if (!id.starts_with(fmt::format("{}:", authored.table))) continue;
      const std::string day = id.substr(authored.table.size() + 1);
      std::int64_t number = 0;
      const auto [end, fault] = std::from_chars(day.data(), day.data() + day.size(), number);
      if (fault != std::errc{} || end != day.data() + day.size()) continue;
      rows += BEFFROI_TRY(
          forget(database, authored, fmt::format("{} AND made_at / {} = ?", kUnsigned, audit::kDayMs), std::string_view(name), number));
    }
  }
  BEFFROI_CHECK(transaction.commit());
  return rows;
}

}  // namespace

std::vector<compliance::Keeper> canteen_keepers() {
  compliance::Keeper keeper{.kind = "canteens", .title = "Cantines"};
  keeper.contents = "Des nombres par cantine et par jour, aucun nom d’enfant. Le nom de l’agent qui importe, commande ou corrige.";
  keeper.purpose = "Prévoir et commander le bon nombre de repas.";
  keeper.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  keeper.days = 10 * kYear;
  keeper.least_days = 2 * kYear;  // a forecast learns from the years before
  keeper.most_days = 20 * kYear;
  for (const Aged& aged : kAged) keeper.tables.emplace_back(aged.table);
  for (const char* table :
       {"canteen_setting", "canteen_site", "canteen_spelling", "canteen_file_shape", "canteen_enrolment", "canteen_scenario_closed"}) {
    keeper.tables.emplace_back(table);
  }
  keeper.purge = purge;
  keeper.access = access;
  keeper.erase = erase;
  keeper.same_name = same_name;
  keeper.erase_same_name = erase_same_name;
  return {keeper};
}

}  // namespace beffroi::canteen
