// The planner's pages reached by their addresses: a file is imported, forecast, decided, served and reviewed.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "audit/fake/broken_journal.h"
#include "audit/fake/kept_journal.h"
#include "base/testing.h"
#include "people/fake/open_door.h"
#include "tenants/testing/commune.h"
#include "usecases/canteen/exporting/sheet.h"
#include "usecases/canteen/testing/small_town.h"
#include "usecases/canteen/web/desk.h"
#include "usecases/canteen/web/forecast_job.h"

using namespace beffroi;
using namespace beffroi::canteen;
using forecast::day_of;

namespace {

constexpr std::int64_t kNoon = 1529409600000;  // 2018-06-19, a Tuesday

tenants::Tenant commune_in(const std::filesystem::path& home) {
  std::vector<db::Migration> tables(jobs::migrations().begin(), jobs::migrations().end());
  tables.insert(tables.end(), canteen_migrations().begin(), canteen_migrations().end());
  return tenants::testing::commune(home, "nantes", tables).value();
}

class Town {
 public:
  const std::shared_ptr<audit::fake::KeptJournal> journal = std::make_shared<audit::fake::KeptJournal>();

  explicit Town(people::Role role = people::Role::agent, std::shared_ptr<audit::Journal> other = nullptr)
      : tenant_(commune_in(home_.path())) {
    Desk desk;
    desk.around = [](const people::Visitor& visitor) {
      pages::Surroundings around;
      around.town_hall = "Mairie de Nantes";
      around.csrf = visitor.csrf;
      return around;
    };
    desk.now_ms = [] { return kNoon; };
    desk.journal = other ? std::move(other) : journal;
    add_canteen_routes(router_, std::make_shared<people::fake::OpenDoor>(tenant_, role), desk);
  }

