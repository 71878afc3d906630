// Files handed in: kept until the planner has confirmed how they are read, then imported whole in one transaction, or dropped. The answers
// are remembered for the next file of the same shape; the bytes are not kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "usecases/canteen/importing/draft.h"
#include "usecases/canteen/importing/encoding.h"
#include "usecases/canteen/store/rows.h"

namespace beffroi::canteen {

inline constexpr std::size_t kMostFileBytes = 16 << 20;

struct Upload {
  std::string name;                  // of the file, shown and never used as a path
  std::string content;               // bytes as they came
};

// A file read as a table, and how.
struct ReadFile {
  CsvTable table;
  Encoding encoding = Encoding::utf8;
};
// Code::bad_input, Code::too_large: not a file that can be imported, with what to do.
[[nodiscard]] Result<ReadFile> read_upload(std::string_view content);

// Its number. Files waiting for more than a day are dropped then.
[[nodiscard]] Result<std::int64_t> keep_upload(db::Database& commune, const Upload& upload, const By& by);
// Code::not_found when it is not waiting any more.
[[nodiscard]] Result<Upload> waiting_upload(db::Database& commune, std::int64_t id);
[[nodiscard]] Status drop_upload(db::Database& commune, std::int64_t id);

// What the commune already has, for a draft.
[[nodiscard]] Result<Known> known_of(db::Database& commune, forecast::Day today);
// Answers given to the last file with this header; empty ones for a new shape.
[[nodiscard]] Result<Answers> remembered_answers(db::Database& commune, const std::vector<std::string>& header);

struct ImportOrder {
  std::string name;                  // of the file
  std::int64_t waiting = 0;          // its number when it was kept; 0: it was not
  forecast::Day today = 0;
  By by;
};
// Reads again what is known, drafts again, and imports all or nothing. What was done, in French. Code::conflict when something is left to
// answer, with the first question.
[[nodiscard]] Result<std::string> import_table(db::Database& commune, const CsvTable& table, const Answers& answers,
                                               const ImportOrder& order);

struct PastImport {
  std::string name, summary, author;
  std::int64_t made_at_ms = 0;
};
// The latest first.
[[nodiscard]] Result<std::vector<PastImport>> past_imports(db::Database& commune, int most);

}  // namespace beffroi::canteen
