// Addresses the administrator wrote: https for the whole world, http for this very machine or where the administrator says so.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::net {

enum class Trust { https_only, trusted_local };  // trusted_local: http is accepted, the administrator answers for the network between

struct Address {
  std::string url;        // as written, without the final "/"
  std::string place;      // host, and port when written: what a message may show
  bool encrypted = false;
  bool this_machine = false;
};

// Code::invalid_argument: not an address, not https, or one that carries a password or a fragment.
[[nodiscard]] Result<Address> parse_address(std::string_view url, Trust trust = Trust::https_only);

}  // namespace beffroi::net
