// Inside importing: what the readers of the kinds of files share. Only for draft*.cpp.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "usecases/canteen/importing/draft.h"

namespace beffroi::canteen {

inline constexpr std::size_t kExamples = 12;  // lines shown for a notice

// What a draft is made of while it is read.
struct Reading {
  const CsvTable& table;
  const Answers& answers;
  const Known& known;
  Draft& draft;

  [[nodiscard]] std::string_view cell(std::size_t row, Role role) const;  // empty when no column has the role
};

// Collects one kind of notice: counted, the first ones kept as examples.
class Collected {
 public:
  Collected(Notice::Kind kind, bool blocking) { notice_.kind = kind, notice_.blocking = blocking; }
  void add(std::string example);
  [[nodiscard]] std::size_t count() const { return notice_.count; }
  // Into the draft, when there was any.
  void tell(Draft& draft, std::string sentence);

 private:
  Notice notice_;
};

// Fills draft.spellings and draft.places. For each row, the place in draft.places; empty for rows left out or still asked.
[[nodiscard]] std::vector<std::optional<std::size_t>> place_rows(const Reading& reading);

// Day of a row by the form of the draft.
[[nodiscard]] std::optional<forecast::Day> day_of_row(const Reading& reading, std::size_t row, Role role);

struct Count {
  std::optional<int> meals;   // empty: nothing written
  std::string fault;          // French, when it is no count
};
// « 241 », « 241,0 », « 1 041 ». Negative, fractional or absurd counts are faults.
[[nodiscard]] Count read_count(std::string_view text);

void read_attendance(const Reading& reading);
void read_enrolment(const Reading& reading);
void read_menus(const Reading& reading);
void read_holidays(const Reading& reading);

// « ligne 12 : … »
[[nodiscard]] std::string at_line(const Reading& reading, std::size_t row, std::string_view what);

}  // namespace beffroi::canteen
