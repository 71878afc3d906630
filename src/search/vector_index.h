// The vectors of a corpus ready to be compared with a question: an exact scan of 8-bit copies, then the best measured again on the
// full numbers. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/format.h"
#include "search/fusion.h"
#include "search/vectors.h"

namespace beffroi::search {

// A set of vectors numbered like publications or like passages; some may be missing.
class VectorSet {
 public:
  // Scanned: all compared with a question at once, which takes a byte a number in memory. Otherwise only cosine() and unit() are asked.
  enum class Use { scanned, looked_up };

  // rows[number] = row of the file, or kBreak.
  VectorSet() = default;
  VectorSet(const VectorsFile& file, std::span<const std::uint32_t> rows, Use use = Use::scanned);

  [[nodiscard]] std::size_t present() const { return present_; }
  // The cosine of every vector at 8-bit precision; NaN where it is missing.
  [[nodiscard]] std::vector<float> approximate_cosines(std::span<const float> query) const;
  // The `count` nearest by exact cosine, best first, among the numbers where `allowed` is not 0.
  [[nodiscard]] std::vector<Scored> nearest(std::span<const float> query, std::span<const std::uint8_t> allowed, std::size_t count) const;
  // NaN when the vector is missing.
  [[nodiscard]] float cosine(std::uint32_t number, std::span<const float> query) const;
  // The vector brought to length 1; empty when it is missing.
  [[nodiscard]] std::vector<float> unit(std::uint32_t number) const;

 private:
  const VectorsFile* file_ = nullptr;
  std::size_t present_ = 0;
  std::vector<std::uint32_t> rows_;
  std::vector<std::uint32_t> numbers_;   // of the vectors present, in order
  std::vector<std::int8_t> quantised_;   // [present][dimensions], each scaled to its largest number
  std::vector<float> scales_;            // [present], to the cosine with a unit vector
  std::vector<float> inverse_lengths_;   // [number]
};

class VectorIndex {
 public:
  VectorIndex(VectorsFile file, const IndexFile& index);
  VectorIndex(const VectorIndex&) = delete;
  VectorIndex& operator=(const VectorIndex&) = delete;

  [[nodiscard]] const VectorsInfo& info() const { return file_.info(); }
  [[nodiscard]] const VectorSet& publications() const { return publications_; }
  [[nodiscard]] const VectorSet& passages() const { return passages_; }

 private:
  VectorsFile file_;
  VectorSet publications_;
  VectorSet passages_;
};

}  // namespace beffroi::search
