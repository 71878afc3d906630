// Files of queries: tab-separated, a header line that names the columns, the others ignored.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace beffroi::app {

struct QueryLine {
  std::string id;
  std::string text;
};

// Columns `qid` (or `id`) and `query` (or `question`). Code::bad_input names the file, the line and what was expected.
[[nodiscard]] Result<std::vector<QueryLine>> read_queries(const std::filesystem::path& file);

}  // namespace beffroi::app
