#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "text/analysis.h"
#include "usecases/canteen/importing/draft_parts.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::to_iso;

constexpr int kSaturday = 5;

std::string shown(const std::optional<int>& meals) { return meals ? std::to_string(*meals) : "—"; }

std::string shown(const Recorded& meals) { return fmt::format("{} servis, {} commandés", shown(meals.served), shown(meals.ordered)); }

void add(std::optional<int>& sum, const std::optional<int>& meals) {
  if (meals) sum = sum.value_or(0) + *meals;
}

// A row that can be read.
struct Row {
  std::size_t at = 0;  // in the table
  std::size_t place = 0;
  Day day = 0;
  std::string category, meal;
  Recorded meals;
};

// Lunches, when there are other meals beside: snacks are prepared otherwise.
void find_meals(const Reading& reading) {
  if (!place_of(reading.draft.columns, Role::meal)) return;
  std::map<std::string, std::size_t> values;
  for (std::size_t row = 0; row < reading.table.rows.size(); ++row) ++values[std::string(reading.cell(row, Role::meal))];
  const auto is_lunch = [](const std::string& value) {
    const std::string folded = text::fold(value);
    return folded.find("dejeuner") != std::string::npos && folded.find("petit") == std::string::npos;
  };
  const bool some = std::any_of(values.begin(), values.end(), [&](const auto& value) { return is_lunch(value.first); });
  for (const auto& [value, rows] : values) {
    const bool proposed = !some || is_lunch(value);
    reading.draft.meals.push_back({value, rows, reading.answers.meals ? reading.answers.meals->contains(value) : proposed});
  }
}

bool is_kept(const Draft& draft, std::string_view meal) {
  return draft.meals.empty() ||
         std::any_of(draft.meals.begin(), draft.meals.end(), [&](const MealValue& value) { return value.kept && value.value == meal; });
}

class Attendance {
 public:
  explicit Attendance(const Reading& reading) : reading_(reading), draft_(reading.draft) {}

  void read() {
    find_meals(reading_);
    const auto places = place_rows(reading_);
    for (std::size_t row = 0; row < reading_.table.rows.size(); ++row) {
      if (is_kept(draft_, reading_.cell(row, Role::meal))) read_row(row, places[row]);
    }
    faulty_.tell(draft_,
                 fmt::format("{} ligne{} à corriger dans le fichier, ou à laisser.", faulty_.count(), faulty_.count() > 1 ? "s" : ""));
    weekend_.tell(draft_, fmt::format("{} lignes tombent un samedi ou un dimanche\u00a0: le jour et le mois sont-ils inversés\u00a0?",
                                      weekend_.count()));
    join_rows();
    compare();
  }

 private:
  void read_row(std::size_t row, const std::optional<std::size_t>& place) {
    const auto day = day_of_row(reading_, row, Role::day);
    const Count served = read_count(reading_.cell(row, Role::served)), ordered = read_count(reading_.cell(row, Role::ordered));
    std::string fault;
    if (!day)
      fault = fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme {}.", reading_.cell(row, Role::day), label_of(draft_.day_form));
    else if (!served.fault.empty()) fault = served.fault;
    else if (!ordered.fault.empty()) fault = ordered.fault;
    else if (*day > reading_.known.today && served.meals.value_or(0) > 0)
      fault = fmt::format("{} repas déjà servis le {}, un jour à venir.", *served.meals, to_iso(*day));
    if (!fault.empty()) return faulty_.add(at_line(reading_, row, fault));
    if (!place || (!served.meals && !ordered.meals)) return;
    if (forecast::weekday_of(*day) >= kSaturday) weekend_.add(at_line(reading_, row, to_iso(*day)));
    rows_.push_back({row,
                     *place,
                     *day,
                     std::string(reading_.cell(row, Role::category)),
                     std::string(reading_.cell(row, Role::meal)),
                     {served.meals, ordered.meals}});
  }

