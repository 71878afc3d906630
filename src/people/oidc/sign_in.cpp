#include "people/oidc/sign_in.h"

#include <fmt/format.h>

#include "base/log.h"
#include "people/account.h"
#include "people/oidc/roles.h"
#include "people/store.h"

namespace beffroi::people::oidc {

namespace {

constexpr std::string_view kTokenPurpose = "oidc id token";

tl::unexpected<Error> no_role(const Person& person) {
  return fail(Code::denied,
              fmt::format("Le fournisseur d’identité vous connaît, mais aucun de vos groupes ne donne un rôle dans cette commune\u00a0: "
                          "demandez-le à son administrateur, en lui indiquant votre identifiant «\u00a0{}\u00a0».",
                          person.subject),
              "no group gives a role");
}

// The proof that a session was opened with; nothing when no provider opened it.
Result<std::optional<std::string>> proof_of(const tenants::Tenant& tenant, std::string_view session) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT id_token FROM people_oidc_session WHERE session = ?"));
  BEFFROI_CHECK(row.bind_all(session));
  if (!BEFFROI_TRY(row.step())) return std::optional<std::string>{};
  return std::optional<std::string>(row.text(0));
}

}  // namespace

Result<ProviderSignIn::Departure> ProviderSignIn::leave(const tenants::Tenant& tenant, std::string back, std::string next,
                                                        const std::stop_token& stop) {
  const Round round = new_round(std::move(back), std::move(next), sign_in_->now_ms());
  return Departure{BEFFROI_TRY(provider_.sign_in_address(round, stop)), BEFFROI_TRY(sealed(round, tenant, sealer_))};
}

Result<ProviderSignIn::Arrival> ProviderSignIn::arrive(const tenants::Tenant& tenant, const Return& back, const std::stop_token& stop,
                                                       const Within& added) {
  const Round round = BEFFROI_TRY(opened(back.cookie, back.returned.state, tenant, sealer_, sign_in_->now_ms()));
  BEFFROI_CHECK(use_once(tenant, round.state, sign_in_->now_ms()));
  const Proof proof = BEFFROI_TRY(provider_.redeem(back.returned, round, stop));
  const Person& person = proof.person;
  const std::string& issuer = provider_.settings().issuer;
  BEFFROI_CHECK(apply_roles(tenant, provider_.settings().roles));
  const bool may_add = BEFFROI_TRY(gives_a_role(tenant, person.groups));
  if (!may_add && !BEFFROI_TRY(account_of_identity(tenant, issuer, person.subject))) return no_role(person);
  Opened session = BEFFROI_TRY(
      sign_in_->by_provider(tenant, {issuer, person.subject, person.login, person.name, person.groups, back.browser}, may_add, added));
  if (const Status kept = remember(tenant, session.session, proof); !kept) {
    (void)revoke_session(tenant, session.account, session.session);
    return tl::unexpected(kept.error());
  }
  return Arrival{std::move(session), round.next};
}

Status ProviderSignIn::remember(const tenants::Tenant& tenant, const std::string& session, const Proof& proof) const {
  const std::string kept = BEFFROI_TRY(sealer_.seal(proof.id_token, kTokenPurpose));
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::run(database, "INSERT INTO people_oidc_session (session, issuer, subject, sid, id_token) VALUES (?, ?, ?, ?, ?)",
                    std::string_view(session), std::string_view(provider_.settings().issuer), std::string_view(proof.person.subject),
                    std::string_view(proof.person.session), std::string_view(kept));
}

Result<std::optional<std::string>> ProviderSignIn::sign_out(const Ending& ending, const std::stop_token& stop) {
  const auto kept = BEFFROI_TRY(proof_of(ending.tenant, ending.session));
  if (!kept) return std::optional<std::string>{};
  BEFFROI_CHECK(revoke_session(ending.tenant, ending.account, ending.session));
  const auto id_token = sealer_.unseal(*kept, kTokenPurpose);
  auto address = provider_.sign_out_address(id_token.value_or(""), ending.back, stop);
  if (address) return std::optional<std::string>(*std::move(address));
  log::warn("oidc_sign_out_there_failed", {{"code", std::string(name_of(address.error().code))}, {"detail", address.error().detail}});
  return std::optional<std::string>(std::string());
}

Status ProviderSignIn::signed_out(const tenants::Tenant& tenant, std::string_view logout_token, const std::stop_token& stop) {
  const SignedOut out = BEFFROI_TRY(provider_.signed_out(logout_token, stop));
  BEFFROI_CHECK(use_once(tenant, "logout " + out.id, sign_in_->now_ms()));
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::run(database,
                    "DELETE FROM people_session WHERE id IN (SELECT session FROM people_oidc_session "
                    "WHERE issuer = ? AND (? = '' OR subject = ?) AND (? = '' OR sid = ?))",
                    std::string_view(provider_.settings().issuer), std::string_view(out.subject), std::string_view(out.subject),
                    std::string_view(out.session), std::string_view(out.session));
}

}  // namespace beffroi::people::oidc
