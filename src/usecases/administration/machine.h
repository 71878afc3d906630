// What the program and its machine are at this moment, as the pages of health and models and /metrics tell it. The program that serves
// gives it (app); nothing here holds a secret or a word of contents.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/traffic.h"
#include "knowledge/corpus.h"
#include "llm/model_store.h"
#include "metering/ledger.h"

namespace beffroi::administration {

// The engine at home, in its child of the program.
struct WorkerSeen {
  std::string words;      // « prêt », « nouvel essai dans 3 s ; dernier arrêt : … »
  bool well = true;       // false: it fell and does not come back by itself at once
  int pid = 0;            // 0: none runs, it starts when first asked for
  int starts = 0;         // since the program started
  int running = 0;        // requests being written
  int waiting = 0;        // for their turn
};

// Where texts may be sent to a model, and under which rule.
struct Destination {
  std::string name;       // « Sur cette machine », or the address
  std::string model;
  std::string policy;     // French: what happens to personal data before it leaves
  Status health;          // why nothing is sent there at this moment, in French
};

// Every function is called from several threads at once.
struct Machine {
  std::string version;
  std::filesystem::path home;                 // the folder of the state
  std::int64_t started_ms = 0;                // since 1970, UTC
  std::function<std::shared_ptr<const knowledge::Corpus>()> corpus;
  std::shared_ptr<const llm::ModelStore> models;
  std::string model_in_use;                   // id; empty: none at home
  std::string why_no_model;                   // French; empty: there is one, here or elsewhere
  std::function<std::vector<Destination>()> destinations;
  std::function<std::optional<WorkerSeen>()> worker;   // empty, or nothing: no engine at home
  std::function<metering::Totals()> spent;             // by the models since the program started, all communes together
  std::shared_ptr<const http::Traffic> traffic;        // null: nobody counts
};

}  // namespace beffroi::administration