  // Rows of one canteen, day, category and meal: the same twice is one; different ones are asked, unless they were answered.
  void join_rows() {
    std::map<std::tuple<std::size_t, Day, std::string, std::string>, Row> joined;
    for (const Row& row : rows_) {
      const auto [found, added] = joined.emplace(std::tuple(row.place, row.day, row.category, row.meal), row);
      if (added) continue;
      Recorded& first = found->second.meals;
      const bool same_name = name_of(row) == name_of(found->second);
      const std::string said = fmt::format("lignes {} et {}\u00a0: {}, {}{}\u00a0: {} puis {}", reading_.table.lines[found->second.at],
                                           reading_.table.lines[row.at], name_of(row), to_iso(row.day),
                                           row.category.empty() ? "" : ", " + row.category, shown(first), shown(row.meals));
      if (same_name && first == row.meals) {
        repeated_.add(said);
        continue;
      }
      same_day_.add(same_name ? said : said + fmt::format(" (l’autre nom\u00a0: {})", name_of(found->second)));
      switch (reading_.answers.same_day) {
        case SameDay::ask:
        case SameDay::first: break;
        case SameDay::last: first = row.meals; break;
        case SameDay::add: add(first.served, row.meals.served), add(first.ordered, row.meals.ordered); break;
      }
    }
    repeated_.tell(draft_, fmt::format("{} ligne{} déjà lue{} à l’identique\u00a0: comptée{} une fois.", repeated_.count(),
                                       s(repeated_.count()), s(repeated_.count()), s(repeated_.count())));
    if (reading_.answers.same_day == SameDay::ask) {
      same_day_.tell(draft_,
                     fmt::format("{} ligne{} donne{} d’autres nombres pour une cantine et un jour déjà lus\u00a0: faut-il les additionner, "
                                 "garder la première ou la dernière\u00a0?",
                                 same_day_.count(), s(same_day_.count()), same_day_.count() > 1 ? "nt" : ""));
    }
    for (const auto& [key, row] : joined) sum_up(row);
  }

  void sum_up(const Row& row) {
    if (draft_.entries.empty() || draft_.entries.back().place != row.place || draft_.entries.back().day != row.day)
      draft_.entries.push_back({row.place, row.day, {}, {}});
    Entry& entry = draft_.entries.back();
    add(entry.meals.served, row.meals.served);
    add(entry.meals.ordered, row.meals.ordered);
    if (row.category.empty()) return;
    const auto known = std::find(draft_.categories.begin(), draft_.categories.end(), row.category);
    if (known == draft_.categories.end()) draft_.categories.push_back(row.category);
    if (!entry.guests.empty() && entry.guests.back().category == row.category) {  // another meal of the same guests
      add(entry.guests.back().meals.served, row.meals.served);
      add(entry.guests.back().meals.ordered, row.meals.ordered);
      return;
    }
    entry.guests.push_back({row.category, row.meals});
  }

  // Against what is recorded: what is the same is dropped, what differs is asked. An empty cell erases nothing.
  void compare() {
    std::sort(draft_.categories.begin(), draft_.categories.end());
    if (!reading_.known.recorded) return;
    const auto differs = [](const std::optional<int>& recorded, const std::optional<int>& read) {
      return recorded && read && *recorded != *read;
    };
    std::vector<Entry> kept;
    for (Entry& entry : draft_.entries) {
      const Place& place = draft_.places[entry.place];
      const Recorded recorded = place.known ? reading_.known.recorded(*place.known, entry.day) : Recorded{};
      const bool other = differs(recorded.served, entry.meals.served) || differs(recorded.ordered, entry.meals.ordered);
      if (other) {
        differs_.add(fmt::format("{}, {}\u00a0: {} enregistrés, {} dans le fichier", reading_.known.sites[*place.known].name,
                                 to_iso(entry.day), shown(recorded), shown(entry.meals)));
        if (reading_.answers.differs == Differs::keep) continue;
      }
      const bool adds = (entry.meals.served && !recorded.served) || (entry.meals.ordered && !recorded.ordered);
      if (!other && !adds) {
        ++draft_.unchanged;
        continue;
      }
      if (!entry.meals.served) entry.meals.served = recorded.served;
      if (!entry.meals.ordered) entry.meals.ordered = recorded.ordered;
      kept.push_back(std::move(entry));
    }
    draft_.entries = std::move(kept);
    if (reading_.answers.differs == Differs::ask) {
      differs_.tell(draft_,
                    fmt::format("{} jour{} de cantine {} d’autres nombres que ce qui est enregistré\u00a0: que faut-il garder\u00a0?",
                                differs_.count(), s(differs_.count()), differs_.count() > 1 ? "ont" : "a"));
    }
  }

  [[nodiscard]] std::string_view name_of(const Row& row) const {
    const std::string_view name = reading_.cell(row.at, Role::site);
    return name.empty() ? reading_.cell(row.at, Role::site_code) : name;
  }
  static const char* s(std::size_t count) { return count > 1 ? "s" : ""; }

  const Reading& reading_;
  Draft& draft_;
  std::vector<Row> rows_;
  Collected faulty_{Notice::Kind::faulty, reading_.answers.faulty == Faulty::ask};
  Collected weekend_{Notice::Kind::weekend, false};
  Collected repeated_{Notice::Kind::repeated, false};
  Collected same_day_{Notice::Kind::same_day, true};
  Collected differs_{Notice::Kind::differs, true};
};

}  // namespace

void read_attendance(const Reading& reading) { Attendance(reading).read(); }

}  // namespace beffroi::canteen
