// People, groups and keys of a commune, through the real door.
#include <doctest/doctest.h>

#include "audit/fake/broken_journal.h"
#include "audit/journal.h"
#include "people/group.h"
#include "people/key.h"
#include "usecases/administration/testing/site.h"

using namespace beffroi;
using namespace beffroi::administration::testing;
using people::Role;

namespace {

struct Town : Site {
  std::string head = add_person("saint-jean", "camille", Role::commune_administrator);
  std::string agent = add_person("saint-jean", "noe", Role::agent);
  Browser browser{*this, "saint-jean", "camille"};

  [[nodiscard]] people::Account account(std::string_view id) const { return *people::account_of(tenant("saint-jean"), id); }
  [[nodiscard]] bool noted(audit::Action action, std::string_view object) const {
    const auto lines = audit::latest_lines(tenant("saint-jean"), 10);
    for (const audit::Line& line : *lines) {
      if (line.action == audit::name_of(action) && line.object == object && line.who == head) return true;
    }
    return false;
  }
};

}  // namespace

TEST_CASE("every page is shut to an agent, and to nobody in particular") {
  Town town;
  Browser agent(town, "saint-jean", "noe");
  Browser nobody(town, "saint-jean");
  for (const char* page : {"/administration", "/administration/personnes", "/administration/groupes", "/administration/cles",
                           "/administration/mairie", "/administration/sante", "/administration/modeles", "/administration/taches",
                           "/administration/autorisations", "/administration/communes"}) {
    CAPTURE(page);
    CHECK(agent.get(page).status == 403);
    CHECK(location(nobody.get(page)).starts_with("/connexion"));
  }
  CHECK(town.browser.get("/administration/communes").status == 403);
}

TEST_CASE("a form without the session's token changes nothing") {
  Town town;
  CHECK(town.browser.post_with("", "/administration/personnes/" + town.agent + "/suspendre").status == 403);
  CHECK(town.browser.post_with("autre", "/administration/personnes/" + town.agent + "/suspendre").status == 403);
  CHECK_FALSE(town.account(town.agent).disabled);
}

TEST_CASE("an account is made with a password shown once, to be changed, and a line in the journal") {
  Town town;
  const http::Reply made = town.browser.post(
      "/administration/personnes", {{"nom", "Inès Moreau"}, {"identifiant", "Ines"}, {"role", "agent"}, {"service", "État civil"}});
  CHECK(made.status == 201);
  CHECK(made.cache_control == "no-store");
  const std::string password = secret_of(made);
  const people::Account account = *people::account_named(town.tenant("saint-jean"), "ines");
  CHECK(account.name == "Inès Moreau");
  CHECK(account.must_change);
  CHECK(account.memberships.front().service == "etat-civil");
  CHECK(town.sign_in->by_password(town.tenant("saint-jean"), {"ines", password, "192.0.2.1"})->must_change);
  CHECK(town.noted(audit::Action::account_added, account.id));
  CHECK(secret_of(town.browser.get("/administration/personnes")).empty());
}

TEST_CASE("what was typed stays when it is refused, and the reason is beside its field") {
  Town town;
  const http::Reply taken =
      town.browser.post("/administration/personnes", {{"nom", "Un Autre"}, {"identifiant", "noe"}, {"role", "agent"}, {"service", ""}});
  CHECK(taken.status == 422);
  CHECK(has(taken, "value=\"Un Autre\""));
  CHECK(has(taken, "href=\"#identifiant\""));
  CHECK(town.browser.post("/administration/personnes", {{"nom", ""}, {"identifiant", "x2"}, {"role", "agent"}}).status == 422);
  CHECK(town.browser.post("/administration/personnes", {{"nom", "A"}, {"identifiant", "x2"}, {"role", "syndicate_administrator"}}).status ==
        422);
  CHECK(people::accounts(town.tenant("saint-jean"))->size() == 2);
}

