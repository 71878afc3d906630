// The pages of oversight through their routes, on a commune with people and a journal.
#include "usecases/oversight/oversight.h"

#include <doctest/doctest.h>

#include "audit/journal.h"
#include "audit/verify.h"
#include "compliance/charter.h"
#include "compliance/testing/town.h"
#include "http/problem.h"
#include "jobs/queue.h"
#include "people/fake/open_door.h"
#include "usecases/oversight/charter_html.h"
#include "usecases/oversight/purge_job.h"

using namespace beffroi;
using compliance::testing::kDay;
using compliance::testing::kNoon;
using people::Role;

namespace {

std::vector<db::Migration> tables() {
  auto all = compliance::testing::tables();
  all.insert(all.end(), jobs::migrations().begin(), jobs::migrations().end());
  return all;
}

struct Site {
  audit::testing::Ground ground{db::testing::usual_engine(), tables()};
  tenants::Tenant tenant = ground.commune("saint-jean");
  std::vector<compliance::Keeper> keepers = compliance::testing::keepers();
  std::int64_t now_ms = kNoon;
  std::string camille = add("cmartin", "Camille <Martin>"), other = add("bdupont", "Bruno Dupont");
  http::Router router;

  explicit Site(Role role, std::vector<compliance::Keeper> more = {}) {
    for (compliance::Keeper& keeper : more) keepers.push_back(std::move(keeper));
    people::Visitor visitor{.tenant = tenant, .kind = people::Visitor::Kind::person};
    visitor.id = visitor.account = camille;
    visitor.name = "Camille";
    visitor.memberships = {{role, ""}};
    visitor.csrf = "csrf";
    make_routes(visitor);
  }
  void make_routes(const people::Visitor& visitor) {
    router = {};
    oversight::Services services;
    services.door = std::make_shared<people::fake::OpenDoor>(visitor);
    services.around = [](const people::Visitor&) { return pages::Surroundings{}; };
    services.now_ms = [this] { return now_ms; };
    services.keepers = keepers;
    services.facts = [](const tenants::Tenant& of) -> Result<compliance::Facts> {
      compliance::Facts facts;
      facts.delegate = BEFFROI_TRY(compliance::delegate_of(of));
      facts.town_hall = "Mairie de Saint-Jean";
      facts.model.id = "petit-modele";
      return facts;
    };
    services.backups = []() -> Result<std::vector<compliance::BackupHeld>> {
      return std::vector<compliance::BackupHeld>{{"hier.bfr", kNoon}};
    };
    oversight::add_routes(router, services);
  }
  std::string add(const std::string& login, const std::string& name) const {
    people::NewAccount account;
    account.login = login;
    account.name = name;
    return people::add_account(tenant, account, kNoon)->id;
  }
  http::Reply send(http::Method method, std::string_view address, std::string body = {}) {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.captured = match.captured;
    if (method == http::Method::post) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    const http::Reply reply = match.route->handler(request);
    return reply.problem ? router.show(request, *reply.problem) : reply;
  }
  http::Reply get(std::string_view address) { return send(http::Method::get, address); }
  http::Reply post(std::string_view address, std::string body = {}) { return send(http::Method::post, address, std::move(body)); }
  std::string latest_action() { return audit::latest_lines(tenant, 1)->front().action; }
};

bool has(const http::Reply& reply, std::string_view words) { return reply.body.find(words) != std::string::npos; }

std::string header(const http::Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return {};
}

constexpr const char* kPages[] = {"/conformite",           "/conformite/journal",      "/conformite/registre",
                                  "/conformite/personnes", "/conformite/conservation", "/conformite/acceptations",
                                  "/conformite/charte"};

}  // namespace

