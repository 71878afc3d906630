// What the administrator decided about the identity provider (OpenID Connect): the section [oidc] of the configuration.
#pragma once

#include <string>
#include <vector>

#include "people/visitor.h"

namespace beffroi::people::oidc {

// Whoever the provider places in this group has this role in this commune, and in no other.
struct ClaimedRole {
  std::string group;    // as the provider writes it
  std::string commune;  // id of the node
  Membership membership;
};

struct Settings {
  std::string issuer;                             // exactly as the provider writes it: "https://connexion.exemple.fr/realms/agents"
  std::string client_id;
  std::string client_secret = {};                 // empty: a public client, PKCE alone
  std::string scopes = "openid profile email";
  std::string groups_claim = "groups";            // or a path into objects: "realm_access.roles"
  std::string label = "Se connecter avec le compte de la mairie";  // of the button
  bool trusted_local = false;                     // http is accepted: the administrator answers for the network between
  std::vector<ClaimedRole> roles = {};
};

}  // namespace beffroi::people::oidc
