// The key of the model served elsewhere: sealed in <home>/upstream.key with <home>/secret.key, for one address only, or in a file of
// mode 600 that `[upstream] key_file` names. Never in a message, never in a log.
#pragma once

#include <string>
#include <string_view>

#include "app/config.h"
#include "base/result.h"

namespace beffroi::app {

// Empty when there is none. Code::not_found when the file that should hold it, or secret.key, is missing; Code::bad_input when it was
// sealed with another secret.key or for another address: what opens nowhere is never sent.
[[nodiscard]] Result<std::string> upstream_key(const Config& config);

// Code::invalid_argument: no `[upstream] url` to keep it for, a `key_file` named already, or no key: one line of visible ASCII characters.
[[nodiscard]] Status keep_upstream_key(const Config& config, std::string_view key);

// What to say of it once a backup was put back: it opens, or what to do; empty when the configuration names no model served elsewhere and
// no key came back. `restored`: the backup held one.
[[nodiscard]] std::string upstream_key_after_restore(const Config& config, bool restored);

// Code::not_found when none is kept.
[[nodiscard]] Status forget_upstream_key(const Config& config);

}  // namespace beffroi::app
