#include "audit/csv.h"

namespace beffroi::audit {

namespace {

bool looks_like_a_formula(std::string_view field) {
  return !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos;
}

void add_field(std::string& out, std::string_view field) {
  const bool formula = looks_like_a_formula(field);
  if (!formula && field.find_first_of("\";\r\n\t,") == std::string_view::npos) {
    out += field;
    return;
  }
  out += '"';
  if (formula) out += '\'';
  for (const char c : field) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace

void add_csv_row(std::string& out, std::initializer_list<std::string_view> fields) {
  bool first = true;
  for (const std::string_view field : fields) {
    if (!first) out += ';';
    first = false;
    add_field(out, field);
  }
  out += "\r\n";
}

}  // namespace beffroi::audit
