#include "people/device.h"

#include "crypto/digest.h"
#include "crypto/token.h"

namespace beffroi::people {

std::string new_device(std::string_view device_key) {
  const std::string nonce = crypto::random_id();
  return nonce + "." + crypto::hmac_sha256_hex(device_key, "device." + nonce);
}

std::string known_device(std::string_view device_key, std::string_view device) {
  const std::string_view nonce = device.substr(0, device.find('.'));
  if (device_key.empty() || nonce.empty() || nonce.size() == device.size()) return {};
  const std::string proof = crypto::hmac_sha256_hex(device_key, "device." + std::string(nonce));
  return crypto::same_secret(device.substr(nonce.size() + 1), proof) ? std::string(nonce) : std::string();
}

}  // namespace beffroi::people
