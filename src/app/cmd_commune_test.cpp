// beffroi commune: what it changes is in the journal of the commune, or is not done.
#include <doctest/doctest.h>

#include "app/commands.h"
#include "app/installation.h"
#include "app/store_commands.h"
#include "audit/journal.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::app;

namespace {

struct Machine {
  beffroi::testing::TemporaryFolder folder;
  Config config;

  Machine() {
    config.home = folder.path() / "var";
    config.commune.id = "saint-jean";
    REQUIRE(run_commune_add(config, {.id = "flandre", .name = "Syndicat de Flandre", .is_syndicate = true}) == kDone);
    REQUIRE(run_commune_add(config, {.id = "douai", .name = "Douai", .syndicate = "flandre"}) == kDone);
  }
  // Objects of the changes of settings, the first one first.
  [[nodiscard]] std::string changes(const char* commune) const {
    std::string objects;
    const auto directory = open_directory(config).value();
    const std::vector<tenants::Tenant> all = directory->all().value();
    for (const tenants::Tenant& tenant : all) {
      if (tenant.id() != commune) continue;
      auto lines = audit::latest_lines(tenant, 100).value();
      for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
        CHECK(line->action == "setting_changed");
        CHECK(line->who_kind == "console");
        objects += (objects.empty() ? "" : " ") + line->object + (line->outcome == "done" ? "" : "!");
      }
    }
    return objects;
  }
};

}  // namespace

TEST_CASE("each change of a commune typed on the machine is a line of its journal") {
  const Machine machine;
  const Config& config = machine.config;
  CHECK(run_commune_rename(config, {.id = "douai", .name = "Ville de Douai"}) == kDone);
  CHECK(run_commune_describe(config, {.id = "douai", .telephone = "03 20 00 00 01"}) == kDone);
  CHECK(run_commune_host(config, {.id = "douai", .hosts = {"douai.fr"}}) == kDone);
  CHECK(run_commune_share(config, {.corpus = "modeles", .from = "flandre", .to = "douai"}) == kDone);
  CHECK(run_commune_suspend(config, {.id = "douai"}) == kDone);
  CHECK(run_commune_resume(config, {.id = "douai"}) == kDone);
  CHECK(run_commune_host(config, {.id = "douai", .hosts = {"absent.fr"}, .remove = true}) != kDone);
  CHECK(machine.changes("douai") == "commune town_hall town_hall hosts corpus:modeles suspended resumed hosts hosts!");
  CHECK(machine.changes("flandre") == "commune corpus:modeles");
  CHECK(machine.changes("saint-jean").empty());
}

TEST_CASE("a commune whose journal cannot be written is not changed") {
  const Machine machine;
  {
    const auto directory = open_directory(machine.config).value();
    auto database = directory->tenant("douai")->connect().value();
    REQUIRE(database.execute("DROP TABLE audit_head"));
  }
  const Config& config = machine.config;
  CHECK(run_commune_rename(config, {.id = "douai", .name = "Autre"}) == kFailure);
  CHECK(run_commune_describe(config, {.id = "douai", .telephone = "03 20 00 00 01"}) == kFailure);
  CHECK(run_commune_host(config, {.id = "douai", .hosts = {"douai.fr"}}) == kFailure);
  CHECK(run_commune_share(config, {.corpus = "modeles", .from = "flandre", .to = "douai"}) == kFailure);
  CHECK(run_commune_suspend(config, {.id = "douai"}) == kFailure);
  const auto directory = open_directory(config).value();
  const tenants::Node node = directory->node("douai").value();
  CHECK(node.name == "Douai");
  CHECK(node.hosts.empty());
  CHECK(node.state == tenants::State::active);
  CHECK(directory->town_hall(*directory->tenant("douai"))->telephone.empty());
  const std::vector<tenants::CorpusShare> shares = directory->shares().value();
  for (const tenants::CorpusShare& share : shares) CHECK(share.corpus != "modeles");
}
