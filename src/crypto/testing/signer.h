// For tests only: an identity provider's key, which signs what it is told to.
#pragma once

#include <cjose/cjose.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/jws.h"
#include "crypto/token.h"

namespace beffroi::crypto::testing {

class Signer {
 public:
  explicit Signer(Signature signature = Signature::rs256, std::string id = "k1", std::size_t bits = 2048)
      : signature_(signature), id_(std::move(id)) {
    cjose_err fault{};
    static constexpr std::uint8_t kExponent[] = {1, 0, 1};
    key_.reset(signature == Signature::es256 ? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &fault)
                                             : cjose_jwk_create_RSA_random(bits, kExponent, sizeof(kExponent), &fault));
  }

  [[nodiscard]] const std::string& id() const { return id_; }

  // { "kty": …, public numbers, and `more` }, `more` written as « "use":"sig" ».
  [[nodiscard]] std::string public_key(std::string_view more = R"("use":"sig")") const {
    cjose_err fault{};
    char* text = cjose_jwk_to_json(key_.get(), false, &fault);
    std::string json(text);
    cjose_get_dealloc()(text);
    json.pop_back();  // its closing brace
    return json + R"(,"kid":")" + id_ + '"' + (more.empty() ? "" : "," + std::string(more)) + "}";
  }
  [[nodiscard]] std::string key_set(std::string_view more = R"("use":"sig")") const { return R"({"keys":[)" + public_key(more) + "]}"; }

  // With the header it should have: its algorithm and its name, none when the name is empty.
  [[nodiscard]] std::string sign(std::string_view claims) const {
    cjose_err fault{};
    cjose_header_t* header = cjose_header_new(&fault);
    cjose_header_set(header, CJOSE_HDR_ALG, std::string(name_of(signature_)).c_str(), &fault);
    if (!id_.empty()) cjose_header_set(header, CJOSE_HDR_KID, id_.c_str(), &fault);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(claims.data());
    cjose_jws_t* jws = cjose_jws_sign(key_.get(), header, bytes, claims.size(), &fault);
    const char* text = nullptr;
    cjose_jws_export(jws, &text, &fault);
    std::string token(text);
    cjose_jws_release(jws);
    cjose_header_release(header);
    return token;
  }

 private:
  struct Release {
    void operator()(cjose_jwk_t* key) const { cjose_jwk_release(key); }
  };
  Signature signature_;
  std::string id_;
  std::unique_ptr<cjose_jwk_t, Release> key_;
};

// « header.claims.signature » from texts.
inline std::string assembled(std::string_view header, std::string_view claims, std::string_view signature) {
  return base64url(header) + "." + base64url(claims) + "." + base64url(signature);
}

}  // namespace beffroi::crypto::testing
