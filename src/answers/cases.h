// The forks of a publication (« Pour un majeur » / « Pour un mineur ») and what a question and its reader say of them.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "answers/pool.h"
#include "answers/reading.h"

namespace beffroi::answers {

struct Wanted;

// A place in a publication where the text depends on the reader's case.
struct Fork {
  std::size_t level = 0;                // in the condition path
  std::vector<std::string> labels;      // in reading order, at least two
  std::string by_default;               // the case that holds when nobody says otherwise; empty when there is none
};

class Cases {
 public:
  Cases(const Wanted& wanted, std::span<const Extract> pool);

  // False when the extract stands under a case that the reader did not choose, or that the question excludes.
  [[nodiscard]] bool holds(const Extract& extract) const;
  // True when the publication says something else at that level under another case.
  [[nodiscard]] bool is_fork(const Extract& extract, std::size_t level) const;
  // The first fork above the extract that nothing decides and where another case, as probable, says something else.
  [[nodiscard]] std::optional<Fork> open_fork(const Extract& extract, std::span<const Extract> pool,
                                              std::span<const double> probabilities) const;

 private:
  enum class Told { unsaid, chosen, fits, excluded };
  // Publication, sections and path above, then the labels met there.
  using Key = std::string;
  static Key key_of(const Extract& extract, std::size_t level);
  [[nodiscard]] const std::vector<std::string>& labels_at(const Extract& extract, std::size_t level) const;
  [[nodiscard]] Told told(const std::string& label) const;

  const Wanted& wanted_;
  std::map<Key, std::vector<std::string>> forks_;
  mutable std::map<std::string, Told> told_;
};

}  // namespace beffroi::answers