TEST_CASE("each page opens for who has the right, and for nobody else") {
  for (const Role role : people::all_roles()) {
    CAPTURE(people::name_of(role));
    Site site(role == Role::citizen ? Role::reader : role);
    const bool sees = role == Role::dpo || role == Role::commune_administrator || role == Role::syndicate_administrator;
    for (const char* path : kPages) {
      CAPTURE(path);
      bool may = sees;
      if (std::string_view(path) == "/conformite/charte") may = sees && role != Role::dpo;
      if (std::string_view(path) == "/conformite/personnes") may = sees && role != Role::syndicate_administrator;
      CHECK(site.get(path).status == (may ? 200 : 403));
    }
    CHECK(site.get("/charte").status == 200);
  }
}

TEST_CASE("the charter is read, accepted, and leads back to where one was going, in this site only") {
  Site site(Role::agent);
  const http::Reply page = site.get("/charte?suite=%2F%3Fq%3Dpasseport");
  CHECK(has(page, "<h1>Charte d’usage de l’intelligence artificielle</h1>"));
  CHECK(has(page, R"(name="suite" value="/?q=passeport")"));
  CHECK_FALSE(has(site.get("/charte?suite=https%3A%2F%2Fmal.example"), "mal.example"));
  const auto charter = compliance::charter_in_force(site.tenant, kNoon).value();
  CHECK(site.post("/charte", "version=7&empreinte=abc").status == 422);
  CHECK(site.post("/charte", "version=x&empreinte=abc").status == 422);
  const http::Reply accepted = site.post("/charte", "version=0&suite=%2F%3Fq%3Dpasseport&empreinte=" + charter.sha256);
  CHECK(accepted.status == 303);
  CHECK(header(accepted, "Location") == "/?q=passeport");
  CHECK(site.latest_action() == "charter_accepted");
  CHECK(has(site.get("/charte"), "Vous avez accepté cette version."));
  // The public reads it, and has nothing to accept.
  site.make_routes(people::Visitor{.tenant = site.tenant});
  CHECK_FALSE(has(site.get("/charte"), "<button"));
}

TEST_CASE("a version is published with its day; a bad one is told in the form and keeps what was typed") {
  Site site(Role::commune_administrator);
  CHECK(has(site.post("/conformite/charte", "texte=+&jour="), "Écrivez le texte"));
  const http::Reply bad = site.post("/conformite/charte", "texte=%23+Notre+charte&jour=demain");
  CHECK(bad.status == 422);
  CHECK(has(bad, "# Notre charte</textarea>"));
  REQUIRE(site.post("/conformite/charte", "texte=%23+Notre+%3Ccharte%3E%0D%0A%0D%0A-+Relire.&jour=2026-12-01").status == 303);
  CHECK(has(site.get("/conformite/charte"), "à venir"));
  CHECK(has(site.get("/conformite/charte/1"), "<h1>Notre &lt;charte&gt;</h1><ul><li>Relire.</li></ul>"));
  CHECK(site.get("/conformite/charte/9").status == 404);
  CHECK(site.get("/conformite/charte/1x").status == 404);
  site.now_ms = kNoon + 5 * kDay;
  CHECK(has(site.get("/charte"), "Notre &lt;charte&gt;"));
  CHECK(has(site.get("/conformite/acceptations"), "Bruno Dupont (bdupont)"));
  const http::Reply csv = site.get("/conformite/acceptations/export/csv");
  CHECK(header(csv, "Content-Disposition").find("acceptations-saint-jean.csv") != std::string::npos);
  CHECK(site.get("/conformite/acceptations/export/pdf").status == 404);
}

