// The doors of the assistant: the JSON API (api/openapi.yaml describes it) and the pages.
#pragma once

#include <functional>

#include "http/router.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

void add_api_routes(http::Router& router, const Entrance& entrance);
// What belongs to no commune: health, the description of the API, the embedded files. `ready`: the base is loaded.
void add_open_routes(http::Router& router, std::function<bool()> ready);
// Also shows the problems met outside /api as pages of the assistant.
void add_page_routes(http::Router& router, const Entrance& entrance);

}  // namespace beffroi::assistant
