#include "jobs/queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace beffroi::jobs {

namespace {

constexpr db::Migration kMigrations[] = {{50, R"sql(
  CREATE TABLE jobs_job (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'failed', 'stopped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    max_attempts INTEGER NOT NULL CHECK (max_attempts > 0),
    turn INTEGER NOT NULL DEFAULT 0,
    progress REAL NOT NULL DEFAULT 0,
    line TEXT NOT NULL DEFAULT '',
    error TEXT NOT NULL DEFAULT '',
    owner TEXT NOT NULL DEFAULT '',
    created_ms INTEGER NOT NULL,
    run_after_ms INTEGER NOT NULL,
    lease_until_ms INTEGER NOT NULL DEFAULT 0,
    finished_ms INTEGER NOT NULL DEFAULT 0,
    stop_requested INTEGER NOT NULL DEFAULT 0 CHECK (stop_requested IN (0, 1))
  ) STRICT;
  CREATE INDEX jobs_job_due ON jobs_job (state, run_after_ms);
)sql"}};

constexpr const char* kColumns =
    "id, kind, payload, state, attempts, max_attempts, turn, progress, line, error, owner, created_ms, run_after_ms, lease_until_ms, "
    "finished_ms, stop_requested";

constexpr std::array<std::pair<State, std::string_view>, 5> kNames = {{{State::waiting, "waiting"},
                                                                       {State::running, "running"},
                                                                       {State::done, "done"},
                                                                       {State::failed, "failed"},
                                                                       {State::stopped, "stopped"}}};

// Back to the queue, unless a person asked to stop meanwhile.
constexpr std::string_view kAgain = "state = CASE WHEN stop_requested = 1 THEN 'stopped' ELSE 'waiting' END";

constexpr std::int64_t kFirstPause_ms = 10'000, kLongestPause_ms = 3'600'000;

State state_of(std::string_view name) {
  const auto found = std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.second == name; });
  return found == kNames.end() ? State::failed : found->first;
}

Job job_of(const db::Statement& row) {
  Job job;
  job.id = row.number(0);
  job.kind = row.text(1);
  job.payload = row.text(2);
  job.state = state_of(row.text(3));
  job.attempts = static_cast<int>(row.number(4));
  job.max_attempts = static_cast<int>(row.number(5));
  job.turn = row.number(6);
  job.progress = row.real(7);
  job.line = row.text(8);
  job.error = row.text(9);
  job.owner = row.text(10);
  job.created_ms = row.number(11);
  job.run_after_ms = row.number(12);
  job.lease_until_ms = row.number(13);
  job.finished_ms = row.number(14);
  job.stop_requested = row.number(15) != 0;
  return job;
}

bool may_pass(Code code) { return code == Code::busy || code == Code::timeout || code == Code::unavailable || code == Code::storage; }

std::int64_t pause_after(int attempts) { return std::min(kFirstPause_ms << std::clamp(attempts - 1, 0, 20), kLongestPause_ms); }

// What a worker says of its job: one UPDATE that touches nothing when the job is no longer its own.
template <class... Values>
Result<Order> say(db::Database& database, const Job& job, std::string_view changes, const Values&... values) {
  db::Statement update = BEFFROI_TRY(database.prepare(
      fmt::format("UPDATE jobs_job SET {} WHERE id = ? AND turn = ? AND state = 'running' RETURNING stop_requested", changes)));
  BEFFROI_CHECK(update.bind_all(values..., job.id, job.turn));
  if (!BEFFROI_TRY(update.step())) return Order::lost;
  const Order order = update.number(0) != 0 ? Order::stop : Order::go_on;
  BEFFROI_TRY(update.step());
  return order;
}

Status not_in_state(db::Database& database, std::int64_t id, std::string message) {
  if (!BEFFROI_TRY(Queue(database).find(id))) return fail(Code::not_found, "Ce travail n’existe pas.");
  return fail(Code::conflict, std::move(message));
}

}  // namespace

std::span<const db::Migration> migrations() { return kMigrations; }

