// A table of values separated by commas, semicolons or tabs as business software writes it: quoted fields, a header line, UTF-8 with or without a mark.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::canteen {

inline constexpr std::size_t kMostColumns = 100, kMostRows = 1'000'000;

struct CsvTable {
  char separator = ',';
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> rows;  // each as wide as the header
  std::vector<std::size_t> lines;  // of the file, from 1, for each row

  // Place of a column; empty names nothing.
  [[nodiscard]] Result<std::size_t> column(std::string_view name) const;
};

// Code::bad_input, with the line, for a row of another width, an open quotation or bytes that are not UTF-8. Blank lines are skipped. The
// separator is the one of , ; and tab that the header holds most. Code::too_large beyond the limits above.
[[nodiscard]] Result<CsvTable> parse_csv(std::string_view text);

// The value as a field: quoted when it needs to be, and kept from being taken for a formula by a spreadsheet.
[[nodiscard]] std::string csv_field(std::string_view value);

}  // namespace beffroi::canteen
