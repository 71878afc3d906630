// beffroi eval rewordings: what the model makes of real answers, and what the check lets through.
#include <fmt/format.h>

#include "answers/question_set.h"
#include "answers/rewording_evaluation.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"

namespace beffroi::app {

int run_eval_rewordings(const Config& config, const EvalRewordingsOptions& options) {
  const auto style = answers::style_named(options.style);
  if (!style) return say_fault({Code::invalid_argument, "Les styles sont plain, falc et letter_paragraph.", options.style});
  auto questions = answers::read_question_set(options.questions);
  if (!questions) return say_fault(questions.error());
  if (!options.split.empty()) std::erase_if(*questions, [&](const answers::Labelled& question) { return question.split != options.split; });
  if (options.limit > 0 && questions->size() > options.limit) questions->resize(options.limit);
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  if ((*engine)->language().writer == nullptr) return say_fault({Code::unavailable, (*engine)->language().why_not, {}});
  const answers::Rewriter rewriter((*engine)->language().writer);
  const auto figures = answers::run_rewordings(*(*engine)->answerer(), rewriter, *questions, {*style, options.out});
  if (!figures) return say_fault(figures.error());
  fmt::print("{}", answers::to_text(*figures));
  return kDone;
}

}  // namespace beffroi::app
