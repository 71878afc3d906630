#include <doctest/doctest.h>

#include <algorithm>

#include "usecases/canteen/findings.h"
#include "usecases/canteen/store/attendance.h"
#include "usecases/canteen/store/doubts.h"
#include "usecases/canteen/store/forecasts.h"
#include "usecases/canteen/testing/small_town.h"

using namespace beffroi;
using namespace beffroi::canteen;
using canteen::testing::attendance_csv;
using canteen::testing::fill;
using canteen::testing::import_text;
using canteen::testing::someone;
using forecast::Day;
using forecast::day_of;

namespace {

constexpr Day kToday = 17701;  // 2018-06-19, a Tuesday

template <class Test>
void on_each_engine(Test test) {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const db::testing::Ground ground(engine);
    auto commune = db::Database::open(ground.place());
    REQUIRE(commune);
    REQUIRE(commune->migrate(canteen_migrations()));
    test(*commune);
  }
}

std::size_t count_rows(db::Database& commune, const std::string& table) {
  auto rows = commune.prepare("SELECT count(*) FROM " + table);
  REQUIRE(rows->step());
  return static_cast<std::size_t>(rows->number(0));
}

}  // namespace

TEST_CASE("a file is imported whole, or not at all; what was answered is remembered") {
  on_each_engine([](db::Database& commune) {
    const char* first = "date,cantine,servis\n04/09/2017,Sully,100\n05/09/2017,Sully,104\n05/09/2017,Molière,50\n";
    const auto refused = import_text(commune, first, kToday);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::conflict);
    CHECK(count_rows(commune, "canteen_site") == 0);
    Answers answers;
    answers.day_form = DayForm::day_first;
    CHECK(import_text(commune, first, kToday, answers).value() == "2 cantines créées, 3 jours de cantine.");
    const auto all = sites(commune).value();
    REQUIRE(all.size() == 2);
    CHECK(recorded_between(commune, all, day_of({2017, 9, 4}), day_of({2017, 9, 4})).value().begin()->second.served == 100);
    // The next file of that shape asks nothing.
    const auto table = parse_csv("date,cantine,servis\n07/09/2017,sully,90\n").value();
    const Answers kept = remembered_answers(commune, table.header).value();
    CHECK(kept.day_form == DayForm::day_first);
    CHECK(import_table(commune, table, kept, {"b.csv", 0, kToday, someone()}).value() == "1 jour de cantine.");
    CHECK(past_imports(commune, 10).value().size() == 2);
  });
}

TEST_CASE("a file waits for its planner, is imported once, and its bytes are not kept") {
  on_each_engine([](db::Database& commune) {
    const std::string csv = "date,cantine,servis\n2017-09-04,Sully,100\n";
    const auto id = keep_upload(commune, {"repas.csv", csv}, someone()).value();
    CHECK(waiting_upload(commune, id).value().content == csv);
    CHECK(import_table(commune, parse_csv(csv).value(), {}, {"repas.csv", id, kToday, someone()}));
    CHECK(waiting_upload(commune, id).error().code == Code::not_found);
    const auto again =
        import_table(commune, parse_csv("date,cantine,servis\n2017-09-05,Sully,100\n").value(), {}, {"r", id, kToday, someone()});
    CHECK(again.error().code == Code::conflict);
    CHECK(count_rows(commune, "canteen_served") == 1);  // the refused one left nothing
    const auto dropped = keep_upload(commune, {"x.csv", csv}, someone()).value();
    CHECK(drop_upload(commune, dropped));
    CHECK_FALSE(waiting_upload(commune, dropped));
    const auto old = keep_upload(commune, {"x.csv", csv}, someone(0)).value();
    CHECK(keep_upload(commune, {"y.csv", csv}, someone()));
    CHECK_FALSE(waiting_upload(commune, old));
  });
}

