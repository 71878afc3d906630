// One POST to an upstream: the bytes of its reply as they come, and how it ended.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace beffroi::llm::openai {

struct Call {
  std::string url;
  std::string key;
  std::string body;
  bool clear = false;  // http is allowed
  std::chrono::milliseconds connect_timeout, first_word_timeout, stall_timeout;
  std::chrono::steady_clock::time_point ends_at;
  std::size_t max_bytes = 0;
};

enum class Body { events, json, refusal, other };  // by the status and the media type; refusal: any status but 200

// Who listens to the reply. Called on the thread of the exchange.
struct Listener {
  std::function<bool(Body kind, std::string_view bytes)> on_bytes;  // false: has what it needs
  std::function<std::int64_t()> words;                              // how many words came so far: what the two silences are measured by
};

enum class End { whole, enough, stopped, unreachable, untrusted, silent, stalled, late, too_long, broken };
// whole: the upstream ended it · enough: the listener did · unreachable: never connected, so nothing was asked · untrusted: its
// certificate · silent, stalled, late: no first word, no next word, the end of the call came · broken: cut by the network

struct Ending {
  End end = End::broken;
  long status = 0;                                  // 0: no head came
  std::optional<std::chrono::seconds> retry_after;  // when the upstream says it
  std::string detail;                               // English, for the log: never what was sent or received
};

[[nodiscard]] Ending exchange(const Call& call, const Listener& listener, const std::stop_token& stop);

}  // namespace beffroi::llm::openai
