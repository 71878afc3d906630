#include "search/ranker.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace beffroi;
using namespace beffroi::search;

namespace {

FeatureRow row_of(float value) {
  FeatureRow row;
  row.fill(value);
  return row;
}

constexpr std::string_view kModel =
    "tree\nversion=v4\nfeature_names=fused meaning\n\n"
    "Tree=0\nnum_leaves=3\nnum_cat=0\nsplit_feature=0 1\nthreshold=0.5 0.25\ndecision_type=2 8\nleft_child=-1 -2\nright_child=1 -3\n"
    "leaf_value=-1 2 4\n\nTree=1\nnum_leaves=1\nnum_cat=0\nsplit_feature=\nthreshold=\ndecision_type=\nleft_child=\nright_child=\nleaf_value=0.5\n\n"
    "end of trees\n";

}  // namespace

TEST_CASE("the carried models are sound and give numbers, whatever the features") {
  for (const Ranker* ranker : {&Ranker::by_words(), &Ranker::by_words_and_titles(), &Ranker::by_words_and_meaning()}) {
    for (const float value : {0.0F, 1.0F, -5.0F, 1e30F, std::numeric_limits<float>::quiet_NaN()}) {
      const FeatureRow row = row_of(value);
      const double score = ranker->score(row);
      CHECK(std::isfinite(score));
      const double relevance = ranker->relevance(row, score);
      CHECK(relevance >= 0);
      CHECK(relevance <= 1);
    }
  }
}

TEST_CASE("a tree is followed from its root, missing values take their side") {
  const Ranker ranker = Ranker::parse(kModel, "# comment\nconstant 0\nscore 0\nfused 1\n").value();
  FeatureRow row = row_of(0);
  const auto score = [&](float fused, float meaning) {
    row[static_cast<std::size_t>(Feature::fused)] = fused;
    row[static_cast<std::size_t>(Feature::meaning)] = meaning;
    return ranker.score(row);
  };
  CHECK(score(0.5F, 9) == -0.5);
  CHECK(score(0.6F, 0.25F) == 2.5);
  CHECK(score(0.6F, 0.26F) == 4.5);
  CHECK(score(0.6F, NAN) == 4.5);  // missing, to the right by default
  CHECK(score(NAN, 9) == -0.5);    // no missing value known: counts as 0
  row[static_cast<std::size_t>(Feature::fused)] = 0;
  CHECK(ranker.relevance(row, 100) == 0.5);
  row[static_cast<std::size_t>(Feature::fused)] = 2;
  CHECK(ranker.relevance(row, 100) == doctest::Approx(1 / (1 + std::exp(-2.0))));
}

TEST_CASE("a malformed model is refused, never followed") {
  const std::string good(kModel);
  const auto refused = [](const std::string& text) { return Ranker::parse(text, "").error().code == Code::bad_input; };
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  CHECK(Ranker::parse(good, "").has_value());
  CHECK(refused(""));
  CHECK(refused(with("feature_names=fused", "feature_names=unknown")));
  CHECK(refused(with("split_feature=0 1", "split_feature=0 2")));
  CHECK(refused(with("split_feature=0 1", "split_feature=0")));
  CHECK(refused(with("right_child=1 -3", "right_child=0 -3")));  // would go round
  CHECK(refused(with("right_child=1 -3", "right_child=1 -4")));
  CHECK(refused(with("num_cat=0", "num_cat=1")));
  CHECK(refused(with("leaf_value=-1", "leaf_value=x")));
  CHECK(refused(with("end of trees", "")));
  CHECK(Ranker::parse(good, "nothing 1\n").error().code == Code::bad_input);
  CHECK(Ranker::parse(good, "score\n").error().code == Code::bad_input);
}
