#include "usecases/administration/metrics.h"

#include <unistd.h>

#include <ctime>

#include "base/clock.h"
#include "base/log.h"
#include "db/pool.h"
#include "jobs/queue.h"
#include "metering/process_cpu.h"
#include "metering/process_memory.h"
#include "usecases/administration/health.h"
#include "usecases/administration/prometheus.h"

namespace beffroi::administration {

namespace {

using Type = Prometheus::Type;

double as_number(auto value) { return static_cast<double>(value); }

void write_traffic(Prometheus& out, const http::Traffic& traffic) {
  const http::Traffic::Report report = traffic.report();
  out.family("beffroi_http_requests_total", Type::counter, "Replies by method, route pattern and status.");
  for (const auto& [key, count] : report.replies) {
    const auto& [method, route, status] = key;
    out.sample(as_number(count), {{"method", method}, {"route", route}, {"status", std::to_string(status)}});
  }
  out.family("beffroi_http_request_duration_seconds", Type::histogram,
             "Time from the first byte of a request to its reply, by route pattern.");
  for (const auto& [route, times] : report.times) {
    out.histogram({http::Traffic::kBoundsS, times.within, times.count, times.sum_s}, {"route", route});
  }
  out.family("beffroi_http_waiting", Type::gauge, "Requests that wait for a thread.");
  out.sample(as_number(report.waiting));
  out.family("beffroi_http_working", Type::gauge, "Requests on a thread.");
  out.sample(as_number(report.working));
}

void write_engine(Prometheus& out, const Machine& machine) {
  if (const auto worker = machine.worker ? machine.worker() : std::nullopt) {
    out.family("beffroi_engine_up", Type::gauge, "1 when the engine at home runs or can be started.");
    out.sample(worker->well ? 1 : 0);
    out.family("beffroi_engine_starts_total", Type::counter, "Starts of the engine at home; beyond the first one, restarts.");
    out.sample(as_number(worker->starts));
    out.family("beffroi_engine_requests", Type::gauge, "Requests of the engine at home, by state.");
    out.sample(as_number(worker->running), {{"state", "running"}});
    out.sample(as_number(worker->waiting), {{"state", "waiting"}});
  }
  if (!machine.spent) return;
  const metering::Totals spent = machine.spent();
  out.family("beffroi_model_tokens_total", Type::counter, "Tokens of the models, by kind.");
  out.sample(as_number(spent.prompt_tokens), {{"kind", "prompt"}});
  out.sample(as_number(spent.reused_tokens), {{"kind", "reused"}});
  out.sample(as_number(spent.generated_tokens), {{"kind", "generated"}});
  out.family("beffroi_answers_total", Type::counter, "Requests counted by metering, with and without a model.");
  out.sample(as_number(spent.requests - spent.without_model), {{"model", "yes"}});
  out.sample(as_number(spent.without_model), {{"model", "no"}});
}

// Over every commune together. A commune that does not answer is counted as such.
void write_jobs(Prometheus& out, const tenants::Directory& directory) {
  std::map<jobs::State, std::int64_t> all;
  std::int64_t unread = 0;
  const auto tenants = directory.all();
  for (const tenants::Tenant& tenant : tenants ? *tenants : std::vector<tenants::Tenant>{}) {
    auto database = tenant.connect();
    const auto counts =
        database ? jobs::Queue(*database).counts() : Result<std::map<jobs::State, std::int64_t>>(tl::unexpected(database.error()));
    if (!counts) {
      ++unread;
      continue;
    }
    for (const auto& [state, count] : *counts) all[state] += count;
  }
  out.family("beffroi_jobs", Type::gauge, "Jobs of all communes, by state.");
  for (const jobs::State state :
       {jobs::State::waiting, jobs::State::running, jobs::State::done, jobs::State::failed, jobs::State::stopped}) {
    out.sample(as_number(all[state]), {{"state", jobs::name_of(state)}});
  }
  out.family("beffroi_databases_unreadable", Type::gauge, "Databases of communes that did not answer just now.");
  out.sample(as_number(unread + (tenants ? 0 : 1)));
}

void write_process(Prometheus& out, const Machine& machine) {
  const auto cpu = metering::process_cpu_s(::getpid());
  out.family("process_cpu_seconds_total", Type::counter, "Processor time of the program, its children left out.");
  out.sample(cpu.value_or(0));
  if (const auto memory = metering::process_memory_bytes(::getpid())) {
    out.family("process_resident_memory_bytes", Type::gauge, "Memory of the program, its children left out.");
    out.sample(as_number(*memory));
  }
  out.family("process_start_time_seconds", Type::gauge, "When the program started, since 1970.");
  out.sample(as_number(machine.started_ms / 1000));
  out.family("beffroi_log_lines_total", Type::counter, "Warnings and errors logged.");
  const log::Counts lines = log::counts();
  out.sample(as_number(lines.warnings), {{"level", "warning"}});
  out.sample(as_number(lines.errors), {{"level", "error"}});
  out.family("beffroi_info", Type::gauge, "The program's version.");
  out.sample(1, {{"version", machine.version}});
}

void write_places(Prometheus& out, const Metrics& metrics) {
  const db::PoolLoad pool = db::pool_load();
  out.family("beffroi_database_connections", Type::gauge, "Connections to PostgreSQL, by state; 0 on SQLite.");
  out.sample(as_number(pool.lent), {{"state", "lent"}});
  out.sample(as_number(pool.resting), {{"state", "resting"}});
  out.family("beffroi_database_connections_limit", Type::gauge, "Connections to PostgreSQL that may be open.");
  out.sample(as_number(pool.limit));
  if (const auto disk = disk_of(metrics.machine.home)) {
    out.family("beffroi_disk_free_bytes", Type::gauge, "Room left on the disk of the state.");
    out.sample(as_number(disk->free_bytes));
    out.family("beffroi_disk_bytes", Type::gauge, "Size of the disk of the state.");
    out.sample(as_number(disk->all_bytes));
  }
  const auto corpus = metrics.machine.corpus ? metrics.machine.corpus() : nullptr;
  if (const auto age = corpus ? base_age_days(corpus->info(), now_ms()) : std::nullopt) {
    out.family("beffroi_base_age_seconds", Type::gauge, "Age of the newest publication of the official base.");
    out.sample(as_number(*age * 86'400));
  }
  const auto backups = metrics.directory->backups();
  if (backups && !backups->empty()) {
    out.family("beffroi_last_backup_timestamp_seconds", Type::gauge, "When the last backup was made, since 1970.");
    out.sample(as_number(backups->front().at_ms / 1000));
  }
}

}  // namespace

std::string metrics_text(const Metrics& metrics) {
  Prometheus out;
  if (metrics.machine.traffic) write_traffic(out, *metrics.machine.traffic);
  write_engine(out, metrics.machine);
  write_jobs(out, *metrics.directory);
  write_places(out, metrics);
  write_process(out, metrics.machine);
  return std::move(out).take();
}

}  // namespace beffroi::administration