TEST_CASE("reading the journal is a line of it; it is filtered, verified and exported") {
  Site site(Role::dpo);
  audit::Entry entry;
  entry.who = {audit::Actor::person, site.other};
  entry.action = audit::Action::reworded;
  entry.sources = {{"F1341", "2019-08-28"}};
  entry.model = "petit-modele";
  entry.verdicts = {3, 1};
  REQUIRE(audit::append(site.tenant, entry, kNoon));
  const http::Reply page = site.get("/conformite/journal");
  CHECK(has(page, "Bruno Dupont (bdupont)"));
  CHECK(has(page, "Journal lu"));
  CHECK(has(page, "<a href=\"/fiches/F1341\">F1341</a> (28 août 2019)"));
  CHECK(has(page, "3 phrases vérifiées, 1 écartée"));
  const auto rows = [](const http::Reply& reply) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = reply.body.find("<th scope=\"row\">", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  CHECK(rows(site.get("/conformite/journal?quoi=reworded")) == 1);
  CHECK(rows(site.get("/conformite/journal?qui=person:" + site.other)) == 1);
  CHECK(has(site.get("/conformite/journal?du=2030-01-01"), "Aucune ligne"));
  CHECK(site.get("/conformite/journal?du=hier").status == 422);
  CHECK(has(site.post("/conformite/journal/verification"), "Le journal est entier"));
  const http::Reply csv = site.get("/conformite/journal/export/csv?du=2026-11-27&au=2026-11-27");
  CHECK(has(csv, "F1341@2019-08-28"));
  CHECK(csv.content_type.starts_with("text/csv"));
  CHECK(site.latest_action() == "audit_exported");
  auto database = site.tenant.connect();
  REQUIRE(database->execute(std::string("DROP TRIGGER audit_line_keeps") +
                            (database->engine() == db::Engine::postgres ? " ON audit_line" : "")));
  REQUIRE(database->execute("UPDATE audit_line SET who = 'x' WHERE number = 1"));
  CHECK(has(site.post("/conformite/journal/verification"), "n’est pas entier"));
}

TEST_CASE("the journal that cannot be written is not shown") {
  Site site(Role::dpo);
  auto database = site.tenant.connect();
  REQUIRE(database->execute("DROP TABLE audit_head"));
  CHECK(site.get("/conformite/journal").status >= 500);
  CHECK(site.get("/conformite/journal/export/json").status >= 500);
}

TEST_CASE("days are decided within bounds, all or none; a purge asked for is done as a job, with its proof") {
  Site site(Role::dpo);
  const http::Reply bad = site.post("/conformite/conservation", "jours-notes=20&jours-visits=9999");
  CHECK(bad.status == 422);
  CHECK(has(bad, "de 0 à 365 jours"));
  CHECK(compliance::retentions(site.tenant, site.keepers)->front().days == 30);
  CHECK(site.post("/conformite/conservation", "jours-notes=dix").status == 422);
  REQUIRE(site.post("/conformite/conservation", "jours-notes=20&jours-visits=10").status == 303);
  CHECK(compliance::retentions(site.tenant, site.keepers)->front().days == 20);
  CHECK(has(site.get("/conformite/conservation"), "décidé par la commune"));

  auto database = site.tenant.connect();
  REQUIRE(database->execute("INSERT INTO note (day, text) VALUES ('2020-01-01', 'vieille')"));
  REQUIRE(site.post("/conformite/conservation/purge", "date=verifiee").status == 303);
  const auto jobs = oversight::purge_jobs(site.tenant).value();
  REQUIRE(jobs.size() == 1);
  oversight::PurgeParts parts;
  parts.tenant_of = [&](std::string_view) -> Result<tenants::Tenant> { return site.tenant; };
  parts.keepers = site.keepers;
  parts.now_ms = [&] { return site.now_ms; };
  const jobs::Source source{"saint-jean", [&] { return site.tenant.connect(); }};
  jobs::Work work(jobs.front(), source);
  REQUIRE(oversight::purge_handler(parts)(work, {}));
  auto left = database->prepare("SELECT count(*) FROM note");
  REQUIRE(left->step().value());
  CHECK(left->number(0) == 0);
  const http::Reply page = site.get("/conformite/conservation");
  CHECK(has(page, "Notes, avant le"));
  CHECK(has(page, "plus aucune trace dans les fichiers"));
  CHECK(has(page, "hier.bfr"));
  CHECK(audit::latest_lines(site.tenant, 1)->front().who == site.camille);  // who asked

  // Done today: the daily one does not ask again; a day later it does, once.
  REQUIRE(oversight::ask_daily_purge(site.tenant, kNoon + kDay / 2));
  CHECK(oversight::purge_jobs(site.tenant)->size() == 1);
}

TEST_CASE("the purge of the day is asked for once, for a commune that was never purged") {
  Site site(Role::dpo);
  const std::int64_t now = now_ms();
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  CHECK(oversight::purge_jobs(site.tenant)->size() == 1);
  CHECK(oversight::purge_jobs(site.tenant)->front().payload == "program - -");
}

TEST_CASE("a purge of the day that failed is begun again within the hour, a few times, and anew the next day") {
  constexpr std::int64_t kMinute = 60'000;
  Site site(Role::dpo);
  std::int64_t now = now_ms();
  auto database = *site.tenant.connect();
  jobs::Queue queue(database, [&] { return now; });
  const auto fail_it = [&] {
    const auto taken = queue.take({"essai", {std::string(oversight::kPurgeJob)}});
    REQUIRE(taken->has_value());
    REQUIRE(queue.fail(**taken, {Code::internal, "Le disque est plein.", {}}));
  };
  const auto state = [&] { return oversight::purge_jobs(site.tenant)->front().state; };
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  fail_it();
  now += 10 * kMinute;
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  CHECK(state() == jobs::State::failed);
  CHECK(has(site.get("/conformite/conservation"), "Le disque est plein."));
  for (int tries = 1; tries < oversight::kMostTries; ++tries) {
    now += 50 * kMinute;
    REQUIRE(oversight::ask_daily_purge(site.tenant, now));
    CHECK(state() == jobs::State::waiting);
    fail_it();
  }
  now += 50 * kMinute;
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  CHECK(state() == jobs::State::failed);
  CHECK(oversight::purge_jobs(site.tenant)->size() == 1);
  now += kDay;
  REQUIRE(oversight::ask_daily_purge(site.tenant, now));
  CHECK(oversight::purge_jobs(site.tenant)->size() == 2);
}

TEST_CASE("the register says what is configured, and is handed out in writing") {
  Site site(Role::dpo);
  CHECK(has(site.get("/conformite/registre"), "petit-modele"));
  CHECK(has(site.get("/conformite/registre/export/md"), "# Registre des activités de traitement"));
  CHECK(site.latest_action() == "register_exported");
  CHECK(site.get("/conformite/registre/export/pdf").status == 404);
}

TEST_CASE("the delegate is named on the page of the register, by who may, in writing") {
  for (const Role role : {Role::dpo, Role::commune_administrator}) {
    CAPTURE(people::name_of(role));
    Site site(role);
    CHECK(has(site.get("/conformite/registre"), "À compléter par la mairie."));
    const http::Reply alone = site.post("/conformite/registre", "nom=+&contact=dpo%40cdg.fr");
    CHECK(alone.status == 422);
    CHECK(has(alone, "value=\"dpo@cdg.fr\""));
    REQUIRE(site.post("/conformite/registre", "nom=Centre+de+gestion+%3Cdu+Nord%3E&contact=dpo%40cdg.fr").status == 303);
    CHECK(site.latest_action() == "setting_changed");
    CHECK(audit::latest_lines(site.tenant, 1)->front().object == "delegate");
    CHECK(has(site.get("/conformite/registre?fait=delegue"), "<dd>Centre de gestion &lt;du Nord&gt;, dpo@cdg.fr</dd>"));
    CHECK(has(site.get("/conformite/registre/export/md"),
              "Délégué à la protection des données\u00a0: Centre de gestion <du Nord>, dpo@cdg.fr.\n"));
    if (role == Role::dpo) CHECK(has(site.get("/conformite/journal"), "Délégué à la protection des données"));
    REQUIRE(site.post("/conformite/registre", "nom=&contact=").status == 303);
    CHECK(compliance::delegate_of(site.tenant)->name.empty());
  }
  Site agent(Role::agent);
  CHECK(agent.post("/conformite/registre", "nom=Moi&contact=").status == 403);
  Site broken(Role::dpo);
  auto database = broken.tenant.connect();
  REQUIRE(database->execute("DROP TABLE audit_head"));
  CHECK(broken.post("/conformite/registre", "nom=Moi&contact=").status >= 500);
  CHECK(compliance::delegate_of(broken.tenant)->name.empty());
}

TEST_CASE("a person's data are handed over; erased, with the login typed again, and never one's own") {
  Site site(Role::dpo);
  CHECK(has(site.get("/conformite/personnes"), "Camille &lt;Martin&gt;"));
  const std::string bruno = "/conformite/personnes/" + site.other;
  const http::Reply data = site.post(bruno + "/donnees");
  CHECK(data.content_type == "application/json");
  CHECK(has(data, "\"login\":\"bdupont\""));
  CHECK(site.latest_action() == "person_accessed");
  CHECK(site.post(bruno + "/effacement", "confirmation=cmartin").status == 422);
  CHECK(people::account_of(site.tenant, site.other).has_value());
  CHECK(site.post("/conformite/personnes/" + site.camille + "/effacement", "confirmation=cmartin").status == 422);
  CHECK(people::account_of(site.tenant, site.camille).has_value());
  const http::Reply erased = site.post(bruno + "/effacement", "confirmation=BDupont");
  CHECK(erased.status == 200);
  CHECK(has(erased, "Effacement fait"));
  CHECK(has(erased, "hier.bfr"));
  CHECK_FALSE(people::account_of(site.tenant, site.other).has_value());
  CHECK(site.latest_action() == "person_erased");
  CHECK(site.get(bruno).status == 404);
}

TEST_CASE("what a namesake may have written is shown, and erased only when it is chosen") {
  std::vector<std::string> erased;
  compliance::Keeper orders{.kind = "orders", .title = "Commandes"};
  orders.same_name = [](const tenants::Tenant&, std::string_view) -> Result<std::vector<compliance::SameName>> {
    return std::vector<compliance::SameName>{{"order:1", "Commande, le 1er juin", 3}, {"order:2", "Commande, le 2 juin", 4}};
  };
  orders.erase_same_name = [&](const tenants::Tenant&, std::string_view, const std::vector<std::string>& ids) -> Result<std::int64_t> {
    erased = ids;
    return 3;
  };
  Site site(Role::dpo, {orders});
  const std::string bruno = "/conformite/personnes/" + site.other;
  const http::Reply page = site.get(bruno);
  CHECK(has(page, "Commande, le 2 juin"));
  CHECK_FALSE(has(page, "value=\"order:1\" checked"));  // nothing is chosen for them
  const http::Reply refused = site.post(bruno + "/effacement", "confirmation=cmartin&ligne=order%3A2");
  CHECK(has(refused, "value=\"order:2\" checked"));
  CHECK(erased.empty());
  CHECK(has(site.post(bruno + "/effacement", "confirmation=bdupont&ligne=order%3A1"), "que vous ne les avez pas cochées\u00a0: 7 lignes."));
  CHECK(erased == std::vector<std::string>{"order:1"});
}

TEST_CASE("the text of a charter is never markup") {
  pages::Html html;
  oversight::write_charter(html, "Sans titre <b>\nsuite\n\n# Un titre\n- un\n- deux\nfin");
  CHECK(html.take() ==
        "<h1>Charte d’usage</h1><p>Sans titre &lt;b&gt; suite</p><h2>Un titre</h2><ul><li>un</li><li>deux</li></ul><p>fin</p>");
}
