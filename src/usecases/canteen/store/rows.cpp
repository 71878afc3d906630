#include "usecases/canteen/store/rows.h"

namespace beffroi::canteen {

Result<forecast::Day> day_in(const db::Statement& row, int column) {
  if (const auto day = forecast::parse_iso(row.text(column))) return *day;
  return fail(Code::storage, "Les données des cantines sont abîmées\u00a0: une date ne se lit pas.", "canteen: day");
}

std::optional<int> count_in(const db::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return static_cast<int>(row.number(column));
}

}  // namespace beffroi::canteen
