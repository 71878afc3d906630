#include "llm/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <new>

namespace beffroi::llm {

struct Sha256::State {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { EVP_MD_CTX_free(context); }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  if (state_->context == nullptr || EVP_DigestInit_ex(state_->context, EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
}
Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) { EVP_DigestUpdate(state_->context, bytes.data(), bytes.size()); }

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_DigestFinal_ex(state_->context, digest.data(), &size);
  std::string text;
  for (unsigned i = 0; i < size; ++i) text += fmt::format("{:02x}", digest[i]);
  return text;
}

bool is_sha256(std::string_view text) {
  return text.size() == 64 &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<std::string> sha256_of_file(const std::filesystem::path& file, Range range, const std::function<void(std::int64_t)>& on_bytes,
                                   const std::stop_token& stop) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu.", file.string()));
  stream.seekg(range.from);
  Sha256 digest;
  std::string block(1 << 20, '\0');
  for (std::int64_t done = 0; done < range.bytes;) {
    if (stop.stop_requested()) return fail(Code::cancelled, "La vérification a été interrompue.");
    const std::int64_t wanted = std::min<std::int64_t>(static_cast<std::int64_t>(block.size()), range.bytes - done);
    if (!stream.read(block.data(), wanted)) {
      return fail(Code::storage,
                  fmt::format("«\u00a0{}\u00a0» ne peut pas être lu jusqu’au bout\u00a0: vérifiez le disque.", file.string()));
    }
    digest.add({block.data(), static_cast<std::size_t>(wanted)});
    done += wanted;
    if (on_bytes) on_bytes(done);
  }
  return digest.hex();
}

}  // namespace beffroi::llm
