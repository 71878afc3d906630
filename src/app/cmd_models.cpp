// beffroi models: the catalogue of language models, and those installed on this machine.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "app/commands.h"
#include "app/console.h"
#include "app/signals.h"
#include "app/upstream.h"
#include "json/writer.h"
#include "llm/model_store.h"

namespace beffroi::app {

namespace {

llm::ModelStore store_of(const Config& config) { return llm::ModelStore({config.models_folder(), config.deps}, config.models); }

std::string_view name_of(llm::Presence presence) {
  switch (presence) {
    case llm::Presence::absent: return "absent";
    case llm::Presence::partial: return "partial";
    case llm::Presence::unverified: return "unverified";
    case llm::Presence::installed: return "installed";
  }
  return "absent";
}

std::string in_french(const llm::CatalogueEntry& model, const llm::ModelState& state) {
  switch (state.presence) {
    case llm::Presence::absent: return "pas installé";
    case llm::Presence::partial:
      return fmt::format("installation commencée ({} sur {})", llm::readable_size(state.bytes), llm::readable_size(model.size_bytes));
    case llm::Presence::unverified: return fmt::format("fichier présent, à vérifier («\u00a0beffroi models install {}\u00a0»)", model.id);
    case llm::Presence::installed: return state.in_use ? "installé, en service" : "installé";
  }
  return "pas installé";
}

void write_json(json::Writer& out, const llm::CatalogueEntry& model, const llm::ModelState& state) {
  out.begin_object().field("id", model.id).field("name", model.name).field("licence", model.licence);
  out.field("size_bytes", model.size_bytes).field("sha256", model.sha256).key("memory_bytes");
  if (model.memory_bytes > 0) out.value(model.memory_bytes);
  else out.null();
  out.field("source", model.parts.empty() ? "url" : "pieces").field("default", model.id == llm::kDefaultModel);
  out.field("measured", model.measured).field("untried", model.untried);
  out.field("state", name_of(state.presence)).field("bytes_on_disk", state.bytes).field("in_use", state.in_use).end_object();
}

void print(const llm::CatalogueEntry& model, const llm::ModelState& state) {
  fmt::print("{}{}\n  {}\n", model.id, model.id == llm::kDefaultModel ? " (par défaut)" : "", model.name);
  fmt::print("  état\u00a0: {}\n  licence\u00a0: {}\n", in_french(model, state), model.licence);
  fmt::print("  disque\u00a0: {}\u00a0; mémoire en service\u00a0: {}\n", llm::readable_size(model.size_bytes),
             model.memory_bytes > 0 ? llm::readable_size(model.memory_bytes) : "inconnue");
  fmt::print("  mesuré ici\u00a0: {}\n  jamais essayé\u00a0: {}\n", model.measured.empty() ? "rien" : model.measured, model.untried);
  fmt::print("  source\u00a0: {}\n  SHA-256\u00a0: {}\n", model.parts.empty() ? model.url : "pièces épinglées (third_party/deps.lock)",
             model.sha256);
}

// One line of progress a stage, in megabytes.
class StageProgress {
 public:
  void at(llm::Stage stage, std::int64_t done_bytes, std::int64_t total_bytes) {
    if (!begun_ || stage != stage_) progress_ = Progress(title_of(stage));
    begun_ = true;
    stage_ = stage;
    const std::int64_t megabyte = std::max<std::int64_t>(done_bytes / 1'000'000, 0);
    if (megabyte == last_ && done_bytes < total_bytes) return;
    last_ = megabyte;
    progress_.at(done_bytes == total_bytes ? total_bytes / 1'000'000 : megabyte, total_bytes / 1'000'000);
  }
  [[nodiscard]] llm::OnProgress listener() {
    return [this](llm::Stage stage, std::int64_t done, std::int64_t total) { at(stage, done, total); };
  }

 private:
  static std::string_view title_of(llm::Stage stage) {
    switch (stage) {
      case llm::Stage::fetching: return "Téléchargement (Mo)";
      case llm::Stage::joining: return "Assemblage (Mo)";
      case llm::Stage::verifying: return "Vérification (Mo)";
    }
    return "";
  }

