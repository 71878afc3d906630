// Faults of what a program sends, as OpenAI's clients read them: always 400 (BadRequestError), with the member at fault.
//
// In this folder the detail of a Code::invalid_argument is the name of that member, « messages[2].content », or empty.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "http/message.h"
#include "http/problem.h"

namespace beffroi::gateway {

[[nodiscard]] tl::unexpected<Error> wrong(std::string parameter, std::string message);
// « … n’est pas pris en charge »: its value would change the meaning of the reply.
[[nodiscard]] tl::unexpected<Error> unsupported(std::string parameter, std::string_view why);
[[nodiscard]] tl::unexpected<Error> unknown_model(std::string_view id);  // 404, code model_not_found
[[nodiscard]] tl::unexpected<Error> not_there_yet(std::string message);  // 501

// The reply to an error of these routes.
[[nodiscard]] http::Problem problem_of(const Error& error);
[[nodiscard]] http::Reply refusal(const Error& error);

}  // namespace beffroi::gateway
