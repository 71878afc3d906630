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

std::vector<llm::LetteredPassage> lettered(const Offer& offer) {
  std::vector<llm::LetteredPassage> passages;
  for (const OfferedPassage& passage : offer.passages) {
    llm::LetteredPassage one{passage.heading, {}};
    for (const Candidate& candidate : passage.candidates) one.sentences.push_back(candidate.text);
    passages.push_back(std::move(one));
  }
  return passages;
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
  request.passages = lettered(offer);
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

void ModelSelector::pass_by(const Offer& offer) const { often_.saw(lettered(offer)); }

std::size_t ModelSelector::read_ahead(std::size_t most, std::chrono::seconds quiet, const std::stop_token& stop) const {
  if (most == 0 || often_.quiet() < quiet) return 0;
  const auto passages = often_.next(most);
  if (!passages.empty()) chooser_->preload(passages, stop);
  return passages.size();
}

}  // namespace beffroi::answers
