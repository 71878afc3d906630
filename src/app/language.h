// The language model that the configuration and the disk give: one served elsewhere, or the engine at home in a child of the program.
// Neither: everything that needs no model works, and says so.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/config.h"
#include "base/result.h"
#include "llm/chat_model.h"
#include "llm/model_store.h"
#include "llm/sentence_chooser.h"

namespace beffroi::llm::worker {
class WorkerModel;
}

namespace beffroi::app {

struct Language {
  std::shared_ptr<llm::ChatModel> writer;            // null: no model
  std::shared_ptr<llm::SentenceChooser> chooser;     // null: no model at home
  std::function<int()> worker_pid;                   // of the engine at home, 0 when none runs; empty: none at home
  std::shared_ptr<const llm::worker::WorkerModel> home;  // the engine at home; null: none
  std::shared_ptr<const llm::ModelHold> hold;        // keeps the file from being removed while it serves
  std::string why_not;                               // in French, when there is none
};

// An error is a configuration to correct; a model that is not installed is none.
[[nodiscard]] Result<Language> language_of(const Config& config);

}  // namespace beffroi::app
