// How a reply is written on the wire: status line, headers (those of security on every reply), framing.
#pragma once

#include <cstddef>
#include <string>

#include "http/message.h"

namespace beffroi::http {

enum class Framing {
  length,       // Content-Length
  chunked,      // a stream towards HTTP/1.1
  until_close,  // a stream towards HTTP/1.0
  none,         // 204 and 304: no body at all
};

struct HeadFacts {
  Framing framing = Framing::length;
  std::size_t length_bytes = 0;  // of the body, sent or not (HEAD)
  bool keep_alive = true;
};

// Everything up to and including the empty line. Control characters in header values are dropped: no header can be injected.
[[nodiscard]] std::string head_text(const Reply& reply, const HeadFacts& facts);

[[nodiscard]] std::string chunk_text(std::string_view bytes);  // bytes not empty
inline constexpr std::string_view kLastChunk = "0\r\n\r\n";

// True when an If-None-Match value names the tag (weak comparison, or « * »).
[[nodiscard]] bool names_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace beffroi::http
