#include "knowledge/replica.h"

#include <fmt/format.h>

#include "knowledge/dates.h"
#include "knowledge/replace.h"
#include "knowledge/store.h"

namespace beffroi::knowledge {

namespace {

constexpr db::Migration kMigrations[] = {{1, R"sql(
  CREATE TABLE generation (
    corpus TEXT PRIMARY KEY,
    generation TEXT NOT NULL,
    origin TEXT NOT NULL,
    newest_date TEXT NOT NULL,
    imported_at TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE publication (
    corpus TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    date TEXT NOT NULL,
    passages INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (corpus, id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE redirection (
    corpus TEXT NOT NULL,
    retired TEXT NOT NULL,
    id TEXT NOT NULL,
    PRIMARY KEY (corpus, retired)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE change (
    number INTEGER PRIMARY KEY,
    corpus TEXT NOT NULL,
    generation TEXT NOT NULL,
    published_at TEXT NOT NULL,
    taken INTEGER NOT NULL,
    removed INTEGER NOT NULL
  ) STRICT;
)sql"}};

using Hashes = std::map<std::string, std::uint64_t>;

Result<Hashes> shared_hashes(db::Database& shared, std::string_view corpus) {
  Hashes hashes;
  db::Statement rows = BEFFROI_TRY(shared.prepare("SELECT id, hash FROM publication WHERE corpus = ?"));
  BEFFROI_CHECK(rows.bind(1, corpus));
  while (BEFFROI_TRY(rows.step())) hashes.emplace(rows.text(0), static_cast<std::uint64_t>(rows.number(1)));
  return hashes;
}

// Empty generation: nothing was ever shared.
Result<CorpusInfo> shared_info(db::Database& shared, std::string_view corpus) {
  CorpusInfo info;
  db::Statement row = BEFFROI_TRY(shared.prepare("SELECT generation, origin, newest_date, imported_at FROM generation WHERE corpus = ?"));
  BEFFROI_CHECK(row.bind(1, corpus));
  if (!BEFFROI_TRY(row.step())) return info;
  info.generation = row.text(0);
  info.origin = row.text(1);
  info.newest_date = row.text(2);
  info.imported_at = row.text(3);
  return info;
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

Status put_record(db::Database& shared, std::string_view corpus, const Record& record) {
  db::Statement insert = BEFFROI_TRY(shared.prepare(R"sql(
    INSERT INTO publication (corpus, id, title, date, passages, withdrawn, hash, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (corpus, id) DO UPDATE SET title = excluded.title, date = excluded.date, passages = excluded.passages,
      withdrawn = excluded.withdrawn, hash = excluded.hash, body = excluded.body)sql"));
  BEFFROI_CHECK(insert.bind_all(corpus, std::string_view(record.id), std::string_view(record.title), std::string_view(record.date),
                                record.passages, std::int64_t{record.withdrawn}, static_cast<std::int64_t>(record.hash),
                                bytes_of(record.body)));
  return insert.run();
}

Status put_redirections(db::Database& shared, std::string_view corpus, const Redirections& redirections) {
  db::Statement clear = BEFFROI_TRY(shared.prepare("DELETE FROM redirection WHERE corpus = ?"));
  BEFFROI_CHECK(clear.bind(1, corpus));
  BEFFROI_CHECK(clear.run());
  db::Statement insert = BEFFROI_TRY(shared.prepare("INSERT INTO redirection (corpus, retired, id) VALUES (?, ?, ?)"));
  for (const auto& [retired, id] : redirections) {
    BEFFROI_CHECK(insert.bind_all(corpus, std::string_view(retired), std::string_view(id)));
    BEFFROI_CHECK(insert.run());
  }
  return {};
}

Status put_generation(db::Database& shared, std::string_view corpus, const CorpusInfo& info, const Exchanged& exchanged) {
  db::Statement insert = BEFFROI_TRY(shared.prepare(R"sql(
    INSERT INTO generation (corpus, generation, origin, newest_date, imported_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (corpus) DO UPDATE SET generation = excluded.generation, origin = excluded.origin,
      newest_date = excluded.newest_date, imported_at = excluded.imported_at)sql"));
  BEFFROI_CHECK(insert.bind_all(corpus, std::string_view(info.generation), std::string_view(info.origin),
                                std::string_view(info.newest_date), std::string_view(info.imported_at)));
  BEFFROI_CHECK(insert.run());
  db::Statement line =
      BEFFROI_TRY(shared.prepare("INSERT INTO change (corpus, generation, published_at, taken, removed) VALUES (?, ?, ?, ?, ?)"));
  BEFFROI_CHECK(line.bind_all(corpus, std::string_view(info.generation), std::string_view(utc_now(Clock::now())), exchanged.taken,
                              exchanged.removed));
  return line.run();
}

Status put_publications(Store& store, db::Database& shared, std::string_view corpus, Exchanged& exchanged) {
  const auto known = BEFFROI_TRY(store.known());
  const Hashes there = BEFFROI_TRY(shared_hashes(shared, corpus));
  for (const auto& [id, each] : known) {
    const auto former = there.find(id);
    if (former != there.end() && former->second == each.hash) continue;
    const auto record = BEFFROI_TRY(store.record(id));
    if (record) BEFFROI_CHECK(put_record(shared, corpus, *record));
    ++exchanged.taken;
  }
  db::Statement remove = BEFFROI_TRY(shared.prepare("DELETE FROM publication WHERE corpus = ? AND id = ?"));
  for (const auto& [id, hash] : there) {
    if (known.contains(id)) continue;
    BEFFROI_CHECK(remove.bind_all(corpus, std::string_view(id)));
    BEFFROI_CHECK(remove.run());
    ++exchanged.removed;
  }
  return {};
}

// The bodies of what changed, and the hashes of the rest: what `replace` needs.
Result<Gathered> gather_shared(db::Database& shared, std::string_view corpus, const std::map<std::string, Known>& known) {
  Gathered gathered;
  for (const auto& [id, hash] : BEFFROI_TRY(shared_hashes(shared, corpus))) {
    Record& record = gathered.records[id];
    record.id = id;
    record.hash = hash;
    const auto former = known.find(id);
    if (former != known.end() && former->second.hash == hash) continue;
    db::Statement row =
        BEFFROI_TRY(shared.prepare("SELECT title, date, passages, withdrawn, body FROM publication WHERE corpus = ? AND id = ?"));
    BEFFROI_CHECK(row.bind_all(corpus, std::string_view(id)));
    if (!BEFFROI_TRY(row.step())) return fail(Code::internal, "La base partagée a changé pendant sa lecture.");
    record.title = row.text(0);
    record.date = row.text(1);
    record.passages = row.number(2);
    record.withdrawn = row.number(3) != 0;
    const auto body = row.bytes(4);
    record.body.assign(reinterpret_cast<const char*>(body.data()), body.size());
    if (hash_of(record.body) != hash)
      return fail(Code::bad_input, fmt::format("La publication partagée «\u00a0{}\u00a0» est altérée\u00a0: relancez un import.", id));
  }
  db::Statement rows = BEFFROI_TRY(shared.prepare("SELECT retired, id FROM redirection WHERE corpus = ?"));
  BEFFROI_CHECK(rows.bind(1, corpus));
  while (BEFFROI_TRY(rows.step())) gathered.redirections.emplace(rows.text(0), rows.text(1));
  return gathered;
}

struct Local {
  std::string generation;
  std::map<std::string, Known> known;
};

// Of this machine; nothing when the base was never imported here.
Result<Local> local_of(const std::filesystem::path& folder) {
  Local local;
  auto store = Store::open(folder, db::Access::read_only);
  if (!store && store.error().code == Code::not_found) return local;
  if (!store) return tl::unexpected<Error>(std::move(store).error());
  local.generation = BEFFROI_TRY(store->info()).generation;
  local.known = BEFFROI_TRY(store->known());
  return local;
}

}  // namespace

std::span<const db::Migration> replica_migrations() { return kMigrations; }

Result<Exchanged> publish(const std::filesystem::path& folder, std::string_view corpus, db::Database& shared) {
  BEFFROI_CHECK(shared.migrate(kMigrations));
  Store store = BEFFROI_TRY(Store::open(folder, db::Access::read_only));
  const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(store.database(), db::Transaction::Kind::read));
  const CorpusInfo info = BEFFROI_TRY(store.info());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(shared));
  Exchanged exchanged;
  exchanged.generation = info.generation;
  if (BEFFROI_TRY(shared_info(shared, corpus)).generation == info.generation) return exchanged;
  exchanged.changed = true;
  BEFFROI_CHECK(put_publications(store, shared, corpus, exchanged));
  BEFFROI_CHECK(put_redirections(shared, corpus, BEFFROI_TRY(store.redirections())));
  BEFFROI_CHECK(put_generation(shared, corpus, info, exchanged));
  BEFFROI_CHECK(transaction.commit());
  return exchanged;
}

Result<Exchanged> pull(const std::filesystem::path& folder, std::string_view corpus, db::Database& shared) {
  BEFFROI_CHECK(shared.migrate(kMigrations));
  const Local local = BEFFROI_TRY(local_of(folder));
  Gathered gathered;
  CorpusInfo info;
  {
    const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(shared, db::Transaction::Kind::read));
    info = BEFFROI_TRY(shared_info(shared, corpus));
    if (info.generation.empty() || info.generation == local.generation) return Exchanged{false, info.generation, 0, 0};
    gathered = BEFFROI_TRY(gather_shared(shared, corpus, local.known));
  }
  if (generation_of(gathered) != info.generation)
    return fail(Code::bad_input, "La base partagée est altérée\u00a0: relancez un import.", "generation differs");
  ImportReport report;
  report.read = static_cast<std::int64_t>(gathered.records.size());
  BEFFROI_CHECK(replace(folder, gathered, info, report));
  return Exchanged{true, info.generation, report.added + report.changed, report.removed};
}

}  // namespace beffroi::knowledge