TEST_CASE("guests by category are kept beside their sum, and replaced with it") {
  on_each_engine([](db::Database& commune) {
    const std::string head = "DATPLGPRESAT;NOMSAT;LIBCON;TOTEFFREE;TOTEFFPREV\n";
    REQUIRE(import_text(commune, head + "2017-09-04;Sully;1MATER.;20;22\n2017-09-04;Sully;4ADULTE;5;5\n", kToday));
    const auto id = sites(commune).value()[0].id;
    CHECK(guests_of(commune, id, day_of({2017, 9, 4})).value().size() == 2);
    Answers replace;
    replace.differs = Differs::replace;
    REQUIRE(import_text(commune, head + "2017-09-04;Sully;1MATER.;30;32\n", kToday, replace));
    const auto guests = guests_of(commune, id, day_of({2017, 9, 4})).value();
    REQUIRE(guests.size() == 1);
    CHECK(guests[0].meals == Recorded{30, 32});
  });
}

TEST_CASE("the calendar: zone, edits, events, strikes") {
  on_each_engine([](db::Database& commune) {
    fill(commune, kToday);
    const Day monday = day_of({2018, 5, 14});
    REQUIRE(edit_day(commune, monday, {false, "fermeture pour travaux"}, someone()));
    CHECK_FALSE(edit_day(commune, monday, {true, ""}, someone()));
    CHECK(calendar_day(calendar_rules(commune).value(), monday).words == "fermeture pour travaux");
    REQUIRE(forget_edit(commune, monday));
    CHECK(calendar_day(calendar_rules(commune).value(), monday).open);

    REQUIRE(add_event(commune, {0, {day_of({2018, 6, 15}), day_of({2018, 6, 15}), "Aïd"}, EventKind::feast}, someone()));
    CHECK_FALSE(add_event(commune, {0, {day_of({2018, 6, 15}), day_of({2018, 6, 14}), "Aïd"}, EventKind::feast}, someone()));
    REQUIRE(save_scenario(commune, kToday + 2, {0.4, {1}, "grève nationale"}, someone()));
    const Town town = load_town(commune, kToday).value();
    const auto at = [&](Day day) { return town.dataset.panel->days[static_cast<std::size_t>(day - town.dataset.panel->first)]; };
    CHECK(at(day_of({2018, 6, 15})).feast);
    CHECK(at(kToday + 2).unusual);
    CHECK(town.scenarios.at(kToday + 2).closed == std::set<std::size_t>{1});
    REQUIRE(forget_scenario(commune, kToday + 2));
    CHECK(scenarios(commune, town.sites).value().empty());
    REQUIRE(forget_event(commune, events(commune).value()[0].id));
    CHECK(events(commune).value().empty());
  });
}

TEST_CASE("a town without holidays known takes its past from the days served") {
  on_each_engine([](db::Database& commune) {
    REQUIRE(import_text(commune, attendance_csv(kToday - 1), kToday));
    const Town town = load_town(commune, kToday).value();
    const auto open = [&](Day day) { return town.dataset.panel->days[static_cast<std::size_t>(day - town.dataset.panel->first)].open; };
    CHECK(open(day_of({2017, 10, 20})));
    CHECK_FALSE(open(day_of({2017, 10, 23})));  // in the holidays: nobody served
    CHECK(open(kToday));
  });
}

TEST_CASE("the zone that does not fit the days served is told") {
  on_each_engine([](db::Database& commune) {
    fill(commune, kToday);
    Settings kept = settings(commune).value();
    Town town = load_town(commune, kToday).value();
    CHECK(zone_doubt(town.rules, done_days(town)).empty());
    kept.zone = "A";
    REQUIRE(save_settings(commune, kept));
    town = load_town(commune, kToday).value();
    CHECK(zone_doubt(town.rules, done_days(town)).find("zone B") != std::string::npos);
  });
}

TEST_CASE("a draft is looked at as if it were imported, before it is") {
  on_each_engine([](db::Database& commune) {
    fill(commune, kToday);
    const auto table = parse_csv("date;cantine;type;servis\n2018-06-19;Sully;E;900\n").value();
    const Draft draft = draft_of(table, {}, known_of(commune, kToday).value());
    REQUIRE(draft.ready());
    const Town town = load_town(commune, kToday, &draft).value();
    const auto findings = findings_of(town.dataset);
    CHECK(std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.from == kToday; }));
    CHECK(load_town(commune, kToday).value().last_known == kToday - 1);
  });
}

