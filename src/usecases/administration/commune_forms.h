// What making a commune and mending one share. Only for this folder.
#pragma once

#include <string>
#include <string_view>

#include "people/account.h"
#include "usecases/administration/call.h"

namespace beffroi::administration {

void write_host_field(Html& html, const Call& call);
void write_first_administrator_fields(Html& html, const Call& call);

struct FirstAdministrator {
  people::NewAccount account;
  std::string password;  // shown once
};
// From the form. Code::invalid_argument: a name or a login that cannot be.
[[nodiscard]] Result<FirstAdministrator> first_administrator(const Call& call, const http::Parameters& form);
// Code::conflict when the commune has an account already: from then on its people are its own business.
[[nodiscard]] Result<people::Account> enter_first_administrator(const Call& call, std::string_view commune, people::NewAccount account);

}  // namespace beffroi::administration
