#include "db/postgres/connection.h"

#include <fmt/format.h>
#include <poll.h>

#include <cstdlib>
#include <cstring>
#include <regex>
#include <utility>

#include "db/postgres/failure.h"

namespace beffroi::db::postgres {

namespace {

constexpr std::size_t kMaxPlans = 200;  // that one connection keeps; each costs the server some memory
using Clock = std::chrono::steady_clock;

void be_silent(void*, const char*) {}

// An address that libpq would misread could end in a message: it is refused here, and not repeated.
Status check_address(const std::string& url) {
  char* fault = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &fault);
  PQfreemem(fault);
  bool sound = options != nullptr;
  for (PQconninfoOption* option = options; sound && option->keyword != nullptr; ++option) {
    if (std::strcmp(option->keyword, "host") == 0 && option->val != nullptr && std::strchr(option->val, '@') != nullptr) sound = false;
  }
  PQconninfoFree(options);
  if (sound) return {};
  return fail(Code::invalid_argument,
              "L’adresse de la base PostgreSQL n’est pas lisible\u00a0: dans le mot de passe, écrivez «\u00a0@\u00a0», «\u00a0/\u00a0» et "
              "«\u00a0:\u00a0» sous leur forme «\u00a0%40\u00a0», «\u00a0%2F\u00a0» et «\u00a0%3A\u00a0».");
}

// Ours first: what the address says wins.
PGconn* start(const std::string& url) {
  constexpr const char* kNames[] = {"application_name", "client_encoding", "tcp_user_timeout", "keepalives_idle", "dbname", nullptr};
  const char* values[] = {"beffroi", "UTF8", "30000", "30", url.c_str(), nullptr};
  return PQconnectStartParams(kNames, values, 1);
}

// False: the time is over.
bool wait_for(PGconn* handle, PostgresPollingStatusType what, Clock::time_point limit) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(limit - Clock::now()).count();
  pollfd socket = {PQsocket(handle), static_cast<short>(what == PGRES_POLLING_READING ? POLLIN : POLLOUT), 0};
  return left > 0 && ::poll(&socket, 1, static_cast<int>(left)) > 0;
}

// With PQERRORS_SQLSTATE, what the server says ends with the five characters.
std::string state_of(const PGconn* handle) {
  static const std::regex kState(R"(:  ([0-9A-Z]{5})\s*$)");
  const std::string said = PQerrorMessage(handle);
  std::smatch match;
  return std::regex_search(said, match, kState) ? match[1].str() : std::string();
}

}  // namespace

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url, std::chrono::milliseconds wait) {
  BEFFROI_CHECK(check_address(url));
  const auto limit = Clock::now() + wait;
  std::unique_ptr<Connection> connection(new Connection(start(url)));
  PGconn* handle = connection->handle_;
  // The words of the server depend on its language: its five characters do not.
  PQsetErrorVerbosity(handle, PQERRORS_SQLSTATE);
  PQsetNoticeProcessor(handle, be_silent, nullptr);
  auto what = PQstatus(handle) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING;
  while (what != PGRES_POLLING_OK) {
    if (what == PGRES_POLLING_FAILED || !wait_for(handle, what, limit)) {
      const std::string state = state_of(handle);
      return tl::unexpected(failure(state, "PostgreSQL", fmt::format("postgres {}: no connection", state.empty() ? "silent" : state)));
    }
    what = PQconnectPoll(handle);
  }
  PQsetErrorVerbosity(handle, PQERRORS_DEFAULT);
  return connection;
}

Result<Answer> Connection::checked(PGresult* result) {
  Answer answer(result);
  const ExecStatusType status = PQresultStatus(result);
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY) {
    return failure(result, schema_.empty() ? "PostgreSQL" : schema_, handle_);
  }
  const std::string_view done = PQcmdStatus(result);
  if (done.starts_with("INSERT") || done.starts_with("UPDATE") || done.starts_with("DELETE")) changes_ = std::atoll(PQcmdTuples(result));
  return answer;
}

Result<Answer> Connection::execute(const std::string& sql) { return checked(PQexec(handle_, sql.c_str())); }

