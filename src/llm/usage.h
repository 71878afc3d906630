// What one request cost: counted by the engine that served it, never guessed. Unknown is said, never 0.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace beffroi::llm {

struct Usage {
  std::string model;                  // model_id() of what served it; empty: no model ran
  std::int64_t prompt_tokens = 0;     // read now
  std::int64_t reused_tokens = 0;     // of the prompt, whose state was already there
  std::int64_t generated_tokens = 0;
  double cpu_s = 0;                   // of the engine's threads, for this request; shared work is divided between those that shared it
  double wall_s = 0;                  // waiting in the queue not counted
  double queued_s = 0;
  std::optional<double> joules;       // measured by a counter of the machine; empty: there is none

  bool tokens_known = true;           // false: an upstream did not say, and the three counts above are not all of it

  Usage& operator+=(const Usage& other);
};

}  // namespace beffroi::llm
