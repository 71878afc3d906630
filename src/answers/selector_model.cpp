#include "answers/selector_model.h"

#include <cmath>

#include "answers/selector_weights.h"

namespace beffroi::answers {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

}  // namespace

double probability(const Features& features) {
  double sum = weights::kSelector.back();
  for (std::size_t i = 0; i < features.size(); ++i) sum += static_cast<double>(weights::kSelector[i]) * static_cast<double>(features[i]);
  return sigmoid(sum);
}

double confidence(const Signals& s) {
  const std::array<double, kSignals> values = {s.best, s.relevance, s.coverage, s.context, s.beyond_title, s.title, s.unknown, s.figures, s.terms, s.personal, s.names, s.past};
  double sum = weights::kConfidence.back();
  for (std::size_t i = 0; i < values.size(); ++i) sum += static_cast<double>(weights::kConfidence[i]) * values[i];
  return sigmoid(sum);
}

}  // namespace beffroi::answers
