#include "search/fusion.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <set>

using namespace beffroi::search;

namespace {

using Lists = std::vector<std::vector<std::uint32_t>>;

std::vector<Scored> fused(const Lists& lists) {
  std::vector<RankedList> ranked;
  for (std::size_t at = 0; at < lists.size(); ++at) ranked.push_back({lists[at], 1.0 / (1.0 + static_cast<double>(lists[at].size()))});
  return fuse(ranked, 15);
}

rc::Gen<Lists> some_lists() { return rc::gen::container<Lists>(rc::gen::container<std::vector<std::uint32_t>>(rc::gen::inRange(0U, 40U))); }

}  // namespace

TEST_CASE("fusion: the order of the lists does not matter") {
  CHECK(rc::check([] {
    Lists lists = *some_lists();
    const auto before = fused(lists);
    std::ranges::reverse(lists);
    RC_ASSERT(fused(lists) == before);
    std::ranges::sort(lists);
    RC_ASSERT(fused(lists) == before);
  }));
}

TEST_CASE("fusion: everything ranked comes once, nothing else does") {
  CHECK(rc::check([] {
    const Lists lists = *some_lists();
    std::set<std::uint32_t> given, found;
    for (const auto& list : lists) given.insert(list.begin(), list.end());
    for (const Scored& item : fused(lists)) RC_ASSERT(found.insert(item.id).second);
    RC_ASSERT(found == given);
  }));
}

TEST_CASE("fusion: the first page is the beginning of every longer one") {
  CHECK(rc::check([] {
    const auto all = fused(*some_lists());
    const auto count = *rc::gen::inRange<std::size_t>(0, 50);
    auto shuffled = all;
    std::ranges::reverse(shuffled);
    const auto page = best_of(shuffled, count);
    RC_ASSERT(page.size() == std::min(count, all.size()));
    RC_ASSERT(std::equal(page.begin(), page.end(), all.begin()));
  }));
}

TEST_CASE("fusion: what two lists rank first beats what one does") {
  const std::vector<std::uint32_t> a = {7, 3, 5}, b = {7, 5};
  const auto all = fuse(std::vector<RankedList>{{a, 1}, {b, 1}}, 15);
  REQUIRE(all.size() == 3);
  CHECK(all[0].id == 7);
  CHECK(all[0].score == doctest::Approx(2.0 / 15));
  CHECK(all[1].id == 5);
  CHECK(all[2].id == 3);
}
