// beffroi routes: every address of the service, with the right it asks for and the roles that have it.
#include <fmt/format.h>

#include <string>
#include <vector>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/installation.h"
#include "app/routes.h"
#include "json/writer.h"
#include "people/right.h"

namespace beffroi::app {

namespace {

std::vector<people::Role> roles_with(people::Right right) {
  std::vector<people::Role> roles;
  for (const people::Role role : people::all_roles()) {
    if (people::may(role, right)) roles.push_back(role);
  }
  return roles;
}

void print_json(const http::Router& router) {
  json::Writer out;
  out.begin_object().key("routes").begin_array();
  for (const http::Route& route : router.routes()) {
    out.begin_object().field("method", http::name_of(route.method)).field("pattern", route.pattern).field("right", route.right);
    out.key("roles").begin_array();
    for (const people::Role role : roles_with(*people::right_of(route.right))) out.value(people::name_of(role));
    out.end_array().end_object();
  }
  out.end_array().end_object();
  fmt::print("{}\n", out.text());
}

void print_lines(const http::Router& router) {
  for (const http::Route& route : router.routes()) {
    const people::Right right = *people::right_of(route.right);
    std::string roles;
    for (const people::Role role : roles_with(right)) roles += (roles.empty() ? "" : ", ") + std::string(people::title_of(role));
    fmt::print("{:6} {}\n       {}\u00a0: {}\n", http::name_of(route.method), route.pattern, people::title_of(right), roles);
  }
}

}  // namespace

int run_routes(const Config& config, const RoutesOptions& options) {
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());
  const auto routers = routes_of(**engine, *directory, config, nullptr);
  if (!routers) return say_fault(routers.error());
  if (options.json) print_json(routers->town);
  else print_lines(routers->town);
  return kDone;
}

}  // namespace beffroi::app
