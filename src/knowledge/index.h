// The search index of a stored corpus.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "knowledge/store.h"
#include "search/search.h"

namespace beffroi::knowledge {

// Reads every publication of the store and writes the index at `path`, atomically.
[[nodiscard]] Status write_index(Store& store, const std::filesystem::path& path, const search::IndexOptions& options);

}  // namespace beffroi::knowledge
