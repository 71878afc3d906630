#include "backup/make.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <system_error>

#include "backup/archive.h"
#include "backup/copy.h"
#include "backup/workspace.h"
#include "base/files.h"
#include "crypto/digest.h"
#include "base/clock.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPieceBytes = 1 << 20;

Result<std::string> sha256_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  crypto::Sha256 hash;
  std::string piece(kPieceBytes, '\0');
  while (in) {
    in.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    hash.add(std::string_view(piece.data(), static_cast<std::size_t>(in.gcount())));
  }
  if (in.eof()) return hash.hex();
  return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu.", file.string()));
}

std::string in_sql(const fs::path& path) {
  std::string text = "'";
  for (const char c : path.string()) text += c == '\'' ? std::string("''") : std::string(1, c);
  return text + "'";
}

// One state of a database, in a new SQLite file.
Status copy_out(db::Database& database, std::span<const db::Migration> tables, const fs::path& file) {
  BEFFROI_CHECK(tenants::make_folder(file.parent_path()));
  if (database.engine() == db::Engine::sqlite) return database.execute("VACUUM INTO " + in_sql(file));
  db::Database copy = BEFFROI_TRY(db::Database::open(file));
  BEFFROI_TRY(copy_database(database, copy, tables));
  copy.checkpoint();
  return {};
}

// What goes into the archive, as it is gathered.
class Gathering {
 public:
  Gathering(fs::path folder, const BackupOptions& options) : folder_(std::move(folder)) {
    manifest_.program = options.program;
    manifest_.made_at_ms = now_ms();
  }

  Status database(db::Database& database, std::span<const db::Migration> tables, const std::string& path) {
    BEFFROI_CHECK(copy_out(database, tables, folder_ / path));
    return file(path, folder_ / path);
  }

  // A file that may change under our eyes is copied first.
  Status changing_file(const std::string& path, const fs::path& source) {
    BEFFROI_CHECK(tenants::make_folder((folder_ / path).parent_path()));
    std::error_code fault;
    fs::copy_file(source, folder_ / path, fault);
    if (fault == std::errc::no_such_file_or_directory) return {};  // removed meanwhile
    if (fault == std::errc::no_space_on_device) return disk_full(fault.message());
    if (fault) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être copié.", source.string()), fault.message());
    return file(path, folder_ / path);
  }

  Status node(const tenants::Tenant& tenant, const db::Place& place, std::span<const db::Migration> tables) {
    db::Database opened = BEFFROI_TRY(db::Database::open(place, kLong));
    manifest_.nodes.push_back(tenant.id());
    BEFFROI_CHECK(database(opened, tables, fmt::format("communes/{}/commune.sqlite", tenant.id())));
    const fs::path files = BEFFROI_TRY(tenant.files());
    std::error_code fault;
    for (fs::recursive_directory_iterator each(files, fault), end; !fault && each != end; each.increment(fault)) {
      if (!each->is_regular_file(fault) || each->is_symlink(fault)) continue;
      const std::string path = fmt::format("communes/{}/files/{}", tenant.id(), each->path().lexically_relative(files).generic_string());
      if (!is_entry_path(path))
        return fail(Code::bad_input, fmt::format("Le nom du fichier «\u00a0{}\u00a0» n’est pas accepté.", each->path().string()));
      BEFFROI_CHECK(changing_file(path, each->path()));
    }
    return {};
  }

  void corpus(const CorpusAtHand& corpus) { manifest_.corpora.push_back({corpus.id, corpus.generation}); }

  Status write(const fs::path& archive) {
    const fs::path manifest = folder_ / kManifest;
    BEFFROI_CHECK(write_file_atomically(manifest, to_json(manifest_)));
    packed_.insert(packed_.begin(), {std::string(kManifest), manifest});
    return write_archive(archive, packed_);
  }

  [[nodiscard]] const fs::path& folder() const { return folder_; }
  [[nodiscard]] std::int64_t made_at_ms() const { return manifest_.made_at_ms; }

 private:
  static tl::unexpected<Error> disk_full(std::string detail) {
    return fail(Code::storage, "Le disque est plein\u00a0: la sauvegarde n’a pas été faite, libérez de la place puis recommencez.",
                std::move(detail));
  }