TEST_CASE("a role that this kind of node does not have is not given, whatever the form says") {
  Town town;
  const std::string path = "/administration/personnes/" + town.agent + "/roles";
  for (const char* role : {"syndicate_administrator", "citizen", "maire", ""}) {
    CAPTURE(role);
    CHECK(town.browser.post(path, {{"role", role}, {"service", ""}}).status == 422);
    CHECK(town.browser.post("/administration/groupes", {{"nom", "Groupe"}, {"role", role}, {"service", ""}}).status == 422);
  }
  CHECK(town.account(town.agent).memberships.size() == 1);
  CHECK(people::groups(town.tenant("saint-jean"))->empty());
  const std::string head = town.add_person("syndicat", "dominique", Role::syndicate_administrator);
  Browser syndicate(town, "syndicat", "dominique");
  const std::string own = "/administration/personnes/" + head + "/roles";
  CHECK(syndicate.post(own, {{"role", "commune_administrator"}, {"service", ""}}).status == 422);
  CHECK(syndicate.post(own, {{"role", "agent"}, {"service", ""}}).status == 303);
}

TEST_CASE("a name is found whatever its accents") {
  Town town;
  (void)people::rename_account(town.tenant("saint-jean"), town.agent, "Noé Lefèvre");
  CHECK(has(town.browser.get("/administration/personnes?q=LEFEVRE"), "Noé Lefèvre"));
  CHECK_FALSE(has(town.browser.get("/administration/personnes?q=LEFEVRE"), "/administration/personnes/" + town.head));
}

TEST_CASE("suspending asks first, then ends sessions; reopening gives nothing back") {
  Town town;
  const std::string path = "/administration/personnes/" + town.agent;
  const Browser agent(town, "saint-jean", "noe");
  const http::Reply asked = town.browser.get(path + "/suspendre");
  CHECK(has(asked, "Suspendre le compte de Nom de noe"));
  CHECK_FALSE(town.account(town.agent).disabled);
  CHECK(location(town.browser.post(path + "/suspendre")) == path + "?fait=suspendu");
  CHECK(town.account(town.agent).disabled);
  CHECK_FALSE(people::find_session(town.tenant("saint-jean"), agent.secret, kNow)->has_value());
  CHECK(town.noted(audit::Action::account_disabled, town.agent));
  CHECK(town.browser.post(path + "/rouvrir").status == 303);
  CHECK_FALSE(town.account(town.agent).disabled);
}

TEST_CASE("nobody locks the door behind oneself") {
  Town town;
  const std::string own = "/administration/personnes/" + town.head;
  CHECK(town.browser.post(own + "/suspendre").status == 422);
  CHECK(town.browser.post(own + "/mot-de-passe").status == 422);
  CHECK(town.browser.post(own + "/roles/retirer", {{"retire", "commune_administrator:"}}).status == 422);
  CHECK_FALSE(town.account(town.head).disabled);
  CHECK(town.account(town.head).memberships.size() == 1);
  // Nor by a group that alone gives the right.
  const people::Group group = *people::add_group(town.tenant("saint-jean"), {"", "Chefs", "", {{Role::commune_administrator, {}}}});
  (void)people::add_to_group(town.tenant("saint-jean"), group.id, town.head);
  (void)people::set_memberships(town.tenant("saint-jean"), town.head, {});
  CHECK(town.browser.post("/administration/groupes/" + group.id + "/supprimer").status == 422);
  CHECK(town.browser.post("/administration/groupes/" + group.id + "/membres/retirer", {{"personne", town.head}}).status == 422);
  CHECK(town.browser.post("/administration/groupes/" + group.id, {{"nom", "Chefs"}, {"role", "agent"}, {"service", ""}}).status == 422);
  CHECK(people::groups(town.tenant("saint-jean"))->size() == 1);
}

