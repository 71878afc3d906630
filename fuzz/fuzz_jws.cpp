// Any bytes as a signed token or as a key set: nothing is read that no key of the set signed.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "crypto/jws.h"

namespace {

// The keys of RFC 7515, appendices A.2 and A.3.
constexpr std::string_view kKeys = R"({"keys":[
  {"kty":"RSA","kid":"r","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"},
  {"kty":"EC","kid":"e","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]})";
constexpr std::array kAccepted = {beffroi::crypto::Signature::rs256, beffroi::crypto::Signature::ps256, beffroi::crypto::Signature::es256};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace beffroi::crypto;
  static const KeySet keys = *KeySet::parse(kKeys);
  if (keys.size() != 2) std::abort();
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto set = KeySet::parse(text); set && set->size() > kMaxKeys) std::abort();
  const auto claims = verified_claims(text, keys, kAccepted);
  if (claims && claims->root().kind() != beffroi::json::Kind::object) std::abort();
  return 0;
}
