#include "answers/model_selector.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "answers/model_selector_weights.h"

namespace beffroi::answers {
namespace {

double logit(double p) {
  const double bounded = std::clamp(p, 1e-6, 1 - 1e-6);
  return std::log(bounded / (1 - bounded));
}

}  // namespace

double weighed(double prior, double letter, double none) {
  const auto& w = weights::kModel;
  const double sum = w[0] * logit(prior) + w[1] * std::log(std::max(letter, 1e-9)) + w[2] * logit(1 - none) + w[3];
  return 1 / (1 + std::exp(-sum));
}

ModelSelector::ModelSelector(std::shared_ptr<llm::SentenceChooser> chooser) : chooser_(std::move(chooser)) {}

Result<Selector::Chosen> ModelSelector::choose(const Offer& offer, const std::stop_token& stop) const {
  llm::ChoosingRequest request;
  request.question = offer.question;
  request.place.commune = offer.commune;
  request.place.on_place = offer.on_place;
  for (const OfferedPassage& passage : offer.passages) {
    llm::LetteredPassage lettered{passage.heading, {}};
    for (const Candidate& candidate : passage.candidates) lettered.sentences.push_back(candidate.text);
    request.passages.push_back(std::move(lettered));
  }
  const llm::Choosing choosing = BEFFROI_TRY(chooser_->choose(request, stop));
  Chosen chosen;
  chosen.usage = choosing.usage;
  for (std::size_t p = 0; p < offer.passages.size() && p < choosing.passages.size(); ++p) {
    const auto& said = choosing.passages[p];
    const auto& candidates = offer.passages[p].candidates;
    for (std::size_t s = 0; s < candidates.size() && s < said.sentences.size(); ++s) {
      chosen.choices.push_back({candidates[s].number, weighed(candidates[s].prior, said.sentences[s], said.none)});
    }
  }
  return chosen;
}

}  // namespace beffroi::answers
