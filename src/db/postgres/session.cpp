#include "db/postgres/session.h"

#include <fmt/format.h>

#include <utility>

#include "db/postgres/dialect.h"
#include "db/postgres/pool.h"
#include "db/postgres/query.h"

namespace beffroi::db::postgres {

namespace {

constexpr const char* kTables = R"sql(
  SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname::text COLLATE "C"
)sql";

constexpr const char* kColumns = R"sql(
  SELECT a.attname, t.typname, a.attnotnull, coalesce(array_position(i.indkey::int2[], a.attnum) + 1, 0)
  FROM pg_attribute a
  JOIN pg_class c ON c.oid = a.attrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
  WHERE n.nspname = current_schema() AND c.relkind = 'r' AND c.relname = $1::text AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum
)sql";

constexpr const char* kReferences = R"sql(
  SELECT DISTINCT c.relname, f.relname FROM pg_constraint k
  JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE k.contype = 'f' AND n.nspname = current_schema() AND c.oid <> f.oid ORDER BY 1, 2
)sql";

constexpr const char* kNumberedColumn = R"sql(
  SELECT a.attname, pg_get_serial_sequence(format('%I.%I', n.nspname, c.relname), a.attname)
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = current_schema() AND c.relname = $1::text AND a.attidentity <> ''
)sql";

ColumnType type_of(std::string_view name) {
  if (name == "int8" || name == "int4" || name == "int2") return ColumnType::integer;
  if (name == "float8" || name == "float4") return ColumnType::real;
  return name == "bytea" ? ColumnType::blob : ColumnType::text;
}

class PostgresSession final : public Session {
 public:
  explicit PostgresSession(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Status execute(const std::string& sql) override {
    BEFFROI_TRY(connection_->execute(translated(sql)));
    return {};
  }

  Result<std::unique_ptr<Query>> prepare(std::string_view sql) override { return prepare_as_is(translated(sql)); }

  std::int64_t changes() const override { return connection_->changes(); }
  void checkpoint() override {}

  // The lock gives what SQLite gives: one write transaction at a time, schema by schema.
  Status begin(bool write) override {
    if (connection_->transaction() == PQTRANS_INTRANS) {
      return fail(Code::internal, fmt::format("«\u00a0{}\u00a0» n’a pas pu être lu ou écrit.", connection_->schema()),
                  "begin within a transaction");
    }
    auto begun =
        connection_->execute(write ? fmt::format("BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('{}', 0))", connection_->schema())
                                   : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1");
    if (begun) return {};
    rollback();
    return tl::unexpected(std::move(begun).error());
  }

  Status commit() override {
    if (connection_->transaction() == PQTRANS_INERROR) {
      return fail(Code::conflict,
                  fmt::format("Une écriture de «\u00a0{}\u00a0» a échoué\u00a0: rien n’a été enregistré.", connection_->schema()),
                  "commit after a failed statement");
    }
    auto committed = connection_->execute("COMMIT");
    if (committed) return {};
    Error error = std::move(committed).error();
    if (connection_->broken()) {
      error.message = "Le serveur PostgreSQL n’a pas confirmé l’enregistrement\u00a0: vérifiez s’il est fait avant de recommencer.";
    }
    return tl::unexpected(std::move(error));
  }

  void rollback() override { static_cast<void>(connection_->settle()); }

  Result<int> former_version() override { return 0; }
  Status set_former_version(int) override { return {}; }
  Status lift_time_limit() override { return execute("SET LOCAL statement_timeout = 0"); }

  Result<std::vector<std::string>> tables() override {
    auto query = BEFFROI_TRY(prepare_as_is(kTables));
    std::vector<std::string> names;
    while (BEFFROI_TRY(query->step())) names.emplace_back(query->text(0));
    return names;
  }

  Result<std::vector<Column>> columns(std::string_view table) override {
    auto query = BEFFROI_TRY(prepare_as_is(kColumns));
    BEFFROI_CHECK(query->bind(1, table));
    std::vector<Column> found;
    while (BEFFROI_TRY(query->step())) {
      found.push_back({std::string(query->text(0)), type_of(query->text(1)), query->number(2) == 0, static_cast<int>(query->number(3))});
    }
    return found;
  }

  Result<std::vector<std::pair<std::string, std::string>>> references() override {
    auto query = BEFFROI_TRY(prepare_as_is(kReferences));
    std::vector<std::pair<std::string, std::string>> pairs;
    while (BEFFROI_TRY(query->step())) pairs.emplace_back(query->text(0), query->text(1));
    return pairs;
  }

  Status resume_numbering(std::string_view table) override {
    auto query = BEFFROI_TRY(prepare_as_is(kNumberedColumn));
    BEFFROI_CHECK(query->bind(1, table));
    if (!BEFFROI_TRY(query->step())) return {};
    const std::string largest = fmt::format("(SELECT max({}) FROM {})", quoted(query->text(0)), quoted(table));
    return execute(fmt::format("SELECT setval('{}', coalesce({}, 1), {} IS NOT NULL)", query->text(1), largest, largest));
  }

 private:
  Result<std::unique_ptr<Query>> prepare_as_is(const std::string& sql) {
    auto plan = BEFFROI_TRY(connection_->plan(sql));
    return std::make_unique<PostgresQuery>(connection_, std::move(plan));
  }

  std::shared_ptr<Connection> connection_;
};

}  // namespace

Result<std::unique_ptr<Session>> open(const Place& place, const OpenOptions& options) {
  return std::make_unique<PostgresSession>(BEFFROI_TRY(lend(place, options)));
}

}  // namespace beffroi::db::postgres
