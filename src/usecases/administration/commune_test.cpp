// Communes of a syndicate, grants, the town hall's details, jobs, through the real door.
#include <doctest/doctest.h>

#include "audit/journal.h"
#include "compliance/purge.h"
#include "jobs/queue.h"
#include "tenants/grants.h"
#include "usecases/administration/testing/site.h"

using namespace beffroi;
using namespace beffroi::administration::testing;
using people::Role;

namespace {

struct Syndicate : Site {
  std::string head = add_person("syndicat", "dominique", Role::syndicate_administrator);
  Browser browser{*this, "syndicat", "dominique"};
};

const Form kNewCommune{{"nom", "Mairie de Saint-Luc"},
                       {"id", "saint-luc"},
                       {"adresse", "Saint-Luc.fr"},
                       {"administrateur", "Claude Roux"},
                       {"identifiant", "claude"}};

Form with(Form form, const std::string& field, const std::string& value) {
  for (auto& [name, text] : form) {
    if (name == field) text = value;
  }
  return form;
}

}  // namespace

TEST_CASE("a commune is made with its address and its first administrator, whose own journal says so") {
  Syndicate site;
  const http::Reply made = site.browser.post("/administration/communes", kNewCommune);
  CHECK(made.status == 201);
  const tenants::Node node = *site.directory->node("saint-luc");
  CHECK(node.parent == "syndicat");
  CHECK(node.hosts == std::vector<std::string>{"saint-luc.fr"});
  const people::Account first = *people::account_named(site.tenant("saint-luc"), "claude");
  CHECK(first.must_change);
  CHECK(first.memberships.front().role == Role::commune_administrator);
  CHECK(site.sign_in->by_password(site.tenant("saint-luc"), {"claude", secret_of(made), "192.0.2.1"})->must_change);
  CHECK(audit::latest_lines(site.tenant("saint-luc"), 1)->front().action == "account_added");
}

TEST_CASE("a commune that cannot be leaves nothing behind") {
  Syndicate site;
  const std::size_t before = site.directory->list()->size();
  for (const auto& [field, value] : std::vector<std::pair<std::string, std::string>>{{"id", "Saint Luc"},
                                                                                     {"id", "saint-paul"},
                                                                                     {"nom", ""},
                                                                                     {"adresse", "pas une adresse"},
                                                                                     {"administrateur", ""},
                                                                                     {"identifiant", ""}}) {
    CAPTURE(field);
    const http::Reply refused = site.browser.post("/administration/communes", with(kNewCommune, field, value));
    CHECK(refused.status == 422);
    CHECK(has(refused, "Il y a un problème"));
  }
  CHECK(site.directory->list()->size() == before);
}

TEST_CASE("a first administrator is given only to a commune without people") {
  Syndicate site;
  const Form form{{"administrateur", "Claude Roux"}, {"identifiant", "claude"}};
  CHECK(site.browser.post("/administration/communes/saint-paul/administrateur", form).status == 201);
  CHECK(site.browser.post("/administration/communes/saint-paul/administrateur", with(form, "identifiant", "intrus")).status == 422);
  CHECK(people::accounts(site.tenant("saint-paul"))->size() == 1);
}

TEST_CASE("a commune that is not the syndicate's is not found, by any verb") {
  Syndicate site;
  CHECK(site.browser.get("/administration/communes/saint-jean").status == 404);
  for (const char* act : {"/adresses", "/adresses/retirer", "/administrateur", "/fonds", "/fonds/fermer", "/suspendre", "/rouvrir"}) {
    CAPTURE(act);
    CHECK(site.browser.post("/administration/communes/saint-jean" + std::string(act)).status == 404);
  }
  CHECK(site.directory->node("saint-jean")->state == tenants::State::active);
}

TEST_CASE("a commune is suspended after a question, and reopened") {
  Syndicate site;
  CHECK(has(site.browser.get("/administration/communes/saint-paul/suspendre"), "Suspendre Nom de saint-paul"));
  CHECK(site.browser.post("/administration/communes/saint-paul/suspendre").status == 303);
  CHECK(site.directory->tenant("saint-paul").error().code == Code::denied);
  CHECK(has(site.browser.get("/administration/communes"), "Suspendue"));
  CHECK(site.browser.post("/administration/communes/saint-paul/rouvrir").status == 303);
  CHECK(site.directory->tenant("saint-paul").has_value());
}

