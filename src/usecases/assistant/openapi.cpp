#include "usecases/assistant/openapi.h"

extern "C" const char beffroi_openapi_begin[];
extern "C" const char beffroi_openapi_end[];

namespace beffroi::assistant {

std::string_view openapi_yaml() { return {beffroi_openapi_begin, static_cast<std::size_t>(beffroi_openapi_end - beffroi_openapi_begin)}; }

}  // namespace beffroi::assistant
