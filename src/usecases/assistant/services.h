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
#include "usecases/assistant/pages.h"

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

struct Services {
  // What is current: an import may replace it while the server runs. Null while nothing is ready.
  std::function<std::shared_ptr<const answers::Answerer>()> answerer;
  std::function<std::shared_ptr<const knowledge::Corpus>()> corpus;
  std::shared_ptr<llm::Embedder> embedder;    // null: search by words only
  std::shared_ptr<const answers::Rewriter> rewriter;  // null: no language model, nothing of rewording is shown
  std::string commune;                        // tenant id, for the model's queue
  std::shared_ptr<FeedbackStore> feedback;
  std::shared_ptr<Meter> meter;               // null: nothing is counted
  answers::TownHall town_hall;
  std::string version;                        // of the program
  pages::Skin skin;                           // of the pages
};

}  // namespace beffroi::assistant
