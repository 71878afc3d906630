// What the selector sees of a sentence beside a question. What is of the meaning is not a number without vectors of passages.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "answers/pool.h"
#include "answers/reading.h"

namespace beffroi::answers {

// Names in the order of the values: the training command and the model file speak of the same columns.
// clang-format off: a table
inline constexpr std::array<std::string_view, 48> kFeatureNames = {
    "cover",          "cover_context",   "cover_beyond_title", "text_beyond_title", "meant",           "meant_context",  "precision",     "pairs",
    "section_cover",  "section_match",   "condition_cover",    "conditions",        "conditions_unsaid", "asked",         "also_asked",    "figure",
    "yes_no",         "modal",           "introduction",       "first",             "passage_rank",    "passage_score",  "rank",          "relevance",
    "list_item",      "table",           "warning",            "note",              "other_block",     "length",         "very_short",    "leads",
    "question_kind",  "title_cover",     "position",           "has_figure",        "leans",           "document_item",  "section_asked", "hit_score",
    "passage_cover",  "passage_beyond",  "around",             "asked_cover",
    "title_said",     "title_other_case",
                                                            "passage_meaning",   "meaning_here"};
// clang-format on
using Features = std::array<float, kFeatureNames.size()>;

// Everything about the words is computed once for the whole pool: a word common to all its sentences tells little.
struct Scored {
  std::vector<Features> features;   // one for each extract
  double unknown = 0;               // share of the question's words that no sentence of the pool has
};
[[nodiscard]] Scored features_of(const Reading& reading, std::span<const Extract> pool);

}  // namespace beffroi::answers
