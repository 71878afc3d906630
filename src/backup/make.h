// A backup of the whole installation in one file, while the service runs.
//
// Each database is taken as one state of its own: what is written meanwhile is in the backup or is not, never by half. The file appears
// whole, under its name, or not at all. It holds personal data: mode 600, and no outgoing connection.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backup/manifest.h"
#include "base/result.h"
#include "tenants/directory.h"

namespace beffroi::backup {

struct CorpusAtHand {
  std::string id;
  std::filesystem::path folder;  // holds corpus.sqlite
  std::string generation;
};

struct BackupOptions {
  std::filesystem::path out;
  std::string program;                   // version, written in the manifest
  std::filesystem::path configuration;   // beffroi.toml; empty: none
  std::vector<CorpusAtHand> corpora;     // listed, and packed when asked for
  bool with_corpora = false;
  bool with_secret = false;              // <home>/secret.key: whoever holds the backup can then open the secrets in it
  std::vector<db::Migration> tables;     // of a node's database
};

// What was made, as the directory lists it from now on. Code::busy: a backup to the same file is being made; Code::storage.
[[nodiscard]] Result<tenants::BackupMade> make_backup(tenants::Directory& directory, const BackupOptions& options);

}  // namespace beffroi::backup
