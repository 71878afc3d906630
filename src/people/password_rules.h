// What a new password must be: long rather than odd (CNIL's recommendation of 2022 and NIST SP 800-63B): at least 12 characters, not one
// that everybody tries first, not the person's own name. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::people {

inline constexpr std::size_t kLeastPasswordCharacters = 12;

// Code::invalid_argument, with what to do about it.
[[nodiscard]] Status check_new_password(std::string_view password, std::string_view login, std::string_view name);

// For an administrator to hand out: « k7wm-p3xa-9hqd-c2vt », 79 random bits, without letters that are taken for digits.
[[nodiscard]] std::string generated_password();

}  // namespace beffroi::people
