// The model served elsewhere that beffroi.toml names.
#pragma once

#include <memory>

#include "app/config.h"
#include "base/result.h"
#include "llm/chat_model.h"
#include "privacy/gate.h"

namespace beffroi::app {

// Null when none is named. Code::invalid_argument: the section [upstream] or its key file cannot be used. Nothing is sent yet.
[[nodiscard]] Result<std::unique_ptr<llm::ChatModel>> configured_upstream(const Config& config);

// What the gate before it does with personal data.
[[nodiscard]] privacy::Policy upstream_policy(const Config& config);

}  // namespace beffroi::app
