// Signed tokens (JWS, RFC 7515, compact) held against a set of public keys (JWK Set, RFC 7517). By libcjose.
//
// What a token says of itself is never believed: the algorithms are those the caller accepts, the keys those of the set, and addresses or
// keys that a header carries are not looked at. Keys for encryption, symmetric keys, RSA under 2048 bits and kinds unknown here are left
// out of a set. Everything bounded; JSON that names a member twice is refused.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/reader.h"

namespace beffroi::crypto {

inline constexpr std::size_t kMaxTokenTextBytes = 16 << 10;
inline constexpr std::size_t kMaxKeySetBytes = 256 << 10;
inline constexpr std::size_t kMaxKeys = 64;

// Each with its key: RSA for the first two, P-256 for the third.
enum class Signature { rs256, ps256, es256 };

[[nodiscard]] std::string_view name_of(Signature signature);  // "RS256"
[[nodiscard]] std::optional<Signature> signature_of(std::string_view name);

// A value that never changes once read; any thread.
class KeySet {
 public:
  // Code::bad_input when it is no key set, Code::too_large. A set without one usable key is fine and opens nothing.
  [[nodiscard]] static Result<KeySet> parse(std::string_view json);

  [[nodiscard]] std::size_t size() const { return keys_.size(); }

 private:
  friend Result<json::Document> verified_claims(std::string_view, const KeySet&, std::span<const Signature>);
  struct Key;
  std::vector<std::shared_ptr<const Key>> keys_;
};

// The claims of the token, a JSON object, when one of these keys signed it by one of these algorithms.
// Code::not_found: the set has no such key, another one may have it. Code::too_large. Code::unauthenticated: everything else.
[[nodiscard]] Result<json::Document> verified_claims(std::string_view token, const KeySet& keys, std::span<const Signature> accepted);

}  // namespace beffroi::crypto
