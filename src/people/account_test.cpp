#include "people/account.h"

#include <doctest/doctest.h>

#include "people/group.h"
#include "people/testing/town.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {
bool holds(const std::vector<Membership>& memberships, Role role, const std::string& service = "") {
  return std::any_of(memberships.begin(), memberships.end(),
                     [&](const Membership& each) { return each.role == role && each.service == service; });
}
}  // namespace

TEST_CASE("a login has one writing, and one account") {
  Town town;
  CHECK(login_of("  Camille.Martin@Saint-Jean.FR ").value() == "camille.martin@saint-jean.fr");
  for (const char* login : {"", "a", "a b", "a\tb", "\xff\xff", "a\nb"}) CHECK(login_of(login).error().code == Code::invalid_argument);
  CHECK_FALSE(login_of(std::string(255, 'a')));
  town.add("camille@saint-jean.fr");
  const auto again = add_account(town.tenant, {"CAMILLE@saint-jean.fr", "Une autre"}, kTestNow);
  CHECK(again.error().code == Code::conflict);
  CHECK(account_named(town.tenant, "Camille@Saint-Jean.fr")->name == "Nom de camille@saint-jean.fr");
  CHECK(account_named(town.tenant, "paul").error().code == Code::not_found);
  CHECK(account_of(town.tenant, "0000000000000000").error().code == Code::not_found);
}

TEST_CASE("what goes with a change of an account commits with it, or neither does") {
  Town town;
  const std::string camille = town.add("camille", {{Role::reader}});
  std::string told;
  const Within refuses = [&](db::Database&, std::string_view id) -> Status {
    told = id;
    return fail(Code::storage, "Le disque est plein.");
  };
  const auto is_undone = [&](const auto& outcome) {
    CHECK(outcome.error().code == Code::storage);
    CHECK(account_named(town.tenant, "paul").error().code == Code::not_found);
    const Account now = *account_of(town.tenant, camille);
    CHECK(now.name == "Nom de camille");
    CHECK_FALSE(now.disabled);
    CHECK_FALSE(now.must_change);
    CHECK(holds(now.memberships, Role::reader));
    CHECK_FALSE(account_of_identity(town.tenant, "https://idp.test", "1")->has_value());
  };
  is_undone(add_account(town.tenant, {"paul", "Paul"}, kTestNow, refuses));
  CHECK(told.size() == camille.size());  // its id, though it is new
  is_undone(rename_account(town.tenant, camille, "Autre", refuses));
  is_undone(set_memberships(town.tenant, camille, std::vector<Membership>{{Role::dpo}}, refuses));
  is_undone(set_disabled(town.tenant, camille, true, refuses));
  is_undone(set_password(town.tenant, camille, {"empreinte", true, {}}, refuses));
  is_undone(link_identity(town.tenant, camille, "https://idp.test", "1", refuses));
  CHECK(told == camille);
  REQUIRE(rename_account(town.tenant, camille, "Autre", [](db::Database& database, std::string_view) {
    return database.execute("UPDATE people_account SET login = 'zoe'");  // what it writes is kept with the change
  }));
  CHECK(account_named(town.tenant, "zoe")->name == "Autre");
}

TEST_CASE("roles are those given by name and those of one's groups") {
  Town town;
  const std::string camille = town.add("camille", {{Role::reader, "etat-civil"}});
  const Group kitchens = add_group(town.tenant, {"", "Restauration", "", {{Role::agent, "restauration"}, {Role::validator, ""}}}).value();
  REQUIRE(add_to_group(town.tenant, kitchens.id, camille));
  auto roles = memberships_of(town.tenant, camille).value();
  CHECK(roles.size() == 3);
  CHECK(holds(roles, Role::reader, "etat-civil"));
  CHECK(holds(roles, Role::agent, "restauration"));
  CHECK(holds(roles, Role::validator));
  CHECK(account_of(town.tenant, camille)->memberships.size() == 1);

  REQUIRE(remove_group(town.tenant, kitchens.id));
  REQUIRE(set_memberships(town.tenant, camille, std::vector<Membership>{{Role::dpo}, {Role::dpo}}));
  roles = memberships_of(town.tenant, camille).value();
  CHECK(roles.size() == 1);
  CHECK(holds(roles, Role::dpo));
  CHECK(groups(town.tenant)->empty());
}

