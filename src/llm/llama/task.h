// One request under way in the engine: strands of tokens to read, and what to do each time one has been read. Used by the engine's
// thread only, but for what `Outcome` guards.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "llm/llama/loaded_model.h"
#include "llm/llama/state_store.h"
#include "llm/usage.h"

struct llama_context;

namespace beffroi::llm::llama {

// A sequence of the context being filled.
struct Strand {
  int sequence = -1;
  int position = 0;             // tokens the sequence holds
  std::vector<Token> todo;      // to be read, in order; empty: waits
  std::size_t read = 0;         // of todo
  std::size_t outputs = 0;      // how many of the last tokens of todo must say what comes next
  std::vector<Token> guess;     // may follow todo: read with it, each saying what comes next, when that costs little
  double odds = 0;              // that a guess is right, when those before it are
  std::size_t guessed = 0;      // how many of guess were read with todo
};

// What the model says after a token: one number for each token of its vocabulary.
using Row = std::span<const float>;

// What a task may touch.
struct Bench {
  llama_context* context;
  const LoadedModel& model;
  StateStore* states;                          // null: nothing is kept
};

// What the asker waits for.
struct Outcome {
  std::mutex mutex;
  std::condition_variable changed;
  std::string text;               // written so far, whole characters only
  bool done = false;
  std::optional<Error> fault;
  Usage usage;
};

class Task {
 public:
  virtual ~Task() = default;

  [[nodiscard]] virtual std::size_t cells() const = 0;        // of the context it may fill, at most
  [[nodiscard]] virtual std::size_t sequences() const = 0;
  // The sequences are given, empty. Fills `strands`.
  virtual void begin(const Bench& bench, std::span<const int> sequences) = 0;
  // All of strand.todo was read, and `guessed` of its guesses; `rows` are what its last `outputs` tokens say, then each guess. Gives
  // the strand something else to read, or nothing.
  virtual void on_read(const Bench& bench, Strand& strand, std::span<const Row> rows) = 0;
  [[nodiscard]] virtual bool finished() const = 0;
  [[nodiscard]] std::size_t left() const;                     // tokens that its strands have to read

  std::vector<Strand> strands;
  std::shared_ptr<Outcome> outcome = std::make_shared<Outcome>();
  Usage usage;                          // while it runs; copied to the outcome at the end
  std::atomic<bool> stopped = false;    // asked by whoever waits
  bool background = false;              // leaves as soon as another task comes
};

// The state of a strand up to where it stands, put back in its sequence: true when it was there.
bool restore(const Bench& bench, const std::string& key, Strand& strand, std::size_t tokens);
void keep(const Bench& bench, const std::string& key, const Strand& strand);
// The last `tokens` of the strand were not read after all; no guess is left.
void forget(const Bench& bench, Strand& strand, std::size_t tokens);

// The most probable token.
[[nodiscard]] Token best_of(Row row);

}  // namespace beffroi::llm::llama
