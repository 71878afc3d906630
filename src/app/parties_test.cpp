#include "app/parties.h"

#include <doctest/doctest.h>

#include "app/tables.h"
#include "base/testing.h"

using namespace beffroi;

TEST_CASE("a request counts for the commune that its key or its Host names, and an invented one for the configured commune") {
  const testing::TemporaryFolder home;
  tenants::Opening opening;
  opening.storage.home = home.path();
  opening.tables = app::commune_tables();
  opening.commune = {"saint-jean", true, {"Mairie de Saint-Jean", {}, {}, {}, {}}};
  const auto directory = *tenants::Directory::open(std::move(opening));
  REQUIRE(directory->add({"saint-paul", tenants::Kind::commune, "Mairie de Saint-Paul", {}}));
  REQUIRE(directory->add_host("saint-paul", "saint-paul.fr"));
  const app::Parties parties(directory, "saint-jean");

  const auto party = [&](std::string host, const std::string& authorization = {}) {
    http::Request request;
    request.headers = {{"Host", std::move(host)}};
    if (!authorization.empty()) request.headers.emplace_back("Authorization", authorization);
    return parties.of(request);
  };
  const std::string rest = "_0123456789abcdef_" + std::string(43, 'A');
  CHECK(party("saint-paul.fr") == "saint-paul");
  CHECK(party("SAINT-PAUL.fr:8080") == "saint-paul");
  CHECK(party("localhost") == "saint-jean");
  CHECK(party("localhost", "Bearer bfr_saint-paul" + rest) == "saint-paul");
  for (const char* invented : {"un.fr", "deux.fr", "", "\x01", "a b"}) CHECK(party(invented) == "saint-jean");
  for (const std::string& invented :
       {"Bearer bfr_nulle-part" + rest, std::string("Bearer x"), std::string("Basic YTpi"), std::string("B")}) {
    CHECK(party("localhost", invented) == "saint-jean");
  }
}
