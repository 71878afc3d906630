// Finds passages: lexical (own French analysis) + semantic when vectors are there, fused on unique ids, re-ranked by a small trained
// model. `Searcher` is immutable once opened and safe to use from several threads at once; a new import is a new Searcher.
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/passage.h"

namespace beffroi::search {

// Builds the index of a corpus as one file, derived from the publications and rebuildable at any time.
// `generation` ties it to the corpus it was built from. Written atomically. `hide_titles`: evaluation
// only, an index of the texts without titles, nor what repeats them: other titles, labels of links, asides.
struct IndexOptions {
  std::string generation;
  bool hide_titles = false;
};
[[nodiscard]] Status build_index(std::span<const PublicationWords> publications, const std::filesystem::path& path,
                                 const IndexOptions& options);

// What a reader may see. Deny by default: a filter that names no audience or no kind lets nothing through; `everything()` is explicit.
struct Filter {
  std::vector<std::string> audiences{};
  std::vector<std::string> kinds{};
  bool all_audiences = false;
  bool all_kinds = false;
  [[nodiscard]] static Filter everything();
};

enum class Mode { lexical, hybrid };

struct Query {
  std::string text;                 // valid UTF-8, at most kMaxQueryBytes
  std::span<const float> vector{};  // the question's embedding; empty means lexical only
  Filter filter{};
  std::size_t limit = 10;           // publications wanted, 1 to 100
  std::size_t passages_each = 3;    // best passages told for each publication
};
inline constexpr std::size_t kMaxQueryBytes = 2000;

struct PassageHit {
  std::string passage_id;
  double score = 0;                 // comparable within one publication only
  float meaning = std::numeric_limits<float>::quiet_NaN();  // cosine with the question; not a number without a vector of the passage
};

struct Hit {
  std::string publication_id;
  double score = 0;                 // the re-ranker's; comparable within one answer
  double relevance = 0;             // 0 to 1: how sure the calibration is that this publication is about the question
  std::vector<PassageHit> passages; // best first
};

struct Results {
  std::vector<Hit> hits;            // unique publications, best first
  std::string corrected;            // the query as corrected against the corpus; empty when nothing was corrected
  Mode mode = Mode::lexical;        // what was really done
  double lexical_coverage = 0;      // 0 to 1: share of the query's information (idf) found in the best hits; low means foreign words
};

class Searcher {
 public:
  // Opens an index, and the vectors beside it when `vectors` exists and belongs to the same generation.
  [[nodiscard]] static Result<std::unique_ptr<Searcher>> open(const std::filesystem::path& index,
                                                              const std::filesystem::path& vectors = {});
  virtual ~Searcher() = default;
  [[nodiscard]] virtual Result<Results> search(const Query& query) const = 0;
  // What to embed for a question: its words as typed, without courtesy, misspelt words corrected. `text` is valid UTF-8.
  [[nodiscard]] virtual std::string understood(std::string_view text) const { return std::string(text); }
  [[nodiscard]] virtual bool has_vectors() const = 0;
  [[nodiscard]] virtual std::string_view generation() const = 0;
};

}  // namespace beffroi::search
