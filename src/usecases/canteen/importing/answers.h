// What the planner answered about a file: which column holds what, how days are written, which canteen each spelling is. Kept, so that the
// next file of the same shape asks only what is new.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "usecases/canteen/importing/columns.h"
#include "usecases/canteen/importing/written_days.h"

namespace beffroi::canteen {

// Which canteen a spelling is.
struct Target {
  enum class Kind { unanswered, known, create, like, left_out };
  Kind kind = Kind::unanswered;
  std::string of;  // known: the canteen's code; like: the key of another spelling of the same file

  friend bool operator==(const Target&, const Target&) = default;
};
// « known:S001 », « create », « like:jean zay », « left_out »; anything else is unanswered.
[[nodiscard]] std::string to_text(const Target& target);
[[nodiscard]] Target target_of(std::string_view text);

enum class SameDay { ask, add, first, last };      // several rows for one canteen and day
enum class Differs { ask, keep, replace };         // the file says otherwise than what is recorded
enum class Faulty { ask, leave_out };              // rows that cannot be read
[[nodiscard]] std::string_view word_of(SameDay answer);
[[nodiscard]] std::string_view word_of(Differs answer);
[[nodiscard]] std::string_view word_of(Faulty answer);
[[nodiscard]] SameDay same_day_of(std::string_view word);
[[nodiscard]] Differs differs_of(std::string_view word);
[[nodiscard]] Faulty faulty_of(std::string_view word);

struct Answers {
  std::optional<Columns> columns;                  // empty: as guessed
  std::optional<DayForm> day_form;
  std::map<std::string, Target> spellings;         // by key
  std::optional<std::set<std::string>> meals;      // the ones counted; empty: as proposed
  SameDay same_day = SameDay::ask;
  Differs differs = Differs::ask;
  Faulty faulty = Faulty::ask;
  bool our_town = false;                           // though few canteens are known: it is the right file
};

// The part that holds for the next file with the same header: columns, form of days, meals. JSON, both ways; Code::bad_input for another.
[[nodiscard]] std::string to_json(const Answers& answers);
[[nodiscard]] Result<Answers> answers_of(std::string_view json);

// The same for files of the same shape.
[[nodiscard]] std::string signature_of(const std::vector<std::string>& header);

}  // namespace beffroi::canteen
