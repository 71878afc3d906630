// A model served elsewhere by an OpenAI-compatible engine: llama-server, vLLM, Albert API, Ollama.
//
// Everything an upstream may do wrong is one French sentence and a Code (chat_model.h); half a reply is never returned as a whole
// one. A request is sent again at most once, and only when the upstream did nothing with it: connection refused, 429, 503. After some
// faults in a row the upstream is left alone for a while, and health() says since when. A stop is felt within 200 ms.
// Greedy is asked for; whether the same request has the same reply is the upstream's word.
// The key is sent to the address and shown nowhere. Questions leave this machine: the administrator decides to where.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "llm/chat_model.h"

namespace beffroi::llm::openai {

struct Options {
  std::string base_url;             // "https://albert.api.etalab.gouv.fr/v1": what stands before /chat/completions
  std::string model;                // its name there
  std::string key;                  // empty: none
  bool trusted_local = false;       // http is accepted beyond this machine: the administrator answers for the network between
  bool supports_grammar = false;    // llama-server: takes `grammar`; without it a request with a grammar is refused
  bool streams = true;              // false: the reply is asked for in one piece
  bool counts = true;               // asks for `stream_options.include_usage`; false for an upstream that refuses the word
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds first_token_timeout{45'000};  // from the sending to the first word
  std::chrono::milliseconds stall_timeout{20'000};        // between two words
  std::chrono::milliseconds total_timeout{180'000};       // the place's deadline, when sooner, wins
  std::size_t max_reply_bytes = 4 << 20;                  // as received, wrapping included
  int faults_before_rest = 5;
  std::chrono::milliseconds rest{30'000};
};

// Code::invalid_argument: the address, the model or the key cannot be used. Nothing is sent before the first write().
[[nodiscard]] Result<std::unique_ptr<ChatModel>> make_chat_model(Options options);

}  // namespace beffroi::llm::openai
