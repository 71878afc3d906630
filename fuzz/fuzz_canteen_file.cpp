// Any bytes as a file that a planner drops: what is read of it is within what was read, and answering does not break it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "usecases/canteen/importing/draft.h"
#include "usecases/canteen/importing/encoding.h"

namespace {

using namespace beffroi::canteen;

void check(bool holds) {
  if (!holds) std::abort();
}

void check(const Draft& draft) {
  for (const Entry& entry : draft.entries) {
    check(entry.place < draft.places.size());
    check(entry.meals.served.value_or(0) >= 0 && entry.meals.ordered.value_or(0) >= 0);
  }
  for (const EnrolmentEntry& entry : draft.enrolment) check(entry.place < draft.places.size() && entry.children >= 0);
  for (const HolidayEntry& entry : draft.holidays) check(entry.first <= entry.last);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto decoded = decode_text({reinterpret_cast<const char*>(data), size});
  if (!decoded) return 0;
  const auto table = parse_csv(decoded->text);
  if (!table) return 0;
  for (const auto& row : table->rows) check(row.size() == table->header.size());

  Known known;
  known.today = 20'000;
  known.sites.push_back({.name = "Jean Zay", .code = "S1"});
  Answers answers;
  const Draft first = draft_of(*table, answers, known);
  check(first);
  answers.same_day = SameDay::add;
  answers.differs = Differs::replace;
  answers.faulty = Faulty::leave_out;
  answers.our_town = true;
  for (const Spelling& spelling : first.spellings) answers.spellings[spelling.key] = {.kind = Target::Kind::create, .of = {}};
  check(draft_of(*table, answers, known));
  return 0;
}
