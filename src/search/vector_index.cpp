#include "search/vector_index.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <unordered_map>

namespace beffroi::search {

namespace {

float dot(std::span<const float> a, std::span<const float> b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

std::int32_t dot(const std::int8_t* a, const std::int8_t* b, std::size_t size) {
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < size; ++i) sum += std::int32_t{a[i]} * std::int32_t{b[i]};
  return sum;
}

// Appends `vector` at 8 bits; returns what one unit is worth.
float quantise(std::span<const float> vector, std::vector<std::int8_t>& out) {
  float largest = 0;
  for (const float x : vector) largest = std::max(largest, std::abs(x));
  const float unit = largest > 0 ? largest / 127 : 1;
  for (const float x : vector) out.push_back(static_cast<std::int8_t>(std::lround(x / unit)));
  return unit;
}

float inverse_length(std::span<const float> vector) {
  const float length = std::sqrt(dot(vector, vector));
  return length > 0 ? 1 / length : 0;
}

}  // namespace

VectorSet::VectorSet(const VectorsFile& file, std::span<const std::uint32_t> rows, Use use)
    : file_(&file), rows_(rows.begin(), rows.end()), inverse_lengths_(rows.size(), 0) {
  for (std::uint32_t number = 0; number < rows.size(); ++number) {
    if (rows[number] == kBreak) continue;
    const auto vector = file.vector(rows[number]);
    inverse_lengths_[number] = inverse_length(vector);
    ++present_;
    if (use == Use::looked_up) continue;
    numbers_.push_back(number);
    scales_.push_back(quantise(vector, quantised_) * inverse_lengths_[number]);
  }
}

std::vector<float> VectorSet::approximate_cosines(std::span<const float> query) const {
  std::vector<std::int8_t> small;
  const float unit = quantise(query, small) * inverse_length(query);
  std::vector<float> cosines(rows_.size(), std::numeric_limits<float>::quiet_NaN());
  for (std::size_t at = 0; at < numbers_.size(); ++at) {
    const auto product = static_cast<float>(dot(quantised_.data() + at * small.size(), small.data(), small.size()));
    cosines[numbers_[at]] = product * scales_[at] * unit;
  }
  return cosines;
}

std::vector<Scored> VectorSet::nearest(std::span<const float> query, std::span<const std::uint8_t> allowed, std::size_t count) const {
  const std::vector<float> approximate = approximate_cosines(query);
  std::vector<Scored> near;
  near.reserve(numbers_.size());
  for (const std::uint32_t number : numbers_) {
    if (allowed[number] != 0) near.push_back({number, approximate[number]});
  }
  near = best_of(std::move(near), 2 * count + 20);
  for (Scored& item : near) item.score = cosine(item.id, query);
  return best_of(std::move(near), count);
}

float VectorSet::cosine(std::uint32_t number, std::span<const float> query) const {
  if (file_ == nullptr || rows_[number] == kBreak) return std::numeric_limits<float>::quiet_NaN();
  return dot(file_->vector(rows_[number]), query) * inverse_lengths_[number] * inverse_length(query);
}

std::vector<float> VectorSet::unit(std::uint32_t number) const {
  if (file_ == nullptr || rows_[number] == kBreak) return {};
  const auto vector = file_->vector(rows_[number]);
  std::vector<float> out(vector.begin(), vector.end());
  for (float& x : out) x *= inverse_lengths_[number];
  return out;
}

VectorIndex::VectorIndex(VectorsFile file, const IndexFile& index) : file_(std::move(file)) {
  std::unordered_map<std::string_view, std::uint32_t> rows_by_id;
  for (std::uint32_t row = 0; row < file_.size(); ++row) rows_by_id.try_emplace(file_.id(row), row);
  const auto rows_of = [&](const auto& records) {
    std::vector<std::uint32_t> rows;
    rows.reserve(records.size());
    for (const auto& record : records) {
      const auto found = rows_by_id.find(index.text(record.id));
      rows.push_back(found == rows_by_id.end() ? kBreak : found->second);
    }
    return rows;
  };
  publications_ = VectorSet(file_, rows_of(index.publications));
  passages_ = VectorSet(file_, rows_of(index.passages), VectorSet::Use::looked_up);
  file_.release_pages();
}

}  // namespace beffroi::search
