#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "knowledge/corpus.h"
#include "knowledge/dates.h"
#include "knowledge/gather.h"
#include "knowledge/replace.h"

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

// A day in the future is a slip of the source: it must not make an old base look fresh.
std::string newest_day_of(const Gathered& gathered, const std::string& today) {
  std::string newest;
  for (const auto& [id, record] : gathered.records) {
    if (record.date <= today) newest = std::max(newest, record.date);
  }
  return newest;
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
  BEFFROI_CHECK(replace(options.folder, gathered, info, report));
  report.elapsed_ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started).count();
  return report;
}

}  // namespace beffroi::knowledge
