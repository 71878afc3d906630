#include "crypto/jws.h"

#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <rapidcheck.h>

#include <array>

#include "base/files.h"
#include "crypto/testing/signer.h"

using namespace beffroi;
using namespace beffroi::crypto;
using crypto::testing::assembled;
using crypto::testing::Signer;

namespace {

constexpr std::array kAll = {Signature::rs256, Signature::ps256, Signature::es256};
constexpr std::string_view kClaims = R"({"iss":"https://idp.exemple.fr","sub":"42"})";

const Signer& rsa() {
  static const Signer signer;
  return signer;
}
const Signer& ec() {
  static const Signer signer(Signature::es256, "e1");
  return signer;
}
KeySet keys_of(const Signer& signer, std::string_view more = R"("use":"sig")") { return *KeySet::parse(signer.key_set(more)); }

Code refusal(std::string_view token, const KeySet& keys, std::span<const Signature> accepted = kAll) {
  const auto claims = verified_claims(token, keys, accepted);
  return claims ? Code::internal : claims.error().code;
}

std::string part(const std::string& token, int number) {
  std::size_t begin = 0;
  for (int i = 0; i < number; ++i) begin = token.find('.', begin) + 1;
  return token.substr(begin, token.find('.', begin) - begin);
}

std::string hmac(std::string_view key, std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
       digest.data(), &size);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

TEST_CASE("what a key of the set signed is read, by each algorithm") {
  for (const Signature signature : kAll) {
    CAPTURE(name_of(signature));
    const Signer signer(signature, "k");
    const auto claims = verified_claims(signer.sign(kClaims), keys_of(signer), kAll);
    REQUIRE(claims);
    CHECK(claims->root().member("sub")->text().value() == "42");
    CHECK(signature_of(name_of(signature)) == signature);
  }
  CHECK_FALSE(signature_of("none"));
  CHECK_FALSE(signature_of("HS256"));
}

TEST_CASE("what others signed is read: the tokens of RFC 7515, appendices A.2 and A.3") {
  const auto keys = KeySet::parse(read_file(std::filesystem::path(BEFFROI_SOURCE_DIR) / "fuzz/seeds/fuzz_jws/key_set").value());
  REQUIRE(keys);
  CHECK(keys->size() == 2);
  for (const char* name : {"rs256", "es256"}) {
    CAPTURE(name);
    const std::string token = read_file(std::filesystem::path(BEFFROI_SOURCE_DIR) / "fuzz/seeds/fuzz_jws" / name).value();
    const auto claims = verified_claims(token, *keys, kAll);
    REQUIRE(claims);
    CHECK(claims->root().member("exp")->integer().value() == 1300819380);
  }
}

TEST_CASE("an algorithm that was not agreed is refused, whatever the token says") {
  CHECK(refusal(rsa().sign(kClaims), keys_of(rsa()), std::array{Signature::es256}) == Code::unauthenticated);
  CHECK(refusal(rsa().sign(kClaims), keys_of(rsa()), {}) == Code::unauthenticated);
  for (const char* header : {R"({"alg":"none","kid":"k1"})", R"({"alg":"None"})", R"({"alg":""})", R"({"alg":null})", R"({"kid":"k1"})",
                             R"({"alg":["RS256"]})", R"({"alg":"rs256","kid":"k1"})"}) {
    CAPTURE(header);
    CHECK(refusal(assembled(header, kClaims, ""), keys_of(rsa())) == Code::unauthenticated);
    CHECK(refusal(assembled(header, kClaims, "x"), keys_of(rsa())) == Code::unauthenticated);
  }
}

TEST_CASE("a secret made of the public key signs nothing") {
  const std::string jwk = rsa().public_key();
  for (const std::string& secret : {jwk, rsa().key_set(), part(jwk, 0)}) {
    const std::string head = base64url(R"({"alg":"HS256","kid":"k1"})") + "." + base64url(kClaims);
    CHECK(refusal(head + "." + base64url(hmac(secret, head)), keys_of(rsa())) == Code::unauthenticated);
  }
  // Nor does a symmetric key that a provider would publish.
  const auto set = KeySet::parse(R"({"keys":[{"kty":"oct","kid":"k1","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr8"}]})");
  CHECK(set->size() == 0);
}

TEST_CASE("another key, another name, no name: each is told apart") {
  const Signer stranger;  // the same name, another key
  CHECK(refusal(stranger.sign(kClaims), keys_of(rsa())) == Code::unauthenticated);
  const Signer renamed(Signature::rs256, "k2");
  CHECK(refusal(renamed.sign(kClaims), keys_of(rsa())) == Code::not_found);

  const Signer nameless(Signature::rs256, "");
  CHECK(verified_claims(nameless.sign(kClaims), keys_of(nameless), kAll));
  const auto two = KeySet::parse(R"({"keys":[)" + nameless.public_key() + "," + rsa().public_key() + "]}");
  CHECK(two->size() == 2);
  CHECK(refusal(nameless.sign(kClaims), *two) == Code::not_found);  // which of them cannot be told
  CHECK(verified_claims(rsa().sign(kClaims), *two, kAll));
  CHECK(refusal(ec().sign(kClaims), *KeySet::parse(R"({"keys":[]})")) == Code::not_found);
}

TEST_CASE("keys serve what they are for") {
  const std::string token = rsa().sign(kClaims);
  for (const char* more : {"", R"("use":"sig")", R"("alg":"RS256")", R"("key_ops":["verify"])"}) {
    CAPTURE(more);
    CHECK(verified_claims(token, keys_of(rsa(), more), kAll));
  }
  for (const char* more : {R"("use":"enc")", R"("use":1)", R"("alg":"PS256")", R"("key_ops":["encrypt"])", R"("key_ops":"verify")"}) {
    CAPTURE(more);
    CHECK(refusal(token, keys_of(rsa(), more)) == Code::not_found);
  }
  const Signer weak(Signature::rs256, "k1", 1024);
  CHECK(keys_of(weak).size() == 0);
}

TEST_CASE("a key set is read with care") {
  CHECK(KeySet::parse(R"({"keys":[1,null,"x",[],{},{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"},
                          {"kty":"RSA"},{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},
                          {"kty":"EC","crv":"P-256","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                           "y":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})")
            ->size() == 0);
  for (const char* text : {"", "[]", "{}", R"({"keys":{}})", R"({"keys":null})", R"({"keys":[],"keys":[]})", "{\"keys\":["}) {
    CAPTURE(text);
    CHECK(KeySet::parse(text).error().code == Code::bad_input);
  }
  std::string many = "{\"keys\":[1";
  for (std::size_t i = 0; i < kMaxKeys; ++i) many += ",1";
  CHECK(KeySet::parse(many + "]}").error().code == Code::too_large);
  CHECK(KeySet::parse(std::string(kMaxKeySetBytes + 1, ' ')).error().code == Code::too_large);
}

TEST_CASE("truncated, oversized, doubled and nested tokens are refused") {
  const std::string token = rsa().sign(kClaims);
  const KeySet keys = keys_of(rsa());
  for (std::size_t i = 0; i < token.size(); i += 7) CHECK(refusal(token.substr(0, i), keys) == Code::unauthenticated);
  CHECK(refusal(token + ".", keys) == Code::unauthenticated);
  CHECK(refusal(token + "." + part(token, 2), keys) == Code::unauthenticated);
  CHECK(refusal(" " + token, keys) == Code::unauthenticated);
  CHECK(refusal(token + "=", keys) == Code::unauthenticated);
  CHECK(refusal(token + "\n", keys) == Code::unauthenticated);
  CHECK(refusal(std::string(kMaxTokenTextBytes + 1, 'a'), keys) == Code::too_large);
  CHECK(refusal(rsa().sign(token), keys) == Code::unauthenticated);        // a token in a token
  CHECK(refusal(rsa().sign("[" + std::string(kClaims) + "]"), keys) == Code::unauthenticated);
  CHECK(refusal(rsa().sign(R"({"sub":"1","sub":"2"})"), keys) == Code::unauthenticated);
  CHECK(refusal(rsa().sign(R"({"sub":)" + std::string(40, '[') + std::string(40, ']') + "}"), keys) == Code::unauthenticated);
  CHECK(refusal(rsa().sign("{\"sub\":\"\xff\"}"), keys) == Code::unauthenticated);
  CHECK(refusal(rsa().sign(""), keys) == Code::unauthenticated);
  const std::string rest = "." + part(token, 1) + "." + part(token, 2);
  for (const char* header : {R"({"alg":"RS256","kid":"k1","crit":["exp"]})", R"({"alg":"RS256","alg":"RS256","kid":"k1"})",
                             R"({"alg":"RS256","kid":1})", R"({"alg":"RS256","kid":"k1","b64":false})", "RS256", "[]"}) {
    CAPTURE(header);
    CHECK(refusal(base64url(header) + rest, keys) == Code::unauthenticated);
  }
}

TEST_CASE("no change of a token survives") {
  const std::string tokens[] = {rsa().sign(kClaims), ec().sign(kClaims)};
  const auto keys = KeySet::parse(R"({"keys":[)" + rsa().public_key() + "," + ec().public_key() + "]}");
  CHECK(rc::check("one character of another value, anywhere, and nothing is read", [&] {
    std::string token = tokens[*rc::gen::inRange(0, 2)];
    const auto at = *rc::gen::inRange<std::size_t>(0, token.size());
    const char other = *rc::gen::distinctFrom(token[at]);
    token[at] = other;
    RC_ASSERT_FALSE(verified_claims(token, *keys, kAll).has_value());
  }));
  CHECK(rc::check("claims that nobody signed are never read", [&](const std::string& claims) {
    const std::string& token = tokens[*rc::gen::inRange(0, 2)];
    RC_PRE(claims != kClaims);
    RC_ASSERT_FALSE(verified_claims(part(token, 0) + "." + base64url(claims) + "." + part(token, 2), *keys, kAll).has_value());
  }));
}
