// A language model that chooses: for each passage with its sentences, how probable it is that each of them answers a question. It can
// name a sentence and nothing else. Errors and threads: as chat_model.h.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "llm/chat_model.h"
#include "llm/usage.h"

namespace beffroi::llm {

// One passage. Its text and sentences are what the state kept for it is known by: a passage that changed is another passage.
struct LetteredPassage {
  std::string heading;                  // title › section › conditions
  std::vector<std::string> sentences;   // at most kMaxSentences, in reading order
};
inline constexpr std::size_t kMaxSentences = 20;  // letters A to T

struct ChoosingRequest {
  std::vector<LetteredPassage> passages;  // at most kMaxPassages
  std::string question;
  Place place;
};
inline constexpr std::size_t kMaxPassages = 8;

struct Choosing {
  struct OfPassage {
    std::vector<double> sentences;        // [sentence], each 0 to 1
    double none = 0;                      // that none answers; all together sum to 1
  };
  std::vector<OfPassage> passages;        // as asked
  Usage usage;
};

class SentenceChooser {
 public:
  virtual ~SentenceChooser() = default;
  [[nodiscard]] virtual std::string model_id() const = 0;
  [[nodiscard]] virtual Result<Choosing> choose(const ChoosingRequest& request, const std::stop_token& stop) = 0;
  // Reads passages that are likely to be asked for, when nothing else is to be done: their state is then kept. Stops as soon as
  // another request comes in.
  virtual void preload(const std::vector<LetteredPassage>& passages, const std::stop_token& stop) = 0;
};

}  // namespace beffroi::llm
