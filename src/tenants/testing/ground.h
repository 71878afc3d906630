// For tests only: room for an installation on each engine, erased at the end.
#pragma once

#include <atomic>
#include <random>
#include <string>

#include "db/testing.h"
#include "tenants/storage.h"

namespace beffroi::tenants::testing {

// On PostgreSQL a database of its own: an installation has the names of its schemas to itself.
class StorageGround {
 public:
  explicit StorageGround(db::Engine engine) {
    storage_.home = folder_.path() / "home";
    if (engine == db::Engine::sqlite) return;
    static std::atomic<int> number = 0;
    static const unsigned int program = std::random_device{}();
    name_ = "test_" + std::to_string(program) + "_" + std::to_string(++number);
    run("CREATE DATABASE " + name_);
    std::string url = db::testing::postgres_url();
    const std::size_t query = std::min(url.find('?'), url.size());
    const std::size_t path = url.find('/', url.find("//") + 2);
    url.replace(path + 1, query - path - 1, name_);
    storage_.postgres = db::Server{.url = url};
  }
  StorageGround(const StorageGround&) = delete;
  StorageGround& operator=(const StorageGround&) = delete;
  ~StorageGround() {
    if (!name_.empty()) run("DROP DATABASE " + name_ + " WITH (FORCE)");
  }

  [[nodiscard]] const Storage& storage() const { return storage_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }  // the home is in it

 private:
  static void run(const std::string& sql) {
    auto server = db::Database::open(*db::Place::schema({.url = db::testing::postgres_url()}, "test_ground"));
    if (server) static_cast<void>(server->execute(sql));
  }

  beffroi::testing::TemporaryFolder folder_;
  Storage storage_;
  std::string name_;
};

}  // namespace beffroi::tenants::testing
