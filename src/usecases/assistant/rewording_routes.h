// The doors of rewording: the API, and the form of a page without JavaScript. Only for routes.cpp and page_routes.cpp.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

// POST /api/v1/rewordings and GET /api/v1/model
[[nodiscard]] Result<http::Reply> rewording_reply(const Services& services, const http::Request& request);
[[nodiscard]] Result<http::Reply> model_reply(const Services& services, const http::Request& request);

// True when a model is there and in health: the ways to reword are offered.
[[nodiscard]] bool can_reword(const Services& services);
// The same, and it can choose sentences: a thorough question is offered.
[[nodiscard]] bool can_be_thorough(const Services& services);

// The answer reworded, for a question whose words were checked. Code::unavailable: no model.
[[nodiscard]] Result<answers::Rewording> reworded_answer(const Services& services, const answers::Question& question, answers::Style style,
                                                         const std::stop_token& stop);

}  // namespace beffroi::assistant
