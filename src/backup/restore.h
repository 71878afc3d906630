// A backup put back: into a home without data, or in the place of the present state, which is kept aside; on SQLite or PostgreSQL, from
// whichever it was made of; from this program's tables or earlier ones, which are brought up to date.
//
// Everything is read, checked (names, sizes, SHA-256, tables) and prepared beside the present state before the first change; the change
// itself is decided at once (tenants/takeover.h; on PostgreSQL one transaction). Killed at any moment, the home holds one whole state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backup/copy.h"
#include "backup/manifest.h"
#include "base/result.h"
#include "tenants/storage.h"

namespace beffroi::backup {

struct RestoreOptions {
  std::filesystem::path from;
  tenants::Storage to;
  std::vector<db::Migration> tables;  // of a node's database
  bool replace = false;               // the present state makes place, and is kept aside
};

struct Restored {
  Manifest manifest;
  std::int64_t rows = 0;            // in all databases
  std::filesystem::path former;     // files of the former state; empty: there were none
  std::string former_schemas;       // PostgreSQL: what the names of its former schemas end with; empty: there were none
  bool has_configuration = false;   // <home>/restored-beffroi.toml, to be looked at: the present beffroi.toml stays
};

// Code::conflict: there are data and `replace` was not asked, or the backup comes from a newer program; Code::bad_input: the backup is
// damaged, or is none; Code::busy: the service runs; Code::storage.
[[nodiscard]] Result<Restored> restore(const RestoreOptions& options);

}  // namespace beffroi::backup
