#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <string>

#include "app/canteen_commands.h"
#include "app/commands.h"
#include "app/installation.h"
#include "base/files.h"
#include "base/testing.h"
#include "usecases/canteen/testing/small_town.h"

using namespace beffroi;
using namespace beffroi::app;

namespace {

const forecast::Day kToday = forecast::day_of({2018, 6, 19});

// A commune with a year of meals served in three canteens, and a folder for files.
struct Town {
  beffroi::testing::TemporaryFolder folder;
  Config config;

  Town() {
    config.home = folder.path() / "var";
    config.deps = folder.path() / "deps";
    canteen::testing::fill(*connect(), kToday);
  }
  [[nodiscard]] std::unique_ptr<db::Database> connect() const {
    return std::make_unique<db::Database>((*open_directory(config))->by_host({})->connect().value());
  }
  [[nodiscard]] CanteenImportOptions file(std::string_view text) const {
    CanteenImportOptions options;
    options.file = folder.path() / "repas.csv";
    REQUIRE(write_file_atomically(options.file, text));
    return options;
  }
};

// What `act` prints.
template <class Act>
std::string printed(const beffroi::testing::TemporaryFolder& folder, const Act& act) {
  const std::string path = folder.path() / "printed";
  std::fflush(stdout);
  const int kept = ::dup(STDOUT_FILENO);
  REQUIRE(std::freopen(path.c_str(), "w", stdout) != nullptr);
  act();
  std::fflush(stdout);
  ::dup2(kept, STDOUT_FILENO);
  ::close(kept);
  return read_file(path).value();
}

}  // namespace

TEST_CASE("canteen import tells what is strange in a file before it writes, and nothing of a file like the others") {
  const Town town;
  const auto check = [&](std::string_view text) {
    CanteenImportOptions options = town.file(text);
    options.check = true;
    return printed(town.folder, [&] { CHECK(run_canteen_import(town.config, options) == kDone); });
  };
  const std::string strange = check("date;cantine;type;servis\n2018-06-19;Sully;E;900\n");
  CHECK(strange.find("Ce qui étonne\u00a0:\n- ") != std::string::npos);
  CHECK(strange.find("900 repas") != std::string::npos);
  CHECK(strange.find("Importé") == std::string::npos);
  CHECK(check("date;cantine;type;servis\n2018-06-19;Sully;E;118\n").find("étonne") == std::string::npos);

  const CanteenImportOptions options = town.file("date;cantine;type;servis\n2018-06-19;Sully;E;900\n");
  const std::string done = printed(town.folder, [&] { CHECK(run_canteen_import(town.config, options) == kDone); });
  CHECK(done.find("900 repas") < done.find("Importé\u00a0: "));
  CHECK(done.find("Importé\u00a0: ") != std::string::npos);
}
