// A model made of pinned pieces: put end to end, each held against its SHA-256.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "llm/model_store.h"
#include "llm/store/part_file.h"

namespace beffroi::llm::store {

// Goes on after the pieces that are already in `part`, which are checked and not written again.
// Code::unavailable (pieces not fetched), Code::bad_input (a damaged piece), Code::storage, Code::cancelled.
[[nodiscard]] Status join_parts(const CatalogueEntry& model, const std::filesystem::path& pieces, PartFile& part,
                                const OnProgress& on_progress, const std::stop_token& stop);

}  // namespace beffroi::llm::store
