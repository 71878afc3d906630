#include "usecases/administration/metrics.h"

#include <doctest/doctest.h>

#include "people/key.h"
#include "usecases/administration/testing/promtool.h"
#include "usecases/administration/testing/site.h"

using namespace beffroi;
using namespace beffroi::administration;
using namespace beffroi::administration::testing;
using people::Right;

namespace {

struct Measured : Site {
  Measured() {
    auto traffic = std::make_shared<http::Traffic>();
    traffic->saw({"GET", "/administration/personnes/{id}", 200, 0.02});
    machine.traffic = traffic;
    machine.worker = [] { return WorkerSeen{"prêt", true, 42, 3, 1, 2}; };
    machine.spent = [] {
      metering::Totals totals;
      totals.generated_tokens = 512;
      return totals;
    };
    const Metrics metrics{door, directory, machine, {}, {"192.0.2.50", "2001:db8::50"}};
    add_metrics_route(router, metrics);
    own = metrics_router(metrics);
  }
  http::Reply ask(const std::string& client, const std::string& key = {}) { return ask_at(router, client, key); }
  static http::Reply ask_at(const http::Router& router, const std::string& client, const std::string& key = {}) {
    const auto target = http::parse_target("/metrics");
    http::Request request;
    request.path = target->path;
    request.client = client;
    request.headers = {{"Host", "saint-jean.fr"}};
    if (!key.empty()) request.headers.emplace_back("Authorization", "Bearer " + key);
    return router.find(http::Method::get, target->segments).route->handler(request);
  }
  std::string key(people::Role role, Right right) {
    const std::string owner = add_person("saint-jean", "qui" + std::to_string(++people_), role);
    return people::issue_key(tenant("saint-jean"), {owner, "essai", {right}, 30}, kNow)->text;
  }

  http::Router own;  // of the address of their own

 private:
  int people_ = 0;
};

}  // namespace

TEST_CASE("the figures are what Prometheus reads, and hold no commune and no person") {
  Measured site;
  site.add_person("saint-paul", "paule", people::Role::agent);
  const http::Reply reply = site.ask("192.0.2.50");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(fault_of_metrics(reply.body) == "");
  CHECK(has(reply, "beffroi_http_requests_total{method=\"GET\",route=\"/administration/personnes/{id}\",status=\"200\"} 1\n"));
  CHECK(has(reply, "beffroi_http_request_duration_seconds_bucket{route=\"/administration/personnes/{id}\",le=\"0.025\"} 1\n"));
  CHECK(has(reply, "beffroi_engine_starts_total 3\n"));
  CHECK(has(reply, "beffroi_engine_requests{state=\"waiting\"} 2\n"));
  CHECK(has(reply, "beffroi_model_tokens_total{kind=\"generated\"} 512\n"));
  CHECK(has(reply, "beffroi_jobs{state=\"failed\"} 0\n"));
  CHECK(has(reply, "beffroi_info{version=\"1.2.3\"} 1\n"));
  for (const char* word : {"saint-paul", "saint-jean", "paule", "syndicat"}) CHECK_FALSE(has(reply, word));
}

TEST_CASE("nobody reads them but a key with the right, or an address that was named") {
  Measured site;
  CHECK(site.ask("192.0.2.1").status == 401);
  CHECK(site.ask("192.0.2.1", "bfr_saint-jean_faux").status == 401);
  CHECK(site.ask("192.0.2.1", site.key(people::Role::agent, Right::ask)).status == 403);
  CHECK(site.ask("192.0.2.1", site.key(people::Role::commune_administrator, Right::see_health)).status == 200);
  CHECK(site.ask("192.0.2.50").status == 200);
}

TEST_CASE("an address that was named is known however it is written") {
  Measured site;
  for (const char* client : {"::ffff:192.0.2.50", "2001:DB8:0:0::50", "2001:db8::50%eth0"}) {
    CAPTURE(client);
    CHECK(site.ask(client).status == 200);
  }
  for (const char* client : {"2001:db8::51", "192.0.2.5", "", "192.0.2.50, 192.0.2.1"}) {
    CAPTURE(client);
    CHECK(site.ask(client).status == 401);
  }
}

TEST_CASE("at an address of their own, this machine and the named ones read them without a key, and nobody else") {
  Measured site;
  for (const char* client : {"127.0.0.1", "127.3.2.1", "::1", "::ffff:127.0.0.1", "192.0.2.50"}) {
    CAPTURE(client);
    CHECK(Measured::ask_at(site.own, client).status == 200);
  }
  for (const char* client : {"192.0.2.1", "::ffff:192.0.2.1", "::2", ""}) {
    CAPTURE(client);
    const http::Reply reply = Measured::ask_at(site.own, client, site.key(people::Role::commune_administrator, Right::see_health));
    CHECK(reply.status == 403);
    CHECK(has(reply, "[metrics]"));
  }
  CHECK(site.own.routes().size() == 1);
}
