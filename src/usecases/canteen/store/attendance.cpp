#include "usecases/canteen/store/attendance.h"

#include <fmt/format.h>

#include <unordered_map>

namespace beffroi::canteen {

namespace {

using forecast::Day;

std::unordered_map<std::int64_t, std::size_t> places_of(const std::vector<StoredSite>& sites) {
  std::unordered_map<std::int64_t, std::size_t> places;
  for (std::size_t place = 0; place < sites.size(); ++place) places[sites[place].id] = place;
  return places;
}

}  // namespace

Result<std::map<SiteDay, Recorded>> recorded_between(db::Database& commune, const std::vector<StoredSite>& sites, Day from, Day to) {
  const auto places = places_of(sites);
  db::Statement rows = BEFFROI_TRY(commune.prepare("SELECT site, day, served, ordered FROM canteen_served WHERE day BETWEEN ? AND ?"));
  const std::string first = forecast::to_iso(from), last = forecast::to_iso(to);
  BEFFROI_CHECK(rows.bind_all(std::string_view(first), std::string_view(last)));
  std::map<SiteDay, Recorded> out;
  while (BEFFROI_TRY(rows.step())) {
    const auto place = places.find(rows.number(0));
    if (place != places.end()) out[{place->second, BEFFROI_TRY(day_in(rows, 1))}] = {count_in(rows, 2), count_in(rows, 3)};
  }
  return out;
}

Result<std::vector<Guests>> guests_of(db::Database& commune, std::int64_t site, Day day) {
  db::Statement rows =
      BEFFROI_TRY(commune.prepare("SELECT category, served, ordered FROM canteen_guests WHERE site = ? AND day = ? ORDER BY category"));
  const std::string iso = forecast::to_iso(day);
  BEFFROI_CHECK(rows.bind_all(site, std::string_view(iso)));
  std::vector<Guests> out;
  while (BEFFROI_TRY(rows.step())) out.push_back({std::string(rows.text(0)), {count_in(rows, 1), count_in(rows, 2)}});
  return out;
}

Result<std::map<Day, std::vector<std::string>>> dishes_between(db::Database& commune, Day from, Day to) {
  db::Statement rows = BEFFROI_TRY(commune.prepare("SELECT day, dish FROM canteen_dish WHERE day BETWEEN ? AND ? ORDER BY day, dish"));
  const std::string first = forecast::to_iso(from), last = forecast::to_iso(to);
  BEFFROI_CHECK(rows.bind_all(std::string_view(first), std::string_view(last)));
  std::map<Day, std::vector<std::string>> out;
  while (BEFFROI_TRY(rows.step())) out[BEFFROI_TRY(day_in(rows, 0))].emplace_back(rows.text(1));
  return out;
}

Status record_served(db::Database& commune, const std::vector<ServedMeals>& meals) {
  for (const ServedMeals& each : meals) {
    if (each.meals < 0 || static_cast<float>(each.meals) > kMostMeals)
      return fail(Code::invalid_argument, fmt::format("{} repas servis\u00a0: il faut un nombre de 0 à {:.0f}.", each.meals, kMostMeals));
  }
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  db::Statement insert = BEFFROI_TRY(commune.prepare(
      "INSERT INTO canteen_served (site, day, served) VALUES (?, ?, ?) ON CONFLICT (site, day) DO UPDATE SET served = excluded.served"));
  for (const ServedMeals& each : meals) BEFFROI_CHECK(Row(insert).number(each.site).day(each.day).number(each.meals).run());
  return transaction.commit();
}

}  // namespace beffroi::canteen
