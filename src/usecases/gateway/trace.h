// What the journal of the commune holds of the gateway's work: who, from which sources, with which model, the outcome. Never contents.
#pragma once

#include <string>

#include "answers/answer.h"
#include "base/result.h"
#include "people/visitor.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::gateway {

// Before the reply is shown.
[[nodiscard]] Status note_answered(const Services& services, const people::Visitor& visitor, const answers::Answer& answer);
// Before a model writes: « begun »; `outcome` says how it ended.
[[nodiscard]] Status note_generated(const Services& services, const people::Visitor& visitor, const std::string& model,
                                    std::string outcome);
// Before a quota changes; `key`: empty for the commune.
[[nodiscard]] Status note_quota(const Services& services, const people::Visitor& visitor, const std::string& key);

}  // namespace beffroi::gateway
