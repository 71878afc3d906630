// The sentences of an answer said otherwise by a language model, each one checked.
//
// Sentences that cannot be read apart (a list and what introduces it, a rule and its exception) go to the model together. What it writes is
// cut into sentences; the gate of `grounding` accepts each against the sentences it was made from, or it is not shown. A source
// sentence that nothing accepted tells in full is shown in its own words: a rule is never lost. A model that fails takes nothing away.
// Thread-safe as far as the model is: several threads may reword at once.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "answers/answer.h"
#include "base/result.h"
#include "llm/chat_model.h"

namespace beffroi::answers {

enum class Style { plain, falc, letter_paragraph };
[[nodiscard]] std::string_view name_of(Style style);  // "letter_paragraph"
[[nodiscard]] std::optional<Style> style_named(std::string_view name);

struct RewordingRequest {
  Style style = Style::plain;
  std::string commune;  // tenant id, for the queue
  std::function<void(int ahead)> on_place;  // see llm::Place; may be empty
};

// A sentence of the model that the check turned down, and why: a reason of the gate, or « tone » (written.h). For measures, never for logs.
struct Refused {
  std::string text;
  std::string reason;
};

struct Rewording {
  std::vector<Sentence> sentences;  // the whole answer in reading order: reworded ones say so and carry `original`
  int reworded = 0;  // sentences shown in the model's words
  int refused = 0;  // sentences of the model that the check turned down
  int written = 0;  // sentences of the model that were checked; those neither refused nor accepted are the source's own words
  int accepted = 0;  // of them; not shown when together they do not tell all that the source says
  std::vector<Refused> refusals;
  std::string message;  // French: what was checked, refused, or went wrong
  std::optional<Error> fault;  // of the model; from there on the sentences are the source's own
  llm::Usage usage;  // of all the requests; of those that failed, nothing is known
};

class Rewriter {
 public:
  // Called for each sentence, in reading order, once it has passed. False: nobody listens any more, nothing more is asked.
  using OnSentence = std::function<bool(const Sentence&)>;

  explicit Rewriter(std::shared_ptr<llm::ChatModel> model);  // not null
  [[nodiscard]] Rewording reword(const std::vector<Sentence>& sentences, const RewordingRequest& request, const OnSentence& on_sentence,
                                 const std::stop_token& stop) const;

  [[nodiscard]] std::string model_id() const { return model_->model_id(); }
  [[nodiscard]] beffroi::Status health() const { return model_->health(); }

 private:
  std::shared_ptr<llm::ChatModel> model_;
};

}  // namespace beffroi::answers
