// A file as it would be imported, before anything is: what was read, what is asked, what is doubted. Pure: nothing is written until the
// planner has confirmed a draft that is ready, and then all of it in one transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "forecast/dates.h"
#include "usecases/canteen/csv.h"
#include "usecases/canteen/importing/answers.h"
#include "usecases/canteen/importing/spellings.h"

namespace beffroi::canteen {

struct Recorded {
  std::optional<int> served, ordered;
  friend bool operator==(const Recorded&, const Recorded&) = default;
};

// What the commune already has.
struct Known {
  forecast::Day today = 0;
  std::vector<SiteName> sites;                                            // codes are unique and not empty
  std::map<std::string, Target> spellings;                                // answered before, by key
  std::function<Recorded(std::size_t site, forecast::Day day)> recorded;  // empty function: nothing is recorded
};

struct Spelling {
  enum class Source { asked, same, proposed, before, answered };  // where the target comes from
  std::string key;                  // stable: folded name, kind and code
  SiteName name;
  std::size_t rows = 0;
  std::vector<Proposal> proposals;  // among Known::sites
  Target target;
  Source source = Source::asked;
};

// One canteen of the file: one of Known::sites, or one to create.
struct Place {
  std::optional<std::size_t> known;
  SiteName created;                 // when not known; its code may be empty
};

struct Guests {
  std::string category;             // as written: 1MATER.
  Recorded meals;
};

struct Entry {
  std::size_t place = 0;            // in Draft::places
  forecast::Day day = 0;
  Recorded meals;                   // sums over categories
  std::vector<Guests> guests;       // empty when the file has no categories
};

struct EnrolmentEntry {
  std::size_t place = 0;
  int school_year = 0;              // the one it begins in
  int children = 0;
};

struct MenuEntry {
  forecast::Day day = 0;
  std::string dish;
};

struct HolidayEntry {
  std::string zone;                 // A, B, C…
  std::string title;
  forecast::Day first = 0, last = 0;  // days without school, both included
};

struct Notice {
  enum class Kind { columns, days, spellings, other_town, faulty, repeated, same_day, differs, weekend, nothing, two_spellings };
  Kind kind = Kind::columns;
  bool blocking = true;             // to be answered before the import
  std::size_t count = 0;
  std::string sentence;             // French
  std::vector<std::string> examples;  // French, with lines; the first ones
};

struct MealValue {
  std::string value;
  std::size_t rows = 0;
  bool kept = true;
};

struct Draft {
  Columns columns;
  DayForms days;                    // of the columns of days
  DayForm day_form = DayForm::iso;  // the one read with
  std::vector<Spelling> spellings;  // by name
  std::vector<MealValue> meals;
  std::vector<Notice> notices;
  std::vector<Place> places;
  std::vector<Entry> entries;       // by place, then by day; only what adds to or changes what is recorded
  std::vector<EnrolmentEntry> enrolment;
  std::vector<MenuEntry> menus;
  std::vector<HolidayEntry> holidays;
  std::size_t rows = 0, unchanged = 0;  // of the file; of which already recorded so
  std::vector<std::string> categories;

  [[nodiscard]] bool ready() const;  // nothing is left to answer
};

[[nodiscard]] Draft draft_of(const CsvTable& table, const Answers& answers, const Known& known);

}  // namespace beffroi::canteen
