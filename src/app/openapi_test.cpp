// The description of the API against the routes: neither may know a path or a method that the other does not.
#include "usecases/assistant/openapi.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "usecases/administration/metrics.h"
#include "usecases/assistant/routes.h"
#include "usecases/gateway/gateway.h"

using namespace beffroi;

namespace {

// "GET /api/v1/search" for each operation, read from the lines of `paths:` (two spaces before a path, four before a method).
std::set<std::string> described(std::string_view yaml) {
  std::set<std::string> operations;
  std::string path;
  bool inside = false;
  while (!yaml.empty()) {
    const std::size_t end = std::min(yaml.find('\n'), yaml.size());
    const std::string line(yaml.substr(0, end));
    yaml.remove_prefix(std::min(end + 1, yaml.size()));
    if (!line.empty() && line.front() != ' ') inside = line == "paths:";
    if (!inside) continue;
    if (line.starts_with("  /")) path = line.substr(2, line.size() - 3);
    for (const char* method : {"get", "post", "put", "delete"}) {
      if (line != "    " + std::string(method) + ":") continue;
      std::string name(method);
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
      operations.insert(name.append(" ").append(path));
    }
  }
  return operations;
}

std::set<std::string> routed() {
  http::Router router;
  assistant::add_api_routes(router, {});
  assistant::add_open_routes(router, [] { return true; });
  gateway::add_api_routes(router, {});
  administration::add_metrics_route(router, {});
  std::set<std::string> operations;
  for (const http::Route& route : router.routes()) {
    CHECK_FALSE(route.right.empty());
    if (route.pattern.starts_with("/assets/")) continue;
    std::string path = route.pattern;
    if (const std::size_t rest = path.find("...}"); rest != std::string::npos) path.erase(rest, 3);  // a parameter that may hold slashes
    operations.insert(std::string(http::name_of(route.method)) + " " + path);
  }
  return operations;
}

}  // namespace

TEST_CASE("the API is described as it is routed") {
  const auto described_operations = described(assistant::openapi_yaml());
  CHECK(described_operations.size() > 5);
  CHECK(described_operations == routed());
}
