// What a menu announces, told by the words of its dishes: fish, pork, fries, the Christmas meal…
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "forecast/panel.h"

namespace beffroi::canteen {

// The flags that menu_flags() raises, in the order of its bits.
[[nodiscard]] std::vector<forecast::Flag> menu_flag_list();

// Bit i is raised when the dish has a word of menu_flag_list()[i]. Accents and case do not count.
[[nodiscard]] std::uint64_t menu_flags(std::string_view dish);

}  // namespace beffroi::canteen
