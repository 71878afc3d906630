// Evaluation only: the same corpus searched as if the publications had no titles, in words and in vectors.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "base/result.h"
#include "knowledge/corpus.h"

namespace beffroi::llm {
class Embedder;
}

namespace beffroi::knowledge {

// Builds a title-blind index and its vectors beside the others (<folder>/blind/), or takes those of the same generation.
// `embedder` may be null: words only.
[[nodiscard]] Result<std::shared_ptr<const Corpus>> open_title_blind(const std::filesystem::path& folder, llm::Embedder* embedder,
                                                                     const std::function<void(std::int64_t, std::int64_t)>& progress);

}  // namespace beffroi::knowledge