  Progress progress_{""};
  bool begun_ = false;
  llm::Stage stage_ = llm::Stage::fetching;
  std::int64_t last_ = -1;
};

// One thing checked: what it is, and what is wrong with it when something is.
struct Finding {
  std::string id;
  Status status;
};

// A word from the model served elsewhere: that it answers, not what.
Status ask_upstream(llm::ChatModel& model, const std::stop_token& stop) {
  llm::ChatRequest request;
  request.message = "Réponds par le seul mot\u00a0: bonjour.";
  request.max_tokens = 8;
  const auto reply = model.write(request, {}, stop);
  if (!reply) return tl::unexpected(reply.error());
  return {};
}

int report(const std::vector<Finding>& findings, bool as_json) {
  json::Writer out;
  out.begin_object().key("models").begin_array();
  int code = kDone;
  for (const Finding& finding : findings) {
    if (!finding.status) code = kFailure;
    out.begin_object().field("id", finding.id).field("intact", finding.status.has_value()).key("fault");
    if (finding.status) out.null();
    else out.value(finding.status.error().message);
    out.end_object();
    if (as_json) continue;
    if (finding.status) fmt::print("{}\u00a0: en ordre\n", finding.id);
    else say_fault(finding.status.error());
  }
  out.end_array().end_object();
  if (as_json) fmt::print("{}\n", out.text());
  else if (findings.empty()) fmt::print("Aucun modèle n’est installé, aucun modèle distant n’est configuré.\n");
  return code;
}

}  // namespace

int run_models_list(const Config& config, const ModelsOptions& options) {
  const llm::ModelStore store = store_of(config);
  const auto upstream = configured_upstream(config);
  if (!upstream) return say_fault(upstream.error());
  if (options.json) {
    json::Writer out;
    out.begin_object().key("models").begin_array();
    for (const auto& model : store.catalogue()) write_json(out, model, store.state_of(model));
    out.end_array().key("upstream");
    if (*upstream) out.value((*upstream)->model_id());
    else out.null();
    fmt::print("{}\n", out.end_object().text());
    return kDone;
  }
  for (const auto& model : store.catalogue()) print(model, store.state_of(model));
  if (*upstream) fmt::print("Modèle distant\u00a0: {} («\u00a0beffroi models check\u00a0» l’essaie)\n", (*upstream)->model_id());
  return kDone;
}

int run_models_install(const Config& config, const ModelsOptions& options) {
  const StopOnSignal signal;
  const llm::ModelStore store = store_of(config);
  const std::string id = options.id.empty() ? std::string(llm::kDefaultModel) : options.id;
  StageProgress progress;
  const auto installed = store.install(id, progress.listener(), signal.token());
  if (!installed) return say_fault(installed.error());
  const auto path = store.path_of(id);
  if (!path) return say_fault(path.error());
  if (options.json) {
    json::Writer out;
    out.begin_object().field("id", id).field("installed_now", *installed).field("file", path->string()).end_object();
    fmt::print("{}\n", out.text());
    return kDone;
  }
  fmt::print("{}\u00a0: {} ({})\n", id, *installed ? "installé, empreinte vérifiée" : "déjà installé", path->string());
  return kDone;
}

int run_models_remove(const Config& config, const ModelsOptions& options) {
  const Status removed = store_of(config).remove(options.id);
  if (!removed) return say_fault(removed.error());
  if (options.json) {
    json::Writer out;
    out.begin_object().field("id", options.id).field("removed", true).end_object();
    fmt::print("{}\n", out.text());
    return kDone;
  }
  fmt::print("{}\u00a0: retiré\n", options.id);
  return kDone;
}

int run_models_check(const Config& config, const ModelsOptions& options) {
  const StopOnSignal signal;
  const llm::ModelStore store = store_of(config);
  StageProgress progress;
  std::vector<Finding> findings;
  if (!options.id.empty()) {
    const auto known = store.entry(options.id);
    if (!known) return say_fault(known.error());
    findings.push_back({options.id, store.check(options.id, progress.listener(), signal.token())});
    return report(findings, options.json);
  }
  for (const auto& model : store.catalogue()) {
    const llm::Presence presence = store.state_of(model).presence;
    if (presence != llm::Presence::installed && presence != llm::Presence::unverified) continue;
    findings.push_back({model.id, store.check(model.id, progress.listener(), signal.token())});
  }
  auto upstream = configured_upstream(config);
  if (!upstream) return say_fault(upstream.error());
  if (*upstream) findings.push_back({(*upstream)->model_id(), ask_upstream(**upstream, signal.token())});
  return report(findings, options.json);
}

}  // namespace beffroi::app
