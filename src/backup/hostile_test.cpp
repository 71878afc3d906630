// Backups that are damaged, made up, from another time: refused, and nothing of the home changes.
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include <csignal>
#include <random>

#include "backup/archive.h"
#include "backup/make.h"
#include "backup/restore.h"
#include "base/files.h"
#include "base/testing.h"
#include "crypto/digest.h"
#include "tenants/directory.h"
#include "tenants/settings.h"

using namespace beffroi;
namespace fs = std::filesystem;

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;  // path, content

std::vector<db::Migration> tables(bool later = false) {
  std::vector<db::Migration> all = {{1, "CREATE TABLE note (text TEXT NOT NULL) STRICT"}};
  if (later) all.push_back({2, "CREATE TABLE later (text TEXT NOT NULL) STRICT"});
  return all;
}

std::shared_ptr<tenants::Directory> opened(const fs::path& home, bool later = false) {
  tenants::Opening opening;
  opening.storage.home = home;
  opening.tables = tables(later);
  opening.commune = {"demo", false, {"Mairie", {}, {}, {}, {}}};
  auto directory = tenants::Directory::open(std::move(opening));
  REQUIRE(directory);
  return *directory;
}

// A backup of an installation with one note, and a home with another one.
class Scene {
 public:
  explicit Scene(bool later = false) {
    const auto directory = opened(folder_.path() / "source", later);
    REQUIRE(directory->tenant("demo")->connect()->execute("INSERT INTO note VALUES ('sauvé')"));
    backup::BackupOptions options;
    options.out = file();
    options.program = "essai";
    options.tables = tables(later);
    REQUIRE(backup::make_backup(*directory, options));
    REQUIRE(opened(home())->tenant("demo")->connect()->execute("INSERT INTO note VALUES ('présent')"));
  }
  [[nodiscard]] fs::path file() const { return folder_.path() / "s.zip"; }
  [[nodiscard]] fs::path home() const { return folder_.path() / "home"; }

  [[nodiscard]] std::string note(bool later = false) const {
    auto database = opened(home(), later)->tenant("demo")->connect();
    auto row = database->prepare("SELECT text FROM note");
    REQUIRE(row->step().value());
    return std::string(row->text(0));
  }

  // The code of the refusal; the home is as it was.
  [[nodiscard]] std::optional<Code> refusal(const fs::path& from) const {
    const auto restored = backup::restore({from, {home(), {}}, tables(), true});
    if (restored) return std::nullopt;
    CHECK(note() == "présent");
    CHECK_FALSE(fs::exists(home() / "incoming"));
    return restored.error().code;
  }

 private:
  beffroi::testing::TemporaryFolder folder_;
};

Files unpacked(const fs::path& file) {
  Files files;
  const auto archive = backup::Archive::open(file);
  REQUIRE(archive);
  for (const auto& [path, bytes] : archive->entries()) files.emplace_back(path, archive->read(path, 1 << 30).value());
  return files;
}

void write_zip(const fs::path& path, const Files& files, unsigned mode = S_IFREG | 0600) {
  int fault = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &fault);
  REQUIRE(archive != nullptr);
  for (const auto& [name, content] : files) {
    const zip_int64_t index =
        zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8);
    REQUIRE(index >= 0);
    zip_file_set_external_attributes(archive, static_cast<zip_uint64_t>(index), 0, ZIP_OPSYS_UNIX, mode << 16);
  }
  REQUIRE(zip_close(archive) == 0);
}

// A manifest that tells the truth about these files, so that only what the test changes is at fault.
std::string manifest_of(const Files& files) {
  backup::Manifest manifest;
  manifest.program = "essai";
  manifest.nodes = {"demo"};
  for (const auto& [path, content] : files) {
    if (path != backup::kManifest) manifest.files.push_back({path, static_cast<std::int64_t>(content.size()), crypto::sha256_hex(content)});
  }
  return backup::to_json(manifest);
}

std::string& content_of(Files& files, std::string_view path) {
  for (auto& [name, content] : files) {
    if (name == path) return content;
  }
  FAIL("no such file");
  return files.front().second;
}

std::string bytes_of(const fs::path& file) { return read_file(file, 1 << 30).value(); }

}  // namespace

TEST_CASE("a backup cut anywhere, or with any byte changed, is refused or gives back exactly what was saved") {
  const Scene scene;
  const std::string whole = bytes_of(scene.file());
  const fs::path bad = scene.file().parent_path() / "bad.zip";
  std::mt19937 random(20261127);
  for (int i = 0; i < 60; ++i) {
    std::string bytes = whole;
    const std::size_t at = random() % bytes.size();
    CAPTURE(at);
    if (i % 3 == 0) bytes.resize(at);
    else bytes[at] = static_cast<char>(bytes[at] ^ (1 << (random() % 8)));
    REQUIRE(write_file_atomically(bad, bytes));
    const beffroi::testing::TemporaryFolder empty;
    const auto restored = backup::restore({bad, {empty.path() / "home", {}}, tables(), false});
    if (i % 3 == 0) CHECK_FALSE(restored);
    if (!restored) {
      CHECK_FALSE(fs::exists(empty.path() / "home" / "installation.sqlite"));
      continue;
    }
    // A byte that says nothing (a date in the zip's headers).
    auto database = opened(empty.path() / "home")->tenant("demo")->connect();
    auto row = database->prepare("SELECT text FROM note");
    REQUIRE(row->step().value());
    CHECK(row->text(0) == "sauvé");
  }
}