TEST_CASE("groups of the identity provider are joined and left as it says, those given by hand stay") {
  Town town;
  const std::string camille = town.add("camille", {});
  const Group agents = add_group(town.tenant, {"", "Agents", "/mairie/agents", {{Role::agent}}}).value();
  const Group dpo = add_group(town.tenant, {"", "DPO", "/mairie/dpo", {{Role::dpo}}}).value();
  const Group by_hand = add_group(town.tenant, {"", "Lecteurs", "", {{Role::reader}}}).value();
  REQUIRE(add_to_group(town.tenant, by_hand.id, camille));
  REQUIRE(join_claimed_groups(town.tenant, camille, std::vector<std::string>{"/mairie/agents", "/ailleurs", ""}));
  CHECK(holds(*memberships_of(town.tenant, camille), Role::agent));
  REQUIRE(join_claimed_groups(town.tenant, camille, std::vector<std::string>{"/mairie/dpo"}));
  const auto roles = memberships_of(town.tenant, camille).value();
  CHECK_FALSE(holds(roles, Role::agent));
  CHECK(holds(roles, Role::dpo));
  CHECK(holds(roles, Role::reader));
}

TEST_CASE("groups: one name each, changed as a whole") {
  Town town;
  Group agents = add_group(town.tenant, {"", "Agents"}).value();
  CHECK(add_group(town.tenant, {"", "Agents"}).error().code == Code::conflict);
  CHECK(add_group(town.tenant, {"", ""}).error().code == Code::invalid_argument);
  CHECK(add_group(town.tenant, {"", "Tous", "", {{Role::citizen}}}).error().code == Code::invalid_argument);
  agents.name = "Agents du soir";
  agents.memberships = {{Role::agent, "scolaire"}};
  REQUIRE(change_group(town.tenant, agents));
  CHECK(groups(town.tenant)->at(0).name == "Agents du soir");
  CHECK(groups(town.tenant)->at(0).memberships.at(0).service == "scolaire");
  REQUIRE(add_group(town.tenant, {"", "Agents"}));
  agents.name = "Agents";
  CHECK(change_group(town.tenant, agents).error().code == Code::conflict);
  CHECK(add_to_group(town.tenant, agents.id, "personne").error().code == Code::not_found);
  CHECK(add_to_group(town.tenant, "aucun", town.add("camille")).error().code == Code::not_found);
}

TEST_CASE("roles that cannot be given") {
  Town town;
  const std::string camille = town.add("camille");
  CHECK(set_memberships(town.tenant, camille, std::vector<Membership>{{Role::citizen}}).error().code == Code::invalid_argument);
  CHECK(set_memberships(town.tenant, camille, std::vector<Membership>{{Role::syndicate_administrator}}).error().code ==
        Code::invalid_argument);
  CHECK(set_memberships(town.tenant, camille, std::vector<Membership>{{Role::agent, "État civil"}}).error().code == Code::invalid_argument);
  CHECK(set_memberships(town.tenant, "personne", std::vector<Membership>{{Role::agent}}).error().code == Code::not_found);
}

TEST_CASE("an account erased leaves nothing behind") {
  Town town;
  const std::string camille = town.add("camille");
  const std::string secret = town.enter("camille")->secret;
  REQUIRE(link_identity(town.tenant, camille, "https://idp", "42"));
  REQUIRE(erase_account(town.tenant, camille));
  CHECK_FALSE(town.opens(secret));
  CHECK(accounts(town.tenant)->empty());
  CHECK_FALSE(account_of_identity(town.tenant, "https://idp", "42")->has_value());
  auto database = town.tenant.connect().value();
  for (const char* table : {"account", "identity", "membership", "session", "key", "group_member"}) {
    auto rows = database.prepare(std::string("SELECT count(*) FROM people_") + table).value();
    REQUIRE(rows.step().value());
    CHECK(rows.number(0) == 0);
  }
}

TEST_CASE("an identity belongs to one account") {
  Town town;
  const std::string camille = town.add("camille"), paul = town.add("paul");
  REQUIRE(link_identity(town.tenant, camille, "https://idp", "42"));
  REQUIRE(link_identity(town.tenant, camille, "https://idp", "42"));
  CHECK(link_identity(town.tenant, paul, "https://idp", "42").error().code == Code::conflict);
  CHECK(account_of_identity(town.tenant, "https://idp", "42").value() == camille);
  CHECK_FALSE(account_of_identity(town.tenant, "https://other", "42")->has_value());
}
