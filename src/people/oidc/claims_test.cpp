#include "people/oidc/claims.h"

#include <doctest/doctest.h>

#include "people/oidc/testing/fake_provider.h"

using namespace beffroi;
using namespace beffroi::people::oidc;
using people::oidc::testing::Claims;
using people::oidc::testing::json_of;

namespace {

constexpr std::int64_t kNow = 1'795'000'000;
constexpr Expected kExpected{"https://idp.exemple.fr", "beffroi", kNow};

const Claims kGood = {{"iss", "\"https://idp.exemple.fr\""},
                      {"sub", "\"42\""},
                      {"aud", "\"beffroi\""},
                      {"exp", "1795000300"},
                      {"iat", "1795000000"},
                      {"nonce", "\"n-1\""}};

Claims with(Claims claims, const Claims& changes) {
  for (const auto& [name, value] : changes) claims[name] = value;
  std::erase_if(claims, [](const auto& claim) { return claim.second.empty(); });
  return claims;
}

Code fault_of(const Claims& changes, std::string_view access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y") {
  const auto document = json::Document::parse(json_of(with(kGood, changes)));
  REQUIRE(document);
  const Status status = check_id_token(document->root(), kExpected, "n-1", access_token);
  return status ? Code::internal : status.error().code;
}
constexpr Code kFine = Code::internal;

Person person(const std::string& json, std::string_view claim = "groups") {
  const auto document = json::Document::parse(json);
  REQUIRE(document);
  const auto found = person_of(document->root(), claim);
  REQUIRE(found);
  return *found;
}

}  // namespace

TEST_CASE("a proof of identity is for us, from them, now, and for this sign in") {
  CHECK(fault_of({}) == kFine);
  for (const Claims& wrong : std::initializer_list<Claims>{{{"iss", "\"https://idp.exemple.fr/\""}},
                                                           {{"iss", ""}},
                                                           {{"iss", "[\"https://idp.exemple.fr\"]"}},
                                                           {{"aud", ""}},
                                                           {{"aud", "\"autre\""}},
                                                           {{"aud", "[]"}},
                                                           {{"aud", "[\"autre\"]"}},
                                                           {{"aud", "[1,\"beffroi\"]"}},
                                                           {{"aud", "{\"beffroi\":1}"}},
                                                           {{"aud", "[\"beffroi\",\"autre\"]"}},
                                                           {{"azp", "\"autre\""}},
                                                           {{"aud", "[\"beffroi\",\"autre\"]"}, {"azp", "\"autre\""}},
                                                           {{"nonce", ""}},
                                                           {{"nonce", "\"n-2\""}},
                                                           {{"nonce", "null"}},
                                                           {{"exp", ""}},
                                                           {{"exp", "\"1795000300\""}},
                                                           {{"exp", "-1"}},
                                                           {{"exp", "1e300"}},
                                                           {{"iat", ""}},
                                                           {{"iat", "true"}}}) {
    CAPTURE(json_of(wrong));
    CHECK(fault_of(wrong) == Code::unauthenticated);
  }
  CHECK(fault_of({{"aud", "[\"beffroi\"]"}}) == kFine);
  CHECK(fault_of({{"aud", "[\"autre\",\"beffroi\"]"}, {"azp", "\"beffroi\""}}) == kFine);
}

TEST_CASE("clocks may differ by a minute, no more") {
  CHECK(fault_of({{"exp", std::to_string(kNow - 59)}}) == kFine);
  CHECK(fault_of({{"exp", std::to_string(kNow - 60)}}) == Code::unauthenticated);
  CHECK(fault_of({{"iat", std::to_string(kNow + 60)}}) == kFine);
  CHECK(fault_of({{"iat", std::to_string(kNow + 61)}}) == Code::unauthenticated);
  CHECK(fault_of({{"nbf", std::to_string(kNow + 60)}}) == kFine);
  CHECK(fault_of({{"nbf", std::to_string(kNow + 61)}}) == Code::unauthenticated);
  CHECK(fault_of({{"iat", "1795000000.5"}}) == kFine);
}

TEST_CASE("at_hash, when there, is that of the access token") {
  CHECK(fault_of({{"at_hash", "\"77QmUPtjPfzWtF2AnpK9RQ\""}}) == kFine);  // the example of OpenID Connect Core, appendix A.3
  CHECK(fault_of({{"at_hash", "\"77QmUPtjPfzWtF2AnpK9RA\""}}) == Code::unauthenticated);
  CHECK(fault_of({{"at_hash", "\"77QmUPtjPfzWtF2AnpK9RQ\""}}, "") == Code::unauthenticated);
  CHECK(fault_of({{"at_hash", "1"}}) == Code::unauthenticated);
}

