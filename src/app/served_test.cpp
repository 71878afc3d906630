// Two communes on one server: each sees its own town hall, its own opinions, its own meter.
#include "app/served.h"

#include <doctest/doctest.h>

#include "app/tables.h"
#include "base/testing.h"
#include "people/guarded_door.h"
#include "tenants/settings.h"

using namespace beffroi;

namespace {

struct Syndicate {
  testing::TemporaryFolder home;
  std::shared_ptr<tenants::Directory> directory;
  std::shared_ptr<const people::Door> door;
  std::unique_ptr<app::Served> served;

  Syndicate() {
    tenants::Opening opening;
    opening.storage.home = home.path();
    opening.tables = app::commune_tables();
    opening.commune = {"saint-jean", true, {"Mairie de Saint-Jean", "03 20 00 00 01", {}, {}, {}}};
    directory = *tenants::Directory::open(std::move(opening));
    REQUIRE(directory->add({"saint-paul", tenants::Kind::commune, "Mairie de Saint-Paul", {}}));
    REQUIRE(directory->add_host("saint-paul", "saint-paul.fr"));
    REQUIRE(tenants::write(*directory->tenant("saint-paul"), tenants::kTelephone, "03 20 00 00 02"));
    door = people::guarded_door({{[this](std::string_view id) { return directory->tenant(id); },
                                  [this](std::string_view host) { return directory->by_host(host); }},
                                 [] { return std::int64_t{1}; }});
    served = std::make_unique<app::Served>(app::Served::Parts{directory, {}, {}, {}, {}, audit::make_journal(), {}, {}});
  }
  [[nodiscard]] people::Visitor at(std::string host) const {
    http::Request request;
    request.headers = {{"Host", std::move(host)}};
    return *door->admit(request, people::Right::ask);
  }
  [[nodiscard]] std::int64_t count(const char* commune, const char* table) const {
    auto database = *directory->tenant(commune)->connect();
    auto rows = *database.prepare(std::string("SELECT count(*) FROM ") + table);
    REQUIRE(rows.step().value());
    return rows.number(0);
  }
};

}  // namespace

TEST_CASE("each host shows its own town hall, and an unknown one the commune of the configuration") {
  const Syndicate syndicate;
  const auto jean = syndicate.served->services(syndicate.at("saint-jean.fr")).value();
  const auto paul = syndicate.served->services(syndicate.at("saint-paul.fr:8080")).value();
  CHECK(jean.town_hall.name == "Mairie de Saint-Jean");
  CHECK(jean.town_hall.telephone == "03 20 00 00 01");
  CHECK(paul.town_hall.name == "Mairie de Saint-Paul");
  CHECK(paul.town_hall.telephone == "03 20 00 00 02");
  CHECK(paul.around.town_hall == "Mairie de Saint-Paul");
  CHECK(paul.commune == "saint-paul");
  CHECK(assistant::asked_here(paul, {}).town_hall->telephone == "03 20 00 00 02");
}

TEST_CASE("what the readers of one commune leave is in its database and in no other") {
  const Syndicate syndicate;
  const auto jean = syndicate.served->services(syndicate.at("saint-jean.fr")).value();
  const auto paul = syndicate.served->services(syndicate.at("saint-paul.fr")).value();
  REQUIRE(paul.feedback->keep({"a1", true, "", ""}));
  paul.meter->add("assistant", {});
  CHECK(syndicate.count("saint-paul", "assistant_feedback") == 1);
  CHECK(syndicate.count("saint-jean", "assistant_feedback") == 0);
  CHECK(syndicate.count("saint-paul", "metering_line") == 1);
  CHECK(syndicate.count("saint-jean", "metering_line") == 0);
  CHECK(paul.meter->report().all.requests == 1);
  CHECK(jean.meter->report().all.requests == 0);
  CHECK(syndicate.served->services(syndicate.at("saint-paul.fr"))->meter == paul.meter);  // made once
}

TEST_CASE("the menu holds what the visitor may open, and nothing before a first password is chosen") {
  const Syndicate syndicate;
  people::Visitor visitor = syndicate.at("saint-jean.fr");
  CHECK(syndicate.served->around(visitor).menu.size() == 2);
  CHECK(syndicate.served->around(visitor).person.empty());
  visitor.kind = people::Visitor::Kind::person;
  visitor.name = "Camille Martin";
  visitor.must_change = true;
  CHECK(syndicate.served->around(visitor).menu.empty());
  CHECK(syndicate.served->around(visitor).person == "Camille Martin");
}

TEST_CASE("a base that was not opened to a commune serves nothing there") {
  const Syndicate syndicate;
  REQUIRE(syndicate.directory->unshare({"vosdroits", {}, {}, 0}));
  REQUIRE(syndicate.directory->share({"vosdroits", {}, "saint-paul", 0}));
  CHECK(syndicate.served->services(syndicate.at("saint-paul.fr")));
  const auto closed = syndicate.served->services(syndicate.at("saint-jean.fr"));
  REQUIRE_FALSE(closed);
  CHECK(closed.error().code == Code::denied);
}

TEST_CASE("an answer is written in the journal of the commune where it was asked, and nowhere else") {
  const Syndicate syndicate;
  answers::Answer answer;
  answer.status = answers::Status::not_found;
  REQUIRE(syndicate.served->services(syndicate.at("saint-paul.fr"))->trace.answered(answer));
  CHECK(syndicate.count("saint-paul", "audit_line") == 1);
  CHECK(syndicate.count("saint-jean", "audit_line") == 0);
}
