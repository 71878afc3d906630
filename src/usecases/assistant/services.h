// What the routes of the assistant stand on. Everything here is called from several threads at once.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "answers/ask.h"
#include "answers/rewording.h"
#include "base/result.h"
#include "knowledge/corpus.h"
#include "llm/embedder.h"
#include "people/door.h"
#include "usecases/assistant/pages.h"
#include "usecases/assistant/trace.h"

namespace beffroi::assistant {

// « Cette réponse vous a-t-elle aidé ? » Without a name or an address; the question only when the person ticked the box.
struct Opinion {
  std::string answer_id;
  bool helpful = false;
  std::string reason;    // at most kMaxReasonCharacters; may be empty
  std::string question;  // empty unless the person chose to send it
};

// Keeps opinions, and counts what readers asked for, in the commune's own data. Thread-safe.
class FeedbackStore {
 public:
  virtual ~FeedbackStore() = default;
  [[nodiscard]] virtual Status keep(const Opinion& opinion) = 0;
  [[nodiscard]] virtual Status count(const answers::Routing& routing) = 0;  // route_labels.h
};

class Meter;

// What the routes have for one visitor: what everybody shares, and what is their commune's.
struct Services {
  // What is current: an import may replace it while the server runs. Null while nothing is ready.
  std::function<std::shared_ptr<const answers::Answerer>()> answerer;
  std::function<std::shared_ptr<const knowledge::Corpus>()> corpus;
  std::shared_ptr<llm::Embedder> embedder;    // null: search by words only
  std::shared_ptr<const answers::Rewriter> rewriter;  // null: no language model, nothing of rewording is shown
  std::string commune;                        // tenant id, for the model's queue
  std::shared_ptr<FeedbackStore> feedback;
  std::shared_ptr<Meter> meter;               // null: nothing is counted
  Trace trace;                                // in the commune's journal, in the visitor's name
  answers::TownHall town_hall;
  std::string version;                        // of the program
  pages::Surroundings around;                 // of the pages; the town hall, notice and foot are written by the assistant
  std::shared_ptr<const people::Door> door;   // asked again by what only some demands of a route need
};

// Who comes in, and what they find.
struct Entrance {
  std::shared_ptr<const people::Door> door;
  std::function<Result<Services>(const people::Visitor&)> services;
};

// The question as one of this commune's visitors asks it.
[[nodiscard]] answers::Question asked_here(const Services& services, answers::Question question);

}  // namespace beffroi::assistant
