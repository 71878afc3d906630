#include "knowledge/table.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

#include "knowledge/inline_text.h"
#include "knowledge/lines.h"

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kMaxColumns = 60;
constexpr std::size_t kMaxSpan = 400;

// One place of the grid. A merged cell fills several places, told apart by `first`.
struct Place {
  std::string text;
  std::vector<Link> links;
  bool filled = false;
  bool first = false;
};

struct Grid {
  std::vector<std::vector<Place>> rows;
  std::vector<bool> header_row;
  std::vector<bool> header_column;
  std::size_t columns = 0;
};

std::size_t span_of(const Element& cell, std::string_view attribute) {
  const std::string_view value = cell.attribute(attribute);
  std::size_t span = 1;
  std::from_chars(value.data(), value.data() + value.size(), span);
  return std::clamp<std::size_t>(span, 1, kMaxSpan);
}

// Cells merged over rows and columns are laid on every place they cover.
void lay(Grid& grid, std::size_t row, const Element& cell) {
  std::size_t column = 0;
  while (column < grid.rows[row].size() && grid.rows[row][column].filled) ++column;
  if (column >= kMaxColumns) return;
  const std::size_t width = std::min(span_of(cell, "fusionHorizontale"), kMaxColumns - column);
  const std::size_t height = std::min(span_of(cell, "fusionVerticale"), grid.rows.size() - row);
  InlineText content = lines_under(cell);
  for (std::size_t r = row; r < row + height; ++r) {
    if (grid.rows[r].size() < column + width) grid.rows[r].resize(column + width);
    for (std::size_t c = column; c < column + width; ++c) grid.rows[r][c] = {content.text, {}, true, false};
  }
  grid.rows[row][column].first = true;
  grid.rows[row][column].links = std::move(content.links);
  grid.columns = std::max(grid.columns, column + width);
}

// True when the place and its left neighbour are one merged cell.
bool joins_left(const std::vector<Place>& row, std::size_t column) {
  return column > 0 && column < row.size() && !row[column].first && row[column].filled && row[column].text == row[column - 1].text;
}

// « Ressources » over three columns, then a plain row that names each of them and nothing else: that row is a header too.
bool names_merged_columns(const Grid& grid, std::size_t row) {
  if (!grid.header_row[row - 1] || grid.header_row[row]) return false;
  const auto& above = grid.rows[row - 1];
  std::size_t named = 0;
  std::size_t left_out = 0;
  for (std::size_t column = 0; column < grid.columns; ++column) {
    const Place& place = grid.rows[row][column];
    const bool new_words = !place.text.empty() && (place.first || place.text != above[column].text);
    const bool under_merged = joins_left(above, column) || joins_left(above, column + 1);
    if (new_words != under_merged) return false;
    ++(under_merged ? named : left_out);
  }
  return named > 0 && left_out > 0;
}

Grid grid_of(const Element& table) {
  Grid grid;
  std::vector<const Element*> rows;
  for (const Element& child : table) {
    if (child.name == "Colonne") grid.header_column.push_back(child.attribute("type") == "header");
    if (child.name == "Rangée") {
      rows.push_back(&child);
      grid.header_row.push_back(child.attribute("type") == "header");
    }
  }
  grid.rows.resize(rows.size());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (const Element& cell : *rows[row]) {
      if (cell.name == "Cellule") lay(grid, row, cell);
    }
  }
  for (auto& row : grid.rows) row.resize(grid.columns);
  grid.header_column.resize(grid.columns);
  for (std::size_t row = 1; row < grid.rows.size(); ++row) {
    if (names_merged_columns(grid, row)) grid.header_row[row] = true;
  }
  return grid;
}

void add_header(std::vector<std::string>& headers, const std::string& header) {
  if (!header.empty() && (headers.empty() || headers.back() != header)) headers.push_back(header);
}

// A row of one cell across the whole table names what follows; it refines the column headers instead of replacing them.
bool is_band(const Grid& grid, std::size_t row) {
  if (grid.columns < 2) return false;
  return std::count_if(grid.rows[row].begin(), grid.rows[row].end(), [](const Place& place) { return place.first; }) == 1 &&
         std::all_of(grid.rows[row].begin(), grid.rows[row].end(),
                     [&](const Place& place) { return place.text == grid.rows[row][0].text; });
}

