#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <tuple>

#include "knowledge/corpus.h"
#include "knowledge/dates.h"
#include "knowledge/gather.h"
#include "knowledge/index.h"
#include "knowledge/store.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

std::string origin_of(const ImportOptions& options) {
  if (!options.origin.empty()) return options.origin;
  std::string names;
  for (const fs::path& input : options.inputs) {
    if (!names.empty()) names += ", ";
    names += input.filename().empty() ? input.parent_path().filename().string() : input.filename().string();
  }
  return names;
}

// Changes whenever a publication or a redirection does, and only then: two machines with the same base agree on it.
std::string generation_of(const Gathered& gathered) {
  std::uint64_t hash = hash_of("");
  for (const auto& [id, record] : gathered.records) hash = hash_of(fmt::format("{} {:x}\n", id, record.hash), hash);
  for (const auto& [retired, id] : gathered.redirections) hash = hash_of(fmt::format("{} > {}\n", retired, id), hash);
  return fmt::format("{:016x}", hash);
}

// A day in the future is a slip of the source: it must not make an old base look fresh.
std::string newest_day_of(const Gathered& gathered, const std::string& today) {
  std::string newest;
  for (const auto& [id, record] : gathered.records) {
    if (record.date <= today) newest = std::max(newest, record.date);
  }
  return newest;
}

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

// One transaction for everything. The index of the new state waits beside the former one and takes its place after the commit: a
// crash at any moment leaves one whole base, and opening it makes its index again when it is not the right one.
Status replace(const ImportOptions& options, const Gathered& gathered, const CorpusInfo& info, ImportReport& report) {
  std::error_code fault;
  fs::create_directories(options.folder, fault);
  if (fault) {
    return fail(
        Code::storage,
        fmt::format("Le dossier «\u00a0{}\u00a0» ne peut pas être créé\u00a0: vérifiez les droits et la place.", options.folder.string()),
        fault.message());
  }
  Store store = BEFFROI_TRY(Store::open(options.folder, db::Access::read_write));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(store.database()));
  const CorpusInfo former = BEFFROI_TRY(store.info());
  BEFFROI_CHECK(write_changes(store, gathered, report));
  BEFFROI_CHECK(store.put_info(info));
  BEFFROI_CHECK(store.add_to_journal(info, report));
  const fs::path index = options.folder / kIndexFile;
  const fs::path next = options.folder / fmt::format("{}.next", kIndexFile);
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

}  // namespace

Result<ImportReport> import_vosdroits(const ImportOptions& options, const std::stop_token& stop) {
  const auto started = std::chrono::steady_clock::now();
  Gathered gathered = BEFFROI_TRY(gather(options, stop));
  if (stop.stop_requested()) return fail(Code::cancelled, "L’import a été interrompu, la base n’a pas été changée.");
  ImportReport report;
  report.read = static_cast<std::int64_t>(gathered.records.size());
  report.rejected = std::move(gathered.rejected);
  report.withdrawn =
      std::count_if(gathered.records.begin(), gathered.records.end(), [](const auto& each) { return each.second.withdrawn; });
  const auto now = Clock::now();
  CorpusInfo info;
  info.origin = origin_of(options);
  info.imported_at = utc_now(now);
  info.newest_date = newest_day_of(gathered, iso_day(now));
  info.generation = generation_of(gathered);
  BEFFROI_CHECK(replace(options, gathered, info, report));
  report.elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  return report;
}

}  // namespace beffroi::knowledge
