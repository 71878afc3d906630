#include "answers/selector_model.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "answers/selector_weights.h"
#include "base/log.h"
#include "search/trees.h"

extern "C" const char beffroi_answers_selector_begin[];
extern "C" const char beffroi_answers_selector_end[];

namespace beffroi::answers {
namespace {

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }

// The trees and where each of their inputs is among our features. A program built with a model of other features is broken: it stops.
struct Model {
  search::Trees trees;
  std::vector<std::size_t> inputs;

  static Model load() {
    auto trees = search::Trees::parse({beffroi_answers_selector_begin, beffroi_answers_selector_end});
    if (!trees) stop(trees.error().detail);
    Model model{std::move(*trees), {}};
    for (const auto& name : model.trees.feature_names()) {
      const auto at = std::find(kFeatureNames.begin(), kFeatureNames.end(), name);
      if (at == kFeatureNames.end()) stop("unknown feature " + name);
      model.inputs.push_back(static_cast<std::size_t>(at - kFeatureNames.begin()));
    }
    return model;
  }

  [[noreturn]] static void stop(const std::string& why) {
    log::error("selector_model", {{"detail", why}});
    std::abort();
  }
};

}  // namespace

double probability(const Features& features) {
  static const Model kModel = Model::load();
  std::array<float, kFeatureNames.size()> values{};
  for (std::size_t i = 0; i < kModel.inputs.size(); ++i) values[i] = features[kModel.inputs[i]];
  const double raw = kModel.trees.predict(std::span(values).first(kModel.inputs.size()));
  return sigmoid(static_cast<double>(weights::kSelector[0]) * raw + static_cast<double>(weights::kSelector[1]));
}

double confidence(const Signals& s) {
  const std::array<double, kSignals> values = {s.best,    s.relevance, s.coverage, s.context,  s.beyond_title, s.title,
                                               s.unknown, s.figures,   s.terms,    s.personal, s.names,        s.past};
  double sum = static_cast<double>(weights::kConfidence.back());
  for (std::size_t i = 0; i < values.size(); ++i) sum += static_cast<double>(weights::kConfidence[i]) * values[i];
  return sigmoid(sum);
}

}  // namespace beffroi::answers
