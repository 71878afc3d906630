// GET /api/v1/metering: what was asked since the start and what it cost, measured and estimated, each figure with its kind.
#pragma once

#include "http/message.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

[[nodiscard]] Result<http::Reply> metering_reply(const Services& services, const http::Request& request);

}  // namespace beffroi::assistant
