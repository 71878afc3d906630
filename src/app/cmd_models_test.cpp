#include <doctest/doctest.h>

#include "app/commands.h"
#include "app/upstream.h"
#include "base/files.h"
#include "base/log.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::app;
namespace fs = std::filesystem;

namespace {

// A machine where nothing is installed, but for a small model that only its hash describes.
Config bare_machine(const beffroi::testing::TemporaryFolder& folder) {
  log::quiet();
  Config config;
  config.home = folder.path() / "var";
  config.deps = folder.path() / "deps";
  llm::CatalogueEntry model;
  model.id = "petit";
  model.licence = "Apache-2.0";
  model.url = "http://127.0.0.1:1/petit.gguf";
  model.size_bytes = 3;
  model.sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";  // abc
  REQUIRE(llm::add_model(config.models, model));
  return config;
}

}  // namespace

TEST_CASE("models: a bare machine is no fault, a wrong name is a wrong use, what cannot be had is a failure") {
  const beffroi::testing::TemporaryFolder folder;
  const Config config = bare_machine(folder);
  CHECK(run_models_list(config, {}) == kDone);
  CHECK(run_models_list(config, {.id = "", .json = true}) == kDone);
  CHECK(run_models_check(config, {}) == kDone);
  CHECK(run_models_install(config, {.id = "inconnu"}) == kWrongUse);
  CHECK(run_models_check(config, {.id = "inconnu"}) == kWrongUse);
  CHECK(run_models_remove(config, {.id = "inconnu"}) == kWrongUse);
  CHECK(run_models_install(config, {}) == kFailure);  // its pieces were not fetched
  CHECK(run_models_install(config, {.id = "petit"}) == kFailure);
  CHECK(run_models_remove(config, {.id = "petit"}) == kFailure);
  CHECK(run_models_check(config, {.id = "petit"}) == kFailure);
}

TEST_CASE("models: put there by hand, installed, checked, found damaged, removed") {
  const beffroi::testing::TemporaryFolder folder;
  const Config config = bare_machine(folder);
  fs::create_directories(config.models_folder());
  const fs::path file = config.models_folder() / "petit.gguf";
  REQUIRE(write_file_atomically(file, "abc"));
  CHECK(run_models_install(config, {.id = "petit", .json = true}) == kDone);
  CHECK(run_models_check(config, {}) == kDone);
  REQUIRE(write_file_atomically(file, "abd"));
  CHECK(run_models_check(config, {.id = "", .json = true}) == kFailure);
  CHECK(run_models_remove(config, {.id = "petit"}) == kDone);
  CHECK(fs::is_empty(config.models_folder()));
}

TEST_CASE("an upstream is made of what beffroi.toml says, and a key that others can read is refused") {
  const beffroi::testing::TemporaryFolder folder;
  Config config = bare_machine(folder);
  CHECK(configured_upstream(config).value() == nullptr);
  config.upstream.url = "http://127.0.0.1:1/v1";
  config.upstream.model = "m";
  CHECK(configured_upstream(config).value()->model_id() == "m@127.0.0.1:1");
  CHECK(run_models_check(config, {}) == kFailure);  // nobody listens there
  config.upstream.key_file = folder.path() / "cle";
  CHECK(configured_upstream(config).error().code == Code::not_found);
  REQUIRE(write_file_atomically(config.upstream.key_file, "clef-secrete\n"));
  fs::permissions(config.upstream.key_file, fs::perms::owner_read | fs::perms::group_read);
  const auto refused = configured_upstream(config);
  CHECK(refused.error().code == Code::invalid_argument);
  CHECK(refused.error().message.find("clef-secrete") == std::string::npos);
  fs::permissions(config.upstream.key_file, fs::perms::owner_read);
  CHECK(configured_upstream(config).value() != nullptr);
  config.upstream.url = "http://10.0.0.4/v1";
  CHECK(run_models_list(config, {}) == kWrongUse);
}