TEST_CASE("names that lead elsewhere, links, and files that are not announced are refused") {
  const Scene scene;
  const Files good = unpacked(scene.file());
  const fs::path bad = scene.file().parent_path() / "bad.zip";
  for (const char* name :
       {"../evade", "/etc/evade", "communes/demo/files/../../../evade", "communes/demo/files//x", "communes/demo/files/./x",
        "communes\\demo\\files\\x", "communes/../x/commune.sqlite", "communes/demo/autre.sqlite", "evade", "communes/DEMO/commune.sqlite",
        "communes/demo/files/a\nb", "corpora/x/autre", "communes/demo/files/"}) {
    CAPTURE(name);
    CHECK_FALSE(backup::is_entry_path(name));
    Files files = good;
    files.emplace_back(name, "x");
    write_zip(bad, files);
    CHECK(scene.refusal(bad) == Code::bad_input);  // not announced
    content_of(files, backup::kManifest) = manifest_of(files);
    write_zip(bad, files);
    CHECK(scene.refusal(bad) == Code::bad_input);  // announced
  }
  write_zip(bad, good, S_IFLNK | 0777);
  CHECK(scene.refusal(bad) == Code::bad_input);
  write_zip(bad, good);
  CHECK_FALSE(scene.refusal(bad));  // and the same files, plain, are a backup
  CHECK(scene.note() == "sauvé");
}

TEST_CASE("files that are missing, altered, or not what they say are refused") {
  const Scene scene;
  Files good = unpacked(scene.file());
  const fs::path bad = scene.file().parent_path() / "bad.zip";
  const auto refused = [&](auto change) {
    Files files = good;
    change(files);
    write_zip(bad, files);
    return scene.refusal(bad);
  };
  const std::string node = "communes/demo/commune.sqlite";
  CHECK(refused([&](Files& files) { std::erase_if(files, [&](const auto& file) { return file.first == node; }); }) == Code::bad_input);
  CHECK(refused([&](Files& files) { std::erase_if(files, [](const auto& file) { return file.first == "manifest.json"; }); }) ==
        Code::bad_input);
  CHECK(refused([&](Files& files) { content_of(files, node)[5000] ^= 1; }) == Code::bad_input);
  CHECK(refused([&](Files& files) { content_of(files, backup::kManifest) = "{"; }) == Code::bad_input);
  CHECK(refused([&](Files& files) { content_of(files, backup::kManifest) = R"({"form":3})"; }) == Code::conflict);
  // True hashes of what is no database, of a damaged one, and of one that belongs elsewhere.
  const auto with = [&](std::string_view path, const std::string& content) {
    return refused([&](Files& files) {
      content_of(files, path) = content;
      content_of(files, backup::kManifest) = manifest_of(files);
    });
  };
  CHECK(with(node, std::string(9000, 'x')) == Code::storage);
  std::string damaged = content_of(good, node);
  for (std::size_t i = 4096; i < 4200; ++i) damaged[i] = static_cast<char>(0xff);
  CHECK(with(node, damaged).has_value());
  CHECK(with(backup::kInstallation, content_of(good, node)).has_value());
  CHECK(scene.refusal(scene.file().parent_path() / "absent.zip") == Code::not_found);
  REQUIRE(write_file_atomically(bad, "pas un zip"));
  CHECK(scene.refusal(bad) == Code::bad_input);
}

TEST_CASE("a backup of a newer program is refused, one of an older program is brought up to date") {
  const Scene newer(true);
  CHECK(newer.refusal(newer.file()) == Code::conflict);
  const Scene older;
  REQUIRE(backup::restore({older.file(), {older.home(), {}}, tables(true), true}));
  CHECK(older.note(true) == "sauvé");
  CHECK(opened(older.home(), true)->tenant("demo")->connect()->execute("INSERT INTO later VALUES ('x')"));
}

TEST_CASE("a full disk: one sentence, nothing left behind, and the former backup still there") {
  const Scene scene;
  const std::string before = bytes_of(scene.file());
  const fs::path source = scene.file().parent_path() / "source";
  {
    auto database = opened(source)->tenant("demo")->connect();
    for (int i = 0; i < 40; ++i) REQUIRE(database->execute("INSERT INTO note VALUES (hex(randomblob(10000)))"));
  }
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);  // no file over 300 kB, for this process only
    const rlimit limit = {300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    backup::BackupOptions options;
    options.out = scene.file();
    options.tables = tables();
    tenants::Opening opening;
    opening.storage.home = source;
    opening.tables = tables();
    opening.commune = {"demo", false, {"Mairie", {}, {}, {}, {}}};
    const auto directory = tenants::Directory::open(std::move(opening));
    const auto made = directory ? backup::make_backup(**directory, options) : fail(Code::internal, "");
    ::_exit(!made && made.error().code == Code::storage && made.error().message.starts_with("Le disque est plein") ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(bytes_of(scene.file()) == before);
  CHECK_FALSE(fs::exists(scene.file().string() + ".partial"));
}
