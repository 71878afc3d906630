#include "people/oidc/discovery.h"

#include <doctest/doctest.h>

#include "people/oidc/testing/fake_provider.h"

using namespace beffroi;
using namespace beffroi::people::oidc;
using people::oidc::testing::Claims;
using people::oidc::testing::json_of;

namespace {

const Settings kSettings{"https://idp.exemple.fr/realms/agents", "beffroi"};
const Claims kGood = {{"issuer", "\"https://idp.exemple.fr/realms/agents\""},
                      {"authorization_endpoint", "\"https://idp.exemple.fr/auth\""},
                      {"token_endpoint", "\"https://idp.exemple.fr/token\""},
                      {"jwks_uri", "\"https://idp.exemple.fr/keys\""}};

Result<Description> read(const Claims& changes, const Settings& settings = kSettings) {
  Claims all = kGood;
  for (const auto& [name, value] : changes) all[name] = value;
  std::erase_if(all, [](const auto& member) { return member.second.empty(); });
  return read_description(json_of(all), settings);
}

}  // namespace

TEST_CASE("the description is looked for under the name of the provider") {
  CHECK(description_address("https://idp.exemple.fr") == "https://idp.exemple.fr/.well-known/openid-configuration");
  CHECK(description_address("https://idp.exemple.fr/realms/a/") == "https://idp.exemple.fr/realms/a/.well-known/openid-configuration");
}

TEST_CASE("what a description does not say is what the specification says") {
  const auto found = read({});
  REQUIRE(found);
  CHECK(found->authorization == "https://idp.exemple.fr/auth");
  CHECK(found->end_session.empty());
  CHECK(found->signatures == std::vector{crypto::Signature::rs256});
  CHECK_FALSE(found->secret_in_form);
  CHECK_FALSE(found->names_itself);
  const auto more = read({{"id_token_signing_alg_values_supported", R"(["HS256","none","ES256","EdDSA","PS256"])"},
                          {"end_session_endpoint", "\"https://idp.exemple.fr/end\""},
                          {"token_endpoint_auth_methods_supported", R"(["private_key_jwt","client_secret_post"])"},
                          {"authorization_response_iss_parameter_supported", "true"}});
  REQUIRE(more);
  CHECK(more->signatures == std::vector{crypto::Signature::es256, crypto::Signature::ps256});
  CHECK(more->end_session == "https://idp.exemple.fr/end");
  CHECK(more->secret_in_form);
  CHECK(more->names_itself);
}

TEST_CASE("another name, an address in clear, an algorithm or a flow that we do not take: the provider cannot serve") {
  for (const Claims& wrong : std::initializer_list<Claims>{{{"issuer", "\"https://idp.exemple.fr/realms/agents/\""}},
                                                           {{"issuer", ""}},
                                                           {{"issuer", "1"}},
                                                           {{"authorization_endpoint", ""}},
                                                           {{"authorization_endpoint", "\"http://idp.exemple.fr/auth\""}},
                                                           {{"authorization_endpoint", "\"javascript:alert(1)\""}},
                                                           {{"token_endpoint", "\"http://127.0.0.1/token\""}},
                                                           {{"token_endpoint", "\"https://moi:secret@idp.exemple.fr/token\""}},
                                                           {{"jwks_uri", "\"file:///etc/passwd\""}},
                                                           {{"end_session_endpoint", "\"http://idp.exemple.fr/end\""}},
                                                           {{"id_token_signing_alg_values_supported", R"(["HS256","none"])"}},
                                                           {{"id_token_signing_alg_values_supported", "\"RS256\""}},
                                                           {{"response_types_supported", R"(["id_token"])"}},
                                                           {{"code_challenge_methods_supported", R"(["plain"])"}}}) {
    CAPTURE(json_of(wrong));
    CHECK(read(wrong).error().code == Code::unavailable);
  }
  for (const char* text : {"", "[]", "<html>", R"({"issuer":"https://idp.exemple.fr/realms/agents","issuer":"x"})"}) {
    CHECK(read_description(text, kSettings).error().code == Code::unavailable);
  }
  CHECK(read_description(std::string(300 << 10, ' '), kSettings).error().code == Code::unavailable);
}

TEST_CASE("http only where the administrator trusts the network") {
  Settings settings = kSettings;
  settings.trusted_local = true;
  CHECK(read({{"token_endpoint", "\"http://10.0.0.4/token\""}}, settings));
  CHECK(read({{"token_endpoint", "\"ftp://10.0.0.4/token\""}}, settings).error().code == Code::unavailable);
}