TEST_CASE("addresses and shared corpora are opened and shut; another's address is refused") {
  Syndicate site;
  const std::string path = "/administration/communes/saint-paul";
  CHECK(site.browser.post(path + "/adresses", {{"adresse", "www.saint-paul.fr"}}).status == 303);
  CHECK(site.browser.post(path + "/adresses", {{"adresse", "saint-jean.fr"}}).status == 422);
  CHECK(site.browser.post(path + "/adresses/retirer", {{"retire", "www.saint-paul.fr"}}).status == 303);
  CHECK(site.directory->node("saint-paul")->hosts == std::vector<std::string>{"saint-paul.fr"});
  CHECK(site.browser.post(path + "/fonds", {{"fonds", "guides"}}).status == 303);
  CHECK(*site.directory->may_read(site.tenant("saint-paul"), "guides", "syndicat"));
  CHECK(site.browser.post(path + "/fonds/fermer", {{"ferme", "guides"}}).status == 303);
  CHECK_FALSE(*site.directory->may_read(site.tenant("saint-paul"), "guides", "syndicat"));
}

TEST_CASE("a commune opens its contents in writing, for a time, and takes that back") {
  Site site;
  site.add_person("saint-paul", "paule", Role::commune_administrator);
  Browser browser(site, "saint-paul", "paule");
  const std::string path = "/administration/autorisations";
  CHECK(browser.post(path, {{"texte", ""}, {"jusquau", "2026-12-31"}}).status == 422);
  CHECK(browser.post(path, {{"texte", "La cantine."}, {"jusquau", "2026-11-01"}}).status == 422);
  CHECK(browser.post(path, {{"texte", "La cantine."}, {"jusquau", "bientôt"}}).status == 422);
  CHECK(browser.post(path, {{"texte", "La cantine."}, {"jusquau", "2026-12-31"}}).status == 303);
  CHECK(site.directory->granted(site.tenant("syndicat"), "saint-paul", kNow).has_value());
  CHECK(has(browser.get(path), "En vigueur jusqu’au 31 décembre 2026 compris"));
  const std::int64_t number = tenants::grants_of(site.tenant("saint-paul"))->front().id;
  CHECK(browser.post(path + "/" + std::to_string(number) + "/retirer").status == 303);
  CHECK(site.directory->granted(site.tenant("syndicat"), "saint-paul", kNow).error().code == Code::denied);
  CHECK(browser.post(path + "/999/retirer").status == 404);
}

TEST_CASE("the town hall's details are those that the public sees") {
  Site site;
  site.add_person("saint-paul", "paule", Role::commune_administrator);
  Browser browser(site, "saint-paul", "paule");
  const Form form{{"nom", "Ville de Saint-Paul"},
                  {"telephone", "03 20 00 00 01"},
                  {"adresse", "1 place"},
                  {"horaires", "le matin"},
                  {"site", "https://saint-paul.fr"}};
  CHECK(browser.post("/administration/mairie", with(form, "site", "javascript:alert(1)")).status == 422);
  CHECK(browser.post("/administration/mairie", with(form, "nom", " ")).status == 422);
  CHECK(site.directory->town_hall(site.tenant("saint-paul"))->telephone.empty());
  CHECK(site.directory->town_hall(site.tenant("saint-paul"))->name == "Nom de saint-paul");
  CHECK(browser.post("/administration/mairie", form).status == 303);
  CHECK(site.directory->town_hall(site.tenant("saint-paul"))->telephone == "03 20 00 00 01");
  CHECK(site.directory->town_hall(site.tenant("saint-paul"))->name == "Ville de Saint-Paul");
  CHECK(has(browser.get("/administration/mairie"), "value=\"Ville de Saint-Paul\""));
  CHECK(audit::latest_lines(site.tenant("saint-paul"), 1)->front().object == "town_hall");
  CHECK(site.directory->node("saint-jean")->name != "Ville de Saint-Paul");
}

