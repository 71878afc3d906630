// On each engine that the machine has.
#include "usecases/gateway/quota.h"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "tenants/settings.h"
#include "tenants/testing/ground.h"
#include "tenants/directory.h"

using namespace beffroi;
using namespace beffroi::gateway;

namespace {

constexpr std::int64_t kNow = 1'795'000'000'000;

struct House {
  tenants::testing::StorageGround ground;
  std::shared_ptr<tenants::Directory> directory;
  explicit House(db::Engine engine) : ground(engine), directory(open()) {}
  [[nodiscard]] std::shared_ptr<tenants::Directory> open() const {
    tenants::Opening opening;
    opening.storage = ground.storage();
    for (const auto tables : {tenants::settings_migrations(), quota_migrations()})
      opening.tables.insert(opening.tables.end(), tables.begin(), tables.end());
    opening.commune = {"saint-jean", true, {"Mairie de Saint-Jean", {}, {}, {}, {}}};
    return *tenants::Directory::open(std::move(opening));
  }
  [[nodiscard]] tenants::Tenant tenant() const { return *directory->tenant("saint-jean"); }
};

}  // namespace

TEST_CASE("a key is let in as often as its quota says, and anew the next minute") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const House house(engine);
    const tenants::Tenant tenant = house.tenant();
    REQUIRE(set_limits(tenant, "k1", {3, 1000}));
    for (int i = 1; i <= 3; ++i) {
      const auto taken = take(tenant, {"k1", 0}, kNow);
      REQUIRE(taken);
      CHECK(taken->granted);
      CHECK(taken->requests.limit == 3);
      CHECK(taken->requests.remaining() == 3 - i);
    }
    const auto fourth = take(tenant, {"k1", 0}, kNow);
    REQUIRE(fourth);
    CHECK_FALSE(fourth->granted);
    CHECK(fourth->retry_after_s >= 1);
    CHECK(fourth->retry_after_s <= 60);
    CHECK(fourth->why.find("cette clé") != std::string::npos);
    CHECK(take(tenant, {"k2", 0}, kNow)->granted);            // another key has its own
    CHECK(take(tenant, {"k1", 0}, kNow + 60'000)->granted);
    CHECK(use_of(tenant, kNow)->at("k1").requests == 3);       // what was refused is not counted
    CHECK(use_of(tenant, kNow)->at("").requests == 4);
  }
}

TEST_CASE("tokens are reserved, then settled by what was spent") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const House house(engine);
    const tenants::Tenant tenant = house.tenant();
    REQUIRE(set_limits(tenant, "k1", {100, 1000}));
    CHECK(take(tenant, {"k1", 800}, kNow)->granted);
    const auto too_much = take(tenant, {"k1", 300}, kNow);
    CHECK_FALSE(too_much->granted);
    CHECK(too_much->tokens.used == 800);
    CHECK(use_of(tenant, kNow)->at("k1").requests == 1);
    CHECK(use_of(tenant, kNow)->at("").tokens == 800);
    REQUIRE(settle(tenant, {"k1", 800}, 50, kNow));
    CHECK(use_of(tenant, kNow)->at("k1").tokens == 50);
    CHECK(use_of(tenant, kNow)->at("").tokens == 50);
    CHECK(take(tenant, {"k1", 300}, kNow)->granted);
    CHECK(take(tenant, {"k1", 900}, kNow + 24 * 3'600'000)->granted);  // tomorrow
  }
}

TEST_CASE("a limit of nothing lets in what costs nothing, and a lowered one does not close it") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const House house(engine);
    const tenants::Tenant tenant = house.tenant();
    REQUIRE(set_limits(tenant, "k1", {100, 0}));
    CHECK_FALSE(take(tenant, {"k1", 1}, kNow)->granted);
    CHECK(take(tenant, {"k1", 0}, kNow)->granted);
    REQUIRE(set_limits(tenant, "k1", {100, 500}));
    CHECK(take(tenant, {"k1", 400}, kNow)->granted);
    REQUIRE(set_limits(tenant, "k1", {100, 200}));
    CHECK_FALSE(take(tenant, {"k1", 1}, kNow)->granted);
    CHECK(take(tenant, {"k1", 0}, kNow)->granted);
    REQUIRE(set_limits(tenant, "", {0, 1000}));
    const auto closed = take(tenant, {"k1", 0}, kNow);
    CHECK_FALSE(closed->granted);
    CHECK(closed->why.find("la commune") != std::string::npos);
    REQUIRE(forget_limits(tenant, "k1"));
    CHECK(limits_of(tenant, "k1")->tokens_a_day == usual_limits(tenant)->tokens_a_day);
  }
}

TEST_CASE("many at once, from several servers, are let in no more than the quota says") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const House house(engine);
    REQUIRE(set_limits(house.tenant(), "k1", {25, 1'000'000}));
    const auto other = house.open();  // as another server on the same database
    std::atomic<int> granted = 0, faults = 0;
    {
      std::vector<std::jthread> crowd;
      for (int i = 0; i < 8; ++i) {
        crowd.emplace_back([&, i] {
          const auto tenant = (i % 2 == 0 ? house.directory : other)->tenant("saint-jean");
          for (int j = 0; j < 10; ++j) {
            const auto taken = take(*tenant, {"k1", 10}, kNow);
            if (!taken) ++faults;
            else if (taken->granted) ++granted;
          }
        });
      }
    }
    CHECK(faults == 0);
    CHECK(granted == 25);
    CHECK(use_of(house.tenant(), kNow)->at("k1").tokens == 250);
    CHECK(use_of(house.tenant(), kNow)->at("").requests == 25);
  }
}
