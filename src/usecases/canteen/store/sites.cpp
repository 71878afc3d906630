#include "usecases/canteen/store/sites.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "usecases/canteen/store/rows.h"

namespace beffroi::canteen {

namespace {

template <class Number>
Number number_of(const std::string& text, Number otherwise) {
  Number value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  return fault == std::errc{} && end == text.data() + text.size() ? value : otherwise;
}

}  // namespace

Result<std::vector<StoredSite>> sites(db::Database& commune) {
  db::Statement rows = BEFFROI_TRY(commune.prepare("SELECT id, code, name, kind, sector, closed FROM canteen_site ORDER BY id"));
  std::vector<StoredSite> out;
  while (BEFFROI_TRY(rows.step())) {
    StoredSite site;
    site.id = rows.number(0);
    site.name = {std::string(rows.text(2)), std::string(rows.text(1)), school_kind(rows.text(3))};
    site.sector = rows.text(4);
    site.closed = rows.number(5) != 0;
    out.push_back(std::move(site));
  }
  return out;
}

Result<std::int64_t> add_site(db::Database& commune, const SiteName& name) {
  std::string code = name.code;
  for (int number = 1; code.empty(); ++number) {
    const std::string candidate = fmt::format("C{:03}", number);
    db::Statement taken = BEFFROI_TRY(commune.prepare("SELECT 1 FROM canteen_site WHERE code = ?"));
    BEFFROI_CHECK(taken.bind_all(std::string_view(candidate)));
    if (!BEFFROI_TRY(taken.step())) code = candidate;
  }
  db::Statement insert =
      BEFFROI_TRY(commune.prepare("INSERT INTO canteen_site (code, name, kind, sector) VALUES (?, ?, ?, '') RETURNING id"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(code), std::string_view(name.name), word_of(name.kind)));
  if (!BEFFROI_TRY(insert.step())) return fail(Code::internal, "La cantine n’a pas pu être créée.", "insert returned no row");
  const std::int64_t id = insert.number(0);
  if (BEFFROI_TRY(insert.step())) return fail(Code::internal, "La cantine n’a pas pu être créée.", "insert returned two rows");
  return id;
}

Status change_site(db::Database& commune, const StoredSite& site) {
  db::Statement update = BEFFROI_TRY(commune.prepare("UPDATE canteen_site SET name = ?, kind = ?, sector = ?, closed = ? WHERE id = ?"));
  BEFFROI_CHECK(
      Row(update).text(site.name.name).text(word_of(site.name.kind)).text(site.sector).number(site.closed ? 1 : 0).number(site.id).run());
  if (commune.changes() == 0) return fail(Code::not_found, "Cette cantine n’existe pas.");
  return {};
}

Result<Settings> settings(db::Database& commune) {
  db::Statement rows = BEFFROI_TRY(commune.prepare("SELECT name, value FROM canteen_setting"));
  std::map<std::string, std::string> values;
  while (BEFFROI_TRY(rows.step())) values[std::string(rows.text(0))] = rows.text(1);
  Settings out;
  out.zone = values["zone"];
  if (!values["weekdays"].empty()) {
    out.weekdays.clear();
    for (const char digit : values["weekdays"]) {
      if (digit >= '0' && digit <= '6') out.weekdays.insert(digit - '0');
    }
  }
  out.service = number_of(values["service"], out.service);
  out.lead_days = number_of(values["lead_days"], out.lead_days);
  return out;
}

Status save_settings(db::Database& commune, const Settings& settings) {
  constexpr double kLeast = 0.5, kMost = 0.95;
  constexpr int kMostDays = 70;
  if (!(settings.service >= kLeast && settings.service <= kMost))
    return fail(Code::invalid_argument, "La part des jours à couvrir va de 50 à 95\u00a0%.");
  if (settings.lead_days < 1 || settings.lead_days > kMostDays) return fail(Code::invalid_argument, "Le délai va de 1 à 70 jours.");
  if (settings.weekdays.empty()) return fail(Code::invalid_argument, "Il faut au moins un jour de service par semaine.");
  std::string weekdays;
  for (const int weekday : settings.weekdays) weekdays += static_cast<char>('0' + weekday);
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  db::Statement insert = BEFFROI_TRY(
      commune.prepare("INSERT INTO canteen_setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value"));
  const auto keep = [&](std::string_view name, std::string_view value) { return Row(insert).text(name).text(value).run(); };
  BEFFROI_CHECK(keep("zone", settings.zone));
  BEFFROI_CHECK(keep("weekdays", weekdays));
  BEFFROI_CHECK(keep("service", fmt::format("{}", settings.service)));
  BEFFROI_CHECK(keep("lead_days", std::to_string(settings.lead_days)));
  return transaction.commit();
}

}  // namespace beffroi::canteen
