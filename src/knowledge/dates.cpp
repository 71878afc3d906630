#include "knowledge/dates.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

namespace beffroi::knowledge {

namespace {

constexpr std::chrono::days kFreshDays{45};

std::optional<std::chrono::year_month_day> day_of(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const char* start = text.data();
  std::from_chars(start, start + 4, year);
  std::from_chars(start + 5, start + 7, month);
  std::from_chars(start + 8, start + 10, day);
  const std::chrono::year_month_day found{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!found.ok()) return std::nullopt;
  return found;
}

}  // namespace

std::string utc_now(Clock::time_point now) { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(Clock::to_time_t(now))); }

std::string iso_day(Clock::time_point now) { return fmt::format("{:%Y-%m-%d}", fmt::gmtime(Clock::to_time_t(now))); }

std::string month_in_french(std::string_view day) {
  static constexpr std::array<std::string_view, 12> kMonths = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
  const auto found = day_of(day);
  if (!found) return {};
  return fmt::format("{} {}", kMonths[static_cast<unsigned>(found->month()) - 1], static_cast<int>(found->year()));
}

std::string notice_for(std::string_view newest_day, Clock::time_point now) {
  const auto newest = day_of(newest_day);
  if (!newest) return "La date de la base officielle est inconnue\u00a0: vérifiez sur service-public.fr que la règle n’a pas changé.";
  if (std::chrono::floor<std::chrono::days>(now) - std::chrono::sys_days(*newest) <= kFreshDays) return {};
  const std::string month = month_in_french(newest_day);
  const bool elides = month.starts_with('a') || month.starts_with('o');
  return fmt::format("Base officielle {}{}\u00a0: vérifiez sur service-public.fr que la règle n’a pas changé.", elides ? "d’" : "de ",
                     month);
}

}  // namespace beffroi::knowledge
