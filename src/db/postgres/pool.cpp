#include "db/postgres/pool.h"

#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "db/pool.h"

namespace beffroi::db::postgres {

namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kConnecting = std::chrono::seconds(10);  // then the server is silent

// The connections to one server.
class Pool {
 public:
  explicit Pool(int limit) : limit_(limit) {}

  // One that rests, if possible of this schema; null: a new one may be opened.
  Result<std::unique_ptr<Connection>> take(const std::string& schema, Clock::time_point until) {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_until(lock, until, [this] { return lent_ < limit_; })) {
      return fail(Code::busy, "Toutes les connexions à PostgreSQL sont prises\u00a0: réessayez dans un instant.");
    }
    ++lent_;
    auto found = std::find_if(resting_.begin(), resting_.end(), [&](const auto& one) { return one->schema() == schema; });
    const bool room = lent_ + static_cast<int>(resting_.size()) <= limit_;
    if (found == resting_.end() && (room || resting_.empty())) return nullptr;
    if (found == resting_.end()) found = resting_.begin();  // the one that has rested longest
    auto connection = std::move(*found);
    resting_.erase(found);
    return connection;
  }

  // `connection` is null when it is of no more use.
  void give_back(std::unique_ptr<Connection> connection) {
    const std::lock_guard lock(mutex_);
    --lent_;
    if (connection != nullptr) resting_.push_back(std::move(connection));
    freed_.notify_one();
  }

  // The server went away: so did all that rested.
  void forget() {
    std::vector<std::unique_ptr<Connection>> gone;
    const std::lock_guard lock(mutex_);
    gone.swap(resting_);
  }

  [[nodiscard]] PoolLoad load() {
    const std::lock_guard lock(mutex_);
    return {lent_, static_cast<int>(resting_.size()), limit_};
  }

 private:
  const int limit_;
  std::mutex mutex_;
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> resting_;
  int lent_ = 0;
};

// A child made by fork() shares no connection with its parent. Never destroyed: statics may still hold a connection at the end.
struct Pools {
  std::mutex mutex;
  std::map<std::pair<pid_t, std::string>, std::unique_ptr<Pool>> all;  // by process and server
};
Pools& pools() {
  static auto& kept = *new Pools;
  return kept;
}

Pool& pool_of(const Server& server) {
  const std::lock_guard lock(pools().mutex);
  auto& pool = pools().all[{::getpid(), server.url}];
  if (pool == nullptr) pool = std::make_unique<Pool>(server.connections);
  return *pool;
}

// A resting connection may have died meanwhile: the first exchange tells, and a new one is tried once.
Result<std::unique_ptr<Connection>> ready(Pool& pool, std::unique_ptr<Connection> resting, const Place& place, const OpenOptions& options) {
  if (resting != nullptr) {
    const auto turned = resting->turn_to(place.schema(), options);
    if (turned) return resting;
    if (!resting->broken()) return tl::unexpected(turned.error());
    pool.forget();
  }
  auto fresh = BEFFROI_TRY(Connection::open(place.server().url, kConnecting));
  BEFFROI_CHECK(fresh->turn_to(place.schema(), options));
  return fresh;
}

}  // namespace

Result<std::shared_ptr<Connection>> lend(const Place& place, const OpenOptions& options) {
  Pool& pool = pool_of(place.server());
  const auto until = Clock::now() + std::chrono::milliseconds(options.busy_timeout_ms);
  auto resting = BEFFROI_TRY(pool.take(place.schema(), until));
  auto connection = ready(pool, std::move(resting), place, options);
  if (!connection) {
    pool.give_back(nullptr);
    return tl::unexpected(std::move(connection).error());
  }
  return std::shared_ptr<Connection>(connection->release(), [&pool](Connection* used) {
    std::unique_ptr<Connection> owned(used);
    if (!owned->settle()) owned.reset();
    pool.give_back(std::move(owned));
  });
}

}  // namespace beffroi::db::postgres

namespace beffroi::db {

PoolLoad pool_load() {
  const std::lock_guard lock(postgres::pools().mutex);
  PoolLoad all;
  for (const auto& [key, pool] : postgres::pools().all) {
    if (key.first != ::getpid()) continue;
    const PoolLoad one = pool->load();
    all.lent += one.lent, all.resting += one.resting, all.limit += one.limit;
  }
  return all;
}

}  // namespace beffroi::db
