#include "base/error.h"

#include <utility>

namespace beffroi {

std::string_view name_of(Code code) {
  switch (code) {
    case Code::invalid_argument: return "invalid_argument";
    case Code::bad_input: return "bad_input";
    case Code::not_found: return "not_found";
    case Code::unauthenticated: return "unauthenticated";
    case Code::denied: return "denied";
    case Code::conflict: return "conflict";
    case Code::too_large: return "too_large";
    case Code::too_many: return "too_many";
    case Code::busy: return "busy";
    case Code::timeout: return "timeout";
    case Code::cancelled: return "cancelled";
    case Code::unavailable: return "unavailable";
    case Code::storage: return "storage";
    case Code::internal: return "internal";
  }
  return "internal";
}

Error Error::at(std::string_view where) && {
  message = std::string(where) + "\u00a0: " + message;
  return std::move(*this);
}

}  // namespace beffroi
