#include "usecases/canteen/findings.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "forecast/testing/school_panel.h"

using namespace beffroi::canteen;
using beffroi::forecast::Day;
using beffroi::forecast::day_of;
using beffroi::forecast::Panel;

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

struct Town {
  std::shared_ptr<Panel> panel = beffroi::forecast::testing::school_panel(4, 0.1);

  [[nodiscard]] std::size_t at(int year, int month, int day) const {
    return static_cast<std::size_t>(day_of({year, month, day}) - panel->first);
  }
  // The n-th open day from that one on.
  [[nodiscard]] std::size_t open_from(std::size_t day, std::size_t n) const {
    for (;; ++day) {
      if (panel->days[day].open && n-- == 0) return day;
    }
  }
  [[nodiscard]] std::vector<Finding> findings() const { return findings_of({panel, {}, {}}); }
  [[nodiscard]] std::size_t count(Doubt doubt) const {
    const auto all = findings();
    return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [&](const Finding& one) { return one.doubt == doubt; }));
  }
};

}  // namespace

TEST_CASE("a town in order has nothing to say") { CHECK(Town().findings().empty()); }

TEST_CASE("counts that cannot be, or are far from usual, are told with their figures") {
  const Town town;
  const std::size_t high = town.open_from(town.at(2014, 11, 3), 0), low = town.open_from(town.at(2015, 1, 12), 0);
  town.panel->count(1, high) = 300;
  town.panel->count(2, low) = 5;
  CHECK(town.count(Doubt::more_than_enrolled) == 1);
  CHECK(town.count(Doubt::far_from_usual) == 2);
  const auto all = town.findings();
  CHECK(all.front().site == std::size_t{1});
  CHECK(all.front().sentence.find("300 repas") != std::string::npos);
  CHECK(all.front().sentence.find("École 1") != std::string::npos);
  town.panel->days[low].unusual = true;  // a strike is no doubt
  CHECK(town.count(Doubt::far_from_usual) == 1);
}

TEST_CASE("a calendar of another zone shows on both sides") {
  const Town town;
  for (std::size_t n = 0; n < 4; ++n) {  // served in what the calendar calls holidays, not in what it opens
    const std::size_t open = town.open_from(town.at(2015, 3, 2), n);
    for (std::size_t site = 0; site < 4; ++site) {
      town.panel->count(site, open) = 0;
      town.panel->count(site, town.at(2015, 2, 16) + n) = 80;
    }
  }
  CHECK(town.count(Doubt::calendar_says_open) == 4);
  CHECK(town.count(Doubt::calendar_says_closed) == 4);
}

TEST_CASE("weeks without a number, a canteen that opens, one that closes, two that become one") {
  const Town holes;
  for (std::size_t n = 0; n < 6; ++n) holes.panel->count(0, holes.open_from(holes.at(2015, 5, 4), n)) = kNone;
  REQUIRE(holes.count(Doubt::weeks_missing) == 1);
  CHECK(holes.findings().front().sentence.find("6 jours") != std::string::npos);

  for (std::size_t n = 0; n < 6; ++n) {
    for (std::size_t site = 1; site < 4; ++site) holes.panel->count(site, holes.open_from(holes.at(2015, 5, 4), n)) = kNone;
  }
  REQUIRE(holes.count(Doubt::weeks_missing) == 1);  // of the town
  CHECK_FALSE(holes.findings().front().site);

  const Town moves;
  for (std::size_t day = 0; day < moves.panel->day_count(); ++day) {
    if (day < moves.at(2014, 9, 1)) moves.panel->count(3, day) = kNone;
    if (day < moves.at(2015, 9, 1)) continue;
    moves.panel->count(0, day) = kNone;
    moves.panel->count(1, day) *= 1.6F;
  }
  CHECK(moves.count(Doubt::opens_late) == 1);
  CHECK(moves.count(Doubt::closes_early) == 1);
  CHECK(moves.count(Doubt::merged) == 1);
}

TEST_CASE("a canteen gone for a week while another rises is asked about without waiting two months") {
  const Town town;
  std::size_t last = town.panel->day_count();
  while (!town.panel->days[--last].open || !(town.panel->count(2, last) > 0)) {
  }
  std::size_t first = last;
  for (std::size_t open = 1; open < 8; open += town.panel->days[first].open ? 1 : 0) --first;
  for (std::size_t day = first; day <= last; ++day) town.panel->count(0, day) = kNone;
  CHECK(town.count(Doubt::merged) == 0);  // nobody rose
  for (std::size_t day = first; day <= last; ++day) town.panel->count(1, day) *= 1.6F;
  CHECK(town.count(Doubt::merged) == 1);
  CHECK(town.count(Doubt::closes_early) == 0);
}

TEST_CASE("a folder without any meal has nothing to doubt") {
  const Town town;
  std::fill(town.panel->counts.begin(), town.panel->counts.end(), kNone);
  CHECK(town.findings().empty());
}
