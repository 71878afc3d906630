#include "tenants/takeover.h"

#include <doctest/doctest.h>

#include "base/files.h"
#include "base/testing.h"
#include "tenants/folder_lock.h"
#include "tenants/storage.h"
#include "tenants/testing/commune.h"

using namespace beffroi;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file, std::string_view content) {
  fs::create_directories(file.parent_path());
  REQUIRE(write_file_atomically(file, content));
}

std::string content(const fs::path& file) { return read_file(file).value_or("(absent)"); }

// A home with a former state, and a new one that waits.
void prepare(const fs::path& home) {
  put(home / "installation.sqlite", "ancien");
  put(home / "installation.sqlite-wal", "journal ancien");
  put(home / "communes" / "demo" / "x", "ancien");
  put(home / "models" / "m.gguf", "gardé");
  put(home / "incoming" / "installation.sqlite", "nouveau");
  put(home / "incoming" / "communes" / "demo" / "x", "nouveau");
}

const std::vector<std::string> kPieces = {"installation.sqlite", "communes"};
const std::vector<std::string> kAside = {"installation.sqlite-wal"};

void check_new_state(const fs::path& home, const fs::path& former) {
  CHECK(content(home / "installation.sqlite") == "nouveau");
  CHECK_FALSE(fs::exists(home / "installation.sqlite-wal"));
  CHECK(content(home / "communes" / "demo" / "x") == "nouveau");
  CHECK(content(home / "models" / "m.gguf") == "gardé");
  CHECK(content(former / "installation.sqlite") == "ancien");
  CHECK(content(former / "installation.sqlite-wal") == "journal ancien");
  CHECK(content(former / "communes" / "demo" / "x") == "ancien");
  CHECK_FALSE(fs::exists(home / "incoming"));
  CHECK_FALSE(tenants::takeover_waits(home));
}

}  // namespace

TEST_CASE("a prepared state takes the place of the former one, which is kept aside") {
  beffroi::testing::TemporaryFolder home;
  prepare(home.path());
  const auto former = tenants::take_over(home.path(), kPieces, kAside);
  REQUIRE(former);
  check_new_state(home.path(), *former);
}

TEST_CASE("a change interrupted after any of its renames is finished by whoever opens the home next") {
  for (int done = 0; done <= 5; ++done) {
    CAPTURE(done);
    beffroi::testing::TemporaryFolder folder;
    const fs::path home = folder.path(), former = home / "former-7";
    prepare(home);
    put(home / "takeover", "former-7\n-installation.sqlite-wal\n+installation.sqlite\n+communes\n");
    fs::create_directories(former);
    const std::pair<fs::path, fs::path> renames[] = {{home / "installation.sqlite-wal", former / "installation.sqlite-wal"},
                                                     {home / "installation.sqlite", former / "installation.sqlite"},
                                                     {home / "incoming" / "installation.sqlite", home / "installation.sqlite"},
                                                     {home / "communes", former / "communes"},
                                                     {home / "incoming" / "communes", home / "communes"}};
    for (int i = 0; i < done; ++i) fs::rename(renames[i].first, renames[i].second);
    REQUIRE(tenants::finish_takeover(home));
    check_new_state(home, former);
  }
}

TEST_CASE("a state that was prepared and never decided changes nothing") {
  beffroi::testing::TemporaryFolder home;
  prepare(home.path());
  REQUIRE(tenants::finish_takeover(home.path()));
  CHECK(content(home.path() / "installation.sqlite") == "ancien");
}

TEST_CASE("opening an installation finishes the change first") {
  beffroi::testing::TemporaryFolder home;
  {
    const auto first = tenants::testing::installation(home.path() / "incoming", "saint-jean", {});
    REQUIRE(first);
  }
  put(home.path() / "takeover", "former-7\n+installation.sqlite\n");
  const auto opened = tenants::testing::installation(home.path(), "saint-jean", {});
  REQUIRE(opened);
  CHECK((*opened)->list()->size() == 1);
  CHECK_FALSE(tenants::takeover_waits(home.path()));
}

TEST_CASE("many may have a home open, or one alone") {
  beffroi::testing::TemporaryFolder home;
  using Kind = tenants::FolderLock::Kind;
  {
    const auto server = tenants::FolderLock::take(home.path(), Kind::shared);
    const auto command = tenants::FolderLock::take(home.path(), Kind::shared);
    CHECK(server);
    CHECK(command);
    const auto alone = tenants::FolderLock::take(home.path(), Kind::alone);
    REQUIRE_FALSE(alone);
    CHECK(alone.error().code == Code::busy);
    CHECK(alone.error().message.find("arrêtez le service") != std::string::npos);
  }
  const auto alone = tenants::FolderLock::take(home.path(), Kind::alone);
  CHECK(alone);
  CHECK(tenants::testing::installation(home.path(), "demo", {}).error().code == Code::busy);
  CHECK_FALSE(tenants::FolderLock::take(home.path() / "nowhere", Kind::shared));
}
