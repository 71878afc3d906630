#include "metering/ledger.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

#include "db/testing.h"
#include "metering/lines.h"
#include "metering/process_cpu.h"

using namespace beffroi;
using namespace beffroi::metering;

namespace {

llm::Usage usage(const std::string& model, std::optional<double> joules = std::nullopt) {
  llm::Usage made;
  made.model = model;
  made.prompt_tokens = 100;
  made.reused_tokens = 900;
  made.generated_tokens = 20;
  made.cpu_s = 1.5;
  made.wall_s = 1;
  made.joules = joules;
  return made;
}

}  // namespace

TEST_CASE("requests are counted by commune and by model, those without a model apart") {
  Ledger ledger;
  ledger.add({"saint-jean", "assistant", usage("qwen", 12.5)});
  ledger.add({"saint-jean", "assistant", {}});
  ledger.add({"saint-paul", "assistant", usage("qwen")});
  const auto report = ledger.report();
  CHECK(report.all.requests == 3);
  CHECK(report.all.without_model == 1);
  CHECK(report.all.prompt_tokens == 200);
  CHECK(report.all.reused_tokens == 1800);
  CHECK(report.all.generated_tokens == 40);
  CHECK(report.all.cpu_s == 3);
  CHECK(report.by_commune.at("saint-jean").requests == 2);
  CHECK(report.by_commune.at("saint-paul").requests == 1);
  CHECK(report.by_model.at("qwen").requests == 2);
  CHECK(report.by_model.at("").without_model == 1);
}

TEST_CASE("joules are known when every request with a model was measured; a request without a model drew none for one") {
  Ledger ledger;
  ledger.add({"a", "assistant", {}});
  CHECK(ledger.report().all.joules() == 0.0);
  ledger.add({"a", "assistant", usage("qwen", 12.5)});
  CHECK(ledger.report().all.joules() == 12.5);
  ledger.add({"a", "assistant", usage("qwen")});
  CHECK_FALSE(ledger.report().all.joules());
  CHECK(ledger.report().all.measured_joules == 12.5);
  CHECK(ledger.report().all.measured == 1);
}

TEST_CASE("tokens that an upstream did not tell are said to be unknown") {
  Ledger ledger;
  llm::Usage unsaid = usage("albert");
  unsaid.tokens_known = false;
  ledger.add({"a", "assistant", unsaid});
  CHECK(ledger.report().all.tokens_unknown == 1);
}

TEST_CASE("what a worker used and no request asked for is idle, over its restarts") {
  Ledger ledger;
  ledger.saw_worker("llm", 10, 2);
  CHECK(ledger.report().idle_cpu_s == 2);
  ledger.add({"a", "assistant", usage("qwen")});
  ledger.saw_worker("llm", 10, 4);
  ledger.saw_worker("speech", 30, 1);
  CHECK(ledger.report().worker_cpu_s == 5);
  CHECK(ledger.report().idle_cpu_s == 3.5);
  ledger.saw_worker("llm", 11, 0.5);  // it died and began anew
  CHECK(ledger.report().worker_cpu_s == 5.5);
  ledger.saw_worker("llm", 11, 0.5);
  CHECK(ledger.report().worker_cpu_s == 5.5);
}

TEST_CASE("many threads lose no request") {
  Ledger ledger;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 8; ++t) {
      threads.emplace_back([&ledger, t] {
        for (int i = 0; i < 500; ++i) ledger.add({std::to_string(t % 3), "assistant", usage("qwen", 1.0)});
      });
    }
  }
  CHECK(ledger.report().all.requests == 4000);
  CHECK(ledger.report().all.joules() == 4000.0);
}

TEST_CASE("a process's time grows as it works; one that is not there has none") {
  const auto before = process_cpu_s(::getpid());
  REQUIRE(before);
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (*process_cpu_s(::getpid()) < *before + 0.03 && std::chrono::steady_clock::now() < limit) {
  }
  CHECK(*process_cpu_s(::getpid()) >= *before + 0.03);
  CHECK_FALSE(process_cpu_s(-1));
}

TEST_CASE("rows of a commune's file add up to the same totals, and hold no text of anyone") {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto file = db::Database::open(ground.place());
    REQUIRE(file);
    REQUIRE(file->migrate(lines_migrations()));
    Ledger ledger;
    llm::Usage unsaid = usage("albert");
    unsaid.tokens_known = false;
    for (const Line& line : {Line{"a", "assistant", usage("qwen", 12.5)}, Line{"a", "assistant", usage("qwen")}, Line{"a", "assistant", {}},
                             Line{"a", "rewording", unsaid}}) {
      ledger.add(line);
      REQUIRE(keep(*file, line));
    }
    const auto found = totals_by_model(*file, "2000-01-01", "9999-12-31");
    REQUIRE(found);
    const auto expected = ledger.report().by_model;
    REQUIRE(found->size() == expected.size());
    for (const auto& [model, totals] : expected) {
      CAPTURE(model);
      const Totals& row = found->at(model);
      CHECK(row.requests == totals.requests);
      CHECK(row.without_model == totals.without_model);
      CHECK(row.prompt_tokens == totals.prompt_tokens);
      CHECK(row.reused_tokens == totals.reused_tokens);
      CHECK(row.generated_tokens == totals.generated_tokens);
      CHECK(row.tokens_unknown == totals.tokens_unknown);
      CHECK(row.cpu_s == totals.cpu_s);
      CHECK(row.wall_s == totals.wall_s);
      CHECK(row.joules() == totals.joules());
      CHECK(row.measured == totals.measured);
    }
    CHECK(totals_by_model(*file, "2000-01-01", "2000-12-31")->empty());
  }
}
