// The commands of whoever keeps the machine: communes, where data are, backups. Exit codes as in commands.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/config.h"

namespace beffroi::app {

struct CommuneOptions {
  std::string id = {}, name = {};
  std::string syndicate = {};  // add: the one it belongs to
  bool is_syndicate = false;   // add
  std::vector<std::string> hosts = {};
  bool remove = false;         // host, share: take back
  std::string telephone = {}, address = {}, hours = {}, url = {};  // describe
  std::string corpus = {}, from = {}, to = {};  // share; empty: the installation, every node below
  std::string text = {}, by = {}, until = {};   // grant; until: AAAA-MM-JJ, that day included
  std::int64_t grant = 0;                      // revoke
  bool json = false;
};

struct StoreMoveOptions {
  std::string to;                       // an address « postgresql://… », or a home folder
  std::filesystem::path password_file;  // of that server
  bool json = false;
};

struct BackupCommandOptions {
  std::filesystem::path out;
  bool with_secret = false;
  bool with_corpora = false;
  bool list = false;                    // what was made, instead of making one
  bool json = false;
};

struct RestoreCommandOptions {
  std::filesystem::path from;
  bool replace = false;                 // keep the present state aside
  bool json = false;
};

[[nodiscard]] int run_store_move(const Config& config, const StoreMoveOptions& options);
[[nodiscard]] int run_backup(const Config& config, const BackupCommandOptions& options);
[[nodiscard]] int run_restore(const Config& config, const RestoreCommandOptions& options);

[[nodiscard]] int run_commune_add(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_list(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_show(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_rename(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_describe(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_host(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_suspend(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_resume(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_share(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_shares(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_grant(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_revoke(const Config& config, const CommuneOptions& options);
[[nodiscard]] int run_commune_grants(const Config& config, const CommuneOptions& options);

}  // namespace beffroi::app
