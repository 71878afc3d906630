// beffroi eval routes: how many questions are answered without a model, how often that was wrong, and what the readers of a commune say.
#include <fmt/format.h>

#include "answers/question_set.h"
#include "answers/route_evaluation.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/installation.h"
#include "json/writer.h"
#include "tenants/tenant.h"
#include "usecases/assistant/route_labels.h"

namespace beffroi::app {

namespace {

std::string to_json(const answers::RouteFigures& figures) {
  json::Writer out;
  out.begin_object().field("questions", figures.questions).field("without_model", figures.without_model);
  out.field("compared", figures.compared).field("wrong", figures.wrong).field("needless", figures.needless);
  out.field("extracts_right", figures.extracts_right).field("model_right", figures.model_right);
  out.field("routed_right", figures.routed_right).end_object();
  return std::move(out).text();
}

// What the readers of this commune asked for: no model, no question, only what was counted.
int report_labels(const Config& config) {
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());
  const auto tenant = (*directory)->by_host({});
  if (!tenant) return say_fault(tenant.error());
  auto database = tenant->connect();
  if (!database) return say_fault(database.error());
  const auto labels = assistant::route_labels(*database);
  if (!labels) return say_fault(labels.error());
  fmt::print("{}", assistant::to_text(assistant::calibrate(*labels)));
  return kDone;
}

}  // namespace

int run_eval_routes(const Config& config, const EvalRoutesOptions& options) {
  if (options.questions.empty()) return report_labels(config);
  auto questions = answers::read_question_set(options.questions);
  if (!questions) return say_fault(questions.error());
  if (!options.split.empty()) std::erase_if(*questions, [&](const answers::Labelled& question) { return question.split != options.split; });
  if (questions->empty()) return say_fault({Code::invalid_argument, "Aucune question dans cette part du fichier.", {}});
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto answerer = (*engine)->answerer();
  if (options.model && !answerer->can_be_thorough()) return say_fault({Code::unavailable, (*engine)->language().why_not, {}});
  const auto routed = answers::run_routes(*answerer, *questions, {options.model, options.out});
  if (!routed) return say_fault(routed.error());
  const answers::RouteFigures figures = answers::figures_of(*routed);
  if (options.json) fmt::print("{}\n", to_json(figures));
  else fmt::print("{}", answers::to_text(figures));
  return kDone;
}

}  // namespace beffroi::app
