// A table as spreadsheets take it: CSV for everything, OpenDocument (.ods) with typed values for those that count.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "forecast/dates.h"

namespace beffroi::canteen {

struct DayCell {
  forecast::Day day = 0;
};
struct Share {
  double share = 0;  // 0.8 for 80 %
};
// Nothing, a text, a number, a day or a share.
using Cell = std::variant<std::monostate, std::string, double, DayCell, Share>;

struct Sheet {
  std::string name;
  std::vector<std::string> header;
  std::vector<std::vector<Cell>> rows;
};

// Semicolons, decimal commas, ISO days, a byte order mark: what a French spreadsheet opens without asking. No text becomes a formula.
[[nodiscard]] std::string to_csv(const Sheet& sheet);
// The same bytes for the same sheets.
[[nodiscard]] Result<std::string> to_ods(const std::vector<Sheet>& sheets);

inline constexpr std::string_view kOdsType = "application/vnd.oasis.opendocument.spreadsheet";

}  // namespace beffroi::canteen
