#include "people/key.h"

#include <doctest/doctest.h>

#include "people/testing/town.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {
constexpr std::int64_t kDay = 24LL * 3600 * 1000;

NewKey wanted(const std::string& account) { return {account, "Site de la mairie", {Right::use_api, Right::ask}, 30}; }

bool opens(const Town& town, const std::string& text) {
  const auto parts = parse_key(text);
  return parts && find_key(town.tenant, *parts, town.now_ms)->has_value();
}
}  // namespace

TEST_CASE("a key is cut into commune, id and secret, and nothing else is a key") {
  const std::string secret(43, 'A'), id = "0123456789abcdef";
  const auto parts = parse_key("bfr_saint-jean_" + id + "_" + secret);
  REQUIRE(parts);
  CHECK(parts->commune == "saint-jean");
  CHECK(parts->id == id);
  CHECK(parts->secret == secret);
  const std::string_view bad[] = {"", "bfr_", "bfr__", "sk-abc", "bfr_saint-jean_0123456789abcdef", "bfr_Saint-Jean_0123456789abcdef_"};
  for (const auto text : bad) CHECK_FALSE(parse_key(text));
  CHECK_FALSE(parse_key("bfr_../x_" + id + "_" + secret));
  CHECK_FALSE(parse_key("bfr_saint-jean_" + id + "_" + secret + "A"));
  CHECK_FALSE(parse_key("bfr_saint-jean_" + id + "_" + std::string(42, 'A') + "é"));
  CHECK_FALSE(parse_key("bfr_" + std::string(64, 'a') + "_" + id + "_" + secret));
}

TEST_CASE("a key is shown once, works, and notes the day it served") {
  Town town;
  const std::string camille = town.add("camille");
  const IssuedKey issued = issue_key(town.tenant, wanted(camille), town.now_ms).value();
  CHECK(issued.text.starts_with("bfr_saint-jean_" + issued.key.id + "_"));
  CHECK(keys_of(town.tenant, camille)->at(0).last_used_day.empty());
  const auto found = find_key(town.tenant, *parse_key(issued.text), town.now_ms).value();
  REQUIRE(found);
  CHECK(found->key.account == camille);
  CHECK(found->key.scopes == std::vector<Right>{Right::use_api, Right::ask});
  CHECK(found->memberships.size() == 1);
  CHECK(keys_of(town.tenant, camille)->at(0).last_used_day == day_of(town.now_ms));
  std::string wrong = issued.text;
  wrong[wrong.size() - 2] = wrong[wrong.size() - 2] == 'A' ? 'B' : 'A';
  CHECK_FALSE(opens(town, wrong));
}

TEST_CASE("expired, revoked, or of a disabled owner: a key opens nothing") {
  Town town;
  const std::string camille = town.add("camille"), paul = town.add("paul");
  const IssuedKey key = issue_key(town.tenant, wanted(camille), town.now_ms).value();
  town.now_ms += 30 * kDay - 1;
  CHECK(opens(town, key.text));
  town.now_ms += 1;
  CHECK_FALSE(opens(town, key.text));
  town.now_ms = kTestNow;
  REQUIRE(set_disabled(town.tenant, camille, true));
  CHECK_FALSE(opens(town, key.text));
  REQUIRE(set_disabled(town.tenant, camille, false));
  CHECK(opens(town, key.text));
  CHECK(revoke_key_of(town.tenant, paul, key.key.id).error().code == Code::not_found);
  CHECK(opens(town, key.text));
  REQUIRE(revoke_key_of(town.tenant, camille, key.key.id));
  CHECK_FALSE(opens(town, key.text));
  CHECK(keys(town.tenant)->at(0).revoked);
  CHECK(revoke_key(town.tenant, "0000000000000000").error().code == Code::not_found);
}

TEST_CASE("a key of one commune opens nothing in another") {
  Town town;
  const IssuedKey key = issue_key(town.tenant, wanted(town.add("camille")), town.now_ms).value();
  const auto other = test_commune(town.home.path(), "saint-paul");
  KeyText parts = *parse_key(key.text);
  CHECK_FALSE(find_key(other, parts, town.now_ms)->has_value());
  parts.commune = "saint-paul";
  CHECK_FALSE(find_key(other, parts, town.now_ms)->has_value());
}

TEST_CASE("what cannot be a key") {
  Town town;
  const std::string camille = town.add("camille");
  const auto refused = [&](auto change) {
    NewKey key = wanted(camille);
    change(key);
    const auto issued = issue_key(town.tenant, key, town.now_ms);
    return issued ? Code::internal : issued.error().code;
  };
  CHECK(refused([](NewKey& key) { key.name = ""; }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.name = std::string(101, 'a'); }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.scopes = {}; }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.scopes = {Right::own_account}; }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.days = 0; }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.days = 367; }) == Code::invalid_argument);
  CHECK(refused([](NewKey& key) { key.scopes = {Right::see_audit}; }) == Code::denied);  // more than its owner may
  CHECK(refused([](NewKey& key) { key.account = "personne"; }) == Code::not_found);
  for (std::size_t i = 0; i < kMostKeys; ++i) REQUIRE(issue_key(town.tenant, wanted(camille), town.now_ms));
  CHECK(refused([](NewKey&) {}) == Code::conflict);
}
