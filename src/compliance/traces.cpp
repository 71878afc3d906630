#include "compliance/traces.h"

#include <chrono>
#include <filesystem>
#include <thread>

#include "db/tables.h"

namespace beffroi::compliance {

namespace {

constexpr int kTries = 20;
constexpr auto kBetweenTries = std::chrono::milliseconds(50);

bool journal_is_empty(const std::filesystem::path& file) {
  std::error_code fault;
  const auto size = std::filesystem::file_size(file.string() + "-wal", fault);
  return fault || size == 0;
}

Result<bool> wipe_file(db::Database& database) {
  const Status rewritten = database.execute("VACUUM");
  if (!rewritten && rewritten.error().code == Code::busy) return false;
  BEFFROI_CHECK(rewritten);
  for (int i = 0; i < kTries; ++i) {
    database.checkpoint();
    if (journal_is_empty(database.path())) return true;
    std::this_thread::sleep_for(kBetweenTries);
  }
  return false;
}

}  // namespace

Status erase_for_good(db::Database& database) {
  return database.engine() == db::Engine::sqlite ? database.execute("PRAGMA secure_delete=ON") : Status{};
}

Result<bool> wipe_traces(db::Database& database, const std::vector<std::string>& tables) {
  if (database.engine() == db::Engine::sqlite) return wipe_file(database);
  for (const std::string& table : tables) {
    const Status rewritten = database.execute("VACUUM (FULL) " + db::quoted(table));
    if (!rewritten && rewritten.error().code == Code::busy) return false;
    BEFFROI_CHECK(rewritten);
  }
  return true;
}

}  // namespace beffroi::compliance
