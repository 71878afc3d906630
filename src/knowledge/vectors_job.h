// Fills the vectors of a corpus: titles and introductions first, passages after. One thread, made to run in the background.
//
// Goes on where it stopped, after a kill -9 too. Vectors of publications that an import did not change are kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "base/result.h"
#include "knowledge/corpus.h"

namespace beffroi::llm {
class Embedder;
}

namespace beffroi::knowledge {

struct VectorsJob {
  std::filesystem::path folder;      // of the corpus
  bool titles_only = false;
  std::function<void(std::int64_t done, std::int64_t total)> progress;  // may be empty
  std::function<void()> on_titles_done;  // may be empty; called once the titles and introductions are all there, when any was missing
};

struct VectorsReport {
  std::int64_t computed = 0;         // by this call
  std::int64_t total = 0;            // in the file at the end
};

// Does nothing, quickly, when nothing is missing. Code::busy when another process is at it, Code::cancelled when asked to stop (what was
// computed is kept).
[[nodiscard]] Result<VectorsReport> compute_vectors(const Corpus& corpus, llm::Embedder& embedder, const VectorsJob& job,
                                                    const std::stop_token& stop);

}  // namespace beffroi::knowledge
