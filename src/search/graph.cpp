#include "search/graph.h"

#include <algorithm>
#include <numeric>

namespace beffroi::search {

namespace {

constexpr double kRankDamping = 5;
constexpr std::size_t kFirstNarrowLevel = 2;  // wider topics have hundreds of members: sharing one brings nobody near

}  // namespace

Graph::Rows Graph::reversed(std::span<const std::uint32_t> begins, std::span<const std::uint32_t> values, std::size_t rows) {
  Rows out;
  out.begins.assign(rows + 1, 0);
  for (const std::uint32_t value : values) ++out.begins[value + 1];
  std::partial_sum(out.begins.begin(), out.begins.end(), out.begins.begin());
  out.values.resize(values.size());
  std::vector<std::uint32_t> next(out.begins.begin(), out.begins.end());
  for (std::uint32_t row = 0; row + 1 < begins.size(); ++row) {
    for (std::uint32_t at = begins[row]; at < begins[row + 1]; ++at) out.values[next[values[at]]++] = row;
  }
  return out;
}

Graph::Graph(const IndexFile& index) : index_(index) {
  const std::size_t publications = index.publications.size();
  links_in_ = reversed(index.link_begins, index.links, publications);
  related_in_ = reversed(index.related_begins, index.related, publications);
  const std::size_t topics = index.topics.empty() ? 0 : *std::ranges::max_element(index.topics) + std::size_t{1};
  for (std::size_t level = kFirstNarrowLevel; level < kTopicLevels; ++level) {
    std::vector<std::uint32_t> begins = {0}, values;
    for (std::uint32_t at = 0; at < publications; ++at) {
      const auto path = index.topics_of(at);
      if (level < path.size()) values.push_back(path[level]);
      begins.push_back(static_cast<std::uint32_t>(values.size()));
    }
    members_[level] = reversed(begins, values, topics);
  }
}

Agreements Graph::agreements(std::span<const Scored> best) const {
  Agreements out;
  out.index_ = &index_;
  double sum = 0;
  for (std::size_t rank = 0; rank < best.size(); ++rank) sum += 1 / (kRankDamping + static_cast<double>(rank));
  for (std::size_t rank = 0; rank < best.size(); ++rank) {
    const std::uint32_t from = best[rank].id;
    const auto weight = static_cast<float>(1 / (kRankDamping + static_cast<double>(rank)) / sum);
    out.own_.emplace(from, weight);
    for (const std::uint32_t to : index_.links_of(from)) out.links_[to].links_in += weight;
    for (const std::uint32_t to : links_in_.of(from)) out.links_[to].links_out += weight;
    for (const std::uint32_t to : index_.related_to(from)) out.links_[to].related_in += weight;
    for (const std::uint32_t to : related_in_.of(from)) out.links_[to].related_out += weight;
    const auto path = index_.topics_of(from);
    for (std::size_t level = 0; level < std::min(path.size(), kTopicLevels); ++level) out.topics_[level][path[level]] += weight;
  }
  for (const auto& [publication, agreement] : out.links_) out.near_.push_back(publication);
  for (std::size_t level = kFirstNarrowLevel; level < kTopicLevels; ++level) {
    for (const auto& [topic, weight] : out.topics_[level]) {
      const auto members = members_[level].of(topic);
      out.near_.insert(out.near_.end(), members.begin(), members.end());
    }
  }
  std::ranges::sort(out.near_);
  const auto repeated = std::ranges::unique(out.near_);
  out.near_.erase(repeated.begin(), repeated.end());
  return out;
}

Agreement Agreements::with(std::uint32_t publication) const {
  const auto links = links_.find(publication);
  Agreement out = links == links_.end() ? Agreement{} : links->second;
  if (index_ == nullptr) return out;
  const auto own = own_.find(publication);
  const float own_weight = own == own_.end() ? 0 : own->second;
  const auto path = index_->topics_of(publication);
  for (std::size_t level = 0; level < std::min(path.size(), kTopicLevels); ++level) {
    const auto weight = topics_[level].find(path[level]);
    if (weight != topics_[level].end()) out.topics[level] = std::max(0.0F, weight->second - own_weight);
  }
  return out;
}

}  // namespace beffroi::search
