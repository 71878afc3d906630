// The cookies of Beffroi, both for this site only and out of reach of scripts. Pure functions; any thread.
//
//   beffroi_session=<commune>.<secret>           until the browser closes, at most as long as the session
//   beffroi_device=<commune>.<nonce>.<proof>     180 days: this browser has signed in before (device.h)
//   beffroi_oidc=<sealed>                        ten minutes: on the way to the identity provider and back (oidc/round.h)
//
// Over HTTPS their names begin with __Host-: no neighbour of the site's domain can then put one in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace beffroi::people {

struct SessionCookie {
  std::string commune, secret;
};

struct CookieRead {
  bool sent = false;                       // something under that name came
  std::optional<SessionCookie> session;    // nothing when malformed, or when two came: nobody can tell which is ours
};
[[nodiscard]] CookieRead session_cookie(const http::Request& request, bool secure);

// The value of the device cookie for this commune; empty when none came.
[[nodiscard]] std::string device_cookie(const http::Request& request, std::string_view commune, bool secure);

// Of the way to the identity provider; empty when none came, or two.
[[nodiscard]] std::string round_cookie(const http::Request& request, bool secure);

// Set-Cookie headers.
[[nodiscard]] std::string set_session_cookie(std::string_view commune, std::string_view secret, bool secure);
[[nodiscard]] std::string clear_session_cookie(bool secure);
[[nodiscard]] std::string set_device_cookie(std::string_view commune, std::string_view device, bool secure);
[[nodiscard]] std::string set_round_cookie(std::string_view sealed, bool secure);
[[nodiscard]] std::string clear_round_cookie(bool secure);

}  // namespace beffroi::people
