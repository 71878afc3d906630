#include "forecast/dates.h"

#include <fmt/format.h>

#include <chrono>

namespace beffroi::forecast {

namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

bool digits(std::string_view text) {
  for (const char letter : text) {
    if (letter < '0' || letter > '9') return false;
  }
  return true;
}

int number(std::string_view text) {
  int value = 0;
  for (const char letter : text) value = value * 10 + (letter - '0');
  return value;
}

year_month_day calendar_date(const CivilDate& date) {
  return {std::chrono::year{date.year}, std::chrono::month{static_cast<unsigned>(date.month)},
          std::chrono::day{static_cast<unsigned>(date.day_of_month)}};
}

}  // namespace

Day day_of(const CivilDate& date) { return static_cast<Day>(sys_days{calendar_date(date)}.time_since_epoch().count()); }

CivilDate civil_of(Day day) {
  const year_month_day date{sys_days{std::chrono::days{day}}};
  return {static_cast<int>(date.year()), static_cast<int>(static_cast<unsigned>(date.month())),
          static_cast<int>(static_cast<unsigned>(date.day()))};
}

int weekday_of(Day day) { return ((day + 3) % 7 + 7) % 7; }  // 1970-01-01 was a Thursday

int day_of_year(Day day) { return day - day_of({civil_of(day).year, 1, 1}) + 1; }

int school_year_of(Day day) {
  const CivilDate date = civil_of(day);
  return date.month >= 9 ? date.year : date.year - 1;
}

std::optional<Day> parse_iso(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::string_view year = text.substr(0, 4), month = text.substr(5, 2), day = text.substr(8, 2);
  if (!digits(year) || !digits(month) || !digits(day)) return std::nullopt;
  const CivilDate date{number(year), number(month), number(day)};
  if (date.year < 1900 || date.year > 2200 || !calendar_date(date).ok()) return std::nullopt;
  return day_of(date);
}

std::string to_iso(Day day) {
  const CivilDate date = civil_of(day);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day_of_month);
}

Day easter_sunday(int year) {
  const int a = year % 19, b = year / 100, c = year % 100;
  const int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30;
  const int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  const int sum = h + l - 7 * m + 114;
  return day_of({year, sum / 31, sum % 31 + 1});
}

std::vector<Holiday> public_holidays(int year) {
  const Day easter = easter_sunday(year);
  std::vector<Holiday> all = {{day_of({year, 1, 1}), "Jour de l’an"},
                              {easter + 1, "Lundi de Pâques"},
                              {day_of({year, 5, 1}), "Fête du travail"},
                              {day_of({year, 5, 8}), "Victoire de 1945"},
                              {easter + 39, "Ascension"},
                              {easter + 50, "Lundi de Pentecôte"},
                              {day_of({year, 7, 14}), "Fête nationale"},
                              {day_of({year, 8, 15}), "Assomption"},
                              {day_of({year, 11, 1}), "Toussaint"},
                              {day_of({year, 11, 11}), "Armistice de 1918"},
                              {day_of({year, 12, 25}), "Noël"}};
  for (std::size_t at = 1; at < all.size(); ++at) {  // Ascension may fall before 8 May, or on 1 May
    for (std::size_t to = at; to > 0 && all[to].day < all[to - 1].day; --to) std::swap(all[to], all[to - 1]);
  }
  return all;
}

}  // namespace beffroi::forecast
