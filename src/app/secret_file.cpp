#include "app/secret_file.h"

#include <fmt/format.h>

#include "base/files.h"

namespace beffroi::app {

namespace {
constexpr std::uint64_t kMaxSecretBytes = 1024;
}

Result<std::string> read_secret_file(const std::filesystem::path& file) {
  namespace fs = std::filesystem;
  std::error_code fault;
  const fs::perms others = fs::perms::group_all | fs::perms::others_all;
  const fs::perms found = fs::status(file, fault).permissions();
  if (!fault && (found & others) != fs::perms::none) {
    return fail(Code::denied,
                fmt::format("D’autres que vous peuvent lire «\u00a0{}\u00a0»\u00a0: «\u00a0chmod 600\u00a0» le ferme.", file.string()));
  }
  std::string secret = BEFFROI_TRY(read_file(file, kMaxSecretBytes));
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r')) secret.pop_back();
  return secret;
}

}  // namespace beffroi::app
