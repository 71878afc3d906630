// The provider's description of itself (OpenID Connect Discovery 1.0), held against what the administrator configured. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "crypto/jws.h"
#include "people/oidc/settings.h"

namespace beffroi::people::oidc {

struct Description {
  std::string authorization, token, keys;  // addresses
  std::string end_session = {};            // empty: the provider cannot be asked to sign out
  std::vector<crypto::Signature> signatures = {};  // those of its tokens that we read; never empty
  bool secret_in_form = false;             // it takes no client_secret_basic
  bool names_itself = false;               // it adds `iss` to its answers (RFC 9207): one without is refused
};

// Where the description is.
[[nodiscard]] std::string description_address(std::string_view issuer);

// Code::unavailable, with a sentence for the administrator: not JSON, another issuer, an address that is not https (but for
// `trusted_local`), no algorithm we read, no code flow, no PKCE by S256.
[[nodiscard]] Result<Description> read_description(std::string_view json, const Settings& settings);

}  // namespace beffroi::people::oidc
