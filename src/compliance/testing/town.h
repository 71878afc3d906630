// For tests only, of any room: a commune with people, a journal, a charter, and notes to purge.
#pragma once

#include <string>
#include <vector>

#include "audit/testing/ground.h"
#include "compliance/keeper.h"
#include "compliance/tables.h"
#include "people/account.h"
#include "people/oidc/tables.h"
#include "people/tables.h"
#include "tenants/settings.h"

namespace beffroi::compliance::testing {

inline constexpr std::int64_t kNoon = 1'795'780'800'000;  // 27 November 2026, 12:00 UTC
inline constexpr std::int64_t kDay = 24LL * 3600 * 1000;

inline std::vector<db::Migration> tables() {
  std::vector<db::Migration> all{{1, R"sql(
    CREATE TABLE note (id INTEGER PRIMARY KEY, day TEXT NOT NULL, text TEXT NOT NULL) STRICT;
    CREATE TABLE visit (id INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, account TEXT NOT NULL) STRICT;
  )sql"}};
  all.insert(all.end(), people::people_migrations().begin(), people::people_migrations().end());
  all.insert(all.end(), compliance_migrations().begin(), compliance_migrations().end());
  all.insert(all.end(), people::oidc::oidc_migrations().begin(), people::oidc::oidc_migrations().end());
  all.insert(all.end(), tenants::settings_migrations().begin(), tenants::settings_migrations().end());
  return all;
}

struct Town {
  explicit Town(db::Engine engine = db::Engine::sqlite) : ground(engine, tables()), tenant(ground.commune("saint-jean")) {}

  void run(const std::string& sql) const {
    auto database = tenant.connect();
    static_cast<void>(database->execute(sql));
  }
  // What a query of one number gives; -1: it failed.
  [[nodiscard]] std::int64_t number(const std::string& sql) const {
    auto database = tenant.connect();
    auto row = database->prepare(sql);
    return row && row->step().value_or(false) ? row->number(0) : -1;
  }
  void note(const std::string& day, const std::string& text) const {
    run("INSERT INTO note (day, text) VALUES ('" + day + "', '" + text + "')");
  }
  [[nodiscard]] std::string add(const std::string& login, const std::string& name) const {
    people::NewAccount account;
    account.login = login;
    account.name = name;
    account.must_change = false;
    account.memberships = {{people::Role::agent, ""}};
    return people::add_account(tenant, account, kNoon)->id;
  }
  [[nodiscard]] people::Visitor person(const std::string& account) const {
    people::Visitor visitor{.tenant = tenant, .kind = people::Visitor::Kind::person};
    visitor.id = visitor.account = account;
    visitor.memberships = {{people::Role::agent, ""}};
    return visitor;
  }
  [[nodiscard]] people::Visitor key_of(const std::string& account) const {
    people::Visitor visitor = person(account);
    visitor.kind = people::Visitor::Kind::key;
    visitor.id = "key1";
    visitor.scopes = {people::Right::use_api, people::Right::generate};
    return visitor;
  }

  audit::testing::Ground ground;
  tenants::Tenant tenant;
};

// Those of the program whose tables are here, and two of the test.
inline std::vector<Keeper> keepers() {
  Keeper notes{.kind = "notes", .title = "Notes"};
  notes.days = 30;
  notes.most_days = 365;
  notes.tables = {"note"};
  notes.purge = purge_rows("note", "day", Age::day);
  Keeper visits{.kind = "visits", .title = "Visites"};
  visits.days = 10;
  visits.most_days = 365;
  visits.tables = {"visit"};
  visits.purge = purge_rows("visit", "at_ms", Age::time_ms);
  std::vector<Keeper> all{std::move(notes), std::move(visits)};
  for (Keeper& keeper : common_keepers()) {
    if (keeper.kind != "opinions" && keeper.kind != "routes" && keeper.kind != "metering" && keeper.kind != "jobs") all.push_back(keeper);
  }
  return all;
}

}  // namespace beffroi::compliance::testing
