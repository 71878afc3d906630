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

TitleLetters::TitleLetters(const IndexFile& index) : index_(index) {
  std::unordered_map<std::uint32_t, std::uint32_t> holding;
  for (const PublicationRecord& publication : index.publications) {
    for (const std::uint32_t group : letter_groups(index.text(publication.title_words))) ++holding[group];
  }
  const auto publications = static_cast<double>(index.publications.size());
  weights_.reserve(holding.size());
  for (const auto& [group, count] : holding) weights_.emplace(group, static_cast<float>(std::log(1 + publications / (1 + count))));
  lengths_.reserve(index.publications.size());
  for (const PublicationRecord& publication : index.publications) lengths_.push_back(length(letter_groups(index.text(publication.title_words))));
}

float TitleLetters::weight(std::uint32_t group) const {
  const auto found = weights_.find(group);
  return found == weights_.end() ? 0 : found->second;
}

float TitleLetters::length(const LetterGroups& groups) const {
  float sum = 0;
  for (const std::uint32_t group : groups) sum += weight(group) * weight(group);
  return std::sqrt(sum);
}

float TitleLetters::likeness(const LetterGroups& query, std::uint32_t publication) const {
  float shared = 0;
  for (const std::uint32_t group : letter_groups(index_.text(index_.publications[publication].title_words))) {
    if (std::ranges::binary_search(query, group)) shared += weight(group) * weight(group);
  }
  const float lengths = length(query) * lengths_[publication];
  return lengths > 0 ? shared / lengths : 0;
}

}  // namespace beffroi::search
