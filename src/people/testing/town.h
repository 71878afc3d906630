// For tests only: a commune with people, light passwords and clocks that one sets.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/testing.h"
#include "people/account.h"
#include "people/sign_in.h"
#include "people/tables.h"
#include "tenants/testing/commune.h"

namespace beffroi::people {

inline constexpr std::int64_t kTestNow = 1'795'000'000'000;  // in November 2026
inline constexpr const char* kTestPassword = "trois chevaux bleus";

inline tenants::Tenant test_commune(const std::filesystem::path& home, const std::string& id = "saint-jean") {
  return *tenants::testing::commune(home, id, people_migrations());
}

struct Town {
  beffroi::testing::TemporaryFolder home;
  tenants::Tenant tenant = test_commune(home.path());
  std::int64_t now_ms = kTestNow;      // of the calendar: may be set back
  std::int64_t steady_ms = 1'000;  // of the throttle
  SignIn sign_in{SignIn::Parts{[this] { return now_ms; }, [this] { return steady_ms; }, {}, {}, {1 << 20, 1}}};

  std::string add(const std::string& login, std::vector<Membership> memberships = {{Role::agent}}, bool must_change = false) {
    NewAccount account{login, "Nom de " + login, *sign_in.kept_form(kTestPassword), must_change, std::move(memberships)};
    return add_account(tenant, account, now_ms)->id;
  }
  Result<Opened> enter(const std::string& login, const std::string& password = kTestPassword, const std::string& client = "192.0.2.1",
                       const std::string& device = "") {
    return sign_in.by_password(tenant, {login, password, client, device, "Firefox, Linux"});
  }
  [[nodiscard]] bool opens(const std::string& secret) const { return find_session(tenant, secret, now_ms)->has_value(); }
};

}  // namespace beffroi::people
