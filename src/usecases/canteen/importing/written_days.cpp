#include "usecases/canteen/importing/written_days.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::array kForms = {DayForm::iso, DayForm::day_first, DayForm::month_first};
constexpr int kFirstYear = 1990, kLastYear = 2100;
constexpr int kEvening = 22;  // midnight of France is 22:00 or 23:00 in universal time
constexpr int kSaturday = 5;

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

// Takes a number of at most `most` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  std::size_t size = 0;
  while (size < std::min(text.size(), most) && text[size] >= '0' && text[size] <= '9') ++size;
  int value = 0;
  if (size == 0 || std::from_chars(text.data(), text.data() + size, value).ec != std::errc{}) return std::nullopt;
  text.remove_prefix(size);
  return value;
}

std::optional<Day> civil_day(int year, int month, int day) {
  if (year < kFirstYear || year > kLastYear) return std::nullopt;
  return forecast::parse_iso(fmt::format("{:04}-{:02}-{:02}", year, month, day));
}

// What follows a day: nothing, or a time. 1 when the time says that the day is the next one, empty when it is no time.
std::optional<int> days_more(std::string_view rest) {
  if (rest.empty()) return 0;
  if (rest.front() != ' ' && rest.front() != 'T') return std::nullopt;
  rest.remove_prefix(1);
  const auto hour = take_number(rest, 2);
  if (!hour || *hour > 24 || rest.empty() || rest.front() != ':') return std::nullopt;
  const bool universal = rest.ends_with("Z") || rest.ends_with("+00:00") || rest.ends_with("+0000");
  return universal && *hour >= kEvening ? 1 : 0;
}

std::optional<Day> read_iso(std::string_view text) {
  const auto digits = static_cast<std::size_t>(
      std::find_if(text.begin(), text.end(), [](char letter) { return letter < '0' || letter > '9'; }) - text.begin());
  std::optional<Day> day;
  if (digits == 8) {
    int whole = 0;
    std::from_chars(text.data(), text.data() + 8, whole);
    day = civil_day(whole / 10000, whole / 100 % 100, whole % 100);
    text.remove_prefix(8);
  } else if (text.size() >= 10) {
    day = forecast::parse_iso(text.substr(0, 10));
    if (day && !civil_day(forecast::civil_of(*day).year, 1, 1)) day.reset();
    text.remove_prefix(10);
  }
  const auto more = days_more(text);
  if (!day || !more) return std::nullopt;
  return *day + *more;
}

std::optional<Day> read_slashed(std::string_view text, bool day_first) {
  const auto first = take_number(text, 2);
  if (!first || text.empty()) return std::nullopt;
  const char mark = text.front();
  if (mark != '/' && mark != '-' && mark != '.') return std::nullopt;
  text.remove_prefix(1);
  const auto second = take_number(text, 2);
  if (!second || text.empty() || text.front() != mark) return std::nullopt;
  text.remove_prefix(1);
  const std::size_t before = text.size();
  const auto year = take_number(text, 4);
  if (!year || before - text.size() != 4 || !days_more(text)) return std::nullopt;
  return day_first ? civil_day(*year, *second, *first) : civil_day(*year, *first, *second);
}

struct Tried {
  std::size_t days = 0;      // values that are days in that form
  std::size_t weekdays = 0;  // of these, Mondays to Fridays
  std::size_t values = 0;
};

Tried try_form(std::span<const std::string_view> values, DayForm form) {
  Tried tried;
  for (const std::string_view value : values) {
    if (trimmed(value).empty()) continue;
    ++tried.values;
    const auto day = read_day(value, form);
    if (!day) continue;
    ++tried.days;
    tried.weekdays += forecast::weekday_of(*day) < kSaturday ? 1 : 0;
  }
  return tried;
}

}  // namespace

std::string_view label_of(DayForm form) {
  switch (form) {
    case DayForm::iso: return "année-mois-jour";
    case DayForm::day_first: return "jour/mois/année";
    case DayForm::month_first: return "mois/jour/année";
  }
  return "";
}

std::string_view word_of(DayForm form) {
  switch (form) {
    case DayForm::iso: return "iso";
    case DayForm::day_first: return "day_first";
    case DayForm::month_first: return "month_first";
  }
  return "";
}

std::optional<DayForm> day_form(std::string_view word) {
  for (const DayForm form : kForms) {
    if (word_of(form) == word) return form;
  }
  return std::nullopt;
}

std::optional<Day> read_day(std::string_view text, DayForm form) {
  text = trimmed(text);
  return form == DayForm::iso ? read_iso(text) : read_slashed(text, form == DayForm::day_first);
}

DayForms forms_of(std::span<const std::string_view> values) {
  DayForms out;
  std::array<Tried, kForms.size()> tried;
  std::size_t best = 0;
  const auto better = [](const Tried& a, const Tried& b) { return a.days != b.days ? a.days > b.days : a.weekdays > b.weekdays; };
  for (std::size_t at = 0; at < kForms.size(); ++at) {
    tried.at(at) = try_form(values, kForms.at(at));
    if (tried.at(at).values > 0 && tried.at(at).days == tried.at(at).values) out.possible.push_back(kForms.at(at));
    if (better(tried.at(at), tried.at(best))) best = at;
  }
  out.proposed = kForms.at(best);
  if (out.possible == std::vector{DayForm::iso}) {
    out.answer = DayForm::iso;
    return out;
  }
  for (const DayForm form : out.possible) {
    const Tried& of = tried.at(static_cast<std::size_t>(form));
    out.evidence += fmt::format("Lues {}, {:.0f}\u00a0% des dates tombent du lundi au vendredi. ", label_of(form),
                                100.0 * static_cast<double>(of.weekdays) / static_cast<double>(of.days));
  }
  if (!out.evidence.empty()) out.evidence.pop_back();
  return out;
}

}  // namespace beffroi::canteen
