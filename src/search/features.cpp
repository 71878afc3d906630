#include "search/features.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "search/pairs.h"

namespace beffroi::search {

namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

// clang-format off: grouped as in features.h
constexpr std::array<std::string_view, kFeatures> kNames = {
    "title_said", "title_all", "names_said", "names_all", "anchors_said", "anchors_all", "headings_said", "headings_all",
    "introduction_said", "introduction_all", "body_said", "body_all", "topics_said", "topics_all", "asides_said", "asides_all",
    "passage_said", "passage_all", "document_said", "document_all", "introduction_long", "first_stage",
    "title_covered", "title_covered_all", "names_covered", "introduction_covered", "headings_covered", "anywhere_covered",
    "passage_covered", "names_met", "passage_met", "title_share", "title_share_all", "title_likeness",
    "title_pairs", "headings_pairs", "passage_pairs",
    "first_word_in_title", "first_words_in_title",
    "fused", "rank_by_words", "links_in", "links_out", "related_in", "related_out", "topic_1", "topic_2", "topic_3", "topic_4",
    "audience_agreement", "kind_agreement",
    "relative_first_stage", "relative_passage", "relative_title", "relative_introduction", "relative_headings", "relative_body",
    "relative_document", "relative_introduction_long",
    "relative_fused",
    "question_words", "question_mass", "question_known", "question_rarest", "best_first_stage", "title_words", "passages", "body_words",
    "meaning", "rank_by_meaning", "relative_meaning", "best_meaning", "standard_meaning", "neighbours_meaning", "feedback",
    "relative_feedback", "passage_meaning", "relative_passage_meaning"};
// clang-format on

struct Moments {
  float mean = 0, deviation = 1, highest = 0;
};

Moments moments_of(std::span<const float> values) {
  double sum = 0, squares = 0, highest = -1;
  std::size_t count = 0;
  for (const float value : values) {
    if (std::isnan(value)) continue;
    sum += value;
    squares += static_cast<double>(value) * value;
    highest = std::max(highest, static_cast<double>(value));
    ++count;
  }
  if (count == 0) return {};
  const double mean = sum / static_cast<double>(count);
  const double variance = std::max(squares / static_cast<double>(count) - mean * mean, 1e-12);
  return {static_cast<float>(mean), static_cast<float>(std::sqrt(variance)), static_cast<float>(highest)};
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

float ratio(double part, double whole) { return static_cast<float>(part / std::max(whole, 1e-6)); }

class Computer {
 public:
  Computer(const Evidence& evidence, const LexicalScores& scores, const FeatureSources& sources)
      : evidence_(evidence),
        scores_(scores),
        sources_(sources),
        index_(sources.index),
        pairs_(evidence.terms, sources.reader),
        likeness_(sources.letters, joined(evidence.terms.words)) {
    for (const QueryTerm& term : evidence.terms.terms) {
      if (term.said) rarest_ = std::max(rarest_, term.idf);
      if (term.said) ++said_;
    }
    find_best();
    weigh_audiences_and_kinds();
    if (evidence.has_meaning()) moments_ = moments_of(evidence.cosines);
  }

  [[nodiscard]] std::vector<FeatureRow> rows() const {
    std::vector<FeatureRow> rows;
    rows.reserve(evidence_.candidates.size());
    for (const std::uint32_t publication : evidence_.candidates) {
      FeatureRow row;
      row.fill(kMissing);
      fill_scores(publication, row);
      fill_words(publication, row);
      fill_neighbourhood(publication, row);
      fill_question(publication, row);
      if (evidence_.has_meaning()) fill_meaning(publication, row);
      rows.push_back(row);
    }
    if (evidence_.has_meaning()) fill_relative_meaning(rows);
    return rows;
  }

 private:
  static void set(FeatureRow& row, Feature feature, double value) { row[static_cast<std::size_t>(feature)] = static_cast<float>(value); }
  static float get(const FeatureRow& row, Feature feature) { return row[static_cast<std::size_t>(feature)]; }

  void find_best() {
    for (const std::uint32_t at : scores_.touched_publications) {
      const PublicationScore& score = scores_.publications[at];
      best_.first_stage = std::max(best_.first_stage, first_stage(score));
      best_.passage = std::max(best_.passage, score.passage_all);
      best_.document = std::max(best_.document, score.document_all);
      best_.introduction_long = std::max(best_.introduction_long, score.introduction_long);
      for (std::size_t field = 0; field < kFields; ++field) best_.fields[field] = std::max(best_.fields[field], score.all[field]);
    }
    if (!evidence_.best.empty()) best_.fused = evidence_.best.front().score;
  }

  void weigh_audiences_and_kinds() {
    kinds_.assign(index_.kinds.size(), 0);
    double sum = 0;
    const std::size_t count = std::min<std::size_t>(30, evidence_.best.size());
    for (std::size_t rank = 0; rank < count; ++rank) sum += 1 / (5 + static_cast<double>(rank));
    for (std::size_t rank = 0; rank < count; ++rank) {
      const auto weight = static_cast<float>(1 / (5 + static_cast<double>(rank)) / sum);
      const PublicationRecord& record = index_.publications[evidence_.best[rank].id];
      kinds_[record.kind] += weight;
      for (std::size_t bit = 0; bit < audiences_.size(); ++bit) {
        if ((record.audiences >> bit & 1) != 0) audiences_[bit] += weight;
      }
    }
  }

  void fill_scores(std::uint32_t publication, FeatureRow& row) const {
    const PublicationScore& score = scores_.publications[publication];
    const auto field = [&](Field from, Feature said, Feature all) {
      set(row, said, score.said_in(from));
      set(row, all, score.all_in(from));
    };
    const auto relative = [&](Feature to, Field from) {
      set(row, to, ratio(score.all_in(from), best_.fields[static_cast<std::size_t>(from)]));
    };
    field(Field::title, Feature::title_said, Feature::title_all);
    field(Field::names, Feature::names_said, Feature::names_all);
    field(Field::anchors, Feature::anchors_said, Feature::anchors_all);
    field(Field::headings, Feature::headings_said, Feature::headings_all);
    field(Field::introduction, Feature::introduction_said, Feature::introduction_all);
    field(Field::body, Feature::body_said, Feature::body_all);
    field(Field::topics, Feature::topics_said, Feature::topics_all);
    field(Field::asides, Feature::asides_said, Feature::asides_all);
    set(row, Feature::passage_said, score.passage_said);
    set(row, Feature::passage_all, score.passage_all);
    set(row, Feature::document_said, score.document_said);
    set(row, Feature::document_all, score.document_all);
    set(row, Feature::introduction_long, score.introduction_long);
    set(row, Feature::relative_document, ratio(score.document_all, best_.document));
    set(row, Feature::relative_introduction_long, ratio(score.introduction_long, best_.introduction_long));
    set(row, Feature::names_met, ratio(score.names_met, said_));
    set(row, Feature::passage_met, ratio(score.passage_met, said_));
    set(row, Feature::first_stage, first_stage(score));
    set(row, Feature::title_covered, score.title_covered);
    set(row, Feature::title_covered_all, score.title_covered_all);
    set(row, Feature::names_covered, score.names_covered);
    set(row, Feature::introduction_covered, score.introduction_covered);
    set(row, Feature::headings_covered, score.headings_covered);
    set(row, Feature::anywhere_covered, score.anywhere_covered);
    set(row, Feature::passage_covered, score.passage_covered);
    set(row, Feature::relative_first_stage, ratio(first_stage(score), best_.first_stage));
    set(row, Feature::relative_passage, ratio(score.passage_all, best_.passage));
    relative(Feature::relative_title, Field::title);
    relative(Feature::relative_introduction, Field::introduction);
    relative(Feature::relative_headings, Field::headings);
    relative(Feature::relative_body, Field::body);
  }

  void fill_words(std::uint32_t publication, FeatureRow& row) const {
    const PublicationScore& score = scores_.publications[publication];
    const auto sequence = index_.sequence_of_publication(publication);
    const auto title = sequence.first(static_cast<std::size_t>(std::ranges::find(sequence, kBreak) - sequence.begin()));
    double title_mass = 0;
    for (std::size_t at = 0; at < title.size(); ++at) {
      if (std::ranges::find(title.first(at), title[at]) == title.first(at).end()) title_mass += sources_.reader.idf(title[at]);
    }
    set(row, Feature::title_share, ratio(score.title_covered * evidence_.terms.mass, title_mass));
    set(row, Feature::title_share_all, ratio(score.title_mass_met, title_mass));
    set(row, Feature::title_likeness, likeness_.to(publication));
    set(row, Feature::title_words, static_cast<double>(title.size()));
    set(row, Feature::title_pairs, pairs_.found_in(title));
    set(row, Feature::headings_pairs, pairs_.found_in(sequence.subspan(title.size())));
    float passage_pairs = 0;
    for (std::uint32_t at = index_.publications[publication].first_passage; at < index_.passages_end(publication); ++at) {
      if (scores_.passages[at].touched) passage_pairs = std::max(passage_pairs, pairs_.found_in(index_.sequence_of_passage(at)));
    }
    set(row, Feature::passage_pairs, passage_pairs);
    const auto& said = evidence_.terms.said;
    const auto in_title = [&](std::size_t at) { return at < said.size() && std::ranges::find(title, said[at]) != title.end() ? 1 : 0; };
    set(row, Feature::first_word_in_title, in_title(0));
    set(row, Feature::first_words_in_title, in_title(0) + in_title(1));
  }

  void fill_neighbourhood(std::uint32_t publication, FeatureRow& row) const {
    const Agreement agreement = evidence_.agreements.with(publication);
    const auto fused = evidence_.fused.find(publication);
    const auto rank = evidence_.rank_by_words.find(publication);
    const float fused_score = fused == evidence_.fused.end() ? 0 : fused->second;
    set(row, Feature::fused, fused_score);
    set(row, Feature::relative_fused, ratio(fused_score, best_.fused));
    set(row, Feature::rank_by_words, rank == evidence_.rank_by_words.end() ? kUnranked : static_cast<float>(rank->second));
    set(row, Feature::links_in, agreement.links_in);
    set(row, Feature::links_out, agreement.links_out);
    set(row, Feature::related_in, agreement.related_in);
    set(row, Feature::related_out, agreement.related_out);
    set(row, Feature::topic_1, agreement.topics[0]);
    set(row, Feature::topic_2, agreement.topics[1]);
    set(row, Feature::topic_3, agreement.topics[2]);
    set(row, Feature::topic_4, agreement.topics[3]);
    const PublicationRecord& record = index_.publications[publication];
    float audience = 0;
    for (std::size_t bit = 0; bit < audiences_.size(); ++bit) {
      if ((record.audiences >> bit & 1) != 0) audience += audiences_[bit];
    }
    set(row, Feature::audience_agreement, audience);
    set(row, Feature::kind_agreement, kinds_[record.kind]);
  }

  void fill_question(std::uint32_t publication, FeatureRow& row) const {
    set(row, Feature::question_words, said_);
    set(row, Feature::question_mass, evidence_.terms.mass);
    set(row, Feature::question_known, ratio(evidence_.terms.mass, evidence_.terms.mass + evidence_.terms.unknown_mass));
    set(row, Feature::question_rarest, rarest_);
    set(row, Feature::best_first_stage, best_.first_stage);
    set(row, Feature::passages, index_.passages_end(publication) - index_.publications[publication].first_passage);
    set(row, Feature::body_words, index_.length(Field::body, publication));
  }

  void fill_meaning(std::uint32_t publication, FeatureRow& row) const {
    const VectorSet& vectors = *sources_.publication_vectors;
    const float meaning = vectors.cosine(publication, evidence_.vector);
    const auto rank = evidence_.rank_by_meaning.find(publication);
    set(row, Feature::meaning, meaning);
    set(row, Feature::rank_by_meaning, rank == evidence_.rank_by_meaning.end() ? kUnranked : static_cast<float>(rank->second));
    set(row, Feature::best_meaning, moments_.highest);
    set(row, Feature::relative_meaning, meaning - moments_.highest);
    set(row, Feature::standard_meaning, (meaning - moments_.mean) / moments_.deviation);
    set(row, Feature::feedback, vectors.cosine(publication, evidence_.centroid));
    double sum = 0, count = 0;
    for (const auto links : {index_.links_of(publication), index_.related_to(publication)}) {
      for (const std::uint32_t neighbour : links) {
        if (std::isnan(evidence_.cosines[neighbour])) continue;
        sum += evidence_.cosines[neighbour];
        ++count;
      }
    }
    set(row, Feature::neighbours_meaning, count > 0 ? sum / count : moments_.mean);
    if (sources_.passage_vectors == nullptr) return;
    for (std::uint32_t at = index_.publications[publication].first_passage; at < index_.passages_end(publication); ++at) {
      const float passage = sources_.passage_vectors->cosine(at, evidence_.vector);
      if (!(get(row, Feature::passage_meaning) >= passage)) set(row, Feature::passage_meaning, passage);
    }
  }

  static void fill_relative_meaning(std::vector<FeatureRow>& rows) {
    for (const auto& [from, to] : {std::pair(Feature::feedback, Feature::relative_feedback),
                                   std::pair(Feature::passage_meaning, Feature::relative_passage_meaning)}) {
      float highest = -1;
      for (const FeatureRow& row : rows) highest = std::max(highest, std::isnan(get(row, from)) ? -1 : get(row, from));
      for (FeatureRow& row : rows) set(row, to, get(row, from) - highest);
    }
  }

  struct Best {
    double first_stage = 0, fused = 0;
    float passage = 0, document = 0, introduction_long = 0;
    std::array<float, kFields> fields{};
  };

  const Evidence& evidence_;
  const LexicalScores& scores_;
  const FeatureSources& sources_;
  const IndexFile& index_;
  QueryPairs pairs_;
  TitleLikeness likeness_;
  Best best_;
  Moments moments_;
  float rarest_ = 0;
  double said_ = 0;
  std::array<float, 64> audiences_{};
  std::vector<float> kinds_;
};

}  // namespace

std::span<const std::string_view, kFeatures> feature_names() { return kNames; }

std::vector<FeatureRow> compute_features(const Evidence& evidence, const LexicalScores& scores, const FeatureSources& sources) {
  return Computer(evidence, scores, sources).rows();
}

}  // namespace beffroi::search
