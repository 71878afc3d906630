#include "db/database.h"

#include <utility>

#include "db/engine.h"
#include "db/postgres/session.h"
#include "db/sqlite/session.h"

namespace beffroi::db {

Database::Database(std::unique_ptr<Session> session, Place place) : session_(std::move(session)), place_(std::move(place)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Result<Database> Database::open(const std::filesystem::path& path, const OpenOptions& options) { return open(Place::file(path), options); }

Result<Database> Database::open(const Place& place, const OpenOptions& options) {
  auto session = BEFFROI_TRY(place.engine() == Engine::sqlite ? sqlite::open(place, options) : postgres::open(place, options));
  return Database(std::move(session), place);
}

Status Database::execute(const std::string& sql) { return session_->execute(sql); }

Result<Statement> Database::prepare(std::string_view sql) { return Statement(BEFFROI_TRY(session_->prepare(sql))); }

void Database::checkpoint() { session_->checkpoint(); }

std::int64_t Database::changes() const { return session_->changes(); }

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
  BEFFROI_CHECK(database.session().begin(kind == Kind::write));
  return Transaction(database.session());
}

Transaction::Transaction(Transaction&& other) noexcept : session_(std::exchange(other.session_, nullptr)) {}

Transaction::~Transaction() {
  if (session_ != nullptr) session_->rollback();
}

Status Transaction::commit() {
  Session* session = std::exchange(session_, nullptr);
  auto status = session->commit();
  if (!status) session->rollback();
  return status;
}

}  // namespace beffroi::db