// The header rows in force under each row, as the table is read from the top.
class HeaderRows {
 public:
  void read(const Grid& grid, std::size_t row) {
    if (is_band(grid, row) && seen_body_) {
      if (!columns_.empty() && is_band(grid, columns_.back())) columns_.pop_back();
      columns_.push_back(row);
      return;
    }
    if (seen_body_) columns_.clear();
    seen_body_ = false;
    columns_.push_back(row);
  }
  void body() { seen_body_ = true; }

  [[nodiscard]] std::vector<std::string> above(const Grid& grid, std::size_t column) const {
    std::vector<std::string> headers;
    for (const std::size_t row : columns_) add_header(headers, grid.rows[row][column].text);
    return headers;
  }

 private:
  std::vector<std::size_t> columns_;
  bool seen_body_ = false;
};

std::string on_one_line(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != '\n') out += c;
    else out += !out.empty() && std::string_view(":.;,").find(out.back()) != std::string_view::npos ? " " : ", ";
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += " › ";
    out += on_one_line(part);
  }
  return out;
}

// « Couple, 1 enfant — Plafond de ressources : 20 000 € ; Montant : 120 € »
std::string row_in_words(const Grid& grid, std::size_t row, const HeaderRows& above) {
  std::vector<std::string> left;
  std::string body;
  std::string last_header;
  for (std::size_t column = 0; column < grid.columns; ++column) {
    const Place& place = grid.rows[row][column];
    if (place.text.empty()) continue;
    if (grid.header_column[column]) {
      // The corner names the rows: « Nombre d’enfants : 2 — Plafond : 20 000 € ».
      const std::string corner = joined(above.above(grid, column));
      add_header(left, corner.empty() ? place.text : corner + " : " + place.text);
      continue;
    }
    // The same merged cell is said once a row.
    if (column > 0 && !place.first && grid.rows[row][column - 1].text == place.text && !grid.header_column[column - 1]) continue;
    std::string header = joined(above.above(grid, column));
    const bool same_header = !header.empty() && header == last_header;
    if (!body.empty()) body += same_header ? " / " : body.ends_with('.') || body.ends_with(';') ? " " : " ; ";
    if (!header.empty() && !same_header) body += header + " : ";
    body += on_one_line(place.text);
    last_header = std::move(header);
  }
  std::string line = joined(left);
  if (!line.empty() && !body.empty()) line += " — ";
  return line + body;
}

std::vector<Cell> cells_of(const Grid& grid, std::size_t row, const HeaderRows& above) {
  std::vector<Cell> cells;
  std::vector<std::string> left;
  for (std::size_t column = 0; column < grid.columns; ++column) {
    Cell cell;
    cell.text = grid.rows[row][column].text;
    cell.headers = above.above(grid, column);
    if (grid.header_column[column]) add_header(left, cell.text);
    else cell.headers.insert(cell.headers.end(), left.begin(), left.end());
    cells.push_back(std::move(cell));
  }
  return cells;
}

void add_line(std::string& text, const std::string& line) {
  if (line.empty()) return;
  if (!text.empty()) text += '\n';
  text += line;
}

}  // namespace

Block table_block(const Element& table) {
  const Grid grid = grid_of(table);
  Block block;
  block.kind = BlockKind::table;
  add_line(block.text, words_of_child(table, "Titre"));
  add_line(block.text, words_of_child(table, "Resume"));
  HeaderRows headers;
  bool named = false;
  for (std::size_t row = 0; row < grid.rows.size(); ++row) {
    for (const Place& place : grid.rows[row]) block.links.insert(block.links.end(), place.links.begin(), place.links.end());
    if (grid.header_row[row]) {
      headers.read(grid, row);
      continue;
    }
    if (!named) {
      for (std::size_t column = 0; column < grid.columns; ++column) block.header_rows.push_back(joined(headers.above(grid, column)));
      named = true;
    }
    headers.body();
    const bool empty = std::all_of(grid.rows[row].begin(), grid.rows[row].end(), [](const Place& place) { return place.text.empty(); });
    if (empty) continue;
    add_line(block.text, row_in_words(grid, row, headers));
    block.rows.push_back(cells_of(grid, row, headers));
  }
  if (!named) {
    // Headers alone: say them, they are the only words there are.
    for (std::size_t row = 0; row < grid.rows.size(); ++row) add_line(block.text, row_in_words(grid, row, HeaderRows()));
  }
  return block;
}

}  // namespace beffroi::knowledge
