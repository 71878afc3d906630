// beffroi user key, keys, revoke-key: the API keys of a person.
#include <fmt/format.h>

#include "app/at_commune.h"
#include "app/people_commands.h"
#include "base/clock.h"
#include "json/writer.h"
#include "people/account.h"
#include "people/key.h"

namespace beffroi::app {

namespace {

using tenants::Tenant;

std::vector<std::string> names_of(std::span<const people::Right> rights) {
  std::vector<std::string> names;
  for (const people::Right right : rights) names.emplace_back(people::name_of(right));
  return names;
}

Result<std::vector<people::Right>> rights_of(std::span<const std::string> names) {
  std::vector<people::Right> rights;
  for (const std::string& name : names) {
    const auto right = people::right_of(name);
    if (!right) {
      return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas un droit. Droits\u00a0: {}.", name,
                                                      fmt::join(names_of(people::all_rights()), ", ")));
    }
    rights.push_back(*right);
  }
  return rights;
}

void write(json::Writer& out, const people::Key& key) {
  out.begin_object().field("id", key.id).field("name", key.name).field("rights", names_of(key.scopes));
  out.field("ends", people::day_of(key.ends_ms)).field("last_used", key.last_used_day).field("revoked", key.revoked);
}

Status make(const Tenant& tenant, const UserOptions& options) {
  const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
  const people::NewKey wanted{account.id, options.name, BEFFROI_TRY(rights_of(options.rights)), options.days};
  const people::IssuedKey issued =
      BEFFROI_TRY(recorded(tenant, audit::Action::key_issued, account.id, [&] { return people::issue_key(tenant, wanted, now_ms()); }));
  if (options.json) {
    json::Writer out;
    write(out, issued.key);
    out.field("key", issued.text).end_object();
    fmt::print("{}\n", out.text());
    return {};
  }
  fmt::print("Clé de {}, valable jusqu’au {}. Elle n’est montrée qu’une fois\u00a0:\n{}\n", account.login,
             people::day_of(issued.key.ends_ms), issued.text);
  return {};
}

Status list(const Tenant& tenant, const UserOptions& options) {
  const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
  const auto keys = BEFFROI_TRY(people::keys_of(tenant, account.id));
  if (!options.json) {
    for (const people::Key& key : keys) {
      fmt::print("{}  {}  jusqu’au {}{}  {}\n", key.id, key.name, people::day_of(key.ends_ms), key.revoked ? " — révoquée" : "",
                 fmt::join(names_of(key.scopes), " "));
    }
    if (keys.empty()) fmt::print("{} n’a pas de clé.\n", account.login);
    return {};
  }
  json::Writer out;
  out.begin_array();
  for (const people::Key& key : keys) {
    write(out, key);
    out.end_object();
  }
  out.end_array();
  fmt::print("{}\n", out.text());
  return {};
}

}  // namespace

int run_user_key(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return make(tenant, options); });
}

int run_user_keys(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return list(tenant, options); });
}

int run_user_revoke_key(const Config& config, const UserOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) -> Status {
    const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
    BEFFROI_CHECK(
        recorded(tenant, audit::Action::key_revoked, account.id, [&] { return people::revoke_key_of(tenant, account.id, options.key); }));
    fmt::print("Clé {} révoquée.\n", options.key);
    return {};
  });
}

}  // namespace beffroi::app
