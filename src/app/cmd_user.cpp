// beffroi user: accounts, passwords, sessions.
#include <fmt/format.h>

#include <iostream>

#include "app/at_commune.h"
#include "app/oversight.h"
#include "app/people_commands.h"
#include "base/clock.h"
#include "compliance/persons.h"
#include "crypto/password.h"
#include "json/writer.h"
#include "people/account.h"
#include "people/password_rules.h"
#include "people/session.h"

namespace beffroi::app {

namespace {

using tenants::Tenant;

struct Password {
  std::string text;
  bool is_made_up = false;
};

Result<Password> password_for(const UserOptions& options, std::string_view login, std::string_view name) {
  if (!options.password_read) return Password{people::generated_password(), true};
  Password read;
  if (!std::getline(std::cin, read.text)) return fail(Code::invalid_argument, "Aucun mot de passe n’est venu par l’entrée standard.");
  BEFFROI_CHECK(people::check_new_password(read.text, login, name));
  return read;
}

Result<std::string> kept(const Password& password) {
  crypto::PasswordHasher hasher;
  return hasher.hash(password.text);
}

void say_password(const Password& password) {
  if (!password.is_made_up) return;
  fmt::print("Mot de passe à remettre en main propre, à changer à la première connexion\u00a0:\n{}\n", password.text);
}

void write(json::Writer& out, const people::Account& account) {
  out.begin_object().field("id", account.id).field("login", account.login).field("name", account.name);
  out.field("roles", words_of(account.memberships)).field("disabled", account.disabled).field("must_change", account.must_change);
  out.field("has_password", account.has_password).field("created_ms", account.created_ms);
}

Status add(const Tenant& tenant, const UserOptions& options) {
  people::NewAccount account{options.login, options.name};
  account.memberships = BEFFROI_TRY(roles_of(options.roles));
  const Password password = BEFFROI_TRY(password_for(options, options.login, options.name));
  account.kept_password = BEFFROI_TRY(kept(password));
  const people::Account added =
      BEFFROI_TRY(people::add_account(tenant, account, now_ms(), line_within(tenant, audit::Action::account_added)));
  if (options.json) {
    json::Writer out;
    write(out, added);
    if (password.is_made_up) out.field("password", password.text);
    out.end_object();
    fmt::print("{}\n", out.text());
    return {};
  }
  fmt::print("{} ({}) a un compte à {}.\n", added.name, added.login, tenant.id());
  say_password(password);
  return {};
}

Status list(const Tenant& tenant, const UserOptions& options) {
  const auto accounts = BEFFROI_TRY(people::accounts(tenant));
  if (options.json) {
    json::Writer out;
    out.begin_array();
    for (const people::Account& account : accounts) {
      write(out, account);
      out.end_object();
    }
    out.end_array();
    fmt::print("{}\n", out.text());
    return {};
  }
  for (const people::Account& account : accounts) {
    fmt::print("{}  {}  {}{}{}\n", account.login, account.name, fmt::join(words_of(account.memberships), " "),
               account.disabled ? " — fermé" : "", account.must_change ? " — première connexion attendue" : "");
  }
  if (accounts.empty()) fmt::print("Aucun compte à {}.\n", tenant.id());
  return {};
}

Status set_password(const Tenant& tenant, const UserOptions& options) {
  const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
  const Password password = BEFFROI_TRY(password_for(options, account.login, account.name));
  const std::string hash = BEFFROI_TRY(kept(password));
  BEFFROI_CHECK(people::set_password(tenant, account.id, {hash, true, {}}, line_within(tenant, audit::Action::password_changed)));
  if (options.json) {
    json::Writer out;
    out.begin_object().field("login", account.login);
    if (password.is_made_up) out.field("password", password.text);
    out.end_object();
    fmt::print("{}\n", out.text());
    return {};
  }
  fmt::print("{} a un nouveau mot de passe, et n’est plus connecté nulle part.\n", account.login);
  say_password(password);
  return {};
}

Status sessions(const Tenant& tenant, const UserOptions& options) {
  const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
  if (options.close)
    BEFFROI_CHECK(recorded(tenant, audit::Action::signed_out, account.id, [&] { return people::revoke_sessions(tenant, account.id); }));
  // The longest times that a configuration may set: what a server would still accept.
  const auto open = BEFFROI_TRY(people::sessions_of(tenant, account.id, now_ms(), {24LL * 3'600'000, 7LL * 24 * 3'600'000}));
  if (!options.json) {
    for (const people::Session& session : open) fmt::print("{}  {}  {}\n", session.id, session.method, session.browser);
    if (open.empty()) fmt::print("{} n’est connecté nulle part.\n", account.login);
    return {};
  }
  json::Writer out;
  out.begin_array();
  for (const people::Session& session : open) {
    out.begin_object().field("id", session.id).field("method", session.method).field("browser", session.browser);
    out.field("created_ms", session.created_ms).field("seen_ms", session.seen_ms).field("ends_ms", session.ends_ms).end_object();
  }
  out.end_array();
  fmt::print("{}\n", out.text());
  return {};
}

struct Said {
  audit::Action action;
  const char* sentence;
};

// Finds the account, changes it, in writing, and says so in one sentence.
template <class Change>
int change(const Config& config, const UserOptions& options, const Said& said, const Change& act) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) -> Status {
    const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
    BEFFROI_CHECK(act(tenant, account, line_within(tenant, said.action)));
    fmt::print("{}\u00a0: {}\n", account.login, said.sentence);
    return {};
  });
}

}  // namespace

