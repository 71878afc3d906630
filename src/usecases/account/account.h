// Signing in and out, one's password, one's sessions and keys: the pages of whoever has an account.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/router.h"
#include "pages/frame.h"
#include "people/client.h"
#include "people/door.h"
#include "people/sign_in.h"

namespace beffroi::account {

// Another way to sign in than by a password: a link to a page that takes `suite`, the address to come back to.
struct Provider {
  std::string path;   // "/connexion/fournisseur"
  std::string label;  // « Se connecter avec ProConnect »
};

struct Services {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<people::SignIn> sign_in;
  people::Edge edge;
  std::function<pages::Surroundings(const people::Visitor&)> around;
  std::function<std::vector<Provider>(const tenants::Tenant&)> providers;  // may be empty
};

// /connexion, /deconnexion, /mot-de-passe, /mon-compte and what its forms send.
void add_routes(http::Router& router, const Services& services);

}  // namespace beffroi::account