  http::Reply get(const std::string& address) { return send(http::Method::get, address, ""); }
  http::Reply post(const std::string& address, const std::string& form) { return send(http::Method::post, address, form); }
  db::Database database() { return tenant_.connect().value(); }
  // Does what waits, as the runner of the program does.
  void do_jobs() {
    jobs::Duties duties;
    duties.name = "essai";
    duties.handlers[std::string(kForecastJob)] = forecast_handler([] { return kNoon; }, nullptr);
    duties.sources = [this] { return std::vector<jobs::Source>{{"nantes", [this] { return tenant_.connect(); }}}; };
    duties.pause_ms = 10;
    jobs::Runner runner(std::move(duties));
    auto database = tenant_.connect().value();
    for (;;) {
      const auto job = jobs::Queue(database).list(1).value().front();
      if (job.state == jobs::State::done) return;
      CAPTURE(job.error);
      REQUIRE(job.state != jobs::State::failed);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
  void fill_and_forecast() {
    auto database = tenant_.connect().value();
    canteen::testing::fill(database, day_of({2018, 6, 19}));
    REQUIRE(post("/cantines/previsions", "csrf=csrf").status == 303);
    do_jobs();
  }

 private:
  http::Reply send(http::Method method, const std::string& address, const std::string& body) {
    const auto target = http::parse_target(address).value();
    const auto match = router_.find(method, target.segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target.path;
    request.query = target.query;
    request.captured = match.captured;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = body;
    return match.route->handler(request);
  }

  beffroi::testing::TemporaryFolder home_;
  tenants::Tenant tenant_;
  http::Router router_;
};

bool holds(const http::Reply& reply, std::string_view text) { return reply.body.find(text) != std::string::npos; }

std::string location(const http::Reply& reply) {
  for (const auto& [name, value] : reply.headers) {
    if (name == "Location") return value;
  }
  return "";
}

std::string field(const std::string& name, const std::string& value) { return "&" + name + "=" + http::percent_encoded(value); }

}  // namespace

TEST_CASE("a file is shown with its questions, and imported only once they are answered") {
  Town town;
  CHECK(holds(town.get("/cantines"), "Importer la fréquentation"));
  const auto taken =
      town.post("/cantines/import", "csrf=csrf" + field("texte", "date;cantine;servis\n04/06/2018;Sully;100\n05/06/2018;Sully;104\n"));
  REQUIRE(taken.status == 303);
  const std::string file = location(taken);
  const auto asked = town.get(file);
  CHECK(asked.status == 200);
  CHECK(holds(asked, "Comment lire les dates"));
  CHECK(holds(asked, "est le lundi 4 juin 2018"));
  CHECK_FALSE(holds(asked, "Importer ce fichier"));
  const auto refused = town.post(file, "action=importer");
  CHECK(refused.status == 422);
  CHECK(holds(refused, "role=\"alert\""));
  const auto ready = town.post(file, "action=relire&forme=day_first");
  CHECK(holds(ready, "Importer ce fichier"));
  CHECK(holds(ready, "1 cantine nouvelle"));
  const auto imported = town.post(file, "action=importer&forme=day_first");
  REQUIRE(imported.status == 303);
  const auto list = town.get(location(imported));
  CHECK(holds(list, "Le fichier est importé."));
  CHECK(holds(list, "1 cantine créée, 2 jours de cantine."));
  CHECK(town.get(file).status == 404);
  CHECK(town.journal->actions() == "data_imported data_imported data_imported");  // begun, not done, done
  CHECK(town.journal->entries()[1].outcome == "failed");
  REQUIRE(town.get("/cantines/export/bilan/csv").status == 200);
  CHECK(town.journal->entries().back().action == audit::Action::data_exported);
}

TEST_CASE("a name that is no canteen known is asked beside those that look like it") {
  Town town;
  town.fill_and_forecast();
  const auto taken =
      town.post("/cantines/import", "csrf=csrf" + field("texte", "date;cantine;servis\n2018-06-18;Restaurant Sully annexe;100\n"));
  const std::string file = location(taken);
  const auto asked = town.get(file);
  CHECK(holds(asked, "à reconnaître"));
  CHECK(holds(asked, "Sully (E)"));
  const auto dropped = town.post(file, "action=abandonner");
  CHECK(holds(town.get(location(dropped)), "rien n’a été importé"));
}

TEST_CASE("what cannot be a file of meals is refused with what to do") {
  Town town;
  CHECK(holds(town.post("/cantines/import", "csrf=csrf"), "Choisissez un fichier"));
  CHECK(holds(town.post("/cantines/import", "csrf=csrf" + field("texte", "PK\x03\x04")), "format CSV"));
}

TEST_CASE("the table of orders, the trade in meals, the day explained, the order decided, the meals served, the review") {
  Town town;
  town.fill_and_forecast();
  const auto plan = town.get("/cantines");
  CHECK(holds(plan, "Repas à commander, pour couvrir 80\u00a0% des jours"));
  CHECK(holds(plan, "repas de trop par jour"));
  CHECK(holds(plan, "Commande de la commune"));
  CHECK(holds(plan, "Juin et juillet"));  // an alarm of the season
  CHECK(holds(plan, "/cantines/commandes/C001/2018-06-19"));
  CHECK(holds(town.get("/cantines/previsions"), "Prévision faite."));
  CHECK(holds(town.get("/cantines/previsions"), "jusqu’au lundi 18 juin 2018"));

  const auto day = town.get("/cantines/commandes/C001/2018-06-19");
  CHECK(holds(day, "mardi 19 juin 2018"));
  CHECK(holds(day, "Commande proposée"));
  CHECK(holds(day, "Les mêmes jours des semaines passées"));
  const auto silent = town.post("/cantines/commandes/C001/2018-06-19", "csrf=csrf&repas=90&raison=");
  CHECK(silent.status == 422);
  CHECK(holds(silent, "Dites pourquoi"));
  const auto decided = town.post("/cantines/commandes/C001/2018-06-19", "csrf=csrf&repas=90" + field("raison", "sortie <du> CM2"));
  REQUIRE(decided.status == 303);
  const auto after = town.get(location(decided));
  CHECK(holds(after, "sortie &lt;du&gt; CM2"));
  CHECK(holds(town.get("/cantines"), "décidé"));

  CHECK(holds(town.get("/cantines/bilan"), "Aucun jour prévu"));
  CHECK(holds(town.post("/cantines/servis", "csrf=csrf&jour=2018-06-19&servis-1=douze"), "il faut un nombre entier"));
  CHECK(holds(town.post("/cantines/servis", "csrf=csrf&jour=2018-06-20&servis-1=12"), "pas encore passé"));
  const auto served = town.post("/cantines/servis", "csrf=csrf&jour=2018-06-19&servis-1=95&servis-2=70&servis-3=");
  REQUIRE(served.status == 303);
  CHECK(holds(town.get(location(served)), "value=\"95\""));

  const auto review = town.get("/cantines/bilan");
  CHECK(holds(review, "Commande des agents, les mêmes jours"));
  CHECK(holds(review, "<svg"));
  CHECK(holds(review, "2018-06"));
  const auto site = town.get("/cantines/bilan/C001");
  CHECK(holds(site, "<polyline"));
  CHECK(holds(site, "Les chiffres du graphique"));
  CHECK(town.get("/cantines/bilan/rien").status == 404);
}

TEST_CASE("the calendar is edited, a strike changes the orders") {
  Town town;
  town.fill_and_forecast();
  CHECK(holds(town.get("/cantines/calendrier"), "Calendrier des cantines"));
  CHECK(town.post("/cantines/calendrier", "csrf=csrf&action=jour&jour=2018-06-25&ouvert=non" + field("raison", "travaux")).status == 303);
  CHECK(holds(town.get("/cantines/calendrier"), "travaux"));
  CHECK(town.post("/cantines/calendrier", "csrf=csrf&action=jour&jour=2018-06-25&ouvert=non&raison=").status == 422);
  CHECK(town.post("/cantines/calendrier", "csrf=csrf&action=oublier&jour=2018-06-25").status == 303);
  CHECK(town.post("/cantines/calendrier", "csrf=csrf&action=evenement&nom=Kermesse&genre=other&debut=2018-06-22&fin=2018-06-22").status ==
        303);
  CHECK(holds(town.get("/cantines"), "Kermesse"));
  CHECK(town.post("/cantines/greves", "csrf=csrf&action=jour&jour=2018-06-21&raison=nationale&part=30&fermee-2=oui").status == 303);
  const auto plan = town.get("/cantines");
  CHECK(holds(plan, "fermée"));
  CHECK(holds(plan, "grève"));
  CHECK(holds(town.get("/cantines/commandes/C003/2018-06-21"), "30\u00a0% de la fréquentation attendus"));
}

// What changes orders, meals and calendar, and how the journal calls it.
struct Change {
  const char *address, *form, *line;
};
constexpr Change kChanges[] = {
    {"/cantines/commandes/C001/2018-06-19", "csrf=csrf&repas=90&raison=kermesse", "order_decided canteens:1:2018-06-19"},
    {"/cantines/servis", "csrf=csrf&jour=2018-06-19&servis-1=95", "meals_recorded canteens:2018-06-19"},
    {"/cantines/calendrier", "csrf=csrf&action=jour&jour=2018-06-25&ouvert=non&raison=travaux", "calendar_changed canteens:2018-06-25"},
    {"/cantines/calendrier", "csrf=csrf&action=oublier&jour=2018-06-25", "calendar_changed canteens:2018-06-25"},
    {"/cantines/calendrier", "csrf=csrf&action=evenement&nom=Kermesse&genre=other&debut=2018-06-22&fin=2018-06-22",
     "calendar_changed canteens:2018-06-22"},
    {"/cantines/calendrier", "csrf=csrf&action=oublier-evenement&evenement=1", "calendar_changed canteens:event:1"},
    {"/cantines/greves", "csrf=csrf&action=jour&jour=2018-06-21&raison=nationale&part=30", "calendar_changed canteens:2018-06-21"},
    {"/cantines/greves", "csrf=csrf&action=oublier&jour=2018-06-21", "calendar_changed canteens:2018-06-21"},
};

TEST_CASE("orders, meals served and the calendar are in the journal, and never why") {
  Town town;
  town.fill_and_forecast();
  for (const Change& change : kChanges) {
    CAPTURE(change.line);
    REQUIRE(town.post(change.address, change.form).status == 303);
    const audit::Entry last = town.journal->entries().back();
    CHECK(std::string(audit::name_of(last.action)) + " " + last.object == change.line);
  }
  CHECK(town.journal->entries().size() == std::size(kChanges));
  CHECK(town.post("/cantines/servis", "csrf=csrf&jour=2018-06-19&servis-1=douze").status == 422);
  CHECK(town.journal->entries().size() == std::size(kChanges));  // what cannot be read is no act
}

TEST_CASE("what cannot be written in the journal is not done") {
  Town town(people::Role::agent, std::make_shared<audit::fake::BrokenJournal>());
  town.fill_and_forecast();
  for (const Change& change : kChanges) {
    CAPTURE(change.line);
    CHECK(town.post(change.address, change.form).status >= 500);
  }
  CHECK_FALSE(holds(town.get("/cantines/commandes/C001/2018-06-19"), "kermesse"));
  CHECK_FALSE(holds(town.get("/cantines/servis?jour=2018-06-19"), "value=\"95\""));
  const auto calendar = town.get("/cantines/calendrier");
  CHECK_FALSE(holds(calendar, "travaux"));
  CHECK_FALSE(holds(calendar, "Kermesse"));
  CHECK_FALSE(holds(town.get("/cantines/greves"), "nationale</td>"));
}

TEST_CASE("orders and review leave as CSV and ODS") {
  Town town;
  town.fill_and_forecast();
  const auto csv = town.get("/cantines/export/commandes/csv?du=2018-06-19&au=2018-06-22");
  CHECK(csv.content_type == "text/csv; charset=utf-8");
  CHECK(holds(csv, "Code;Cantine;Jour"));
  CHECK(holds(csv, "C001;Sully;2018-06-19;"));
  const auto ods = town.get("/cantines/export/commandes/ods");
  CHECK(ods.content_type == kOdsType);
  CHECK(ods.body.substr(38, kOdsType.size()) == kOdsType);
  CHECK(town.get("/cantines/export/bilan/ods").status == 200);
  CHECK(town.get("/cantines/export/commandes/exe").status == 404);
  CHECK(town.get("/cantines/export/commandes/csv?du=2018-06-19&au=2008-06-22").status == 400);
}

TEST_CASE("settings are checked; canteens are renamed and closed") {
  Town town;
  town.fill_and_forecast();
  CHECK(town.post("/cantines/reglages", "csrf=csrf&action=commune&zone=B&jour-0=oui&couvrir=99&delai=1").status == 422);
  CHECK(town.post("/cantines/reglages", "csrf=csrf&action=commune&zone=B&jour-0=oui&jour-1=oui&couvrir=90&delai=7").status == 303);
  CHECK(holds(town.get("/cantines"), "pour couvrir 90\u00a0% des jours"));
  CHECK(town.post("/cantines/reglages",
                  "csrf=csrf&action=cantines&nom-1=" + http::percent_encoded("Sully élémentaire") + "&type-1=E&fermee-2=oui&nom-2=Molière")
            .status == 303);
  const auto plan = town.get("/cantines");
  CHECK(holds(plan, "Sully élémentaire"));
  CHECK_FALSE(holds(plan, "Molière"));
}

TEST_CASE("a forecast waits, is asked for once, and can be stopped") {
  Town town;
  CHECK(holds(town.get("/cantines/previsions"), "Aucune prévision"));
  REQUIRE(town.post("/cantines/previsions", "csrf=csrf").status == 303);
  CHECK(holds(town.get("/cantines/previsions"), "attend son tour"));
  CHECK(holds(town.post("/cantines/previsions", "csrf=csrf"), "déjà en cours"));
  REQUIRE(town.post("/cantines/previsions/arret", "csrf=csrf").status == 303);
  CHECK(holds(town.get("/cantines/previsions"), "a été arrêtée"));
  CHECK(town.post("/cantines/previsions/arret", "csrf=csrf").status == 422);
}

TEST_CASE("reading is not planning: a reader sees and cannot change") {
  Town planner;
  Town reader(people::Role::reader);
  CHECK(reader.get("/cantines").status == 200);
  CHECK(reader.get("/cantines/import").status == 403);
  CHECK(reader.post("/cantines/previsions", "csrf=csrf").status == 403);
  CHECK_FALSE(holds(reader.get("/cantines/greves"), "Enregistrer ce jour"));
  Town stranger(people::Role::citizen);
  CHECK(stranger.get("/cantines").status == 401);
}
