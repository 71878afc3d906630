// What a signed token of the provider says, once its signature holds: is it for us, now, and for this sign in? Who is it? Pure; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/reader.h"

namespace beffroi::people::oidc {

inline constexpr std::int64_t kLeewayS = 60;  // between the provider's clock and ours

struct Expected {
  std::string_view issuer, client_id;
  std::int64_t now_s = 0;  // since 1970, UTC
};

// An ID token: iss, aud and azp, exp, nbf, iat, nonce, and at_hash when it has one. `access_token`: the one that came with it; may be
// empty. Code::unauthenticated, and the sentence tells a fault of clocks from the others.
[[nodiscard]] Status check_id_token(const json::Node& claims, const Expected& expected, std::string_view nonce,
                                    std::string_view access_token);

struct Person {
  std::string subject;
  std::string login;  // e-mail address unless the provider doubts it, else the name it gives, else the subject
  std::string name;
  std::vector<std::string> groups;  // those of `groups_claim`, at most 500
  std::string session;  // the provider's own, « sid »; may be empty
};
// Of claims that were checked. Code::unauthenticated without a subject.
[[nodiscard]] Result<Person> person_of(const json::Node& claims, std::string_view groups_claim);

// A logout token (OpenID Connect Back-Channel Logout 1.0): whose sessions end.
struct SignedOut {
  std::string subject, session;  // one of the two at least
  std::string id;  // of the token: it serves once
};
[[nodiscard]] Result<SignedOut> check_logout_token(const json::Node& claims, const Expected& expected);

}  // namespace beffroi::people::oidc