TEST_CASE("the quotas are a tab of the administration, for who may open them") {
  Site site;
  const std::vector<administration::Section> others = {{people::Right::manage_settings, "/administration/quotas", "Quotas", "Limiter."},
                                                       {people::Right::see_audit, "/conformite/journal", "Journal", "Lire."}};
  const auto tabs = [&](Role role) {
    people::Visitor visitor{.tenant = site.tenant("saint-paul"), .kind = people::Visitor::Kind::person};
    visitor.memberships = {{role, {}}};
    pages::Html html;
    administration::write_tabs(html, visitor, others, "/administration/quotas");
    return html.take();
  };
  const std::string seen = tabs(Role::commune_administrator);
  CHECK(seen.find("<a href=\"/administration/quotas\" aria-current=\"page\">Quotas</a>") != std::string::npos);
  CHECK(seen.find("/administration/cles") != std::string::npos);
  CHECK(seen.find("/conformite/journal") == std::string::npos);  // a page elsewhere
  CHECK(tabs(Role::agent).find("quotas") == std::string::npos);
}

TEST_CASE("a job is stopped after a question, and begun again") {
  Site site;
  site.add_person("saint-paul", "paule", Role::commune_administrator);
  Browser browser(site, "saint-paul", "paule");
  auto database = *site.tenant("saint-paul").connect();
  jobs::Queue queue(database, [] { return kNow; });
  const std::int64_t number = *queue.add({.kind = "canteen.forecast"});
  const std::string path = "/administration/taches/" + std::to_string(number);
  CHECK(has(browser.get("/administration/taches"), "Prévision des cantines"));
  CHECK(has(browser.get(path + "/arreter"), "Oui, arrêter"));
  CHECK(browser.post(path + "/arreter").status == 303);
  CHECK((*queue.find(number))->state == jobs::State::stopped);
  CHECK(browser.post(path + "/arreter").status == 422);  // it is over
  CHECK(browser.post(path + "/reprendre").status == 303);
  CHECK((*queue.find(number))->state == jobs::State::waiting);
  CHECK(browser.post("/administration/taches/999/arreter").status == 404);
}

TEST_CASE("a purge of the day that failed is said on the page of health, until one is done") {
  Site site;
  site.add_person("saint-paul", "paule", Role::commune_administrator);
  Browser browser(site, "saint-paul", "paule");
  CHECK(has(browser.get("/administration/sante"), "pas encore fait"));
  auto database = *site.tenant("saint-paul").connect();
  REQUIRE(compliance::keep_purge_state(database, {kNow - 26 * 3'600'000, false}));
  jobs::Queue queue(database, [] { return kNow; });
  (void)*queue.add({.kind = "compliance.purge", .attempts = 1});
  const auto taken = *queue.take({"essai", {"compliance.purge"}});
  (void)queue.fail(*taken, {Code::internal, "L’horloge a sauté.", {}});
  const http::Reply health = browser.get("/administration/sante");
  CHECK(has(health, "Le dernier essai a échoué\u00a0: L’horloge a sauté. Beffroi recommence dans l’heure"));
  CHECK(has(browser.get("/administration/taches"), "L’horloge a sauté."));
  REQUIRE(compliance::keep_purge_state(database, {kNow, false}));
  CHECK_FALSE(has(browser.get("/administration/sante"), "L’horloge a sauté."));
}

TEST_CASE("the first page tells what is wrong, and only what this visitor may open") {
  Site site;
  site.add_person("saint-paul", "paule", Role::commune_administrator);
  Browser browser(site, "saint-paul", "paule");
  auto database = *site.tenant("saint-paul").connect();
  jobs::Queue queue(database, [] { return kNow; });
  const std::int64_t number = *queue.add({.kind = "canteen.forecast", .attempts = 1});
  const auto taken = *queue.take({"essai", {"canteen.forecast"}});
  REQUIRE(taken->id == number);
  (void)queue.fail(*taken, {Code::internal, "Le fichier est vide.", {}});
  const http::Reply home = browser.get("/administration");
  CHECK(has(home, "1\u00a0tâche a échoué."));
  CHECK(has(home, "Aucune sauvegarde n’a encore été faite"));
  CHECK(has(home, "La base officielle manque"));
  CHECK(has(home, "Aucun modèle de langue ne sert"));
  CHECK(has(home, "href=\"/administration/personnes\""));
  CHECK_FALSE(has(home, "href=\"/administration/communes\""));
  CHECK(has(browser.get("/administration/taches"), "Le fichier est vide."));
}
