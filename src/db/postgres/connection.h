// One connection to a server, through libpq.
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/options.h"

namespace beffroi::db::postgres {

struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Answer = std::unique_ptr<PGresult, Clear>;

// A statement that the server has prepared.
struct Plan {
  std::string name;
  std::string sql;           // PostgreSQL's words
  std::vector<Oid> parameters;  // their types
};

struct Parameters {
  std::vector<const char*> values;  // null: NULL
  std::vector<int> lengths;
  std::vector<int> formats;  // 0: text, 1: bytes
};

class Connection {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& url, std::chrono::milliseconds wait);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { PQfinish(handle_); }

  // Makes the connection one of this schema, as if new; makes the schema when that is allowed.
  [[nodiscard]] Status turn_to(const std::string& schema, const OpenOptions& options);
  [[nodiscard]] const std::string& schema() const { return schema_; }
  // Undoes what was left open; false: the connection is good for nothing any more.
  [[nodiscard]] bool settle();
  [[nodiscard]] bool broken() const { return PQstatus(handle_) == CONNECTION_BAD; }
  [[nodiscard]] PGTransactionStatusType transaction() const { return PQtransactionStatus(handle_); }

  // In PostgreSQL's words.
  [[nodiscard]] Result<Answer> execute(const std::string& sql);
  // Prepared once by connection, then known again by its text.
  [[nodiscard]] Result<std::shared_ptr<const Plan>> plan(const std::string& sql);
  // A plan whose result no longer looks as it did, after a migration, is made anew when no transaction is open.
  [[nodiscard]] Result<Answer> run(std::shared_ptr<const Plan>& plan, const Parameters& parameters);

  [[nodiscard]] std::int64_t changes() const { return changes_; }

 private:
  explicit Connection(PGconn* handle) : handle_(handle) {}
  [[nodiscard]] Result<Answer> checked(PGresult* result);
  [[nodiscard]] Status make_schema();
  void forget_plans();

  PGconn* handle_;
  std::string schema_;
  std::map<std::string, std::shared_ptr<const Plan>, std::less<>> plans_;
  std::int64_t plans_made_ = 0;
  std::int64_t changes_ = 0;
};

}  // namespace beffroi::db::postgres
