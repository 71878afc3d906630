#include "people/sign_in.h"

#include <chrono>

#include "base/clock.h"
#include "people/account.h"
#include "people/device.h"
#include "people/group.h"
#include "people/password_rules.h"
#include "people/store.h"

namespace beffroi::people {

namespace {

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// What a sign in needs of an account; nothing of it tells that there is none.
struct Known {
  std::string id, login, name, kept, device_key;
  bool must_change = false;
  bool disabled = false;
};

Result<Known> find(const tenants::Tenant& tenant, std::string_view where, std::string_view value) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement row = BEFFROI_TRY(
      database.prepare("SELECT id, login, name, password, device_key, must_change, disabled FROM people_account " + std::string(where)));
  BEFFROI_CHECK(row.bind_all(value));
  Known known;
  if (!BEFFROI_TRY(row.step())) return known;
  known.id = row.text(0);
  known.login = row.text(1);
  known.name = row.text(2);
  known.kept = row.text(3);
  known.device_key = row.text(4);
  known.must_change = row.number(5) != 0;
  known.disabled = row.number(6) != 0;
  return known;
}

tl::unexpected<Error> refused() { return fail(Code::unauthenticated, "L’identifiant ou le mot de passe n’est pas le bon."); }

Opened opened(OpenedSession session, std::string account, bool must_change) {
  Opened made;
  made.account = std::move(account);
  made.secret = std::move(session.secret);
  made.session = std::move(session.session.id);
  made.must_change = must_change;
  return made;
}

}  // namespace

SignIn::SignIn(Parts parts) : parts_(std::move(parts)), hasher_(parts_.crowd, parts_.cost), throttle_(parts_.steady_ms) {}

SignIn::Parts SignIn::of_this_machine() { return {beffroi::now_ms, steady_ms}; }

Result<bool> SignIn::tried(const Attempt& attempt, std::string_view kept, std::string_view password) {
  BEFFROI_CHECK(throttle_.begin(attempt));
  auto right = hasher_.verify(kept, password);
  if (!right) throttle_.not_made(attempt);
  else if (*right) throttle_.succeeded(attempt);
  return right;
}

Result<Opened> SignIn::by_password(const tenants::Tenant& tenant, const Credentials& credentials) {
  const auto login = login_of(credentials.login);
  const Known known = login ? BEFFROI_TRY(find(tenant, "WHERE login = ?", *login)) : Known{};
  // What is typed is counted, not what exists: the throttle tells nothing either.
  Attempt attempt{tenant.id(), login.value_or(""), credentials.client, known_device(known.device_key, credentials.device)};
  if (!BEFFROI_TRY(tried(attempt, known.disabled ? std::string_view{} : known.kept, credentials.password))) return refused();
  if (hasher_.is_outdated(known.kept)) {
    const std::string kept = BEFFROI_TRY(hasher_.hash(credentials.password));
    db::Database database = BEFFROI_TRY(tenant.connect());
    BEFFROI_CHECK(store::run(database, "UPDATE people_account SET password = ? WHERE id = ? AND password = ?", std::string_view(kept),
                             std::string_view(known.id), std::string_view(known.kept)));
  }
  auto session = BEFFROI_TRY(open_session(tenant, {known.id, "password", credentials.browser}, now_ms(), rules()));
  Opened made = opened(std::move(session), known.id, known.must_change);
  made.device = attempt.device.empty() ? new_device(known.device_key) : credentials.device;
  return made;
}

Result<Opened> SignIn::by_provider(const tenants::Tenant& tenant, const ProvidedIdentity& identity, bool may_add, const Within& within) {
  auto account = BEFFROI_TRY(account_of_identity(tenant, identity.issuer, identity.subject));
  if (!account) {
    if (!may_add) return fail(Code::denied, "Votre compte n’est pas connu ici\u00a0: demandez-le à l’administrateur de la commune.");
    NewAccount wanted{identity.login, identity.name};
    wanted.issuer = identity.issuer;
    wanted.subject = identity.subject;
    auto added = add_account(tenant, wanted, now_ms(), within);
    if (!added && added.error().code == Code::conflict) {
      return fail(Code::conflict, "Un compte de la commune porte déjà cet identifiant\u00a0: l’administrateur doit le relier au vôtre.");
    }
    account = BEFFROI_TRY(std::move(added)).id;
  }
  BEFFROI_CHECK(join_claimed_groups(tenant, *account, identity.groups));
  auto session = BEFFROI_TRY(open_session(tenant, {*account, "oidc", identity.browser}, now_ms(), rules()));
  return opened(std::move(session), *account, false);
}

Status SignIn::change_password(const tenants::Tenant& tenant, const OwnPassword& change) {
  const Known known = BEFFROI_TRY(find(tenant, "WHERE id = ?", change.account));
  if (known.kept.empty())
    return fail(Code::denied, "Votre mot de passe est celui de votre fournisseur d’identité\u00a0: changez-le là-bas.");
  // Whoever holds an open session could try the present password: counted as a browser of its own.
  const Attempt attempt{tenant.id(), known.login, change.client, "session " + change.session};
  if (!BEFFROI_TRY(tried(attempt, known.kept, change.current))) {
    return fail(Code::unauthenticated, "Le mot de passe actuel n’est pas le bon.");
  }
  if (change.next == change.current) return fail(Code::invalid_argument, "Le nouveau mot de passe est le même que l’ancien.");
  BEFFROI_CHECK(check_new_password(change.next, known.login, known.name));
  const std::string kept = BEFFROI_TRY(hasher_.hash(change.next));
  return set_password(tenant, known.id, {kept, false, change.session});
}

}  // namespace beffroi::people
