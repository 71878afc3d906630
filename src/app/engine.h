// What the commands and the server share: the base opened, the embedding model when it is installed, the answerer made of both.
//
// Thread-safe. `corpus()` and `answerer()` hand out what is current; a caller keeps its copy for the time of one question, so that
// an import may replace the base under a running server.
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include "answers/ask.h"
#include "answers/model_selector.h"
#include "app/config.h"
#include "app/language.h"
#include "base/result.h"
#include "db/place.h"
#include "knowledge/corpus.h"
#include "llm/embedder.h"

namespace beffroi::app {

// The embedding model of the pinned pieces; null when it is not installed or the configuration leaves it out.
// `passage_threads`: threads of one batch of passages; 0: one a processor.
[[nodiscard]] std::shared_ptr<llm::Embedder> installed_embedder(const Config& config, unsigned passage_threads = 1);

class Engine {
 public:
  // Code::not_found, with what to type, when the base was never imported. `lexical`: leave the embedding model out.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const Config& config, bool lexical = false);

  [[nodiscard]] std::shared_ptr<const knowledge::Corpus> corpus() const;
  [[nodiscard]] std::shared_ptr<const answers::Answerer> answerer() const;
  [[nodiscard]] const std::shared_ptr<llm::Embedder>& embedder() const { return embedder_; }  // null: not installed, or left out

  [[nodiscard]] const Language& language() const { return language_; }
  [[nodiscard]] const answers::ModelSelector* selector() const { return selector_.get(); }  // null: no model at home

  [[nodiscard]] answers::TownHall town_hall() const;

  // Takes what another machine published (PostgreSQL), then opens the base again when an import or new vectors changed it; on a fault keeps serving the former one. True when replaced.
  [[nodiscard]] Result<bool> reload_if_changed();

 private:
  Engine(const Config& config, std::optional<db::Place> shared, std::shared_ptr<llm::Embedder> embedder, Language language)
      : config_(config),
        shared_(std::move(shared)),
        embedder_(std::move(embedder)),
        language_(std::move(language)),
        selector_(language_.chooser ? std::make_shared<const answers::ModelSelector>(language_.chooser) : nullptr) {}
  [[nodiscard]] Status load();
  [[nodiscard]] Status take_shared() const;
  [[nodiscard]] std::string stamp() const;  // changes when a file of the corpus does

  const Config config_;
  const std::optional<db::Place> shared_;  // the publications that the machines of the installation share
  const std::shared_ptr<llm::Embedder> embedder_;
  const Language language_;
  const std::shared_ptr<const answers::ModelSelector> selector_;
  mutable std::mutex mutex_;
  std::shared_ptr<const knowledge::Corpus> corpus_;
  std::shared_ptr<const answers::Answerer> answerer_;
  std::string stamp_;
};

}  // namespace beffroi::app
