// POST /v1/chat/completions: from the official base with its proofs, or by the configured model, marked as written by an AI.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "people/visitor.h"
#include "usecases/gateway/chat_call.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::gateway {

// The name under which the official base answers.
inline constexpr std::string_view kBaseModel = "beffroi-base-officielle";

[[nodiscard]] Result<http::Reply> chat_reply(const Services& services, const people::Visitor& visitor, const http::Request& request);

// The two kinds, for chat.cpp: the call is checked, its model known.
[[nodiscard]] Result<http::Reply> written_reply(const Services& services, const people::Visitor& visitor, const http::Request& request,
                                                ChatCall call);
[[nodiscard]] Result<http::Reply> proven_reply(const Services& services, const people::Visitor& visitor, const http::Request& request,
                                               const ChatCall& call);

}  // namespace beffroi::gateway
