// What the re-ranker looks at: plain numbers about a question and a candidate, each with its name in the model files.
//
// An idf mass is a sum of idf; a share is 0 to 1. «Said» counts the words of the question, «all» also what they may mean. Features of meaning
// are NaN where there are no vectors.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "search/evidence.h"
#include "search/letters.h"
#include "search/query.h"

namespace beffroi::search {

// clang-format off: grouped by what they are read from
enum class Feature : std::uint8_t {
  // BM25 of a field
  title_said, title_all, names_said, names_all, anchors_said, anchors_all, headings_said, headings_all, introduction_said, introduction_all,
  body_said, body_all, topics_said, topics_all, asides_said, asides_all, passage_said, passage_all, document_said, document_all, introduction_long, first_stage,
  // shares of the question found in a field, of the title found in the question
  title_covered, title_covered_all, names_covered, introduction_covered, headings_covered, anywhere_covered, passage_covered,
  names_met, passage_met,
  title_share, title_share_all, title_likeness,
  // neighbouring words kept together
  title_pairs, headings_pairs, passage_pairs,
  // first words of the question, which often name the subject
  first_word_in_title, first_words_in_title,
  // rankings and what stands near the best
  fused, rank_by_words, links_in, links_out, related_in, related_out, topic_1, topic_2, topic_3, topic_4, audience_agreement, kind_agreement,
  // against the best of this question
  relative_first_stage, relative_passage, relative_title, relative_introduction, relative_headings, relative_body, relative_document,
  relative_introduction_long, relative_fused,
  // the question and the publication alone
  question_words, question_mass, question_known, question_rarest, best_first_stage, title_words, passages, body_words,
  // meaning
  meaning, rank_by_meaning, relative_meaning, best_meaning, standard_meaning, neighbours_meaning, feedback, relative_feedback,
  passage_meaning, relative_passage_meaning,
};
// clang-format on
inline constexpr std::size_t kFeatures = static_cast<std::size_t>(Feature::relative_passage_meaning) + 1;

// [feature], as the model files and the training tables name them.
[[nodiscard]] std::span<const std::string_view, kFeatures> feature_names();

using FeatureRow = std::array<float, kFeatures>;

// What features are read from. All must outlive the call.
struct FeatureSources {
  const IndexFile& index;
  const QueryReader& reader;
  const TitleLetters& letters;
  const VectorSet* publication_vectors;  // null without vectors
  const VectorSet* passage_vectors;  // null without vectors
};

// One row for each of evidence.candidates, in their order.
[[nodiscard]] std::vector<FeatureRow> compute_features(const Evidence& evidence, const LexicalScores& scores,
                                                       const FeatureSources& sources);

}  // namespace beffroi::search
