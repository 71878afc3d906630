// What the columns of a foreign file hold: told by their names, shown to the planner, who has the last word.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::canteen {

enum class FileKind {
  attendance,  // a row a canteen and day, or a canteen, day and guest category
  enrolment,   // children enrolled by canteen and school year
  menus,       // a row a day and dish
  holidays,    // school holidays by zone, as the ministry publishes them
};
[[nodiscard]] std::string_view label_of(FileKind kind);           // French
[[nodiscard]] std::string_view word_of(FileKind kind);            // stable: "attendance"
[[nodiscard]] std::optional<FileKind> file_kind(std::string_view word);

enum class Role {
  ignored,
  day,
  site,         // the canteen's name
  site_code,    // its code in the other program
  site_kind,    // M, E, M/E
  category,     // of guests: 1MATER., 2GS., 3PRIMAIRE, 4ADULTE
  meal,         // lunch, snack…
  served,
  ordered,      // what the agents ordered or foresaw
  children,
  school_year,
  dish,
  zone,
  first_day,    // of holidays
  last_day,     // of holidays; with the ministry, the day lessons begin again
  title,        // of holidays
  population,   // pupils, teachers
};
[[nodiscard]] std::string_view label_of(Role role);               // French
[[nodiscard]] std::string_view word_of(Role role);                // stable: "served"
[[nodiscard]] std::optional<Role> role_of(std::string_view word);

// The roles that a file of that kind may have, `ignored` first.
[[nodiscard]] std::span<const Role> roles_for(FileKind kind);

struct Columns {
  FileKind kind = FileKind::attendance;
  std::vector<Role> roles;  // one a column; each role but `ignored` at most once
};

// By the names, accents and case apart: « DATPLGPRESAT » is a day. A name that tells nothing is ignored.
[[nodiscard]] Columns guess_columns(const std::vector<std::string>& header);

// French, what is missing or twice there; empty when the file can be read so.
[[nodiscard]] std::string fault_of(const Columns& columns);

// Place of a role; empty when no column has it.
[[nodiscard]] std::optional<std::size_t> place_of(const Columns& columns, Role role);

}  // namespace beffroi::canteen
