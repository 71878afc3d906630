#include "search/ranker.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "base/log.h"
#include "search/embedded.h"

namespace beffroi::search {

namespace {

std::optional<Feature> feature_named(std::string_view name) {
  const auto names = feature_names();
  const auto found = std::ranges::find(names, name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Feature>(found - names.begin());
}

tl::unexpected<Error> malformed(std::string_view what) {
  return fail(Code::bad_input, "Le modèle de classement est illisible.", std::string(what));
}

// What the program carries was checked by the tests: anything else is a broken build.
Ranker carried(std::string_view trees_text, std::string_view relevance_text) {
  auto ranker = Ranker::parse(trees_text, relevance_text);
  if (!ranker) {
    log::error("the re-ranker compiled in is unusable", {{"why", ranker.error().detail}});
    std::abort();
  }
  return std::move(*ranker);
}

}  // namespace

const Ranker& Ranker::by_words() {
  static const Ranker ranker = carried(embedded_words_model(), embedded_words_relevance());
  return ranker;
}

const Ranker& Ranker::by_words_and_titles() {
  static const Ranker ranker = carried(embedded_titles_model(), embedded_titles_relevance());
  return ranker;
}

const Ranker& Ranker::by_words_and_meaning() {
  static const Ranker ranker = carried(embedded_meaning_model(), embedded_meaning_relevance());
  return ranker;
}

Result<Ranker> Ranker::parse(std::string_view trees_text, std::string_view relevance_text) {
  Ranker ranker;
  ranker.trees_ = BEFFROI_TRY(Trees::parse(trees_text));
  for (const std::string& name : ranker.trees_.feature_names()) {
    const auto feature = feature_named(name);
    if (!feature) return malformed("unknown feature " + name);
    ranker.inputs_.push_back(*feature);
  }
  for (std::size_t at = 0; at < relevance_text.size();) {
    const std::size_t end = std::min(relevance_text.find('\n', at), relevance_text.size());
    const std::string_view line = relevance_text.substr(at, end - at);
    at = end + 1;
    const std::size_t space = line.find(' ');
    if (line.empty() || line.front() == '#') continue;
    double weight = 0;
    const bool numeric =
        space != std::string_view::npos && std::from_chars(line.data() + space + 1, line.data() + line.size(), weight).ec == std::errc{};
    if (!numeric) return malformed(line);
    const std::string_view name = line.substr(0, space);
    if (name == "score") {
      ranker.score_weight_ = weight;
    } else if (name == "constant") {
      ranker.constant_ = weight;
    } else if (const auto feature = feature_named(name)) {
      ranker.terms_.push_back({*feature, weight});
    } else {
      return malformed(line);
    }
  }
  return ranker;
}

double Ranker::score(const FeatureRow& row) const {
  FeatureRow values;
  for (std::size_t at = 0; at < inputs_.size(); ++at) values[at] = row[static_cast<std::size_t>(inputs_[at])];
  return trees_.predict(std::span(values).first(inputs_.size()));
}

double Ranker::relevance(const FeatureRow& row, double score) const {
  double sum = constant_ + score_weight_ * score;
  for (const Term& term : terms_) {
    const float value = row[static_cast<std::size_t>(term.feature)];
    if (!std::isnan(value)) sum += term.weight * static_cast<double>(value);
  }
  return 1 / (1 + std::exp(-sum));
}

}  // namespace beffroi::search
