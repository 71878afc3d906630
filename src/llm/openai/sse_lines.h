// Cuts a stream of server-sent events (text/event-stream) into the `data` of its events, however the bytes were cut on the way.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beffroi::llm::openai {

class SseLines {
 public:
  // The events completed by these bytes. Comments, other fields and an event that never ends are dropped.
  [[nodiscard]] std::vector<std::string> feed(std::string_view bytes);

 private:
  void line(std::string_view text, std::vector<std::string>& events);

  std::string partial_;       // a line whose end has not come
  std::string data_;          // of the event under way
  bool has_data_ = false;
  bool after_return_ = false;  // the last byte was \r: a \n that follows ends the same line
};

}  // namespace beffroi::llm::openai
