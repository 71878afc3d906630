#include "db/sqlite/resting.h"

#include <sys/stat.h>
#include <unistd.h>

#include <deque>
#include <mutex>
#include <utility>
#include <vector>

#include "db/kept_open.h"

namespace beffroi::db::sqlite {

namespace {

constexpr std::size_t kMostResting = 64;  // of all files: each holds three descriptors and up to 2 MB of pages

struct Resting {
  std::mutex mutex;
  int keepers = 0;
  pid_t process = 0;                              // a child made by fork() must touch none of its parent's
  std::deque<std::unique_ptr<Connection>> files;  // the one that has rested longest first
};

// Never destroyed: statics may still hold a connection at the end.
Resting& resting() {
  static auto& all = *new Resting;
  return all;
}

// A file replaced meanwhile (a restoration) bears the name and is not the one that is open.
bool bears_its_name(const Connection& connection) {
  struct stat now{};
  return ::stat(connection.name.c_str(), &now) == 0 && now.st_dev == connection.device && now.st_ino == connection.inode;
}

void give_back(std::unique_ptr<Connection> connection) {
  if (sqlite3_get_autocommit(connection->handle) == 0) sqlite3_exec(connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
  std::unique_ptr<Connection> closed;  // after the lock is free: closing may write
  Resting& all = resting();
  const std::lock_guard lock(all.mutex);
  if (all.keepers == 0 || all.process != ::getpid() || sqlite3_get_autocommit(connection->handle) == 0) {
    closed = std::move(connection);
    return;
  }
  all.files.push_back(std::move(connection));
  if (all.files.size() <= kMostResting) return;
  closed = std::move(all.files.front());
  all.files.pop_front();
}

}  // namespace

std::unique_ptr<Connection> take_resting(const std::filesystem::path& path) {
  std::vector<std::unique_ptr<Connection>> gone;  // closed before another file is opened under their name: closing empties the journal
  Resting& all = resting();
  const std::lock_guard lock(all.mutex);
  if (all.process != ::getpid()) return nullptr;
  std::unique_ptr<Connection> found;
  for (auto one = all.files.rbegin(); one != all.files.rend() && found == nullptr; ++one) {
    if ((*one)->name != path.native()) continue;
    if (bears_its_name(**one)) found = std::move(*one);
    else gone.push_back(std::move(*one));
  }
  std::erase(all.files, nullptr);
  return found;
}

std::shared_ptr<Connection> shared(std::unique_ptr<Connection> connection) {
  return {connection.release(), [](Connection* used) { give_back(std::unique_ptr<Connection>(used)); }};
}

}  // namespace beffroi::db::sqlite

namespace beffroi::db {

KeptOpen::KeptOpen() {
  auto& all = sqlite::resting();
  const std::lock_guard lock(all.mutex);
  ++all.keepers;
  all.process = ::getpid();
}

KeptOpen::~KeptOpen() {
  std::deque<std::unique_ptr<sqlite::Connection>> closed;
  auto& all = sqlite::resting();
  const std::lock_guard lock(all.mutex);
  if (--all.keepers == 0) closed.swap(all.files);
}

}  // namespace beffroi::db
