// Who may read the figures, at each of the two places where they can be served.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "http/problem.h"
#include "usecases/administration/metrics.h"
#include "usecases/administration/prometheus.h"

namespace beffroi::administration {

namespace {

// In the writing of IPv6, that of IPv4 included: the same machine is the same bytes, however it is written.
std::optional<in6_addr> machine_of(const std::string& address) {
  in6_addr machine{};
  in_addr short_one{};
  const std::string plain = address.substr(0, address.find('%'));  // without an interface
  const std::string written = ::inet_pton(AF_INET, plain.c_str(), &short_one) == 1 ? "::ffff:" + plain : plain;
  if (::inet_pton(AF_INET6, written.c_str(), &machine) != 1) return std::nullopt;
  return machine;
}

bool is_allowed(const Metrics& metrics, const std::string& client) {
  const auto machine = machine_of(client);
  return machine && std::any_of(metrics.allowed.begin(), metrics.allowed.end(), [&machine](const std::string& allowed) {
           const auto one = machine_of(allowed);
           return one && std::equal(std::begin(one->s6_addr), std::end(one->s6_addr), std::begin(machine->s6_addr));
         });
}

bool is_this_machine(const std::string& client) {
  const auto machine = machine_of(client);
  if (!machine) return false;
  const in6_addr& address = *machine;
  return IN6_IS_ADDR_LOOPBACK(&address) || (IN6_IS_ADDR_V4MAPPED(&address) && address.s6_addr[12] == 127);
}

http::Reply refused(const Error& error) {
  http::Reply reply = http::problem_json(http::problem_of(error));
  if (error.code == Code::unauthenticated) reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Beffroi\"");
  return reply;
}

http::Reply figures(const Metrics& metrics) {
  http::Reply reply = http::text_reply(metrics_text(metrics));
  reply.content_type = kPrometheusType;
  return reply;
}

http::Reply to_the_town(const Metrics& metrics, const http::Request& request) {
  if (!is_allowed(metrics, people::client_of(request, metrics.edge).address)) {
    if (const auto visitor = metrics.door->admit(request, people::Right::see_health); !visitor) return refused(visitor.error());
  }
  return figures(metrics);
}

http::Reply to_the_machine(const Metrics& metrics, const http::Request& request) {
  if (is_this_machine(request.client) || is_allowed(metrics, request.client)) return figures(metrics);
  return refused(Error{Code::denied,
                       "Cette machine ne lit pas les mesures\u00a0: ajoutez son adresse à allow, section [metrics] de beffroi.toml.",
                       "not allowed"});
}

}  // namespace

// The door is asked by the handler itself: an allowed address passes without.
void add_metrics_route(http::Router& router, const Metrics& metrics) {
  http::Route route =
      people::open_route(http::Method::get, "/metrics", [metrics](const http::Request& request) { return to_the_town(metrics, request); });
  route.right = people::name_of(people::Right::see_health);
  router.add(std::move(route));
}

http::Router metrics_router(const Metrics& metrics) {
  http::Router router;
  router.get("/metrics", [metrics](const http::Request& request) { return to_the_machine(metrics, request); });
  return router;
}

}  // namespace beffroi::administration