TEST_CASE("a role is added and taken back") {
  Town town;
  const std::string path = "/administration/personnes/" + town.agent;
  CHECK(town.browser.post(path + "/roles", {{"role", "validator"}, {"service", ""}}).status == 303);
  CHECK(town.account(town.agent).memberships.size() == 2);
  CHECK(town.browser.post(path + "/roles/retirer", {{"retire", "validator:"}}).status == 303);
  CHECK(town.account(town.agent).memberships.front().role == Role::agent);
  CHECK(town.noted(audit::Action::account_changed, town.agent));
}

TEST_CASE("a new password is shown once and shuts every session") {
  Town town;
  const Browser agent(town, "saint-jean", "noe");
  const http::Reply given = town.browser.post("/administration/personnes/" + town.agent + "/mot-de-passe");
  CHECK(given.status == 201);
  CHECK_FALSE(people::find_session(town.tenant("saint-jean"), agent.secret, kNow)->has_value());
  CHECK(town.sign_in->by_password(town.tenant("saint-jean"), {"noe", secret_of(given), "192.0.2.1"})->must_change);
}

TEST_CASE("a group gives its role to its members, by hand or by the provider's word") {
  Town town;
  const http::Reply made =
      town.browser.post("/administration/groupes",
                        {{"nom", "Restauration"}, {"revendication", "cantines"}, {"role", "validator"}, {"service", "restauration"}});
  CHECK(made.status == 303);
  const people::Group group = people::groups(town.tenant("saint-jean"))->front();
  CHECK(group.claim == "cantines");
  CHECK(town.browser.post("/administration/groupes/" + group.id + "/membres", {{"personne", town.agent}}).status == 303);
  CHECK(has(town.browser.get("/administration/personnes/" + town.agent), "Restauration"));
  CHECK(town.browser.post("/administration/groupes/" + group.id + "/membres", {{"personne", "inconnu"}}).status == 404);
}

TEST_CASE("a group of several roles shows and keeps them all") {
  Town town;
  const auto saint_jean = town.tenant("saint-jean");
  const std::vector<people::Membership> both = {{Role::agent, "restauration"}, {Role::reader, {}}};
  const people::Group group = *people::add_group(saint_jean, {"", "Cantines", "", both});
  const std::string path = "/administration/groupes/" + group.id;
  const auto roles = [&] { return people::groups(saint_jean)->front().memberships; };
  const http::Reply page = town.browser.get(path);
  CHECK(has(page, "value=\"agent:restauration\" checked"));
  CHECK(has(page, "value=\"reader:\" checked"));
  const Form kept = {{"nom", "Restauration"}, {"garde", "agent:restauration"}, {"garde", "reader:"}, {"role", ""}, {"service", ""}};
  CHECK(town.browser.post(path, kept).status == 303);
  CHECK(roles().size() == 2);
  CHECK(people::groups(saint_jean)->front().name == "Restauration");
  // One cleared, one added.
  CHECK(town.browser.post(path, {{"nom", "Cantines"}, {"garde", "reader:"}, {"role", "dpo"}, {"service", ""}}).status == 303);
  REQUIRE(roles().size() == 2);
  CHECK(roles()[0].role == Role::dpo);
  CHECK(roles()[1].role == Role::reader);
  // Nothing that it did not give comes in by a box, and it gives one role at least.
  const http::Reply none =
      town.browser.post(path, {{"nom", "Cantines"}, {"garde", "commune_administrator:"}, {"role", ""}, {"service", ""}});
  CHECK(none.status == 422);
  CHECK(has(none, "Choisissez un rôle"));
  CHECK_FALSE(has(none, "value=\"reader:\" checked"));
  CHECK(roles().size() == 2);
}

