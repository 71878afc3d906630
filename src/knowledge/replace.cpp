#include "knowledge/replace.h"

#include <fmt/format.h>

#include "knowledge/index.h"
#include "knowledge/store.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

void list(ImportReport& report, std::string_view id, std::string_view what, std::string_view title) {
  if (report.changes.size() < kMaxListedChanges) report.changes.push_back(fmt::format("{} {}\u00a0: {}", id, what, title));
}

Status write_changes(Store& store, const Gathered& gathered, ImportReport& report) {
  const auto known = BEFFROI_TRY(store.known());
  for (const auto& [id, record] : gathered.records) {
    const auto former = known.find(id);
    if (former != known.end() && former->second.hash == record.hash) {
      ++report.unchanged;
      continue;
    }
    BEFFROI_CHECK(store.put(record));
    ++(former == known.end() ? report.added : report.changed);
    list(report, id, former == known.end() ? "ajoutée" : "modifiée", record.title);
  }
  for (const auto& [id, former] : known) {
    if (gathered.records.contains(id)) continue;
    BEFFROI_CHECK(store.remove(id));
    ++report.removed;
    list(report, id, "retirée", former.title);
  }
  return store.put_redirections(gathered.redirections);
}

}  // namespace

std::string generation_of(const Gathered& gathered) {
  std::uint64_t hash = hash_of("");
  for (const auto& [id, record] : gathered.records) hash = hash_of(fmt::format("{} {:x}\n", id, record.hash), hash);
  for (const auto& [retired, id] : gathered.redirections) hash = hash_of(fmt::format("{} > {}\n", retired, id), hash);
  return fmt::format("{:016x}", hash);
}

Status replace(const fs::path& folder, const Gathered& gathered, const CorpusInfo& info, ImportReport& report) {
  std::error_code fault;
  fs::create_directories(folder, fault);
  if (fault) {
    return fail(Code::storage,
                fmt::format("Le dossier «\u00a0{}\u00a0» ne peut pas être créé\u00a0: vérifiez les droits et la place.", folder.string()),
                fault.message());
  }
  Store store = BEFFROI_TRY(Store::open(folder, db::Access::read_write));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(store.database()));
  const CorpusInfo former = BEFFROI_TRY(store.info());
  BEFFROI_CHECK(write_changes(store, gathered, report));
  BEFFROI_CHECK(store.put_info(info));
  BEFFROI_CHECK(store.add_to_journal(info, report));
  const fs::path index = folder / kIndexFile;
  const fs::path next = folder / fmt::format("{}.next", kIndexFile);
  const bool same = former.generation == info.generation && fs::exists(index, fault);
  if (!same) BEFFROI_CHECK(write_index(store, next, {.generation = info.generation}));
  Status committed = transaction.commit();
  if (!committed) {
    fs::remove(next, fault);
    return committed;
  }
  if (!same) fs::rename(next, index, fault);
  store.database().checkpoint();
  return {};
}

}  // namespace beffroi::knowledge
