#include "app/upstream_key.h"

#include <doctest/doctest.h>

#include <iostream>
#include <sstream>

#include "app/commands.h"
#include "app/store_commands.h"
#include "app/upstream.h"
#include "base/files.h"
#include "base/log.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::app;
using beffroi::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view kKey = "sk-3f9a_A";

Config with_upstream(const TemporaryFolder& folder) {
  log::quiet();
  Config config;
  config.home = folder.path() / "var";
  config.upstream.url = "https://albert.exemple.fr/v1";
  config.upstream.model = "m";
  return config;
}

class Typed {
 public:
  explicit Typed(const std::string& text) : text_(text), before_(std::cin.rdbuf(text_.rdbuf())) {}
  ~Typed() {
    std::cin.rdbuf(before_);
    std::cin.clear();
  }
  Typed(const Typed&) = delete;
  Typed& operator=(const Typed&) = delete;

 private:
  std::istringstream text_;
  std::streambuf* before_;
};

}  // namespace

TEST_CASE("the key of the upstream: typed once, kept sealed, read again, forgotten") {
  const TemporaryFolder folder;
  const Config config = with_upstream(folder);
  CHECK(upstream_key(config).value().empty());
  {
    const Typed typed("sk-3f9a_A\r\n");
    CHECK(run_models_key_set(config, {}) == kDone);
  }
  CHECK(upstream_key(config).value() == kKey);
  CHECK(read_file(config.home / "upstream.key")->find(kKey) == std::string::npos);
  CHECK(configured_upstream(config).value() != nullptr);
  {
    const Typed typed("sk-autre");
    CHECK(run_models_key_set(config, {.id = "", .json = true}) == kDone);
  }
  CHECK(upstream_key(config).value() == "sk-autre");
  CHECK(run_models_key_remove(config, {}) == kDone);
  CHECK(upstream_key(config).value().empty());
  CHECK(run_models_key_remove(config, {}) == kFailure);
}

TEST_CASE("a key is one line of visible characters, for an address that is configured") {
  const TemporaryFolder folder;
  Config config = with_upstream(folder);
  for (const char* wrong : {"", "\n", "deux mots\n", "clé", "a\tb", "a\x01"}) {
    const Typed typed(wrong);
    CHECK(run_models_key_set(config, {}) == kWrongUse);
  }
  CHECK_FALSE(fs::exists(config.home / "upstream.key"));
  config.upstream.key_file = folder.path() / "cle";
  CHECK(keep_upstream_key(config, kKey).error().code == Code::invalid_argument);
  config.upstream = {};
  CHECK(keep_upstream_key(config, kKey).error().code == Code::invalid_argument);
}

TEST_CASE("kept for one address, the key goes to no other") {
  const TemporaryFolder folder;
  Config config = with_upstream(folder);
  REQUIRE(keep_upstream_key(config, kKey));
  config.upstream.url = "https://albert.exemple.fr/v2";
  CHECK(upstream_key(config).value() == kKey);  // the same server
  for (const char* other : {"https://ailleurs.exemple.fr/v1", "https://albert.exemple.fr:8443/v1"}) {
    config.upstream.url = other;
    const auto refused = configured_upstream(config);
    CHECK(refused.error().code == Code::bad_input);
    CHECK(refused.error().message.find(kKey) == std::string::npos);
  }
}

TEST_CASE("without its secret.key, or with another, the upstream is refused in one sentence and nothing is made anew") {
  const TemporaryFolder folder;
  const Config config = with_upstream(folder);
  REQUIRE(keep_upstream_key(config, kKey));
  const fs::path secret = config.home / "secret.key";
  fs::rename(secret, folder.path() / "sauvegarde");
  const auto missing = configured_upstream(config);
  CHECK(missing.error().code == Code::not_found);
  CHECK(missing.error().message.find("secret.key") != std::string::npos);
  CHECK_FALSE(fs::exists(secret));
  Config elsewhere = config;
  elsewhere.home = folder.path() / "autre";
  REQUIRE(keep_upstream_key(elsewhere, kKey));
  fs::copy_file(elsewhere.home / "secret.key", secret);
  CHECK(configured_upstream(config).error().code == Code::bad_input);
  fs::rename(folder.path() / "sauvegarde", secret);
  CHECK(upstream_key(config).value() == kKey);
  fs::permissions(secret, fs::perms::group_read, fs::perm_options::add);
  CHECK(upstream_key(config).error().code == Code::denied);
}

TEST_CASE("a backup brings the sealed key back; what it cannot open is said at once") {
  const TemporaryFolder folder;
  const Config config = with_upstream(folder);
  REQUIRE(keep_upstream_key(config, kKey));
  Config elsewhere = config;
  elsewhere.home = folder.path() / "ailleurs";
  const fs::path with_secret = folder.path() / "avec.zip", without = folder.path() / "sans.zip";
  REQUIRE(run_backup(config, {.out = with_secret, .with_secret = true}) == kDone);
  REQUIRE(run_backup(config, {.out = without}) == kDone);
  REQUIRE(run_restore(elsewhere, {.from = with_secret}) == kDone);
  CHECK(upstream_key(elsewhere).value() == kKey);
  CHECK(upstream_key_after_restore(elsewhere, true).find("s’ouvre") != std::string::npos);

  elsewhere.home = folder.path() / "troisième";
  REQUIRE(run_restore(elsewhere, {.from = without}) == kDone);
  CHECK(fs::exists(elsewhere.home / "upstream.key"));
  CHECK(upstream_key_after_restore(elsewhere, true).find("secret.key") != std::string::npos);
  fs::remove(elsewhere.home / "upstream.key");
  CHECK(upstream_key_after_restore(elsewhere, false).find("models key set") != std::string::npos);
  elsewhere.upstream = {};
  CHECK(upstream_key_after_restore(elsewhere, false).empty());
}
