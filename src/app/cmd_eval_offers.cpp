// beffroi eval offers: what a model would choose from, and what it chooses.
#include "answers/offer_file.h"
#include "answers/question_set.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"

namespace beffroi::app {

int run_eval_offers(const Config& config, const EvalOffersOptions& options) {
  auto questions = answers::read_question_set(options.questions);
  if (!questions) return say_fault(questions.error());
  if (!options.split.empty()) std::erase_if(*questions, [&](const answers::Labelled& question) { return question.split != options.split; });
  if (options.limit > 0 && questions->size() > options.limit) questions->resize(options.limit);
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto& chooser = (*engine)->language().chooser;
  if (options.model && chooser == nullptr) return say_fault({Code::unavailable, (*engine)->language().why_not, {}});
  const answers::Answerer::Parts parts{(*engine)->corpus(), (*engine)->embedder(), nullptr, (*engine)->town_hall()};
  const Status written = answers::write_offers(parts, *questions, {options.windows, options.model ? chooser.get() : nullptr}, options.out);
  return written ? kDone : say_fault(written.error());
}

}  // namespace beffroi::app
