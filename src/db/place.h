// Where a database is: an SQLite file, or a schema of a PostgreSQL server. A value: it opens nothing.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace beffroi::db {

enum class Engine { sqlite, postgres };

[[nodiscard]] constexpr const char* name_of(Engine engine) { return engine == Engine::sqlite ? "SQLite" : "PostgreSQL"; }

// A PostgreSQL database, version 15 or later.
struct Server {
  // « postgresql://user@host:port/database?sslmode=verify-full »: everything libpq reads, TLS by `sslmode`. A secret: it may hold a
  // password (better kept in PGPASSFILE). Never logged, never in an error.
  std::string url = {};
  // Connections that this process keeps to the server at most, for all its schemas. Beyond, an opening waits its turn.
  int connections = 20;
};

class Place {
 public:
  // An SQLite file; its folder must exist.
  [[nodiscard]] static Place file(std::filesystem::path path);
  // A schema of a server. Code::invalid_argument unless `schema` is 1 to 63 of a-z, 0-9 and '_', and begins with a letter, and the URL
  // begins with « postgresql:// » or « postgres:// ».
  [[nodiscard]] static Result<Place> schema(Server server, std::string schema);

  [[nodiscard]] Engine engine() const { return engine_; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }  // empty on PostgreSQL
  [[nodiscard]] const Server& server() const { return server_; }             // empty on SQLite
  [[nodiscard]] const std::string& schema() const { return schema_; }        // empty on SQLite
  // For a person and for logs: the file's path, or the schema's name. No address, no password.
  [[nodiscard]] std::string name() const;

 private:
  Place() = default;

  Engine engine_ = Engine::sqlite;
  std::filesystem::path path_;
  Server server_;
  std::string schema_;
};

}  // namespace beffroi::db
