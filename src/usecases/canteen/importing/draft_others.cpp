#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "text/analysis.h"
#include "usecases/canteen/importing/draft_parts.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kLongestHoliday = 100;  // days

// « 2016-2017 », « 2016/2017 », « 2016 »: the year it begins in.
std::optional<int> read_school_year(std::string_view text) {
  if (text.size() < 4 || !(text.size() == 4 || text[4] == '-' || text[4] == '/' || text[4] == ' ')) return std::nullopt;
  const auto day = forecast::parse_iso(std::string(text.substr(0, 4)) + "-09-01");
  if (!day) return std::nullopt;
  return forecast::civil_of(*day).year;
}

void tell_faulty(const Reading& reading, Collected& faulty) {
  faulty.tell(reading.draft,
              fmt::format("{} ligne{} à corriger dans le fichier, ou à laisser.", faulty.count(), faulty.count() > 1 ? "s" : ""));
}

Collected faulty_rows(const Reading& reading) { return {Notice::Kind::faulty, reading.answers.faulty == Faulty::ask}; }

// « Zone A », « A, B et C », « Corse »
std::vector<std::string> zones_of(std::string_view text) {
  std::vector<std::string> out;
  const std::string folded = text::fold(text);
  std::string word;
  for (std::size_t at = 0; at <= folded.size(); ++at) {
    const char letter = at < folded.size() ? folded[at] : ' ';
    if (letter >= 'a' && letter <= 'z') {
      word += letter;
      continue;
    }
    if (word.size() == 1 && word >= "a" && word <= "c") out.emplace_back(1, static_cast<char>(word[0] - 'a' + 'A'));
    word.clear();
  }
  if (out.empty() && !text.empty()) out.emplace_back(text);
  return out;
}

struct HolidayRow {
  std::string title, zone;
  Day first = 0, last = 0;
};

// The ministry gives the summer by its first day alone, and the first day of the next school year in another row.
bool is_return(std::string_view title) { return text::fold(title).find("rentree") != std::string::npos; }

}  // namespace

void read_enrolment(const Reading& reading) {
  const auto places = place_rows(reading);
  Collected faulty = faulty_rows(reading), same = Collected(Notice::Kind::same_day, true);
  std::map<std::pair<std::size_t, int>, int> sums;
  for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
    const auto year = read_school_year(reading.cell(row, Role::school_year));
    const Count children = read_count(reading.cell(row, Role::children));
    if (!year) {
      faulty.add(at_line(reading, row,
                         fmt::format("«\u00a0{}\u00a0» n’est pas une année scolaire (2016-2017).", reading.cell(row, Role::school_year))));
    } else if (!children.fault.empty()) {
      faulty.add(at_line(reading, row, children.fault));
    } else if (places[row] && children.meals.value_or(0) > 0) {
      const auto [found, added] = sums.emplace(std::pair(*places[row], *year), *children.meals);
      if (added || found->second == *children.meals) continue;
      same.add(at_line(reading, row, fmt::format("{} enfants, {} plus haut", *children.meals, found->second)));
      if (reading.answers.same_day == SameDay::add) found->second += *children.meals;
      if (reading.answers.same_day == SameDay::last) found->second = *children.meals;
    }
  }
  tell_faulty(reading, faulty);
  if (reading.answers.same_day == SameDay::ask) {
    same.tell(reading.draft,
              "Plusieurs nombres d’enfants pour une cantine et une année\u00a0: faut-il les additionner, garder le premier ou le "
              "dernier\u00a0?");
  }
  for (const auto& [key, children] : sums) reading.draft.enrolment.push_back({key.first, key.second, children});
}

void read_menus(const Reading& reading) {
  Collected faulty = faulty_rows(reading);
  std::set<std::pair<Day, std::string>> seen;
  for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
    const auto day = day_of_row(reading, row, Role::day);
    const std::string dish(reading.cell(row, Role::dish));
    if (!day) {
      faulty.add(at_line(reading, row,
                         fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme {}.", reading.cell(row, Role::day),
                                     label_of(reading.draft.day_form))));
    } else if (!dish.empty() && seen.emplace(*day, dish).second) {
      reading.draft.menus.push_back({*day, dish});
    }
  }
  tell_faulty(reading, faulty);
  std::stable_sort(reading.draft.menus.begin(), reading.draft.menus.end(),
                   [](const MenuEntry& a, const MenuEntry& b) { return a.day < b.day; });
}

void read_holidays(const Reading& reading) {
  Collected faulty = faulty_rows(reading);
  std::set<std::tuple<std::string, Day, Day, std::string>> found;
  std::map<std::string, std::set<Day>> returns;
  std::vector<HolidayRow> summers;
  for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
    if (text::fold(reading.cell(row, Role::population)).find("enseignants") != std::string::npos) continue;
    const auto first = day_of_row(reading, row, Role::first_day);
    const bool has_end = !reading.cell(row, Role::last_day).empty();
    const auto again = has_end ? day_of_row(reading, row, Role::last_day) : first;
    const std::string title(reading.cell(row, Role::title));
    if (!first || !again || *again < *first || *again - *first > kLongestHoliday) {
      faulty.add(at_line(reading, row,
                         fmt::format("de «\u00a0{}\u00a0» à «\u00a0{}\u00a0»\u00a0: ces deux jours ne bornent pas des vacances.",
                                     reading.cell(row, Role::first_day), reading.cell(row, Role::last_day))));
      continue;
    }
    for (const std::string& zone : zones_of(reading.cell(row, Role::zone))) {
      if (is_return(title)) returns[zone].insert(*first);
      else if (*again == *first) summers.push_back({title, zone, *first, *first});
      else found.emplace(zone, *first, *again - 1, title);
    }
  }
  for (HolidayRow& summer : summers) {  // until the next return, or the end of August
    const auto next = returns[summer.zone].upper_bound(summer.first);
    const bool known = next != returns[summer.zone].end() && *next - summer.first <= kLongestHoliday;
    summer.last = known ? *next - 1 : std::max(summer.first, forecast::day_of({forecast::civil_of(summer.first).year, 8, 31}));
    if (summer.last - summer.first <= kLongestHoliday) found.emplace(summer.zone, summer.first, summer.last, summer.title);
  }
  tell_faulty(reading, faulty);
  for (const auto& [zone, first, last, title] : found) reading.draft.holidays.push_back({zone, title, first, last});
}

}  // namespace beffroi::canteen
