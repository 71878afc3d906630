// Server-sent events (text/event-stream), as the producer of a reply sees them.
//
// Events go into a bounded ring that the edge drains towards the client; a producer faster than its client waits in `send`. When the
// client is gone, too slow, or the server closes, `send` returns false and `closed()` true: the producer must return soon.
#pragma once

#include <string_view>

namespace beffroi::http {

struct Event {
  std::string_view name;  // "sentence"
  std::string_view data;  // JSON, or any UTF-8 text; lines are kept
  std::string_view id;    // comes back as Last-Event-ID; may be empty
};

class EventStream {
 public:
  virtual ~EventStream() = default;
  // Blocks while the ring is full. False when nobody listens any more.
  virtual bool send(const Event& event) = 0;
  [[nodiscard]] virtual bool closed() const = 0;
};

}  // namespace beffroi::http
