// The doors of the assistant: the JSON API (api/openapi.yaml describes it) and the pages.
#pragma once

#include "http/router.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

void add_api_routes(http::Router& router, const Services& services);
// Also shows the problems met outside /api as pages of the assistant.
void add_page_routes(http::Router& router, const Services& services);

}  // namespace beffroi::assistant
