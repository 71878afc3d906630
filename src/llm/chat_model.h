// A language model that writes. Never the source of a fact: what it writes is checked against sources before anyone reads it.
//
// Thread-safe: several threads may call at once; each waits for its turn (queue.h) and may be stopped at any time.
// Errors, each with a French sentence: unavailable (no model, upstream or worker down), busy (queue full), timeout (deadline),
// cancelled (stop asked), too_large (does not fit the context), bad_input (grammar, upstream that lies).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/usage.h"

namespace beffroi::llm {

enum class Priority { voice, chat, batch };  // voice first

// Who asks, for the queue: fair between communes, bounded, with a deadline.
struct Place {
  std::string commune;                                   // tenant id
  Priority priority = Priority::chat;
  std::chrono::milliseconds deadline{60'000};            // from now, waiting included
  std::function<void(int ahead)> on_place;               // may be empty; called when the number of requests before this one changes
};

// One turn of a conversation that came before.
struct Exchange {
  std::string message;  // of the person
  std::string reply;    // of the model
};

struct ChatRequest {
  std::string instructions;    // what to do: the same text for every request of one kind, so that its state is read once
  std::string material;        // the sources, read after the instructions and before the message; may be empty
  std::vector<Exchange> earlier = {};  // what was said before, oldest first: typed, as the message is
  std::string message;         // what the person asks
  bool instructions_typed = false;     // by a person and not by this program: hidden as the message is, and their state is not kept
  std::string repeats;         // a text that the reply mostly repeats: it is written sooner, the same; may be empty
  std::string grammar;         // GBNF the reply must follow; empty: free
  int max_tokens = 256;
  Place place;
};

struct ChatReply {
  std::string text;
  bool cut = false;            // max_tokens was reached
  Usage usage;
};

class ChatModel {
 public:
  // A piece of the reply, valid UTF-8. Returning false stops the writing; what was written is returned.
  using OnText = std::function<bool(std::string_view piece)>;

  virtual ~ChatModel() = default;
  [[nodiscard]] virtual std::string model_id() const = 0;
  // Ready, or why not: what the health page shows. Never blocks for long.
  [[nodiscard]] virtual Status health() const = 0;
  // Greedy: the same request has the same reply. `on_text` may be empty.
  [[nodiscard]] virtual Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) = 0;
};

}  // namespace beffroi::llm