TEST_CASE("what is strange in a draft is told before it is imported, and first that the zone is missing") {
  on_each_engine([](db::Database& commune) {
    fill(commune, kToday);
    const auto table = parse_csv("date;cantine;type;servis\n2018-06-19;Sully;E;900\n").value();
    const Draft draft = draft_of(table, {}, known_of(commune, kToday).value());
    const auto doubts = doubts_of(commune, draft, kToday).value();
    REQUIRE_FALSE(doubts.empty());
    CHECK(std::any_of(doubts.begin(), doubts.end(), [](const std::string& told) { return told.find("900 repas") != std::string::npos; }));
    CHECK(doubts.front().find("zone de vacances") == std::string::npos);
    Settings kept = settings(commune).value();
    kept.zone.clear();
    REQUIRE(save_settings(commune, kept));
    CHECK(doubts_of(commune, draft, kToday).value().front().find("n’est pas choisie") != std::string::npos);
  });
}

TEST_CASE("forecasts issued, orders decided, meals served: what came of them") {
  on_each_engine([](db::Database& commune) {
    fill(commune, kToday);
    const Town town = load_town(commune, kToday).value();
    const auto days = plan(town.dataset, {*town.last_known, 14, nullptr}).value();
    const auto run = save_run(commune, {0, someone(), *town.last_known, false}, days, town.sites).value();
    CHECK(latest_run(commune).value()->id == run);
    const Window window{kToday, kToday + 14, 1};
    const auto found = issued(commune, town.sites, window).value();
    REQUIRE(found.size() == days.size());
    const auto& first = found.at({days[0].site, days[0].day}).forecast;
    CHECK(first.point == doctest::Approx(days[0].forecast.point).epsilon(0.001));
    CHECK(first.quantiles[6] == doctest::Approx(days[0].forecast.quantiles[6]).epsilon(0.001));
    CHECK(first.reasons.size() == days[0].forecast.reasons.size());
    CHECK(issued(commune, town.sites, {kToday, kToday + 14, 10}).value().size() < days.size());  // of the first days nothing so early

    CHECK(outcomes(commune, window).value().empty());
    REQUIRE(record_served(commune, {{town.sites[0].id, kToday, 110}, {town.sites[1].id, kToday, 70}}));
    CHECK_FALSE(record_served(commune, {{town.sites[2].id, kToday, 30}, {town.sites[2].id, kToday + 1, -1}}));
    CHECK_FALSE(decide_order(commune, town.sites[0].id, kToday, {118, 120, "", someone()}));
    REQUIRE(decide_order(commune, town.sites[0].id, kToday, {118, 120, "sortie du CM2", someone()}));
    REQUIRE(decide_order(commune, town.sites[0].id, kToday, {116, 120, "sortie confirmée", someone()}));
    CHECK(decided(commune, town.sites, window).value().at({0, kToday}).meals == 116);
    CHECK(decisions_about(commune, town.sites[0].id, kToday).value().size() == 2);
    const auto came = outcomes(commune, window).value();
    REQUIRE(came.size() == 2);
    CHECK(came[0].served == 110);
    CHECK(came[0].agents == 116);
    CHECK_FALSE(came[1].agents.has_value());
    REQUIRE(save_scenario(commune, kToday, {0.5, {}, "grève"}, someone()));
    CHECK(outcomes(commune, window).value().empty());
  });
}

TEST_CASE("settings out of range are refused") {
  on_each_engine([](db::Database& commune) {
    Settings kept;
    kept.service = 0.9;
    kept.weekdays = {0, 1, 2, 3, 4};
    kept.lead_days = 21;
    REQUIRE(save_settings(commune, kept));
    const Settings read = settings(commune).value();
    CHECK(read.service == 0.9);
    CHECK(read.weekdays.size() == 5);
    CHECK(read.lead_days == 21);
    for (const double service : {0.4, 0.99}) CHECK_FALSE(save_settings(commune, {"B", {0}, service, 1}));
    CHECK_FALSE(save_settings(commune, {"B", {}, 0.8, 1}));
    CHECK_FALSE(save_settings(commune, {"B", {0}, 0.8, 0}));
    StoredSite none;
    none.id = 99;
    CHECK(change_site(commune, none).error().code == Code::not_found);
  });
}