Status Connection::turn_to(const std::string& schema, const OpenOptions& options) {
  if (!schema_.empty() && schema_ != schema) {
    plans_.clear();
    BEFFROI_TRY(execute("DISCARD ALL"));
  }
  schema_ = schema;
  // A process that dies in the middle of a statement holds its locks no longer than the check interval.
  const Answer found = BEFFROI_TRY(execute(fmt::format(
      "RESET ALL; SET search_path = \"{0}\", pg_temp; SET lock_timeout = {1}; SET statement_timeout = {2}; SET timezone = 'UTC'; "
      "SET client_connection_check_interval = 2000; SET default_transaction_read_only = {3}; "
      "SELECT 1 FROM pg_namespace WHERE nspname = '{0}'",
      schema, std::max(1, options.busy_timeout_ms), options.statement_timeout_ms, options.access == Access::read_only ? "on" : "off")));
  if (PQntuples(found.get()) == 1) return {};
  if (options.access == Access::read_only) return fail(Code::not_found, fmt::format("Le schéma «\u00a0{}\u00a0» n’existe pas.", schema));
  return make_schema();
}

Status Connection::make_schema() {
  // Two processes that make it at once: the second waits, then finds it; or does not yet, for it remembers that there was none, and a second
  // try does.
  const auto make = [this] {
    auto made = execute(fmt::format(
        "BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('{0}', 0)); CREATE SCHEMA IF NOT EXISTS \"{0}\"; COMMIT", schema_));
    if (!made) static_cast<void>(execute("ROLLBACK"));
    return made;
  };
  auto made = make();
  if (!made && made.error().code == Code::conflict) made = make();
  if (made) return {};
  if (made.error().code != Code::storage) return tl::unexpected(std::move(made).error());
  return fail(Code::storage,
              fmt::format("L’utilisateur de PostgreSQL n’a pas le droit de créer le schéma «\u00a0{}\u00a0»\u00a0: créez-le pour lui, ou "
                          "donnez-lui le droit CREATE sur la base.",
                          schema_),
              std::move(made).error().detail);
}

bool Connection::settle() {
  if (broken()) return false;
  if (transaction() == PQTRANS_IDLE) return true;
  return execute("ROLLBACK").has_value() && transaction() == PQTRANS_IDLE;
}

Result<std::shared_ptr<const Plan>> Connection::plan(const std::string& sql) {
  if (const auto known = plans_.find(sql); known != plans_.end()) {
    // The server would say the same of a statement in a transaction that has failed.
    if (transaction() != PQTRANS_INERROR) return known->second;
  }
  if (plans_.size() >= kMaxPlans) forget_plans();
  Plan made = {fmt::format("beffroi_{}", ++plans_made_), sql, {}};
  BEFFROI_TRY(checked(PQprepare(handle_, made.name.c_str(), sql.c_str(), 0, nullptr)));
  const Answer described = BEFFROI_TRY(checked(PQdescribePrepared(handle_, made.name.c_str())));
  for (int i = 0; i < PQnparams(described.get()); ++i) made.parameters.push_back(PQparamtype(described.get(), i));
  return plans_[sql] = std::make_shared<const Plan>(std::move(made));
}

// Those that no statement uses.
void Connection::forget_plans() {
  std::erase_if(plans_, [this](const auto& entry) {
    return entry.second.use_count() == 1 && execute(fmt::format("DEALLOCATE {}", entry.second->name)).has_value();
  });
}

Result<Answer> Connection::run(std::shared_ptr<const Plan>& plan, const Parameters& parameters) {
  const auto send = [&] {
    return PQexecPrepared(handle_, plan->name.c_str(), static_cast<int>(parameters.values.size()), parameters.values.data(),
                          parameters.lengths.data(), parameters.formats.data(), 0);
  };
  PGresult* result = send();
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const bool outdated = state != nullptr && std::string_view(state) == "0A000";
  if (!outdated) return checked(result);
  plans_.erase(plan->sql);
  if (transaction() != PQTRANS_IDLE) return checked(result);
  PQclear(result);
  plan = BEFFROI_TRY(this->plan(std::string(plan->sql)));
  return checked(send());
}

}  // namespace beffroi::db::postgres
