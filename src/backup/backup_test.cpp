#include <doctest/doctest.h>

#include <fstream>
#include <thread>

#include "backup/archive.h"
#include "backup/copy.h"
#include "backup/make.h"
#include "backup/move.h"
#include "backup/restore.h"
#include "base/files.h"
#include "base/testing.h"
#include "tenants/grants.h"
#include "tenants/settings.h"
#include "tenants/testing/ground.h"

using namespace beffroi;
using db::Engine;
using tenants::testing::StorageGround;
namespace fs = std::filesystem;

namespace {

// Rows of every type; a table that refers to itself, in the wrong order; a journal that refuses to lose a line.
std::vector<db::Migration> tables() {
  std::vector<db::Migration> all = {
      {1,
       "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, weight REAL, data BLOB) STRICT;"
       "CREATE TABLE alley (name TEXT PRIMARY KEY, beside TEXT REFERENCES alley (name)) STRICT, WITHOUT ROWID"},
      {2, "CREATE TABLE mark (note INTEGER NOT NULL REFERENCES note (id), label TEXT NOT NULL) STRICT"}};
  const auto own = tenants::settings_migrations();
  all.insert(all.end(), own.begin(), own.end());
  return all;
}

std::shared_ptr<tenants::Directory> opened(const tenants::Storage& storage, bool alone = false) {
  tenants::Opening opening;
  opening.storage = storage;
  opening.tables = tables();
  opening.commune = {"demo", false, {"Mairie de Beffroi", {}, {}, {}, {}}};
  opening.alone = alone;
  auto directory = tenants::Directory::open(std::move(opening));
  REQUIRE(directory);
  return *directory;
}

// A syndicate and two communes, with something in each.
std::shared_ptr<tenants::Directory> furnished(const tenants::Storage& storage) {
  auto directory = opened(storage);
  REQUIRE(directory->add({"flandre", tenants::Kind::syndicate, "Syndicat", ""}));
  REQUIRE(directory->add({"arras-2", tenants::Kind::commune, "Mairie d’Arras", "flandre"}));
  REQUIRE(directory->add_host("arras-2", "arras.fr"));
  REQUIRE(tenants::write(*directory->tenant("flandre"), tenants::kHours, "le matin", tenants::Reach::below));
  auto arras = directory->tenant("arras-2")->connect();
  REQUIRE(
      arras->execute("INSERT INTO note (id, text, weight) VALUES (7, 'été « à l’œuvre »', 0.1), (8, '', NULL);"
                     "INSERT INTO mark (note, label) VALUES (7, 'a'), (7, 'a');"
                     "INSERT INTO alley (name, beside) VALUES ('z', NULL); INSERT INTO alley (name, beside) VALUES ('a', 'z')"));
  auto blob = arras->prepare("UPDATE note SET data = ? WHERE id = 8");
  const std::string bytes("\0\xff'\n", 4);
  REQUIRE(blob->bind(1, std::as_bytes(std::span(bytes.data(), bytes.size()))));
  REQUIRE(blob->run());
  REQUIRE(directory->tenant("demo")->connect()->execute("INSERT INTO note (text) VALUES ('demo')"));
  REQUIRE(write_file_atomically(directory->tenant("arras-2")->files().value() / "plan.pdf", "%PDF"));
  REQUIRE(write_file_atomically(storage.home / "secret.key", "clé"));
  REQUIRE(write_file_atomically(storage.home / "upstream.key", "scellée"));
  REQUIRE(directory->set_state("arras-2", tenants::State::suspended));  // suspended, and saved like the others
  return directory;
}

using States = std::map<std::string, std::vector<backup::TableState>>;

States states_of(const tenants::Directory& directory) {
  States states;
  auto installation = db::Database::open(*directory.storage().installation());
  auto own = backup::states_of(*installation);
  REQUIRE(own);
  std::erase_if(*own, [](const backup::TableState& state) { return state.table == "backup"; });
  states[""] = *own;
  const auto nodes = directory.all();
  REQUIRE(nodes);
  for (const tenants::Tenant& tenant : *nodes) {
    auto database = tenant.connect();
    states[tenant.id()] = backup::states_of(*database).value();
  }
  return states;
}

backup::BackupOptions to_file(const fs::path& out) {
  backup::BackupOptions options;
  options.out = out;
  options.program = "essai";
  options.tables = tables();
  return options;
}

backup::RestoreOptions from_file(const fs::path& file, const tenants::Storage& to, bool replace = false) {
  return {file, to, tables(), replace};
}

bool can_number_on(const tenants::Tenant& tenant) {
  auto database = tenant.connect();
  return database->execute("INSERT INTO note (text) VALUES ('suivante')").has_value();
}

backup::Restored must(const Result<backup::Restored>& restored) {
  const std::string why = restored ? "" : restored.error().message + " " + restored.error().detail;
  INFO(why);
  REQUIRE(restored);
  return *restored;
}

template <class Test>
void on_each_pair(const Test& test) {
  for (const Engine from : db::testing::engines()) {
    for (const Engine to : db::testing::engines()) {
      INFO(std::string(db::name_of(from)));
      INFO(std::string(db::name_of(to)));
      const StorageGround source(from), target(to);
      test(source, target);
    }
  }
}

}  // namespace

