#include "search/letters.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace beffroi::search {

LetterGroups letter_groups(std::string_view folded) {
  LetterGroups groups;
  const std::string padded = " " + std::string(folded) + " ";
  std::uint32_t last_four = 0;
  for (std::size_t at = 0; at < padded.size(); ++at) {
    last_four = last_four << 8 | static_cast<unsigned char>(padded[at]);
    if (at >= 3) groups.push_back(last_four);
  }
  std::ranges::sort(groups);
  const auto repeated = std::ranges::unique(groups);
  groups.erase(repeated.begin(), repeated.end());
  return groups;
}

TitleLetters::TitleLetters(const IndexFile& index) : begins_{0} {
  std::unordered_map<std::uint32_t, std::uint32_t> holding;
  for (const PublicationRecord& publication : index.publications) {
    const LetterGroups groups = letter_groups(index.text(publication.title_words));
    for (const std::uint32_t group : groups) ++holding[group];
    groups_.insert(groups_.end(), groups.begin(), groups.end());
    begins_.push_back(static_cast<std::uint32_t>(groups_.size()));
  }
  const auto publications = static_cast<double>(index.publications.size());
  squared_weights_.reserve(holding.size());
  for (const auto& [group, count] : holding) {
    const double weight = std::log(1 + publications / (1 + count));
    squared_weights_.emplace(group, static_cast<float>(weight * weight));
  }
  lengths_.reserve(index.publications.size());
  for (std::uint32_t at = 0; at < index.publications.size(); ++at) {
    float sum = 0;
    for (const std::uint32_t group : groups_of(at)) sum += squared_weight(group);
    lengths_.push_back(std::sqrt(sum));
  }
}

std::span<const std::uint32_t> TitleLetters::groups_of(std::uint32_t publication) const {
  return std::span(groups_).subspan(begins_[publication], begins_[publication + 1] - begins_[publication]);
}

float TitleLetters::squared_weight(std::uint32_t group) const {
  const auto found = squared_weights_.find(group);
  return found == squared_weights_.end() ? 0 : found->second;
}

TitleLikeness::TitleLikeness(const TitleLetters& letters, std::string_view folded_question)
    : letters_(letters), groups_(letter_groups(folded_question)) {
  float sum = 0;
  for (const std::uint32_t group : groups_) {
    squared_weights_.push_back(letters.squared_weight(group));
    sum += squared_weights_.back();
  }
  length_ = std::sqrt(sum);
}

float TitleLikeness::to(std::uint32_t publication) const {
  const auto title = letters_.groups_of(publication);
  float shared = 0;
  for (std::size_t ours = 0, theirs = 0; ours < groups_.size() && theirs < title.size();) {
    if (groups_[ours] == title[theirs]) shared += squared_weights_[ours];
    const std::uint32_t group = groups_[ours];
    if (group <= title[theirs]) ++ours;
    if (group >= title[theirs]) ++theirs;
  }
  const float lengths = length_ * letters_.lengths_[publication];
  return lengths > 0 ? shared / lengths : 0;
}

}  // namespace beffroi::search
