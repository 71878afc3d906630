#include "db/tables.h"

#include <algorithm>
#include <set>

#include "db/database.h"
#include "db/engine.h"

namespace beffroi::db {

namespace {

using References = std::vector<std::pair<std::string, std::string>>;

bool waits(const std::string& table, const References& references, const std::set<std::string>& placed) {
  return std::any_of(references.begin(), references.end(),
                     [&](const auto& reference) { return reference.first == table && !placed.contains(reference.second); });
}

}  // namespace

Result<std::vector<std::string>> tables(Database& database) {
  std::vector<std::string> left = BEFFROI_TRY(database.session().tables());
  std::erase(left, "beffroi_migration");
  const References references = BEFFROI_TRY(database.session().references());
  std::vector<std::string> ordered;
  std::set<std::string> placed;
  while (!left.empty()) {
    auto next = std::find_if(left.begin(), left.end(), [&](const std::string& table) { return !waits(table, references, placed); });
    if (next == left.end()) return fail(Code::internal, "Des tables se désignent en rond.", "circle of references");
    placed.insert(*next);
    ordered.push_back(std::move(*next));
    left.erase(next);
  }
  return ordered;
}

Result<std::vector<Column>> columns(Database& database, std::string_view table) {
  std::vector<Column> found = BEFFROI_TRY(database.session().columns(table));
  if (found.empty()) return fail(Code::not_found, "Cette table n’existe pas.", std::string(table));
  return found;
}

Status resume_numbering(Database& database, std::string_view table) { return database.session().resume_numbering(table); }

std::string quoted(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out += '"';
}

}  // namespace beffroi::db
