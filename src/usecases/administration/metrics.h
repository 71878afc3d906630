// GET /metrics, for Prometheus: numbers about the program and its machine, by route pattern. No commune, no person, no contents.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/router.h"
#include "people/client.h"
#include "people/door.h"
#include "tenants/directory.h"
#include "usecases/administration/machine.h"

namespace beffroi::administration {

struct Metrics {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<const tenants::Directory> directory;
  Machine machine;
  people::Edge edge;
  std::vector<std::string> allowed;  // addresses of machines that may read it without a key; empty: none
};

// At the town's address. Read by a key or a person with Right::see_health, or from an allowed address; 401 or 403 otherwise.
void add_metrics_route(http::Router& router, const Metrics& metrics);

// Alone at an address of their own. Read without a key, by this machine and the allowed ones; 403 otherwise. No proxy is believed.
[[nodiscard]] http::Router metrics_router(const Metrics& metrics);

// The figures themselves.
[[nodiscard]] std::string metrics_text(const Metrics& metrics);

}  // namespace beffroi::administration