TEST_CASE("who it is: an address the provider does not doubt, else the name it gives, else the subject") {
  CHECK(person(R"({"sub":"42","email":"Camille@mairie.fr","preferred_username":"cmartin"})").login == "camille@mairie.fr");
  CHECK(person(R"({"sub":"42","email":"camille@mairie.fr","email_verified":true})").login == "camille@mairie.fr");
  CHECK(person(R"({"sub":"42","email":"camille@mairie.fr","email_verified":false,"preferred_username":"cmartin"})").login == "cmartin");
  CHECK(person(R"({"sub":"42","preferred_username":"Camille Martin"})").login == "42");
  CHECK(person(R"({"sub":"42","name":"Camille Martin"})").name == "Camille Martin");
  CHECK(person(R"({"sub":"42","given_name":"Camille","usual_name":"Martin"})").name == "Camille Martin");
  CHECK(person(R"({"sub":"42","given_name":"Camille","family_name":"Durand"})").name == "Camille Durand");
  CHECK(person(R"({"sub":"42","name":"a\u0007b"})").name == "42");
  for (const char* text : {"{}", R"({"sub":""})", R"({"sub":42})", R"({"sub":"a\nb"})"}) {
    CAPTURE(text);
    CHECK(person_of(json::Document::parse(text)->root(), "groups").error().code == Code::unauthenticated);
  }
  CHECK_FALSE(person_of(json::Document::parse(R"({"sub":")" + std::string(256, 'a') + "\"}")->root(), "groups"));
}

TEST_CASE("groups come from a claim, or from a path into objects; what is no group is left out") {
  using Groups = std::vector<std::string>;
  CHECK(person(R"({"sub":"4","groups":["a","/b/c"]})").groups == Groups{"a", "/b/c"});
  CHECK(person(R"({"sub":"4","groups":"a"})").groups == Groups{"a"});
  CHECK(person(R"({"sub":"4","groups":["a",1,null,"",["b"],{"c":1}]})").groups == Groups{"a"});
  CHECK(person(R"({"sub":"4"})").groups.empty());
  CHECK(person(R"({"sub":"4","groups":{"a":true}})").groups.empty());
  CHECK(person(R"({"sub":"4","realm_access":{"roles":["a"]}})", "realm_access.roles").groups == Groups{"a"});
  CHECK(person(R"({"sub":"4","https://mairie.fr/groupes":["a"]})", "https://mairie.fr/groupes").groups == Groups{"a"});
  CHECK(person(R"({"sub":"4","realm_access":["roles"]})", "realm_access.roles").groups.empty());
  std::string many = R"({"sub":"4","groups":["a")";
  for (int i = 0; i < 2'000; ++i) many += ",\"a\"";
  CHECK(person(many + "]}").groups.size() == 500);
}

TEST_CASE("a logout token is read as such, and an ID token is not one") {
  const Claims good = {{"iss", kGood.at("iss")}, {"aud", kGood.at("aud")},
                       {"iat", kGood.at("iat")}, {"jti", "\"j-1\""},
                       {"sid", "\"s-1\""},       {"events", R"({"http://schemas.openid.net/event/backchannel-logout":{}})"}};
  const auto read = [](const Claims& claims) { return check_logout_token(json::Document::parse(json_of(claims))->root(), kExpected); };
  CHECK(read(good)->session == "s-1");
  CHECK(read(with(good, {{"sid", ""}, {"sub", "\"42\""}}))->subject == "42");
  for (const Claims& wrong : std::initializer_list<Claims>{{{"nonce", "\"n\""}},
                                                           {{"sid", ""}},
                                                           {{"jti", ""}},
                                                           {{"events", ""}},
                                                           {{"events", R"({"autre":{}})"}},
                                                           {{"events", R"(["http://schemas.openid.net/event/backchannel-logout"])"}},
                                                           {{"aud", "\"autre\""}},
                                                           {{"iat", std::to_string(kNow - 301)}},
                                                           {{"exp", std::to_string(kNow - 61)}}}) {
    CAPTURE(json_of(wrong));
    CHECK(read(with(good, wrong)).error().code == Code::unauthenticated);
  }
  CHECK_FALSE(read(kGood));
}
