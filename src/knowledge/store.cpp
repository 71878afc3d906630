#include "knowledge/store.h"

#include <array>
#include <span>

namespace beffroi::knowledge {

namespace {

constexpr std::array<db::Migration, 2> kMigrations = {{
    {1, R"(
      CREATE TABLE publication (
        key INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        title TEXT NOT NULL,
        date TEXT NOT NULL,
        passages INTEGER NOT NULL,
        hash INTEGER NOT NULL,
        body BLOB NOT NULL) STRICT;
      CREATE TABLE redirection (retired TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE info (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE journal (
        number INTEGER PRIMARY KEY,
        imported_at TEXT NOT NULL,
        origin TEXT NOT NULL,
        generation TEXT NOT NULL,
        read INTEGER NOT NULL,
        added INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        removed INTEGER NOT NULL,
        rejected INTEGER NOT NULL) STRICT;
    )"},
    {2, "ALTER TABLE publication ADD COLUMN withdrawn INTEGER NOT NULL DEFAULT 0"},
}};

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

std::string_view text_of(std::span<const std::byte> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

Result<std::optional<std::string>> first(db::Database& database, std::string_view sql, std::string_view id) {
  db::Statement query = BEFFROI_TRY(database.prepare(sql));
  BEFFROI_CHECK(query.bind(1, id));
  if (!BEFFROI_TRY(query.step())) return std::nullopt;
  return std::string(text_of(query.bytes(0)));
}

}  // namespace

std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed) {
  for (const char c : bytes) {
    seed ^= static_cast<unsigned char>(c);
    seed *= 0x100000001B3ULL;
  }
  return seed;
}

Result<Store> Store::open(const std::filesystem::path& folder, db::Access access) {
  db::Database database = BEFFROI_TRY(db::Database::open(folder / kCorpusFile, {.access = access}));
  if (access == db::Access::read_write) {
    BEFFROI_CHECK(database.migrate(kMigrations));
    // With an empty journal, an import that fails on a full disk gives all its room back.
    database.checkpoint();
  } else if (BEFFROI_TRY(database.version()) != kMigrations.back().number) {
    return fail(Code::conflict, "La base a été importée par une autre version de Beffroi\u00a0: relancez «\u00a0beffroi import\u00a0».");
  }
  return Store(std::move(database));
}

Result<std::map<std::string, Known>> Store::known() {
  std::map<std::string, Known> all;
  db::Statement query = BEFFROI_TRY(database_.prepare("SELECT id, title, hash FROM publication"));
  while (BEFFROI_TRY(query.step())) {
    all.emplace(std::string(query.text(0)), Known{std::string(query.text(1)), static_cast<std::uint64_t>(query.number(2))});
  }
  return all;
}

Status Store::put(const Record& record) {
  db::Statement insert = BEFFROI_TRY(database_.prepare(R"(
    INSERT INTO publication (id, title, date, passages, withdrawn, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, date = excluded.date, passages = excluded.passages,
      withdrawn = excluded.withdrawn, hash = excluded.hash, body = excluded.body)"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(record.id), std::string_view(record.title), std::string_view(record.date), record.passages,
                                std::int64_t{record.withdrawn}, static_cast<std::int64_t>(record.hash), bytes_of(record.body)));
  return insert.run();
}

Status Store::remove(const std::string& id) {
  db::Statement statement = BEFFROI_TRY(database_.prepare("DELETE FROM publication WHERE id = ?"));
  BEFFROI_CHECK(statement.bind(1, std::string_view(id)));
  return statement.run();
}

Status Store::put_redirections(const Redirections& redirections) {
  BEFFROI_CHECK(database_.execute("DELETE FROM redirection"));
  db::Statement insert = BEFFROI_TRY(database_.prepare("INSERT INTO redirection (retired, id) VALUES (?, ?)"));
  for (const auto& [retired, id] : redirections) {
    BEFFROI_CHECK(insert.bind_all(std::string_view(retired), std::string_view(id)));
    BEFFROI_CHECK(insert.run());
  }
  return {};
}

Result<std::optional<std::string>> Store::body(std::string_view id) {
  return first(database_, "SELECT body FROM publication WHERE id = ?", id);
}

Result<std::optional<std::string>> Store::redirection(std::string_view id) {
  return first(database_, "SELECT id FROM redirection WHERE retired = ?", id);
}

Result<std::optional<Record>> Store::record(std::string_view id) {
  db::Statement row =
      BEFFROI_TRY(database_.prepare("SELECT id, title, date, passages, withdrawn, hash, body FROM publication WHERE id = ?"));
  BEFFROI_CHECK(row.bind(1, id));
  if (!BEFFROI_TRY(row.step())) return std::nullopt;
  Record record;
  record.id = row.text(0);
  record.title = row.text(1);
  record.date = row.text(2);
  record.passages = row.number(3);
  record.withdrawn = row.number(4) != 0;
  record.hash = static_cast<std::uint64_t>(row.number(5));
  record.body = text_of(row.bytes(6));
  return record;
}

Result<Redirections> Store::redirections() {
  Redirections all;
  db::Statement rows = BEFFROI_TRY(database_.prepare("SELECT retired, id FROM redirection"));
  while (BEFFROI_TRY(rows.step())) all.emplace(rows.text(0), rows.text(1));
  return all;
}

Result<std::vector<std::string>> Store::ids() {
  std::vector<std::string> all;
  db::Statement query = BEFFROI_TRY(database_.prepare("SELECT id FROM publication ORDER BY id"));
  while (BEFFROI_TRY(query.step())) all.emplace_back(query.text(0));
  return all;
}

Status Store::each_body(const std::function<Status(std::string_view body)>& take) {
  // By id: the same content gives the same index, whatever the imports that led to it.
  db::Statement query = BEFFROI_TRY(database_.prepare("SELECT body FROM publication ORDER BY id"));
  while (BEFFROI_TRY(query.step())) BEFFROI_CHECK(take(text_of(query.bytes(0))));
  return {};
}

Result<CorpusInfo> Store::info() {
  CorpusInfo info;
  info.name = "Vos droits et démarches";
  info.publisher = "Direction de l’information légale et administrative (DILA)";
  info.licence = "Licence Ouverte 2.0";
  db::Statement query = BEFFROI_TRY(database_.prepare("SELECT name, value FROM info"));
  while (BEFFROI_TRY(query.step())) {
    const std::string_view name = query.text(0);
    if (name == "origin") info.origin = query.text(1);
    if (name == "newest_date") info.newest_date = query.text(1);
    if (name == "imported_at") info.imported_at = query.text(1);
    if (name == "generation") info.generation = query.text(1);
  }
  db::Statement count =
      BEFFROI_TRY(database_.prepare("SELECT count(*), ifnull(sum(passages), 0), ifnull(sum(withdrawn), 0) FROM publication"));
  BEFFROI_TRY(count.step());
  info.withdrawn = count.number(2);
  info.publications = count.number(0) - info.withdrawn;
  info.passages = count.number(1);
  return info;
}

Status Store::put_info(const CorpusInfo& info) {
  db::Statement insert = BEFFROI_TRY(database_.prepare("INSERT OR REPLACE INTO info (name, value) VALUES (?, ?)"));
  const std::array<std::pair<std::string_view, const std::string*>, 4> values = {
      {{"origin", &info.origin}, {"newest_date", &info.newest_date}, {"imported_at", &info.imported_at}, {"generation", &info.generation}}};
  for (const auto& [name, value] : values) {
    BEFFROI_CHECK(insert.bind_all(name, std::string_view(*value)));
    BEFFROI_CHECK(insert.run());
  }
  return {};
}

Status Store::add_to_journal(const CorpusInfo& info, const ImportReport& report) {
  db::Statement insert =
      BEFFROI_TRY(database_.prepare("INSERT INTO journal (imported_at, origin, generation, read, added, changed, removed, rejected) "
                                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(info.imported_at), std::string_view(info.origin), std::string_view(info.generation),
                                report.read, report.added, report.changed, report.removed,
                                static_cast<std::int64_t>(report.rejected.size())));
  return insert.run();
}

}  // namespace beffroi::knowledge
