// The re-ranker: boosted trees over the features of a candidate, and how sure to be that it is about the question. Trained on judged
// questions only (tools/train), compiled in. Immutable, thread-safe.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/features.h"
#include "search/trees.h"

namespace beffroi::search {

class Ranker {
 public:
  // The models that the program carries: for searches by words, with the meaning of titles and introductions only (the passages are
  // still being computed), and with that of passages too. Each is trained on what it will see.
  [[nodiscard]] static const Ranker& by_words();
  [[nodiscard]] static const Ranker& by_words_and_titles();
  [[nodiscard]] static const Ranker& by_words_and_meaning();

  // `trees_text`: a model of trees.h over features of features.h. `relevance_text`: lines «name weight», where a name is that of a
  // feature, «score» or «constant». Code::bad_input when either is malformed or names an unknown feature.
  [[nodiscard]] static Result<Ranker> parse(std::string_view trees_text, std::string_view relevance_text);

  // Comparable within one question.
  [[nodiscard]] double score(const FeatureRow& row) const;
  // 0 to 1, comparable between questions. `score` is that of the row.
  [[nodiscard]] double relevance(const FeatureRow& row, double score) const;

 private:
  struct Term {
    Feature feature;
    double weight;
  };
  Trees trees_;
  std::vector<Feature> inputs_;  // of the trees, in their order
  std::vector<Term> terms_;
  double score_weight_ = 0;
  double constant_ = 0;
};

}  // namespace beffroi::search