std::string_view name_of(State state) {
  return std::find_if(kNames.begin(), kNames.end(), [&](const auto& known) { return known.first == state; })->second;
}

Result<std::int64_t> Queue::add(const NewJob& job) {
  if (job.kind.empty() || job.attempts < 1) return beffroi::fail(Code::invalid_argument, "Ce travail n’a pas de nature ou pas d’essai.");
  db::Statement insert = BEFFROI_TRY(database_->prepare(
      "INSERT INTO jobs_job (kind, payload, state, max_attempts, created_ms, run_after_ms) VALUES (?, ?, 'waiting', ?, ?, ?) RETURNING id"));
  BEFFROI_CHECK(
      insert.bind_all(std::string_view(job.kind), std::string_view(job.payload), std::int64_t{job.attempts}, clock_(), job.run_after_ms));
  BEFFROI_TRY(insert.step());
  const std::int64_t id = insert.number(0);
  BEFFROI_TRY(insert.step());
  return id;
}

Result<std::optional<Job>> Queue::find(std::int64_t id) {
  db::Statement query = BEFFROI_TRY(database_->prepare(fmt::format("SELECT {} FROM jobs_job WHERE id = ?", kColumns)));
  BEFFROI_CHECK(query.bind(1, id));
  if (!BEFFROI_TRY(query.step())) return std::nullopt;
  return job_of(query);
}

Result<std::vector<Job>> Queue::list(int limit) {
  db::Statement query = BEFFROI_TRY(database_->prepare(fmt::format("SELECT {} FROM jobs_job ORDER BY id DESC LIMIT ?", kColumns)));
  BEFFROI_CHECK(query.bind(1, std::int64_t{limit}));
  std::vector<Job> jobs;
  while (BEFFROI_TRY(query.step())) jobs.push_back(job_of(query));
  return jobs;
}

Result<std::map<State, std::int64_t>> Queue::counts() {
  db::Statement query = BEFFROI_TRY(database_->prepare("SELECT state, count(*) FROM jobs_job GROUP BY state"));
  std::map<State, std::int64_t> counts;
  while (BEFFROI_TRY(query.step())) counts[state_of(query.text(0))] += query.number(1);
  return counts;
}

// A read: a worker with nothing to do takes no lock.
Result<bool> Queue::anything_due() {
  db::Statement query = BEFFROI_TRY(database_->prepare(
      "SELECT 1 FROM jobs_job WHERE (state = 'waiting' AND run_after_ms <= ?) OR (state = 'running' AND lease_until_ms < ?) LIMIT 1"));
  BEFFROI_CHECK(query.bind_all(clock_(), clock_()));
  return query.step();
}

