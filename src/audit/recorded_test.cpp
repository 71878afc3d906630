#include "audit/recorded.h"

#include <doctest/doctest.h>

#include "audit/fake/broken_journal.h"
#include "audit/fake/kept_journal.h"
#include "audit/testing/ground.h"

using namespace beffroi;

namespace {

audit::Entry changed() {
  audit::Entry entry;
  entry.action = audit::Action::setting_changed;
  entry.object = "hours";
  return entry;
}

}  // namespace

TEST_CASE("an act is written before it is done; one that fails is told by a second line; unwritten, it does not happen") {
  const audit::testing::Ground ground(db::Engine::sqlite);
  const auto tenant = ground.commune("saint-jean");
  audit::fake::KeptJournal journal;
  std::size_t written_then = 0;
  CHECK(audit::recorded(journal, tenant, changed(), [&]() -> Result<int> {
          written_then = journal.entries().size();
          return 3;
        }).value() == 3);
  CHECK(written_then == 1);
  CHECK(journal.entries().back().outcome == "done");
  CHECK(audit::recorded(journal, tenant, changed(), []() -> Status { return fail(Code::conflict, "Trop tard."); }).error().message ==
        "Trop tard.");
  CHECK(journal.entries().size() == 3);
  CHECK(journal.entries().back().outcome == "failed");

  audit::fake::BrokenJournal broken;
  bool done = false;
  const auto refused = audit::recorded(broken, tenant, changed(), [&]() -> Status {
    done = true;
    return {};
  });
  CHECK_FALSE(refused);
  CHECK_FALSE(done);
}

TEST_CASE("a journal that cannot be written says what to do, and nothing else") {
  const audit::testing::Ground ground(db::Engine::sqlite);
  const auto tenant = ground.commune("saint-jean");
  auto database = tenant.connect();
  REQUIRE(database->execute("DROP TABLE audit_head"));
  const Status written = audit::make_journal()->write(tenant, changed());
  REQUIRE_FALSE(written);
  CHECK(written.error().code == Code::unavailable);
  CHECK(written.error().message.find("prévenez l’administrateur") != std::string::npos);
}

TEST_CASE("lines are found by who, what and when, latest first, page after page") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const audit::testing::Ground ground(engine);
    const auto tenant = ground.commune("saint-jean");
    for (int i = 0; i < 6; ++i) {
      audit::Entry entry = changed();
      entry.who = {i % 2 == 0 ? audit::Actor::person : audit::Actor::console, i % 2 == 0 ? "a1" : "uid-0"};
      if (i == 4) entry.action = audit::Action::answered;
      REQUIRE(audit::append(tenant, entry, 1'000 + i));
    }
    const auto numbers = [&](const audit::LinesAsked& asked, int limit = 10) {
      std::string text;
      const auto lines = audit::matching_lines(tenant, asked, limit).value();
      for (const audit::Line& line : lines) text += std::to_string(line.number) + " ";
      return text;
    };
    CHECK(numbers({}) == "6 5 4 3 2 1 ");
    CHECK(numbers({.who_kind = "person"}) == "5 3 1 ");
    CHECK(numbers({.who_kind = "console", .who = "uid-0", .action = "setting_changed"}) == "6 4 2 ");
    CHECK(numbers({.action = "answered"}) == "5 ");
    CHECK(numbers({.period = {1'001, 1'004}}) == "4 3 2 ");
    CHECK(numbers({.who_kind = "person", .before_number = 5}, 1) == "3 ");
    CHECK(numbers({.who = "' OR 1=1 --"}).empty());
  }
}
