#include "backup/restore.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "backup/archive.h"
#include "backup/schemas.h"
#include "tenants/directory.h"
#include "tenants/folder_lock.h"
#include "tenants/takeover.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMaxManifestBytes = 256LL << 20;
constexpr std::string_view kRestoredConfiguration = "restored-beffroi.toml";

tl::unexpected<Error> damaged(std::string_view why) {
  return fail(Code::bad_input, fmt::format("La sauvegarde est abîmée ou n’en est pas une\u00a0: {}. Rien n’a été changé.", why));
}

// The archive holds what its manifest names, with the sizes it names, and nothing else.
Status check_entries(const Archive& archive, const Manifest& manifest) {
  if (archive.entries().size() != manifest.files.size() + 1) return damaged("elle ne contient pas les fichiers qu’elle annonce");
  for (const Entry& entry : manifest.files) {
    const auto found = archive.entries().find(entry.path);
    if (found == archive.entries().end()) return damaged(fmt::format("il manque «\u00a0{}\u00a0»", entry.path));
    if (found->second != entry.bytes) return damaged(fmt::format("«\u00a0{}\u00a0» n’a pas la taille annoncée", entry.path));
  }
  return {};
}

Status check_room(const fs::path& folder, const Manifest& manifest) {
  std::uint64_t needed = 0;
  for (const Entry& entry : manifest.files) {
    if (entry.bytes > INT64_MAX / 4 || needed > INT64_MAX / 4) return damaged("ses tailles ne sont pas croyables");
    needed += static_cast<std::uint64_t>(entry.bytes);
  }
  std::error_code fault;
  const fs::space_info space = fs::space(folder, fault);
  if (fault || space.available > needed) return {};
  return fail(Code::storage, fmt::format("Il faut {}\u00a0Mo libres pour restaurer cette sauvegarde, il en reste {}. Rien n’a été changé.",
                                         needed >> 20, space.available >> 20));
}

std::string place_of(const Entry& entry) { return entry.path == kConfiguration ? std::string(kRestoredConfiguration) : entry.path; }

Status unpack(const Archive& archive, const Manifest& manifest, const fs::path& incoming) {
  for (const Entry& entry : manifest.files) {
    const fs::path target = incoming / place_of(entry);
    BEFFROI_CHECK(tenants::make_folder(target.parent_path()));
    if (BEFFROI_TRY(archive.extract(entry.path, target)) != entry.sha256)
      return damaged(fmt::format("«\u00a0{}\u00a0» a été altéré", entry.path));
  }
  return {};
}

// A database of the backup: sound, not newer than this program, brought to its tables.
Status prepare_database(const fs::path& file, std::span<const db::Migration> tables) {
  db::Database database = BEFFROI_TRY(db::Database::open(file));
  {
    db::Statement check = BEFFROI_TRY(database.prepare("PRAGMA integrity_check(1)"));
    if (!BEFFROI_TRY(check.step()) || check.text(0) != "ok") return damaged("une base n’y est pas saine");
  }
  BEFFROI_CHECK(database.migrate(tables));
  database.checkpoint();
  return {};
}

Result<std::vector<std::string>> nodes_in(const fs::path& installation) {
  db::Database database = BEFFROI_TRY(db::Database::open(installation));
  std::vector<std::string> nodes;
  db::Statement rows = BEFFROI_TRY(database.prepare("SELECT id FROM node"));
  while (BEFFROI_TRY(rows.step())) nodes.emplace_back(rows.text(0));
  return nodes;
}

fs::path node_file(const fs::path& incoming, const std::string& node) { return incoming / "communes" / node / "commune.sqlite"; }

Status prepare(const Manifest& manifest, const RestoreOptions& options, const fs::path& incoming) {
  BEFFROI_CHECK(prepare_database(incoming / kInstallation, tenants::installation_tables()));
  for (const std::string& node : manifest.nodes) BEFFROI_CHECK(prepare_database(node_file(incoming, node), options.tables));
  const std::vector<std::string> nodes = BEFFROI_TRY(nodes_in(incoming / kInstallation));
  if (std::set(nodes.begin(), nodes.end()) != std::set(manifest.nodes.begin(), manifest.nodes.end()))
    return damaged("ses communes ne sont pas celles de l’installation");
  return {};
}

