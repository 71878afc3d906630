#include "proc/protocol.h"

namespace beffroi::proc {

namespace {
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kHeadBytes = 1 + kNumberBytes;
constexpr std::string_view kKinds = "qsrpaef";
}  // namespace

std::string encode(Kind kind, std::uint64_t exchange, std::string_view body) {
  std::string frame;
  frame.reserve(kHeadBytes + body.size());
  frame += static_cast<char>(kind);
  for (std::size_t i = 0; i < kNumberBytes; ++i) frame += static_cast<char>((exchange >> (8 * i)) & 0xff);
  return frame.append(body);
}

Result<Message> decode(std::string_view frame) {
  if (frame.size() < kHeadBytes || kKinds.find(frame[0]) == std::string_view::npos) {
    return fail(Code::bad_input, "Un processus de Beffroi a envoyé un message incompréhensible.", "malformed frame");
  }
  std::uint64_t exchange = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i) exchange |= std::uint64_t{static_cast<unsigned char>(frame[1 + i])} << (8 * i);
  return Message{static_cast<Kind>(frame[0]), exchange, std::string(frame.substr(kHeadBytes))};
}

std::string encode_error(const Error& error) {
  std::string body(1, static_cast<char>(error.code));
  return body.append(error.message).append(1, '\0').append(error.detail);
}

Error decode_error(std::string_view body) {
  const std::size_t split = body.find('\0', 1);
  if (body.empty() || body[0] < 0 || body[0] > static_cast<char>(Code::internal) || split == std::string_view::npos) {
    return {Code::internal, "Un processus de Beffroi a échoué sans dire pourquoi.", "malformed fault"};
  }
  return {static_cast<Code>(body[0]), std::string(body.substr(1, split - 1)), std::string(body.substr(split + 1))};
}

}  // namespace beffroi::proc
