#include "app/tables.h"

#include <fmt/format.h>

#include <optional>
#include <string_view>

#include "base/files.h"
#include "text/utf8.h"

namespace beffroi::app {

namespace {

std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (true) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

std::optional<std::size_t> column(const std::vector<std::string_view>& header, std::string_view name, std::string_view other) {
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == name || header[i] == other) return i;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<QueryLine>> read_queries(const std::filesystem::path& file) {
  const std::string content = BEFFROI_TRY(read_file(file));
  const std::string name = file.filename().string();
  if (!text::is_valid_utf8(content)) return fail(Code::bad_input, name + "\u00a0: le fichier n’est pas en UTF-8.");
  std::vector<QueryLine> queries;
  std::optional<std::size_t> id, words;
  std::string_view rest = content;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    const auto cells = cells_of(line);
    if (number == 1) {
      id = column(cells, "qid", "id");
      words = column(cells, "query", "question");
      if (!id || !words) return fail(Code::bad_input, name + ", ligne 1\u00a0: des colonnes «\u00a0qid\u00a0» et «\u00a0query\u00a0» étaient attendues.");
    } else if (!line.empty()) {
      if (cells.size() <= std::max(*id, *words)) {
        return fail(Code::bad_input, fmt::format("{}, ligne {}\u00a0: il manque une colonne.", name, number));
      }
      queries.push_back({std::string(cells[*id]), std::string(cells[*words])});
    }
  }
  if (queries.empty()) return fail(Code::bad_input, name + "\u00a0: aucune requête.");
  return queries;
}

}  // namespace beffroi::app
