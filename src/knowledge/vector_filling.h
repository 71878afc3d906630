// Inside the room: fills any file of vectors of a corpus, with or without titles.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

#include "base/result.h"
#include "knowledge/vectors_job.h"

namespace beffroi::knowledge {

struct VectorFilling {
  std::filesystem::path file;
  bool titles_only = false;    // one vector a publication, none for its passages
  bool titles_hidden = false;  // evaluation only
  std::function<void(std::int64_t done, std::int64_t total)> progress;
  std::function<void()> on_titles_done;
};

[[nodiscard]] Result<VectorsReport> fill_vectors(const Corpus& corpus, llm::Embedder& embedder, const VectorFilling& filling,
                                                 const std::stop_token& stop);

}  // namespace beffroi::knowledge
