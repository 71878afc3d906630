// Signing in and out, one's password, one's sessions and keys: the pages of whoever has an account.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "audit/journal.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/client.h"
#include "people/door.h"
#include "people/sign_in.h"

namespace beffroi::account {

// Another way to sign in than by a password: a link to a page that takes `suite`, the address to come back to.
struct Provider {
  std::string path;   // "/connexion/oidc"
  std::string label;  // « Se connecter avec ProConnect »
};

struct Services {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<people::SignIn> sign_in;
  std::shared_ptr<audit::Journal> journal;  // not null: nobody enters, no key is made, unwritten
  people::Edge edge;
  std::function<pages::Surroundings(const people::Visitor&)> around;
  std::function<std::vector<Provider>(const tenants::Tenant&)> providers;  // may be empty
  // Ends a session that a provider opened, there too, and shows the page that says so; nothing: no provider opened it. May be empty.
  std::function<Result<std::optional<http::Reply>>(const people::Visitor&, const http::Request&)> sign_out_there;
};

// /connexion, /deconnexion, /mot-de-passe, /mon-compte and what its forms send.
void add_routes(http::Router& router, const Services& services);

}  // namespace beffroi::account
