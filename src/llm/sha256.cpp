#include "llm/sha256.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "crypto/digest.h"

namespace beffroi::llm {

Result<std::string> sha256_of_file(const std::filesystem::path& file, Range range, const std::function<void(std::int64_t)>& on_bytes,
                                   const std::stop_token& stop) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu.", file.string()));
  stream.seekg(range.from);
  crypto::Sha256 digest;
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
