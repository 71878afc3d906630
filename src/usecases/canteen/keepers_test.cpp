// What the canteens keep of somebody: by their account, never by a name that two people may bear.
#include "usecases/canteen/keepers.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "people/account.h"
#include "people/tables.h"
#include "tenants/testing/commune.h"
#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/store/tables.h"

using namespace beffroi;
using namespace beffroi::canteen;

namespace {

constexpr std::int64_t kNoon = 1'795'780'800'000;  // 27 November 2026

struct Town {
  beffroi::testing::TemporaryFolder home;
  tenants::Tenant tenant;
  std::string camille = add("camille"), namesake = add("camille2");
  compliance::Keeper keeper = canteen_keepers().front();

  Town() : tenant(commune(home.path())) {
    decide(1, camille);
    decide(2, namesake);
    decide(3, "");  // before accounts were noted
  }
  static tenants::Tenant commune(const std::filesystem::path& home) {
    std::vector<db::Migration> tables(people::people_migrations().begin(), people::people_migrations().end());
    tables.insert(tables.end(), canteen_migrations().begin(), canteen_migrations().end());
    return tenants::testing::commune(home, "nantes", tables).value();
  }
  [[nodiscard]] std::string add(const std::string& login) const {
    people::NewAccount account;
    account.login = login;
    account.name = "Camille Martin";
    return people::add_account(tenant, account, kNoon)->id;
  }
  void decide(forecast::Day day, const std::string& account) const {
    auto database = tenant.connect().value();
    REQUIRE(edit_day(database, day, {false, "pont"}, {"Camille Martin", kNoon, account}));
  }
  // The days whose author is still named.
  [[nodiscard]] std::string named() const {
    auto database = tenant.connect().value();
    auto rows = database.prepare("SELECT day FROM canteen_calendar_edit WHERE author = 'Camille Martin' ORDER BY day").value();
    std::string days;
    while (rows.step().value()) days += std::string(rows.text(0)).substr(8) + " ";
    return days;
  }
};

}  // namespace

TEST_CASE("somebody's rows are handed over and erased by their account; a namesake's stay") {
  const Town town;
  const std::string held = town.keeper.access(town.tenant, town.camille).value();
  CHECK(held.find("jour du calendrier") != std::string::npos);
  CHECK(held.find("},{") == std::string::npos);  // one row
  CHECK(town.keeper.erase(town.tenant, town.camille).value() == 1);
  CHECK(town.named() == "03 04 ");
}

TEST_CASE("rows that say no account are told to who answers, and erased only when chosen") {
  const Town town;
  const auto found = town.keeper.same_name(town.tenant, town.camille).value();
  REQUIRE(found.size() == 1);
  CHECK(found[0].words == "Cantines, jour du calendrier, le 27 novembre 2026\u00a0: 1 ligne");
  CHECK(town.keeper.erase_same_name(town.tenant, town.camille, {"canteen_order:1", "autre", "canteen_calendar_edit:x"}).value() == 0);
  CHECK(town.named() == "02 03 04 ");
  CHECK(town.keeper.erase_same_name(town.tenant, town.camille, {found[0].id}).value() == 1);
  CHECK(town.named() == "02 03 ");
}