TEST_CASE("a key is shown once, never does more than its owner, and is revoked") {
  Town town;
  const http::Reply refused =
      town.browser.post("/administration/cles", {{"nom", "Site"}, {"personne", town.agent}, {"droits", "see_health"}, {"jours", "30"}});
  CHECK(refused.status == 422);
  CHECK(has(refused, "href=\"#droits\""));
  const http::Reply made =
      town.browser.post("/administration/cles", {{"nom", "Site"}, {"personne", town.agent}, {"droits", "ask"}, {"jours", "30"}});
  CHECK(made.status == 201);
  const auto text = people::parse_key(secret_of(made));
  REQUIRE(text);
  CHECK(people::find_key(town.tenant("saint-jean"), *text, kNow)->has_value());
  CHECK_FALSE(has(town.browser.get("/administration/cles"), text->secret));
  CHECK(has(town.browser.get("/administration/cles/" + text->id + "/revoquer"), "Révoquer la clé"));
  CHECK(town.browser.post("/administration/cles/" + text->id + "/revoquer").status == 303);
  CHECK_FALSE(people::find_key(town.tenant("saint-jean"), *text, kNow)->has_value());
  CHECK(town.noted(audit::Action::key_revoked, text->id));
  CHECK(town.browser.get("/administration/cles/inconnue/revoquer").status == 404);
}

TEST_CASE("nothing is done that cannot be written in the journal") {
  Site site(std::make_shared<audit::fake::BrokenJournal>());
  site.add_person("saint-jean", "camille", Role::commune_administrator);
  const std::string agent = site.add_person("saint-jean", "noe", Role::agent);
  Browser browser(site, "saint-jean", "camille");
  const std::string path = "/administration/personnes/" + agent;
  const tenants::Tenant town = site.tenant("saint-jean");
  CHECK(browser.post(path + "/suspendre").status == 507);
  CHECK_FALSE(people::account_of(town, agent)->disabled);
  CHECK(browser.post(path + "/roles", {{"role", "validator"}, {"service", ""}}).status == 507);
  CHECK(people::account_of(town, agent)->memberships.size() == 1);
  CHECK(browser.post(path + "/mot-de-passe").status == 507);
  CHECK(site.sign_in->by_password(town, {"noe", kPassword, "192.0.2.1"}).has_value());
  CHECK(browser.post("/administration/personnes", {{"nom", "Inès"}, {"identifiant", "ines"}, {"role", "agent"}}).status == 507);
  CHECK(people::accounts(town)->size() == 2);
  CHECK(browser.post("/administration/groupes", {{"nom", "Chefs"}, {"role", "agent"}, {"service", ""}}).status == 507);
  CHECK(people::groups(town)->empty());
  CHECK(browser.post("/administration/cles", {{"nom", "Site"}, {"personne", agent}, {"droits", "ask"}, {"jours", "30"}}).status == 507);
  CHECK(people::keys(town)->front().revoked);
  CHECK(browser.post("/administration/mairie", {{"telephone", "03"}}).status == 507);
  CHECK(site.directory->town_hall(town)->telephone.empty());
}

TEST_CASE("an act on an account and its line are one: an act refused leaves no line") {
  Town town;
  const auto lines = [&] { return audit::latest_lines(town.tenant("saint-jean"), 100)->size(); };
  const std::size_t before = lines();
  CHECK(town.browser.post("/administration/personnes/" + town.agent + "/nom", {{"nom", " "}}).status == 422);
  CHECK(
      town.browser.post("/administration/personnes", {{"nom", "Noé"}, {"identifiant", "noe"}, {"role", "agent"}, {"service", ""}}).status ==
      422);
  CHECK(lines() == before);
  CHECK(town.browser.post("/administration/personnes/" + town.agent + "/nom", {{"nom", "Noé Lefèvre"}}).status == 303);
  CHECK(lines() == before + 1);
  CHECK(town.noted(audit::Action::account_changed, town.agent));
}

TEST_CASE("nobody of another commune is seen or reached") {
  Town town;
  const std::string other = town.add_person("saint-paul", "paule", Role::agent);
  CHECK_FALSE(has(town.browser.get("/administration/personnes"), "paule"));
  CHECK(town.browser.get("/administration/personnes/" + other).status == 404);
  CHECK(town.browser.post("/administration/personnes/" + other + "/suspendre").status == 404);
  CHECK_FALSE(people::account_of(town.tenant("saint-paul"), other)->disabled);
}
