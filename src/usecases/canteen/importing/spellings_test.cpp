#include "usecases/canteen/importing/spellings.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;

namespace {

const std::vector<SiteName> kSites = {{"CHENE D'ARON E", "C1", SchoolKind::elementary},
                                      {"CHENE D'ARON M", "C2", SchoolKind::nursery},
                                      {"GEORGES SAND", "C3", SchoolKind::elementary},
                                      {"GEORGES BRASSENS", "C4", SchoolKind::nursery},
                                      {"STALINGRAD E", "C5", SchoolKind::elementary},
                                      {"Saint-Exupéry", "C6", SchoolKind::both},
                                      {"LE BAUT", "C7", SchoolKind::both}};

// Name of the best proposal, « ? » when the planner has to choose.
std::string best(const SiteName& spelling) {
  const auto found = proposals(spelling, kSites);
  if (found.empty() || found[0].likeness < kSurelyAlike) return "?";
  if (found.size() > 1 && found[0].likeness - found[1].likeness < kTooClose) return "?";
  return kSites[found[0].site].name;
}

}  // namespace

TEST_CASE("spellings of one town find their canteen") {
  CHECK(best({"CHENE DARON", "", SchoolKind::elementary}) == "CHENE D'ARON E");
  CHECK(best({"Chêne d’Aron M.", "", SchoolKind::unknown}) == "CHENE D'ARON M");
  CHECK(best({"École maternelle du Chêne d'Aron", "", SchoolKind::unknown}) == "CHENE D'ARON M");
  CHECK(best({"GEORGE SAND", "", SchoolKind::elementary}) == "GEORGES SAND");
  CHECK(best({"RS ST EXUPERY", "", SchoolKind::unknown}) == "Saint-Exupéry");
  CHECK(best({"Baut", "", SchoolKind::both}) == "LE BAUT");
}

TEST_CASE("what may be two places, or another one, is asked") {
  CHECK(best({"CHENE D'ARON", "", SchoolKind::unknown}) == "?");
  CHECK(best({"STALINGRAD/FOYER MANU (dépannage)", "", SchoolKind::elementary}) == "?");
  CHECK(best({"Jules Ferry", "", SchoolKind::unknown}) == "?");
  CHECK(proposals({"Jules Ferry", "", SchoolKind::unknown}, kSites).empty());
}

TEST_CASE("the same code is the same place, whatever the name") {
  CHECK(best({"Nouveau nom", "C3", SchoolKind::unknown}) == "GEORGES SAND");
}

TEST_CASE("kinds are read in words and letters") {
  CHECK(school_kind("M/E") == SchoolKind::both);
  CHECK(school_kind("Maternelle") == SchoolKind::nursery);
  CHECK(school_kind("") == SchoolKind::unknown);
  CHECK(word_of(SchoolKind::both) == "M/E");
}
