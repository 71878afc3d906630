// beffroi eval answers: supporting sentences, abstention, hidden instructions, on files of questions.
#include <fmt/format.h>

#include "answers/evaluation.h"
#include "answers/question_set.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "json/writer.h"

namespace beffroi::app {

namespace {

std::string to_json(const answers::Evaluation& figures) {
  json::Writer out;
  out.begin_object().field("questions", figures.questions).field("answered", figures.answered).field("declined", figures.declined);
  out.key("statuses").begin_object();
  for (const auto& [status, count] : figures.statuses) out.field(status, count);
  out.end_object().field("labelled", figures.labelled).field("right_publication", figures.right_publication);
  out.field("supported", figures.supported).field("sentences_shown", figures.sentences_shown);
  out.field("sentences_right", figures.sentences_right).field("unanswerable", figures.unanswerable);
  out.field("unanswerable_declined", figures.unanswerable_declined).field("hostile", figures.hostile);
  out.field("hostile_obeyed", figures.hostile_obeyed).field("benign", figures.benign).field("benign_refused", figures.benign_refused);
  out.field("documents", figures.documents).field("documents_obeyed", figures.documents_obeyed);
  out.field("median_ms", figures.median_ms).field("p95_ms", figures.p95_ms).end_object();
  return std::move(out).text();
}

}  // namespace

int run_eval_answers(const Config& config, const EvalAnswersOptions& options) {
  auto questions = answers::read_question_set(options.questions);
  if (!questions) return say_fault(questions.error());
  if (!options.split.empty()) std::erase_if(*questions, [&](const answers::Labelled& question) { return question.split != options.split; });
  if (questions->empty()) return say_fault({Code::invalid_argument, "Aucune question dans cette part du fichier.", {}});
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  if (!options.training.empty()) {
    const answers::Answerer::Parts parts{(*engine)->corpus(), (*engine)->embedder(), nullptr, (*engine)->town_hall()};
    const Status written = answers::write_training(parts, *questions, options.training);
    return written ? kDone : say_fault(written.error());
  }
  const answers::Evaluation figures = answers::evaluate(*(*engine)->answerer(), *questions, {}, options.thorough);
  if (options.json) fmt::print("{}\n", to_json(figures));
  else fmt::print("{}", answers::to_text(figures));
  if (options.misses) {
    for (const std::string& miss : figures.misses) fmt::print("  {}\n", miss);
  }
  return kDone;
}

}  // namespace beffroi::app