Status Queue::put_back_orphans() {
  db::Statement update = BEFFROI_TRY(database_->prepare(R"sql(
    UPDATE jobs_job SET
      state = CASE WHEN stop_requested = 1 THEN 'stopped' WHEN attempts >= max_attempts THEN 'failed' ELSE 'waiting' END,
      error = ?,
      finished_ms = CASE WHEN stop_requested = 1 OR attempts >= max_attempts THEN CAST(? AS INTEGER) ELSE 0 END
    WHERE state = 'running' AND lease_until_ms < ?
  )sql"));
  constexpr std::string_view kWhy = "Le travail a été interrompu\u00a0: la machine ou le service s’est arrêté.";
  BEFFROI_CHECK(update.bind_all(kWhy, clock_(), clock_()));
  return update.run();
}

Result<std::optional<Job>> Queue::take(const Worker& worker) {
  if (worker.kinds.empty() || !BEFFROI_TRY(anything_due())) return std::nullopt;
  BEFFROI_CHECK(put_back_orphans());
  std::string kinds = "?";
  for (std::size_t i = 1; i < worker.kinds.size(); ++i) kinds += ", ?";
  // On SQLite a statement that writes has the file to itself; PostgreSQL's workers step over each other's rows.
  const char* alone = database_->engine() == db::Engine::postgres ? "FOR UPDATE SKIP LOCKED" : "";
  db::Statement update = BEFFROI_TRY(database_->prepare(fmt::format(
      "UPDATE jobs_job SET state = 'running', attempts = attempts + 1, turn = turn + 1, owner = ?, lease_until_ms = ?, progress = 0, "
      "line = '' WHERE id = (SELECT id FROM jobs_job WHERE state = 'waiting' AND run_after_ms <= ? AND kind IN ({}) "
      "ORDER BY run_after_ms, id LIMIT 1 {}) RETURNING {}",
      kinds, alone, kColumns)));
  BEFFROI_CHECK(update.bind_all(std::string_view(worker.name), clock_() + worker.lease_ms, clock_()));
  int position = 3;
  for (const std::string& kind : worker.kinds) BEFFROI_CHECK(update.bind(++position, std::string_view(kind)));
  if (!BEFFROI_TRY(update.step())) return std::nullopt;
  Job job = job_of(update);
  BEFFROI_TRY(update.step());
  return job;
}

Result<Order> Queue::renew(const Job& job, const Worker& worker) {
  return say(*database_, job, "lease_until_ms = ?", clock_() + worker.lease_ms);
}

Result<Order> Queue::report(const Job& job, double progress, std::string_view line) {
  return say(*database_, job, "progress = ?, line = ?", std::clamp(progress, 0.0, 1.0), line);
}

Result<Order> Queue::finish(const Job& job) {
  return say(*database_, job, "state = 'done', progress = 1, error = '', finished_ms = ?", clock_());
}

Result<Order> Queue::fail(const Job& job, const Error& error) {
  const std::string_view message = error.message;
  if (may_pass(error.code) && job.attempts < job.max_attempts) {
    return say(*database_, job, fmt::format("{}, error = ?, run_after_ms = ?", kAgain), message, clock_() + pause_after(job.attempts));
  }
  return say(*database_, job, "state = 'failed', error = ?, finished_ms = ?", message, clock_());
}

Result<Order> Queue::stopped(const Job& job) { return say(*database_, job, "state = 'stopped', finished_ms = ?", clock_()); }

Result<Order> Queue::give_back(const Job& job) { return say(*database_, job, fmt::format("{}, attempts = attempts - 1", kAgain)); }

Status Queue::stop(std::int64_t id) {
  db::Statement update = BEFFROI_TRY(database_->prepare(R"sql(
    UPDATE jobs_job SET
      finished_ms = CASE WHEN state = 'waiting' THEN CAST(? AS INTEGER) ELSE 0 END,
      state = CASE WHEN state = 'waiting' THEN 'stopped' ELSE state END,
      stop_requested = 1
    WHERE id = ? AND state IN ('waiting', 'running') RETURNING id
  )sql"));
  BEFFROI_CHECK(update.bind_all(clock_(), id));
  if (BEFFROI_TRY(update.step())) return update.run();
  return not_in_state(*database_, id, "Ce travail est déjà terminé\u00a0: il n’y a rien à arrêter.");
}

Status Queue::retry(std::int64_t id) {
  db::Statement update = BEFFROI_TRY(database_->prepare(R"sql(
    UPDATE jobs_job SET state = 'waiting', attempts = 0, progress = 0, line = '', error = '', run_after_ms = ?, finished_ms = 0, stop_requested = 0
    WHERE id = ? AND state IN ('failed', 'stopped') RETURNING id
  )sql"));
  BEFFROI_CHECK(update.bind_all(clock_(), id));
  if (BEFFROI_TRY(update.step())) return update.run();
  return not_in_state(*database_, id, "Seul un travail qui a échoué ou qui a été arrêté peut être recommencé.");
}

Result<std::int64_t> Queue::forget(std::int64_t ended_before_ms) {
  db::Statement erase =
      BEFFROI_TRY(database_->prepare("DELETE FROM jobs_job WHERE state IN ('done', 'failed', 'stopped') AND finished_ms < ?"));
  BEFFROI_CHECK(erase.bind(1, ended_before_ms));
  BEFFROI_CHECK(erase.run());
  return database_->changes();
}

}  // namespace beffroi::jobs
