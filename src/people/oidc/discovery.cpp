#include "people/oidc/discovery.h"

#include <fmt/format.h>

#include <algorithm>

#include "net/address.h"

namespace beffroi::people::oidc {

namespace {

constexpr json::Limits kLimits{.size_bytes = 256 << 10, .depth = 16, .names_once = true};

tl::unexpected<Error> unusable(std::string_view why) {
  return fail(Code::unavailable, fmt::format("Le fournisseur d’identité ne peut pas servir\u00a0: {}.", why));
}

bool is_address(const std::string& url, bool trusted_local) {
  const auto address = net::parse_address(url, trusted_local ? net::Trust::trusted_local : net::Trust::https_only);
  return address && (address->encrypted || trusted_local);
}

// A list of texts; what the specification takes for said when the member is absent.
std::vector<std::string> list_of(const json::Node& root, std::string_view name, std::vector<std::string> otherwise) {
  const auto member = root.find(name);
  if (!member) return otherwise;
  return member->texts().value_or(std::vector<std::string>{});
}

bool holds(const std::vector<std::string>& list, std::string_view item) { return std::find(list.begin(), list.end(), item) != list.end(); }

Result<std::string> address_of(const json::Node& root, std::string_view name, bool trusted_local) {
  const auto member = root.find(name);
  std::string url(member ? member->text_or_empty() : std::string_view{});
  if (!is_address(url, trusted_local)) return unusable(fmt::format("son adresse «\u00a0{}\u00a0» manque ou n’est pas en https", name));
  return url;
}

}  // namespace

std::string description_address(std::string_view issuer) {
  while (issuer.ends_with('/')) issuer.remove_suffix(1);
  return std::string(issuer) + "/.well-known/openid-configuration";
}

Result<Description> read_description(std::string_view json, const Settings& settings) {
  const auto document = json::Document::parse(json, kLimits);
  if (!document || document->root().kind() != json::Kind::object) return unusable("sa description n’est pas lisible");
  const json::Node root = document->root();
  const auto issuer = root.find("issuer");
  if (!issuer || issuer->text_or_empty() != settings.issuer) {
    return unusable("il ne porte pas le nom («\u00a0issuer\u00a0») qui est écrit dans la configuration");
  }
  Description found;
  found.authorization = BEFFROI_TRY(address_of(root, "authorization_endpoint", settings.trusted_local));
  found.token = BEFFROI_TRY(address_of(root, "token_endpoint", settings.trusted_local));
  found.keys = BEFFROI_TRY(address_of(root, "jwks_uri", settings.trusted_local));
  if (root.find("end_session_endpoint")) {
    found.end_session = BEFFROI_TRY(address_of(root, "end_session_endpoint", settings.trusted_local));
  }
  // The algorithms are taken from here, never from a token.
  for (const auto& name : list_of(root, "id_token_signing_alg_values_supported", {"RS256"})) {
    if (const auto signature = crypto::signature_of(name)) found.signatures.push_back(*signature);
  }
  if (found.signatures.empty()) return unusable("il ne signe ni en RS256, ni en PS256, ni en ES256");
  if (!holds(list_of(root, "response_types_supported", {"code"}), "code")) return unusable("il ne connaît pas le flux par code");
  if (!holds(list_of(root, "code_challenge_methods_supported", {"S256"}), "S256")) return unusable("il ne connaît pas PKCE en S256");
  const auto methods = list_of(root, "token_endpoint_auth_methods_supported", {"client_secret_basic"});
  found.secret_in_form = !holds(methods, "client_secret_basic") && holds(methods, "client_secret_post");
  const auto names_itself = root.find("authorization_response_iss_parameter_supported");
  found.names_itself = names_itself && names_itself->boolean().value_or(false);
  return found;
}

}  // namespace beffroi::people::oidc
