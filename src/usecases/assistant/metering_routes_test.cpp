#include "usecases/assistant/metering_routes.h"

#include <doctest/doctest.h>

#include <vector>

#include "base/testing.h"
#include "tenants/testing/commune.h"
#include "json/reader.h"
#include "metering/lines.h"
#include "usecases/assistant/meter.h"

using namespace beffroi;
using namespace beffroi::assistant;

namespace {

json::Document report_of(const Services& services) {
  const auto reply = metering_reply(services, http::Request{});
  REQUIRE(reply);
  auto document = json::Document::parse(reply->body);
  REQUIRE(document);
  return *std::move(document);
}

std::int64_t integer_at(const json::Node& node, const char* name) {
  const auto found = node.member(name);
  REQUIRE(found);
  const auto value = found->integer();
  REQUIRE(value);
  return *value;
}

}  // namespace

TEST_CASE("what answers cost is counted, kept in the commune's file and told with its kind") {
  const testing::TemporaryFolder home;
  const std::vector<db::Migration> tables(metering::lines_migrations().begin(), metering::lines_migrations().end());
  const auto tenant = tenants::testing::commune(home.path(), "demo", tables);
  REQUIRE(tenant);
  Services services;
  services.meter = std::make_shared<Meter>(*tenant, Meter::LookAtWorker{}, metering::ModelSize{1.54, 1.54, 4});

  services.meter->add("assistant", {});
  llm::Usage usage;
  usage.model = "petit";
  usage.prompt_tokens = 100;
  usage.reused_tokens = 300;
  usage.generated_tokens = 40;
  usage.cpu_s = 2.5;
  services.meter->add("rewording", usage);

  const auto document = report_of(services);
  const json::Node root = document.root();
  const json::Node all = *root.member("all");
  CHECK(integer_at(all, "requests") == 2);
  CHECK(integer_at(all, "without_model") == 1);
  CHECK(integer_at(all, "generated_tokens") == 40);
  CHECK(all.member("joules")->kind() == json::Kind::null);  // one request ran a model and nothing measured it
  const json::Node models = *root.member("models");
  REQUIRE(models.size() == 2);
  CHECK(models.at(0).member("joules")->number() == 0.0);    // without a model: truly nothing
  const json::Node estimate = *models.at(1).member("estimate");
  CHECK(estimate.member("method")->text() == "EcoLogits 0.9.3");
  CHECK(*estimate.member("energy_wh")->number() > 0);

  auto file = tenant->connect();
  REQUIRE(file);
  const auto kept = metering::totals_by_model(*file, "2000-01-01", "2999-12-31");
  REQUIRE(kept);
  CHECK(kept->at("petit").reused_tokens == 300);
  CHECK(kept->at("").requests == 1);
}

TEST_CASE("a model whose size is unknown has no estimate") {
  const testing::TemporaryFolder home;
  const std::vector<db::Migration> tables(metering::lines_migrations().begin(), metering::lines_migrations().end());
  const auto tenant = tenants::testing::commune(home.path(), "demo", tables);
  REQUIRE(tenant);
  Services services;
  services.meter = std::make_shared<Meter>(*tenant, Meter::LookAtWorker{}, std::nullopt);
  llm::Usage usage;
  usage.model = "inconnu";
  usage.generated_tokens = 40;
  services.meter->add("rewording", usage);
  const auto document = report_of(services);
  const json::Node models = *document.root().member("models");
  CHECK(models.at(0).member("estimate")->kind() == json::Kind::null);
}
