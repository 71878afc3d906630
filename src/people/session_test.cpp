#include "people/session.h"

#include <doctest/doctest.h>

#include "people/testing/town.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {
constexpr std::int64_t kMinute = 60'000, kHour = 60 * kMinute;

OpenedSession opened(Town& town, const std::string& account) {
  return open_session(town.tenant, {account, "password", "Firefox, Linux"}, town.now_ms).value();
}
}  // namespace

TEST_CASE("a session opens with its secret, which is kept nowhere") {
  Town town;
  const std::string camille = town.add("camille", {{Role::agent}, {Role::dpo}});
  const OpenedSession session = opened(town, camille);
  const auto found = find_session(town.tenant, session.secret, town.now_ms).value();
  REQUIRE(found);
  CHECK(found->account == camille);
  CHECK(found->name == "Nom de camille");
  CHECK(found->memberships.size() == 2);
  CHECK_FALSE(town.opens(session.session.id));
  CHECK_FALSE(town.opens(""));
  CHECK_FALSE(town.opens(session.secret.substr(1) + "A"));
  auto database = town.tenant.connect().value();
  auto rows = database.prepare("SELECT count(*) FROM people_session WHERE secret_hash = ?").value();
  REQUIRE(rows.bind_all(std::string_view(session.secret)));
  REQUIRE(rows.step().value());
  CHECK(rows.number(0) == 0);
}

TEST_CASE("a session ends when nobody uses it, and at the end of the day whatever happens") {
  Town town;
  const std::string camille = town.add("camille");
  const std::string idle = opened(town, camille).secret, used = opened(town, camille).secret;
  for (int i = 0; i < 7; ++i) {
    town.now_ms += 100 * kMinute;
    CHECK(town.opens(used) == (town.now_ms < kTestNow + 12 * kHour));
  }
  CHECK(town.now_ms < kTestNow + 12 * kHour);
  CHECK_FALSE(town.opens(idle));
  town.now_ms += 100 * kMinute;
  CHECK_FALSE(town.opens(used));
}

TEST_CASE("the clock moved: back, a session gains no time; forward, it is over, and comes back with the right time") {
  Town town;
  const std::string camille = town.add("camille");
  const std::string secret = opened(town, camille).secret;
  town.now_ms -= 4 * kMinute;  // servers that disagree a little
  CHECK(town.opens(secret));
  town.now_ms = kTestNow - 365 * 24 * kHour;
  CHECK_FALSE(town.opens(secret));
  town.now_ms = kTestNow + 365 * 24 * kHour;
  CHECK_FALSE(town.opens(secret));
  town.now_ms = kTestNow;
  CHECK(town.opens(secret));
}

TEST_CASE("revoked one by one or all, and only one's own") {
  Town town;
  const std::string camille = town.add("camille"), paul = town.add("paul");
  const OpenedSession first = opened(town, camille), second = opened(town, camille), other = opened(town, paul);
  CHECK(sessions_of(town.tenant, camille, town.now_ms)->size() == 2);
  CHECK(revoke_session(town.tenant, paul, first.session.id).error().code == Code::not_found);
  CHECK(town.opens(first.secret));
  REQUIRE(revoke_session(town.tenant, camille, first.session.id));
  CHECK_FALSE(town.opens(first.secret));
  CHECK(town.opens(second.secret));
  REQUIRE(revoke_sessions(town.tenant, camille));
  CHECK_FALSE(town.opens(second.secret));
  CHECK(town.opens(other.secret));
}

TEST_CASE("a disabled account: its sessions end at once and do not come back with it") {
  Town town;
  const std::string camille = town.add("camille");
  const std::string secret = opened(town, camille).secret;
  REQUIRE(set_disabled(town.tenant, camille, true));
  CHECK_FALSE(town.opens(secret));
  CHECK(open_session(town.tenant, {camille, "password"}, town.now_ms).error().code == Code::denied);
  REQUIRE(set_disabled(town.tenant, camille, false));
  CHECK_FALSE(town.opens(secret));
}

TEST_CASE("a session of one commune opens nothing in another") {
  Town town;
  const std::string secret = opened(town, town.add("camille")).secret;
  const auto other = test_commune(town.home.path(), "saint-paul");
  CHECK_FALSE(find_session(other, secret, town.now_ms)->has_value());
}

TEST_CASE("the oldest sessions make room, the long ended are forgotten") {
  Town town;
  const std::string camille = town.add("camille");
  const std::string first = opened(town, camille).secret;
  for (int i = 0; i < 20; ++i) {
    ++town.now_ms;
    opened(town, camille);
  }
  CHECK_FALSE(town.opens(first));
  CHECK(sessions_of(town.tenant, camille, town.now_ms)->size() == 20);
  CHECK(purge_sessions(town.tenant, town.now_ms + 24 * kHour).value() == 0);
  CHECK(purge_sessions(town.tenant, town.now_ms + 9 * 24 * kHour).value() == 20);
}

TEST_CASE("a browser is known by two words") {
  CHECK(browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0") == "Firefox, Linux");
  CHECK(browser_of("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0") == "Edge, Windows");
  CHECK(browser_of("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1") == "Safari, iPhone");
  CHECK(browser_of("curl/8.0").empty());
  CHECK(browser_of("<script>Linux").compare("Linux") == 0);
}