int run_user_add(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return add(tenant, options); });
}

int run_user_list(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return list(tenant, options); });
}

int run_user_role(const Config& config, const UserOptions& options) {
  return change(config, options, {audit::Action::account_changed, "rôles changés."},
                [&](const Tenant& tenant, const people::Account& account, const people::Within& line) -> Status {
                  return people::set_memberships(tenant, account.id, BEFFROI_TRY(roles_of(options.roles)), line);
                });
}

int run_user_disable(const Config& config, const UserOptions& options) {
  return change(config, options, {audit::Action::account_disabled, "compte fermé, sessions et clés comprises."},
                [](const Tenant& tenant, const people::Account& account, const people::Within& line) {
                  return people::set_disabled(tenant, account.id, true, line);
                });
}

int run_user_enable(const Config& config, const UserOptions& options) {
  return change(config, options, {audit::Action::account_changed, "compte rouvert."},
                [](const Tenant& tenant, const people::Account& account, const people::Within& line) {
                  return people::set_disabled(tenant, account.id, false, line);
                });
}

int run_user_password(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return set_password(tenant, options); });
}

int run_user_sessions(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return sessions(tenant, options); });
}

int run_user_link(const Config& config, const UserOptions& options) {
  return change(config, options, {audit::Action::account_changed, "relié au fournisseur d’identité."},
                [&](const Tenant& tenant, const people::Account& account, const people::Within& line) {
                  return people::link_identity(tenant, account.id, options.issuer, options.subject, line);
                });
}

// The same as « person erase »: nothing that leads to the person stays.
int run_user_erase(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) -> Status {
    const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
    if (!BEFFROI_TRY(compliance::same_names(tenant, program_keepers(), account.id)).empty()) {
      return fail(
          Code::conflict,
          fmt::format(
              "D’autres lignes portent le nom «\u00a0{}\u00a0» et peuvent être d’un homonyme\u00a0: «\u00a0beffroi person erase\u00a0» les "
              "montre et demande quoi en faire.",
              account.name));
    }
    BEFFROI_TRY(compliance::erase_person(tenant, program_keepers(), account.id, {.now_ms = now_ms(), .who = console_user()}));
    fmt::print("{}\u00a0: compte effacé.\n", account.login);
    return {};
  });
}

}  // namespace beffroi::app
