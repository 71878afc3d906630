// The « messages » of a chat call, put in the order that every model takes: instructions, exchanges that alternate, a last message.
#pragma once

#include "base/result.h"
#include "json/reader.h"
#include "usecases/gateway/chat_call.h"

namespace beffroi::gateway {

[[nodiscard]] Result<Conversation> conversation_of(const json::Node& root);

}  // namespace beffroi::gateway
