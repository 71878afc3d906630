#include "crypto/jws.h"

#include <cjose/cjose.h>

#include <algorithm>
#include <array>
#include <string>

#include "crypto/token.h"

namespace beffroi::crypto {

namespace {

struct Release {
  void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
  void operator()(cjose_jws_t* jws) const { cjose_jws_release(jws); }
};
using KeyHandle = std::unique_ptr<cjose_jwk_t, Release>;

struct Kind {
  Signature signature;
  std::string_view name, key_type;
};
constexpr std::array<Kind, 3> kKinds{{
    {Signature::rs256, "RS256", "RSA"},
    {Signature::ps256, "PS256", "RSA"},
    {Signature::es256, "ES256", "EC"},
}};

constexpr std::size_t kMinModulusBytes = 256, kMaxModulusBytes = 1024, kMaxExponentBytes = 8;
constexpr std::size_t kCoordinateBytes = 32;
constexpr std::size_t kEcSignatureBytes = 2 * kCoordinateBytes;
constexpr std::size_t kMaxHeaderBytes = 4 << 10;
constexpr std::size_t kMaxDepth = 16;

const Kind& kind_of(Signature signature) {
  return *std::find_if(kKinds.begin(), kKinds.end(), [signature](const Kind& kind) { return kind.signature == signature; });
}

std::string_view text_of(const json::Node& object, std::string_view name) {
  const auto member = object.find(name);
  return member ? member->text_or_empty() : std::string_view{};
}

// The bytes of a number of a key; empty when it is none.
std::string bytes_of(const json::Node& object, std::string_view name) { return from_base64url(text_of(object, name)).value_or(""); }

std::uint8_t* raw(std::string& bytes) { return reinterpret_cast<std::uint8_t*>(bytes.data()); }

KeyHandle rsa_key(const json::Node& jwk) {
  std::string modulus = bytes_of(jwk, "n"), exponent = bytes_of(jwk, "e");
  const bool strong = modulus.size() >= kMinModulusBytes && modulus[0] != '\0';
  if (!strong || modulus.size() > kMaxModulusBytes || exponent.empty() || exponent.size() > kMaxExponentBytes) return nullptr;
  cjose_jwk_rsa_keyspec spec{};
  spec.n = raw(modulus);
  spec.nlen = modulus.size();
  spec.e = raw(exponent);
  spec.elen = exponent.size();
  cjose_err fault{};
  return KeyHandle(cjose_jwk_create_RSA_spec(&spec, &fault));
}

KeyHandle ec_key(const json::Node& jwk) {
  std::string x = bytes_of(jwk, "x"), y = bytes_of(jwk, "y");
  if (text_of(jwk, "crv") != "P-256" || x.size() != kCoordinateBytes || y.size() != kCoordinateBytes) return nullptr;
  cjose_jwk_ec_keyspec spec{};
  spec.crv = CJOSE_JWK_EC_P_256;
  spec.x = raw(x);
  spec.xlen = x.size();
  spec.y = raw(y);
  spec.ylen = y.size();
  cjose_err fault{};
  return KeyHandle(cjose_jwk_create_EC_spec(&spec, &fault));
}

bool is_for_verifying(const json::Node& jwk) {
  if (const auto use = jwk.find("use"); use && use->text_or_empty() != "sig") return false;
  const auto operations = jwk.find("key_ops");
  if (!operations) return true;
  const auto names = operations->texts();
  return names && std::find(names->begin(), names->end(), "verify") != names->end();
}

tl::unexpected<Error> refused(std::string_view why) {
  return fail(Code::unauthenticated, "La preuve d’identité reçue n’est pas valable.", std::string(why));
}

struct Header {
  Signature signature;
  std::optional<std::string> key_id;
};

Result<Header> read_header(std::string_view encoded, std::span<const Signature> accepted) {
  const auto text = from_base64url(encoded);
  if (!text) return refused("token header is not base64url");
  const auto document = json::Document::parse(*text, {kMaxHeaderBytes, kMaxDepth, true});
  if (!document || document->root().kind() != json::Kind::object) return refused("token header is not a JSON object");
  const json::Node root = document->root();
  // crit names extensions that must be understood, and none is; b64 changes what is signed.
  if (root.find("crit") || root.find("b64")) return refused("token header asks for an extension");
  const auto signature = signature_of(text_of(root, "alg"));
  if (!signature || std::find(accepted.begin(), accepted.end(), *signature) == accepted.end())
    return refused("token algorithm not accepted");
  Header header{*signature, std::nullopt};
  if (const auto id = root.find("kid")) {
    auto name = id->text();
    if (!name) return refused("token kid is not a text");
    header.key_id = *std::move(name);
  }
  return header;
}

bool signed_by(std::string_view token, const cjose_jwk_t* key) {
  cjose_err fault{};
  const std::unique_ptr<cjose_jws_t, Release> jws(cjose_jws_import(token.data(), token.size(), &fault));
  return jws != nullptr && cjose_jws_verify(jws.get(), key, &fault);
}

}  // namespace

struct KeySet::Key {
  std::string id;         // empty: it has none
  std::string type;       // "RSA"
  std::string algorithm;  // the only one it is for; empty: any of its type
  KeyHandle handle;

