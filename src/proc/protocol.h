// Inside the room: what the frames between a Supervisor and a service say. One byte of kind, eight of exchange number
// (little-endian), then the body. Exchanges are numbered from 1 by the parent; 0 is the child itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::proc {

enum class Kind : char {
  ask = 'q',    // parent: a request
  stop = 's',   // parent: the asker left
  ready = 'r',  // child: it can be asked
  part = 'p',   // child: a piece of the answer
  alive = 'a',  // child: still at work on this exchange
  end = 'e',    // child: the answer is whole
  fault = 'f',  // child: the answer, or with number 0 the child itself, failed
};

struct Message {
  Kind kind;
  std::uint64_t exchange = 0;
  std::string body;
};

[[nodiscard]] std::string encode(Kind kind, std::uint64_t exchange, std::string_view body = {});
[[nodiscard]] Result<Message> decode(std::string_view frame);  // Code::bad_input

[[nodiscard]] std::string encode_error(const Error& error);
[[nodiscard]] Error decode_error(std::string_view body);  // of a body that makes no sense: Code::internal

}  // namespace beffroi::proc
