// The program and its machine as the pages of administration and /metrics tell them.
#pragma once

#include <memory>

#include "app/config.h"
#include "app/engine.h"
#include "app/served.h"
#include "http/traffic.h"
#include "usecases/administration/machine.h"

namespace beffroi::app {

// The engine outlives what is made.
[[nodiscard]] administration::Machine machine_of(const Engine& engine, const std::shared_ptr<Served>& served, const Config& config,
                                                 std::shared_ptr<const http::Traffic> traffic);

}  // namespace beffroi::app
