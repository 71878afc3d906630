// Signing in with the identity provider, from the button to the session, and out again. Thread-safe; one a program.
//
// A person known by the provider enters when a group of theirs gives a role in the commune (an account is then made), or when an
// administrator linked them to an account before. Roles by groups are those the provider says at each sign in.
#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

#include "crypto/seal.h"
#include "people/oidc/provider.h"
#include "people/sign_in.h"
#include "tenants/tenant.h"

namespace beffroi::people::oidc {

class ProviderSignIn {
 public:
  ProviderSignIn(Settings settings, Provider::Clocks clocks, std::shared_ptr<SignIn> sign_in, crypto::Sealer sealer)
      : provider_(std::move(settings), std::move(clocks)), sign_in_(std::move(sign_in)), sealer_(std::move(sealer)) {}

  [[nodiscard]] const std::string& label() const { return provider_.settings().label; }

  struct Departure {
    std::string address;  // of the provider
    std::string cookie;   // to give back at the return
  };
  // `back`: our own address that the provider sends back to; `next`: the page to show in the end.
  [[nodiscard]] Result<Departure> leave(const tenants::Tenant& tenant, std::string back, std::string next, const std::stop_token& stop);

  struct Arrival {
    Opened opened;
    std::string next;
  };
  struct Return {
    Returned returned;
    std::string cookie;
    std::string browser;  // browser_of
  };
  // As Provider::redeem and SignIn::by_provider. Code::denied: known by the provider, without a role in this commune.
  [[nodiscard]] Result<Arrival> arrive(const tenants::Tenant& tenant, const Return& back, const std::stop_token& stop,
                                       const Within& added = {});

  struct Ending {
    const tenants::Tenant& tenant;
    std::string account, session;
    std::string back;  // our own address that the provider sends back to
  };
  // Ends this session whatever the provider does. Nothing: no provider opened it. Otherwise where to go to sign out there too; empty when
  // the provider cannot, or does not answer.
  [[nodiscard]] Result<std::optional<std::string>> sign_out(const Ending& ending, const std::stop_token& stop);

  // The provider says that somebody signed out there (Back-Channel Logout): their sessions in this commune end.
  [[nodiscard]] Status signed_out(const tenants::Tenant& tenant, std::string_view logout_token, const std::stop_token& stop);

 private:
  [[nodiscard]] Status remember(const tenants::Tenant& tenant, const std::string& session, const Proof& proof) const;

  Provider provider_;
  std::shared_ptr<SignIn> sign_in_;
  crypto::Sealer sealer_;
};

}  // namespace beffroi::people::oidc
