// The description of the API (api/openapi.yaml), carried by the program.
#pragma once

#include <string_view>

namespace beffroi::assistant {

[[nodiscard]] std::string_view openapi_yaml();

}  // namespace beffroi::assistant
