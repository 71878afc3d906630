// The tree of an installation (syndicate > commune), and the only place where a Tenant is made. Denies by default: an unknown node is
// Code::not_found, a suspended one Code::denied, a corpus that nobody shared is not visible.
//
// Every look reads the installation's database: what the command line changes holds for a running server at its next request.
// Thread-safe.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "tenants/counts.h"
#include "tenants/folder_lock.h"
#include "tenants/node.h"
#include "tenants/storage.h"
#include "tenants/tenant.h"
#include "tenants/town_hall.h"

namespace beffroi::tenants {

// The commune of beffroi.toml: the first node of a new installation, and the one that serves under any name of machine.
struct ConfiguredCommune {
  std::string id;
  bool stated = false;  // written in the file, and not the default of the program
  TownHall town_hall;
};

struct Opening {
  Storage storage;
  std::vector<db::Migration> tables;  // of a node's database, in order of their numbers
  ConfiguredCommune commune;
  CountQueries counted;
  bool alone = false;  // nobody else may have the home folder open as long as this Directory lives (Code::busy): data are about to move
};

struct NewNode {
  std::string id;
  Kind kind = Kind::commune;
  std::string name;
  std::string parent;  // of a commune: its syndicate, or empty
};

// An explicit act by which a node opens one of its corpora to nodes below it.
struct CorpusShare {
  std::string corpus;
  std::string owner;   // empty: the installation
  std::string target;  // empty: every node below the owner
  std::int64_t since_ms = 0;
};

// A backup made of the installation, listed so that retention can say where former data may still be.
struct BackupMade {
  std::string file;
  std::int64_t at_ms = 0;  // since 1970, UTC
  std::int64_t bytes = 0;
  std::string sha256;
};

class Directory {
 public:
  // Finishes a restoration that was interrupted (takeover.h), then brings the installation's database to its last tables. An installation without a node gets the configured commune as its first one,
  // with the data it already has, and opens the national base to all. A configured commune that the file states and that is missing is
  // added. Code::conflict when the database was written by a newer program.
  [[nodiscard]] static Result<std::shared_ptr<Directory>> open(Opening opening);
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;

  // The keys. The node's database is made or brought to its last tables the first time.
  [[nodiscard]] Result<Tenant> tenant(std::string_view id) const;
  // The node that bears the name of a Host header; without one, the configured commune, else the only commune there is.
  // Code::not_found when there is none of them.
  [[nodiscard]] Result<Tenant> by_host(std::string_view host) const;
  // A commune, for its syndicate, as long as a grant of the commune is in force (grants.h): Code::denied otherwise.
  [[nodiscard]] Result<Tenant> granted(const Tenant& syndicate, std::string_view commune, std::int64_t now_ms) const;

  // What a syndicate sees of its communes without a grant: which they are, and numbers.
  [[nodiscard]] Result<std::vector<Node>> communes_of(const Tenant& syndicate) const;
  [[nodiscard]] Result<Counts> counts(const Tenant& syndicate, std::string_view commune) const;

  // The town hall as its pages show it: its settings, else beffroi.toml for the configured commune.
  [[nodiscard]] Result<TownHall> town_hall(const Tenant& tenant) const;

  // The corpora that a node may read, besides those of its own database. Empty: none.
  [[nodiscard]] Result<std::vector<CorpusShare>> visible_corpora(const Tenant& tenant) const;
  [[nodiscard]] Result<bool> may_read(const Tenant& tenant, std::string_view corpus, std::string_view owner = {}) const;

  // For the administrator of the machine (the command line): the whole tree.
  // Every node, suspended ones too, for what copies the whole installation.
  [[nodiscard]] Result<std::vector<Tenant>> all() const;
  [[nodiscard]] Result<Tenant> in_any_state(std::string_view id) const;  // suspended too; Code::not_found
  [[nodiscard]] Result<std::vector<Node>> list() const;
  [[nodiscard]] Result<Node> node(std::string_view id) const;
  [[nodiscard]] Status add(const NewNode& node);
  [[nodiscard]] Status rename(std::string_view id, std::string_view name);
  [[nodiscard]] Status set_state(std::string_view id, State state);
  [[nodiscard]] Status add_host(std::string_view id, std::string_view host);  // Code::conflict when another node bears it
  [[nodiscard]] Status remove_host(std::string_view id, std::string_view host);
  [[nodiscard]] Result<std::vector<CorpusShare>> shares() const;
  [[nodiscard]] Status share(const CorpusShare& share);  // Code::invalid_argument when the target is not below the owner
  [[nodiscard]] Status unshare(const CorpusShare& share);  // Code::not_found when there was none
  [[nodiscard]] Result<Counts> counts(std::string_view id) const;

  [[nodiscard]] Status keep_backup(const BackupMade& backup);
  [[nodiscard]] Result<std::vector<BackupMade>> backups() const;  // latest first

  [[nodiscard]] const Storage& storage() const { return opening_.storage; }

 private:
  Directory(Opening opening, FolderLock lock) : opening_(std::move(opening)), lock_(std::move(lock)) {}
  [[nodiscard]] Status take_up_configured_commune();
  [[nodiscard]] Result<db::Database> installation(db::Access access) const;
  [[nodiscard]] Result<Tenant> key_to(const Node& node) const;
  [[nodiscard]] Result<Tenant> configured() const;
  [[nodiscard]] Result<Node> commune_under(const Tenant& syndicate, std::string_view commune) const;
  [[nodiscard]] Result<Counts> counts_of(const Node& node) const;

  const Opening opening_;
  const FolderLock lock_;
  mutable std::mutex mutex_;
  mutable std::set<std::string, std::less<>> ready_;  // nodes whose tables this process has brought up to date
};

// The tables of the installation's database.
[[nodiscard]] std::span<const db::Migration> installation_tables();

}  // namespace beffroi::tenants