TEST_CASE("a backup restored elsewhere, on either engine, holds the same rows and files") {
  on_each_pair([](const StorageGround& source, const StorageGround& target) {
    const fs::path file = source.folder() / "sauvegarde.zip";
    States before;
    {
      const auto directory = furnished(source.storage());
      before = states_of(*directory);
      const auto made = backup::make_backup(*directory, to_file(file));
      REQUIRE(made);
      CHECK(fs::file_size(file) == static_cast<std::uintmax_t>(made->bytes));
      CHECK(directory->backups()->front().sha256 == made->sha256);
      CHECK((fs::status(file).permissions() & fs::perms::others_read) == fs::perms::none);
      CHECK_FALSE(fs::exists(file.string() + ".partial"));
    }
    const backup::Restored restored = must(backup::restore(from_file(file, target.storage())));
    CHECK(restored.manifest.program == "essai");
    CHECK(restored.former.empty());
    const auto directory = opened(target.storage());
    CHECK(states_of(*directory) == before);
    REQUIRE(directory->set_state("arras-2", tenants::State::active));
    const auto arras = directory->by_host("arras.fr").value();
    CHECK(tenants::read(arras, tenants::kHours).value() == "le matin");
    CHECK(read_file(arras.files().value() / "plan.pdf").value() == "%PDF");
    CHECK(can_number_on(arras));
    CHECK_FALSE(fs::exists(target.storage().home / "secret.key"));  // not asked for
    CHECK(read_file(target.storage().home / "upstream.key").value() == "scellée");
  });
}

TEST_CASE("a backup in the place of a present state keeps that state aside") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const StorageGround ground(engine);
    const fs::path file = ground.folder() / "sauvegarde.zip";
    States before;
    {
      const auto directory = furnished(ground.storage());
      auto options = to_file(file);
      options.with_secret = true;
      REQUIRE(backup::make_backup(*directory, options));
      before = states_of(*directory);
      REQUIRE(directory->tenant("demo")->connect()->execute("INSERT INTO note (text) VALUES ('après la sauvegarde')"));
      CHECK(states_of(*directory) != before);
      // The service runs.
      CHECK(backup::restore(from_file(file, ground.storage(), true)).error().code == Code::busy);
    }
    REQUIRE(write_file_atomically(ground.storage().home / "secret.key", "autre"));
    REQUIRE(write_file_atomically(ground.storage().home / "upstream.key", "d’après"));
    CHECK(backup::restore(from_file(file, ground.storage())).error().code == Code::conflict);
    const backup::Restored restored = must(backup::restore(from_file(file, ground.storage(), true)));
    CHECK(states_of(*opened(ground.storage())) == before);
    CHECK(read_file(ground.storage().home / "secret.key").value() == "clé");
    CHECK(read_file(restored.former / "secret.key").value() == "autre");
    CHECK(read_file(ground.storage().home / "upstream.key").value() == "scellée");
    CHECK(read_file(restored.former / "upstream.key").value() == "d’après");
    if (engine == Engine::sqlite) CHECK(fs::exists(restored.former / "communes" / "demo" / "commune.sqlite"));
    else CHECK_FALSE(restored.former_schemas.empty());
    // And once more: nothing of the first restoration is in the way.
    must(backup::restore(from_file(file, ground.storage(), true)));
    CHECK(states_of(*opened(ground.storage())) == before);
  }
}

