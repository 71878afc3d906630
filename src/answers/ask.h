// question → search → selection → verification → typed answer.
//
// The seam for a language model: a `Selector` chooses among numbered sentences (trained, or a model later) and can never add one.
// Everything shown passes the gate of the `grounding` room.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "answers/answer.h"
#include "base/result.h"
#include "knowledge/corpus.h"
#include "llm/usage.h"

namespace beffroi::llm {
class Embedder;
}

namespace beffroi::answers {

struct TownHall {            // the commune that answers
  std::string name;          // "Mairie de Beffroi-sur-Lys (démonstration)"
  std::string telephone, address, hours, url;
};

struct Question {
  std::string text;                     // French, valid UTF-8, at most search::kMaxQueryBytes
  std::vector<std::string> conditions;  // choices already made, from Precision
  std::vector<std::string> audiences;   // empty means every audience of the public base
  bool thorough = false;                // ask the other selector too, when there is one: seconds instead of milliseconds
  std::string commune;                  // tenant id, for the model's queue; may be empty without `thorough`
  std::optional<TownHall> town_hall = {};  // of the asker's commune, where one is sent; none: that of Parts
  std::function<void(int ahead)> on_place = {};  // see llm::Place; may be empty
};

struct Candidate {            // one numbered sentence offered to a selector
  int number = 0;             // opaque to the reader
  std::string text;
  double prior = 0;           // probability of the trained selector
};

struct OfferedPassage {       // whole, in reading order, cut in the same places whatever the question
  std::string heading;        // title › section › conditions
  std::vector<Candidate> candidates;
};

struct Offer {
  std::string question;
  std::string commune;        // tenant id, for the model's queue
  std::vector<OfferedPassage> passages;
  std::function<void(int ahead)> on_place = {};  // see llm::Place
};

class Selector {
 public:
  virtual ~Selector() = default;
  struct Choice {
    int number = 0;
    double probability = 0;
  };
  struct Chosen {
    std::vector<Choice> choices;  // only numbers of the offer are kept by the caller
    llm::Usage usage;
  };
  [[nodiscard]] virtual Result<Chosen> choose(const Offer& offer, const std::stop_token& stop) const = 0;
  // What it would have been offered by a question that did not ask for it.
  virtual void pass_by(const Offer&) const {}
};

// Turns questions into answers. Thread-safe: several threads may ask at once. Never throws; a fault inside becomes
// an Answer with Status::error and a French message.
class Answerer {
 public:
  struct Parts {
    std::shared_ptr<const knowledge::Corpus> corpus;
    std::shared_ptr<llm::Embedder> embedder;     // may be null: lexical search only
    std::shared_ptr<const Selector> selector;    // for thorough questions; null: the trained selector only
    TownHall town_hall;
  };
  explicit Answerer(Parts parts);
  [[nodiscard]] Answer ask(const Question& question, const std::stop_token& stop) const;

  // False: a thorough question gets the answer of a plain one.
  [[nodiscard]] bool can_be_thorough() const { return parts_.selector != nullptr; }

 private:
  Parts parts_;
};

}  // namespace beffroi::answers
