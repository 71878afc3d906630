// The register of processing activities, held against what the program keeps.
#include "compliance/register.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "app/oversight.h"

using namespace beffroi;

TEST_CASE("every kind of data that the register names has its keeper, and every kind about people is in the register") {
  const auto keepers = app::program_keepers();
  std::set<std::string_view> named;
  for (const compliance::KindsKept& activity : compliance::kinds_kept()) named.insert(activity.kinds.begin(), activity.kinds.end());
  for (const std::string_view kind : named) {
    CAPTURE(kind);
    CHECK(compliance::keeper_of(keepers, kind) != nullptr);
  }
  for (const compliance::Keeper& keeper : keepers) {
    CAPTURE(keeper.kind);
    if (keeper.personal) CHECK(named.contains(keeper.kind));
  }
}

TEST_CASE("an activity of the register is one whose kinds are known") {
  compliance::Facts facts;
  facts.model.id = "m";
  facts.api = facts.canteens = true;
  const auto all = compliance::processings(facts, app::program_keepers(), {});
  CHECK(all.size() == compliance::kinds_kept().size());
  for (const compliance::Processing& one : all) {
    CAPTURE(one.id);
    CHECK(std::any_of(compliance::kinds_kept().begin(), compliance::kinds_kept().end(),
                      [&](const compliance::KindsKept& known) { return known.processing == one.id; }));
  }
}