  [[nodiscard]] bool serves(const Header& header) const {
    const Kind& kind = kind_of(header.signature);
    return type == kind.key_type && (algorithm.empty() || algorithm == kind.name) && (!header.key_id || *header.key_id == id);
  }
};

std::string_view name_of(Signature signature) { return kind_of(signature).name; }

std::optional<Signature> signature_of(std::string_view name) {
  for (const Kind& kind : kKinds) {
    if (kind.name == name) return kind.signature;
  }
  return std::nullopt;
}

Result<KeySet> KeySet::parse(std::string_view json) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(json, {kMaxKeySetBytes, kMaxDepth, true}));
  const json::Node list = BEFFROI_TRY(document.root().member("keys"));
  if (list.kind() != json::Kind::array) return list.fault("une liste de clés était attendue");
  if (list.size() > kMaxKeys) return fail(Code::too_large, "Le jeu de clés en contient trop.");
  KeySet set;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const json::Node jwk = list.at(i);
    if (jwk.kind() != json::Kind::object || !is_for_verifying(jwk)) continue;
    Key key{std::string(text_of(jwk, "kid")), std::string(text_of(jwk, "kty")), std::string(text_of(jwk, "alg")), nullptr};
    if (key.type == "RSA") key.handle = rsa_key(jwk);
    else if (key.type == "EC") key.handle = ec_key(jwk);
    if (key.handle != nullptr) set.keys_.push_back(std::make_shared<const Key>(std::move(key)));
  }
  return set;
}

Result<json::Document> verified_claims(std::string_view token, const KeySet& keys, std::span<const Signature> accepted) {
  if (token.size() > kMaxTokenTextBytes) return fail(Code::too_large, "La preuve d’identité reçue est trop longue.", "token too long");
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return refused("token has not three parts");
  const Header header = BEFFROI_TRY(read_header(token.substr(0, first), accepted));
  const auto claims = from_base64url(token.substr(first + 1, second - first - 1));
  const auto signature = from_base64url(token.substr(second + 1));
  if (!claims || !signature || signature->empty()) return refused("token is not base64url");
  if (header.signature == Signature::es256 && signature->size() != kEcSignatureBytes) return refused("token signature has a wrong length");

  std::vector<const KeySet::Key*> candidates;
  for (const auto& key : keys.keys_) {
    if (key->serves(header)) candidates.push_back(key.get());
  }
  // Without a name, a token may only be for the one key it can be for.
  const bool vague = !header.key_id && candidates.size() > 1;
  if (candidates.empty() || vague) return fail(Code::not_found, "La clé de cette preuve d’identité n’est pas connue.", "token key unknown");
  const bool genuine =
      std::any_of(candidates.begin(), candidates.end(), [token](const auto* key) { return signed_by(token, key->handle.get()); });
  if (!genuine) return refused("token signature does not hold");
  auto document = json::Document::parse(*claims, {kMaxTokenTextBytes, kMaxDepth, true});
  if (!document || document->root().kind() != json::Kind::object) return refused("token claims are not a JSON object");
  return std::move(*document);
}

}  // namespace beffroi::crypto
