#include "app/upkeep.h"

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "base/log.h"
#include "base/pause.h"
#include "knowledge/vectors_job.h"
#include "people/session.h"
#include "usecases/oversight/purge_job.h"

namespace beffroi::app {

namespace {

constexpr auto kLookEvery = std::chrono::seconds(5);
constexpr auto kForgetEvery = std::chrono::hours(1);
constexpr auto kQuiet = std::chrono::seconds(60);  // nobody asks anything: the model may read ahead

void log_fault(std::string_view event, const Error& error) {
  log::warn(event, {{"code", std::string(name_of(error.code))}, {"detail", error.detail.empty() ? error.message : error.detail}});
}

void take_up_import(Engine& engine) {
  if (const auto reloaded = engine.reload_if_changed(); !reloaded) log_fault("reload_failed", reloaded.error());
  else if (*reloaded) log::info("base_reloaded", {{"generation", engine.corpus()->info().generation}});
}

void compute_vectors(Engine& engine, const Config& config, const std::stop_token& stop) {
  knowledge::VectorsJob job;
  job.folder = config.corpus_folder();
  job.on_titles_done = [&engine] { (void)engine.reload_if_changed(); };
  const auto report = knowledge::compute_vectors(*engine.corpus(), *engine.embedder(), job, stop);
  if (!report && report.error().code != Code::cancelled && report.error().code != Code::busy) log_fault("vectors_failed", report.error());
  if (report && report->computed > 0) log::info("vectors_computed", {{"count", std::to_string(report->computed)}});
}

void forget_sessions(const tenants::Directory& directory) {
  const auto all = directory.all();
  if (!all) return log_fault("sessions_not_forgotten", all.error());
  for (const tenants::Tenant& tenant : *all) {
    if (const auto purged = people::purge_sessions(tenant, now_ms()); !purged) log_fault("sessions_not_forgotten", purged.error());
  }
}

// Once a day, as a job: whichever node does it.
void ask_purges(const tenants::Directory& directory) {
  const auto all = directory.all();
  if (!all) return log_fault("purges_not_asked", all.error());
  for (const tenants::Tenant& tenant : *all) {
    if (const Status asked = oversight::ask_daily_purge(tenant, now_ms()); !asked) log_fault("purge_not_asked", asked.error());
  }
}

}  // namespace

void keep_fresh(Engine& engine, const tenants::Directory& directory, const Config& config, const std::stop_token& stop) {
  std::optional<std::chrono::steady_clock::time_point> forgotten;
  while (!stop.stop_requested()) {
    take_up_import(engine);
    if (engine.embedder() != nullptr) compute_vectors(engine, config, stop);
    if (engine.selector() != nullptr) {
      const std::size_t read = engine.selector()->read_ahead(static_cast<std::size_t>(config.engine.read_ahead), kQuiet, stop);
      if (read > 0) log::info("read_ahead", {{"passages", std::to_string(read)}});
    }
    if (const auto now = std::chrono::steady_clock::now(); !forgotten || now - *forgotten >= kForgetEvery) {
      forgotten = now;
      forget_sessions(directory);
      ask_purges(directory);
    }
    pause(kLookEvery, stop);
  }
}

}  // namespace beffroi::app
