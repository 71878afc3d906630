// One small question to a server named by the administrator: an address, or a form sent to it, and the whole answer in memory.
//
// Nothing is followed: a redirection is an answer like another. No cookie, nothing sent twice, TLS always checked, everything bounded.
// Blocking, on the calling thread; any thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "net/address.h"

namespace beffroi::net {

struct Call {
  std::string url;
  Trust trust = Trust::https_only;
  std::string form = {};             // application/x-www-form-urlencoded, sent by POST; empty: GET
  std::string user = {}, password = {};  // HTTP Basic; an empty user: none
};

struct Limits {
  std::chrono::milliseconds connect{5'000};
  std::chrono::milliseconds total{10'000};
  std::size_t reply_bytes = 256 << 10;
};

struct Answer {
  long status = 0;   // of HTTP, whatever it is
  std::string body;  // bytes
};

// Code::invalid_argument (the address), Code::unavailable (not reached, not trusted, cut), Code::timeout, Code::too_large, Code::cancelled.
// The sentence names the server, never what was sent or received.
[[nodiscard]] Result<Answer> fetch(const Call& call, const Limits& limits = {}, const std::stop_token& stop = {});

}  // namespace beffroi::net
