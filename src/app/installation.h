// The installation that the configuration describes: where its databases are, and its tree of nodes.
#pragma once

#include <memory>
#include <string_view>

#include "app/config.h"
#include "base/result.h"
#include "tenants/directory.h"

namespace beffroi::app {

// The national base, under its name in shares, backups and the shared database.
inline constexpr std::string_view kSharedCorpus = "vosdroits";

// Reads the password file when there is one: Code::denied when others than its owner may read it.
[[nodiscard]] Result<tenants::Storage> storage_of(const Config& config);

// `storage`: that of the configuration, or another one (a move, a restoration).
[[nodiscard]] tenants::Opening opening_of(const Config& config, tenants::Storage storage);

[[nodiscard]] Result<std::shared_ptr<tenants::Directory>> open_directory(const Config& config);

}  // namespace beffroi::app