  Status file(const std::string& path, const fs::path& source) {
    std::error_code fault;
    const auto bytes = static_cast<std::int64_t>(fs::file_size(source, fault));
    if (fault) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu.", source.string()), fault.message());
    manifest_.files.push_back({path, bytes, BEFFROI_TRY(sha256_of(source))});
    packed_.push_back({path, source});
    return {};
  }

  const fs::path folder_;
  Manifest manifest_;
  std::vector<Packed> packed_;
};

Result<std::set<std::string>> nodes_of(const fs::path& installation) {
  db::Database database = BEFFROI_TRY(db::Database::open(installation, {.access = db::Access::read_only}));
  std::set<std::string> nodes;
  db::Statement rows = BEFFROI_TRY(database.prepare("SELECT id FROM node"));
  while (BEFFROI_TRY(rows.step())) nodes.emplace(rows.text(0));
  return nodes;
}

Status gather(const tenants::Directory& directory, const BackupOptions& options, Gathering& gathering) {
  {
    const db::Place place = BEFFROI_TRY(directory.storage().installation());
    db::Database installation = BEFFROI_TRY(db::Database::open(place, kLong));
    BEFFROI_CHECK(gathering.database(installation, tenants::installation_tables(), std::string(kInstallation)));
  }
  // A node added meanwhile is not in the copied tree: it will be in the next backup.
  const std::set<std::string> nodes = BEFFROI_TRY(nodes_of(gathering.folder() / kInstallation));
  for (const tenants::Tenant& tenant : BEFFROI_TRY(directory.all())) {
    if (!nodes.contains(tenant.id())) continue;
    const db::Place place = BEFFROI_TRY(directory.storage().node(tenant.id()));
    BEFFROI_CHECK(gathering.node(tenant, place, options.tables));
  }
  for (const CorpusAtHand& corpus : options.corpora) {
    gathering.corpus(corpus);
    if (!options.with_corpora) continue;
    db::Database opened = BEFFROI_TRY(db::Database::open(corpus.folder / "corpus.sqlite"));
    BEFFROI_CHECK(gathering.database(opened, {}, fmt::format("corpora/{}/corpus.sqlite", corpus.id)));
  }
  std::error_code absent;
  const fs::path upstream = directory.storage().home / kUpstreamKey;  // sealed: tells nothing without secret.key
  if (fs::exists(upstream, absent)) BEFFROI_CHECK(gathering.changing_file(std::string(kUpstreamKey), upstream));
  const fs::path secret = directory.storage().home / kSecretKey;
  if (options.with_secret && fs::exists(secret, absent)) BEFFROI_CHECK(gathering.changing_file(std::string(kSecretKey), secret));
  if (options.configuration.empty() || !fs::exists(options.configuration, absent)) return {};
  return gathering.changing_file(std::string(kConfiguration), options.configuration);
}

Status put_in_place(const fs::path& archive, const fs::path& out) {
  std::error_code fault;
  fs::rename(archive, out, fault);
  if (fault) return fail(Code::storage, fmt::format("Impossible d’écrire «\u00a0{}\u00a0».", out.string()), fault.message());
  const int folder = ::open(out.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return {};
}

}  // namespace

Result<tenants::BackupMade> make_backup(tenants::Directory& directory, const BackupOptions& options) {
  const fs::path out = fs::absolute(options.out);
  std::error_code fault;
  if (out.filename().empty() || fs::is_directory(out, fault)) {
    return fail(Code::invalid_argument,
                fmt::format("«\u00a0{}\u00a0» est un dossier\u00a0: donnez le nom du fichier à écrire.", out.string()));
  }
  const Workspace workspace = BEFFROI_TRY(Workspace::open(out.string() + ".partial"));
  Gathering gathering(workspace.folder(), options);
  BEFFROI_CHECK(gather(directory, options, gathering));
  const fs::path archive = workspace.folder() / "archive.zip";
  BEFFROI_CHECK(gathering.write(archive));
  tenants::BackupMade made{out.string(), gathering.made_at_ms(), 0, BEFFROI_TRY(sha256_of(archive))};
  made.bytes = static_cast<std::int64_t>(fs::file_size(archive, fault));
  BEFFROI_CHECK(put_in_place(archive, out));
  BEFFROI_CHECK(directory.keep_backup(made));
  return made;
}

}  // namespace beffroi::backup
