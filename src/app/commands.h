// The command line, one function a command. Each returns the exit code: 0 done, 1 a finding or a failure, 2 wrong use.
// Results go to standard output; faults, as one French sentence, to standard error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "answers/offer.h"
#include "app/config.h"

namespace beffroi::app {

inline constexpr int kDone = 0;
inline constexpr int kFailure = 1;
inline constexpr int kWrongUse = 2;

struct ServeOptions {
  std::string address;       // empty: the configuration's
  std::uint16_t port = 0;    // 0: the configuration's
};

struct RoutesOptions {
  bool json = false;
};

struct AskOptions {
  std::string question;
  std::vector<std::string> conditions;
  std::filesystem::path questions, out;  // batch form, both or none
  bool lexical = false;
  bool thorough = false;     // ask the language model too
  bool json = false;
};

struct SearchOptions {
  std::string query;
  std::filesystem::path queries, run;    // batch form, both or none
  std::size_t limit = 10;
  bool lexical = false;
  bool json = false;
};

struct ImportOptions {
  std::vector<std::filesystem::path> from;  // empty: the configured addresses, else the installed snapshot
  bool json = false;
};

struct VectorsOptions {
  bool titles_only = false;  // stop after titles and introductions
  bool json = false;
};

struct SourcesOptions {
  bool json = false;
};

struct ModelsOptions {
  std::string id;   // empty: the default model; for a check, every one there is
  bool json = false;
};

// What a child of `beffroi serve` is told: it reads no configuration.
struct WorkerOptions {
  std::filesystem::path model;
  std::filesystem::path states;
  int threads = 2;
  int context_tokens = 8192;
  int kept_memory_mb = 256;
  int kept_disk_mb = 0;
};

struct EvalRetrievalOptions {
  std::filesystem::path queries, qrels, run, only;  // `only`: a list of query ids, one a line
  bool hide_titles = false;
  bool lexical = false;
  bool json = false;
};

struct EvalAnswersOptions {
  std::filesystem::path questions;  // JSON Lines or tab-separated: labelled questions, trivia, requests with an expected behaviour
  std::string split;                // keep only this part: "dev" or "report"
  std::filesystem::path training;   // write what the selector is trained on instead of measuring
  bool thorough = false;            // ask the language model too
  bool misses = false;              // tell what went wrong, question by question
  bool lexical = false;
  bool json = false;
};

struct EvalOffersOptions {
  std::filesystem::path questions, out;
  std::string split;                // keep only this part
  std::size_t limit = 0;            // first questions only; 0: all
  std::size_t windows = answers::kWindows;  // offered for each question
  bool model = false;               // also what the model chooses
};

struct MaskOptions {
  std::filesystem::path jsonl, out;
  bool public_act = false;   // elected persons stay
  bool keep_dates = false;   // only dates of birth
};

struct EvalMaskOptions {
  std::filesystem::path jsonl;
  bool keep_dates = false;
  bool json = false;
};

struct EvalRoutesOptions {
  std::filesystem::path questions;  // labelled questions; empty: what the readers of the commune asked for
  std::filesystem::path out;        // a JSON line a question; empty: none
  std::string split;                // keep only this part
  bool model = false;               // ask the model about each question too
  bool json = false;
};

struct EvalRewordingsOptions {
  std::filesystem::path questions;
  std::filesystem::path out;        // a JSON line a sentence, shown or refused; empty: none
  std::string split;                // keep only this part
  std::string style = "plain";      // or falc, letter_paragraph
  std::size_t limit = 0;            // first questions only; 0: all
};

struct EvalFeaturesOptions {
  std::filesystem::path queries, qrels, out;
  bool hide_titles = false;
  bool lexical = false;
};

struct EvalSpeedOptions {
  std::filesystem::path queries;
  bool lexical = false;
  bool json = false;
};

struct EvalPassagesOptions {
  std::filesystem::path out;
};

struct CanteenCheckOptions {
  std::filesystem::path data;
};

struct CanteenForecastOptions {
  std::filesystem::path data, out;
  std::string last_known;                   // AAAA-MM-JJ
  int days = 21;                            // calendar days forecast, 1 to 70
  double service = 0.8;                     // share of days that the order covers
  std::string site;                         // only this one, with its reasons
  bool linear = false;                      // without the boosted trees
};

struct CanteenBacktestOptions {
  std::filesystem::path data, out;
  std::string from, to;                     // AAAA-MM-JJ
  std::vector<int> horizons = {21, 7, 1};   // calendar days, 1 to 70
  bool linear = false;                      // without the boosted trees
  bool unseen = false;                      // canteens the model has never seen, 20 school days known
  bool json = false;
};

[[nodiscard]] int run_serve(const Config& config, const ServeOptions& options);
[[nodiscard]] int run_routes(const Config& config, const RoutesOptions& options);
[[nodiscard]] int run_ask(const Config& config, const AskOptions& options);
[[nodiscard]] int run_search(const Config& config, const SearchOptions& options);
[[nodiscard]] int run_import(const Config& config, const ImportOptions& options);
[[nodiscard]] int run_vectors(const Config& config, const VectorsOptions& options);
[[nodiscard]] int run_sources(const Config& config, const SourcesOptions& options);
[[nodiscard]] int run_models_list(const Config& config, const ModelsOptions& options);
[[nodiscard]] int run_models_install(const Config& config, const ModelsOptions& options);
[[nodiscard]] int run_models_remove(const Config& config, const ModelsOptions& options);
[[nodiscard]] int run_models_check(const Config& config, const ModelsOptions& options);
[[nodiscard]] int run_models_key_set(const Config& config, const ModelsOptions& options);     // the key: standard input
[[nodiscard]] int run_models_key_remove(const Config& config, const ModelsOptions& options);
[[nodiscard]] int run_worker_llm(const Config& config, const WorkerOptions& options);
[[nodiscard]] int run_mask(const Config& config, const MaskOptions& options);
[[nodiscard]] int run_eval_mask(const Config& config, const EvalMaskOptions& options);
[[nodiscard]] int run_eval_retrieval(const Config& config, const EvalRetrievalOptions& options);
[[nodiscard]] int run_eval_answers(const Config& config, const EvalAnswersOptions& options);
[[nodiscard]] int run_eval_routes(const Config& config, const EvalRoutesOptions& options);
[[nodiscard]] int run_eval_rewordings(const Config& config, const EvalRewordingsOptions& options);
[[nodiscard]] int run_eval_offers(const Config& config, const EvalOffersOptions& options);
[[nodiscard]] int run_eval_speed(const Config& config, const EvalSpeedOptions& options);
[[nodiscard]] int run_eval_passages(const Config& config, const EvalPassagesOptions& options);
[[nodiscard]] int run_eval_features(const Config& config, const EvalFeaturesOptions& options);

[[nodiscard]] int run_canteen_check(const Config& config, const CanteenCheckOptions& options);
[[nodiscard]] int run_canteen_forecast(const Config& config, const CanteenForecastOptions& options);
[[nodiscard]] int run_canteen_backtest(const Config& config, const CanteenBacktestOptions& options);

// Parses the words of the command line and runs the command they name.
[[nodiscard]] int run_command_line(int argc, const char* const* argv);

}  // namespace beffroi::app