Result<std::int64_t> count_rows(const fs::path& file) {
  db::Database database = BEFFROI_TRY(db::Database::open(file));
  std::int64_t rows = 0;
  for (const TableState& state : BEFFROI_TRY(states_of(database))) rows += state.rows;
  return rows;
}

// The prepared files become schemas of the server, all in one transaction; the files of databases are then of no use.
Status fill_server(const Manifest& manifest, const RestoreOptions& options, const fs::path& incoming, Restored& restored) {
  std::vector<Prepared> prepared = {{incoming / kInstallation, BEFFROI_TRY(options.to.installation()), tenants::installation_tables()}};
  for (const std::string& node : manifest.nodes) {
    prepared.push_back({node_file(incoming, node), BEFFROI_TRY(options.to.node(node)), options.tables});
  }
  restored.former_schemas = BEFFROI_TRY(replace_schemas(prepared, options.replace));
  std::error_code fault;
  for (const Prepared& each : prepared) fs::remove(each.file, fault);
  return {};
}

bool is_there(const fs::path& path) {
  std::error_code fault;
  return fs::exists(path, fault) && !(fs::is_directory(path, fault) && fs::is_empty(path, fault));
}

// The names of the home that a restoration replaces, and the sidecars of a database that was not closed.
Status change_files(const fs::path& home, Restored& restored) {
  const fs::path incoming = tenants::incoming_folder(home);
  std::vector<std::string> pieces, aside;
  for (const std::string_view name : {kInstallation, std::string_view("communes"), kSecretKey, kUpstreamKey, kRestoredConfiguration}) {
    if (is_there(incoming / name)) pieces.emplace_back(name);
  }
  for (const CorpusLine& corpus : restored.manifest.corpora) {
    if (is_there(incoming / "corpora" / corpus.id)) pieces.push_back("corpora/" + corpus.id);
  }
  for (const char* suffix : {"-wal", "-shm"}) aside.push_back(std::string(kInstallation) + suffix);
  const fs::path former = BEFFROI_TRY(tenants::take_over(home, pieces, aside));
  if (is_there(former)) restored.former = former;
  return {};
}

}  // namespace

Result<Restored> restore(const RestoreOptions& options) {
  const fs::path& home = options.to.home;
  BEFFROI_CHECK(tenants::make_folder(home));
  const tenants::FolderLock alone = BEFFROI_TRY(tenants::FolderLock::take(home, tenants::FolderLock::Kind::alone));
  BEFFROI_CHECK(tenants::finish_takeover(home));
  if (!options.replace && (is_there(home / kInstallation) || is_there(home / "communes"))) {
    return fail(Code::conflict,
                fmt::format("«\u00a0{}\u00a0» contient déjà des données\u00a0: «\u00a0--replace\u00a0» les garde de côté.", home.string()));
  }
  const Archive archive = BEFFROI_TRY(Archive::open(options.from));
  Restored restored;
  const std::string manifest = BEFFROI_TRY(archive.read(kManifest, kMaxManifestBytes));
  restored.manifest = BEFFROI_TRY(read_manifest(manifest));
  BEFFROI_CHECK(check_entries(archive, restored.manifest));
  BEFFROI_CHECK(check_room(home, restored.manifest));
  const fs::path incoming = tenants::incoming_folder(home);
  std::error_code fault;
  fs::remove_all(incoming, fault);  // of a restoration that was interrupted before it was decided
  const auto undone = [&](Status status) {
    fs::remove_all(incoming, fault);
    return tl::unexpected<Error>(std::move(status).error());
  };
  if (Status done = unpack(archive, restored.manifest, incoming); !done) return undone(std::move(done));
  if (Status done = prepare(restored.manifest, options, incoming); !done) return undone(std::move(done));
  restored.rows = BEFFROI_TRY(count_rows(incoming / kInstallation));
  for (const std::string& node : restored.manifest.nodes) restored.rows += BEFFROI_TRY(count_rows(node_file(incoming, node)));
  restored.has_configuration = fs::exists(incoming / kRestoredConfiguration, fault);
  if (options.to.postgres) {
    if (Status done = fill_server(restored.manifest, options, incoming, restored); !done) return undone(std::move(done));
  }
  BEFFROI_CHECK(change_files(home, restored));
  return restored;
}

}  // namespace beffroi::backup
