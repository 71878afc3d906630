#include "usecases/canteen/csv.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/utf8.h"

namespace beffroi::canteen {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Reads one record after the other.
class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), separator_(separator) {}

  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] std::size_t line() const { return line_; }

  Result<std::vector<std::string>> record() {
    std::vector<std::string> fields(1);
    const std::size_t began = line_;
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      const char letter = text_[at_];
      if (letter == '\n') ++line_;
      if (quoted) {
        if (letter != '"') fields.back() += letter;
        else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') fields.back() += text_[++at_];
        else quoted = false;
      } else if (letter == '"' && fields.back().empty()) {
        quoted = true;
      } else if (letter == separator_) {
        fields.emplace_back();
      } else if (letter == '\n') {
        ++at_;
        return fields;
      } else if (letter != '\r') {
        fields.back() += letter;
      }
    }
    if (quoted) return fail(Code::bad_input, fmt::format("Ligne {}\u00a0: un guillemet n’est pas fermé.", began));
    return fields;
  }

 private:
  std::string_view text_;
  char separator_;
  std::size_t at_ = 0, line_ = 1;
};

bool is_blank(const std::vector<std::string>& fields) {
  return std::all_of(fields.begin(), fields.end(), [](const std::string& field) { return field.empty(); });
}

}  // namespace

Result<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(header.begin(), header.end(), name);
  if (found == header.end()) return fail(Code::bad_input, fmt::format("La colonne «\u00a0{}\u00a0» manque.", name));
  return static_cast<std::size_t>(found - header.begin());
}

Result<CsvTable> parse_csv(std::string_view text) {
  if (!text::is_valid_utf8(text))
    return fail(Code::bad_input, "Le fichier n’est pas en UTF-8\u00a0: enregistrez-le de nouveau dans ce codage.");
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  const std::string_view head = text.substr(0, text.find('\n'));
  CsvTable table;
  for (const char candidate : {';', '\t'}) {
    if (std::count(head.begin(), head.end(), candidate) > std::count(head.begin(), head.end(), table.separator))
      table.separator = candidate;
  }
  Reader reader(text, table.separator);
  table.header = BEFFROI_TRY(reader.record());
  if (table.header.size() > kMostColumns)
    return fail(Code::too_large, fmt::format("Le fichier a {} colonnes\u00a0: {} au plus.", table.header.size(), kMostColumns));
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    auto fields = BEFFROI_TRY(reader.record());
    if (is_blank(fields)) continue;
    if (fields.size() != table.header.size()) {
      return fail(Code::bad_input, fmt::format("Ligne {}\u00a0: {} valeurs, {} attendues comme à la première ligne.", line, fields.size(),
                                               table.header.size()));
    }
    if (table.rows.size() == kMostRows) return fail(Code::too_large, fmt::format("Le fichier a plus de {} lignes.", kMostRows));
    table.rows.push_back(std::move(fields));
    table.lines.push_back(line);
  }
  return table;
}

std::string csv_field(std::string_view value) {
  std::string out(value);
  if (!out.empty() && std::string_view("=+-@\t").find(out.front()) != std::string_view::npos) out.insert(out.begin(), '\'');
  if (out.find_first_of(",;\"\n\r") == std::string::npos) return out;
  std::string quoted = "\"";
  for (const char letter : out) quoted += letter == '"' ? std::string("\"\"") : std::string(1, letter);
  return quoted + '"';
}

}  // namespace beffroi::canteen