TEST_CASE("a store moved to the other engine and back is equal, and an interrupted move goes on") {
  on_each_pair([](const StorageGround& source, const StorageGround& target) {
    States before;
    {
      const auto directory = furnished(source.storage());
      before = states_of(*directory);
    }
    const auto alone = opened(source.storage(), true);
    const auto moved = backup::move_store(*alone, target.storage(), tables(), {});
    REQUIRE(moved);
    CHECK(moved->size() == 4);
    CHECK_FALSE(moved->back().was_there);
    CHECK(backup::move_store(*alone, source.storage(), tables(), {}).error().code == Code::invalid_argument);

    // Begun again: what is equal is passed over, what was not copied is.
    auto demo = db::Database::open(*target.storage().node("demo"));
    REQUIRE(demo->execute("DELETE FROM note"));
    const auto again = backup::move_store(*alone, target.storage(), tables(), {});
    REQUIRE(again);
    for (const backup::Moved& each : *again) CHECK(each.was_there == (each.database != "demo"));
    {
      const auto there = opened(target.storage());
      CHECK(states_of(*there) == before);
      CHECK(can_number_on(*there->tenant("demo")));
    }
    CHECK(read_file(target.storage().home / "secret.key").value() == "clé");
    CHECK(read_file(target.storage().home / "upstream.key").value() == "scellée");
    CHECK(read_file(target.storage().home / "communes" / "arras-2" / "files" / "plan.pdf").value() == "%PDF");

    // Other data there: nothing is written.
    CHECK(backup::move_store(*alone, target.storage(), tables(), {}).error().code == Code::conflict);
  });
}

TEST_CASE("a backup made while others write holds one state of each database") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const StorageGround source(engine), target(Engine::sqlite);
    const auto directory = opened(source.storage());
    const auto demo = directory->tenant("demo").value();
    // Each transaction adds a note and its mark: a state with one and not the other never existed.
    std::jthread writer([&](const std::stop_token& stop) {
      auto database = demo.connect();
      for (int i = 1; database && !stop.stop_requested(); ++i) {
        auto transaction = db::Transaction::begin(*database);
        const std::string number = std::to_string(i);
        if (!transaction || !database->execute("INSERT INTO note (id, text) VALUES (" + number + ", 'x')") ||
            !database->execute("INSERT INTO mark (note, label) VALUES (" + number + ", 'x')") || !transaction->commit())
          return;
      }
    });
    for (int i = 0; i < 5; ++i) REQUIRE(backup::make_backup(*directory, to_file(source.folder() / "s.zip")));
    writer.request_stop();
    writer.join();
    must(backup::restore(from_file(source.folder() / "s.zip", target.storage())));
    auto copy = opened(target.storage())->tenant("demo")->connect();
    auto counts = copy->prepare("SELECT (SELECT count(*) FROM note), (SELECT count(*) FROM mark)");
    REQUIRE(counts->step().value());
    CHECK(counts->number(0) > 0);
    CHECK(counts->number(0) == counts->number(1));
  }
}

TEST_CASE("two backups to one file: the second is told to wait; a folder is no file") {
  const StorageGround ground(Engine::sqlite);
  const auto directory = opened(ground.storage());
  const fs::path file = ground.folder() / "s.zip";
  fs::create_directories(file.string() + ".partial");
  {
    const auto held = tenants::FolderLock::take(file.string() + ".partial", tenants::FolderLock::Kind::alone);
    CHECK(backup::make_backup(*directory, to_file(file)).error().code == Code::busy);
  }
  // What a killed program left is swept.
  REQUIRE(write_file_atomically(file.string() + ".partial/installation.sqlite", "reste"));
  CHECK(backup::make_backup(*directory, to_file(file)));
  CHECK(backup::make_backup(*directory, to_file(ground.folder())).error().code == Code::invalid_argument);
}
