// For tests only: a database of its own on the throw-away PostgreSQL server, erased at the end.
#pragma once

#include <algorithm>
#include <atomic>
#include <random>
#include <string>

#include "db/testing.h"

namespace beffroi::tenants::testing {

class OwnDatabase {
 public:
  OwnDatabase() : name_("test_" + std::to_string(program()) + "_" + std::to_string(next())) { run("CREATE DATABASE " + name_); }
  OwnDatabase(const OwnDatabase&) = delete;
  OwnDatabase& operator=(const OwnDatabase&) = delete;
  ~OwnDatabase() { run("DROP DATABASE " + name_ + " WITH (FORCE)"); }

  // Empty again: quicker than another one.
  void clear() {
    auto database = db::Database::open(*db::Place::schema(server(), "test_ground"));
    if (!database) return;
    static_cast<void>(database->execute(R"sql(
      DO $$ DECLARE one text; BEGIN
        FOR one IN SELECT nspname FROM pg_namespace WHERE nspname IN ('installation', 'corpora') OR nspname LIKE 'commune\_%' LOOP
          EXECUTE format('DROP SCHEMA %I CASCADE', one);
        END LOOP;
      END $$)sql"));
  }

  [[nodiscard]] db::Server server() const {
    std::string url = db::testing::postgres_url();
    const std::size_t query = std::min(url.find('?'), url.size());
    const std::size_t path = url.find('/', url.find("//") + 2);
    url.replace(path + 1, query - path - 1, name_);
    return db::Server{.url = url};
  }

 private:
  static unsigned int program() {
    static const unsigned int number = std::random_device{}();
    return number;
  }
  static int next() {
    static std::atomic<int> number = 0;
    return ++number;
  }
  static void run(const std::string& sql) {
    auto server = db::Database::open(*db::Place::schema({.url = db::testing::postgres_url()}, "test_ground"));
    if (server) static_cast<void>(server->execute(sql));
  }

  std::string name_;
};

}  // namespace beffroi::tenants::testing
