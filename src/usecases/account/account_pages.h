// The pages of an account, as pure functions from what is to be shown to whole documents. Only for account.cpp and its tests.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pages/form.h"
#include "pages/frame.h"
#include "people/key.h"
#include "people/session.h"
#include "usecases/account/account.h"

namespace beffroi::account {

struct SignInPage {
  std::string login;
  std::string next = "/";              // where to go then
  bool session_over = false;
  std::vector<Provider> providers;
  std::vector<pages::Fault> faults;
};

struct PasswordPage {
  std::string next = "/";
  bool is_first = false;
  std::vector<pages::Fault> faults;
};

struct KeyForm {
  std::string name;
  std::vector<people::Right> chosen;
  std::string days = "90";
};

struct AccountPage {
  std::string name;
  std::string login;
  bool has_password = true;
  std::vector<people::Membership> memberships;
  std::vector<people::Session> sessions;
  std::string session;                     // id of the one that asks
  std::vector<people::Key> keys;
  std::int64_t now_ms = 0;
  std::vector<people::Right> may_give;     // rights that a key of this person may carry
  KeyForm form;
  std::vector<pages::Fault> faults;        // of the form of keys
  std::string new_key;                     // shown once; empty: none was made
};

[[nodiscard]] std::string render_sign_in(const pages::Surroundings& around, const SignInPage& page);
[[nodiscard]] std::string render_password(const pages::Surroundings& around, const PasswordPage& page);
[[nodiscard]] std::string render_account(const pages::Surroundings& around, const AccountPage& page);

}  // namespace beffroi::account
