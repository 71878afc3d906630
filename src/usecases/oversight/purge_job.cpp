#include "usecases/oversight/purge_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>
#include <utility>

#include "audit/export.h"

namespace beffroi::oversight {

namespace {

constexpr int kJobsLookedAt = 200;
constexpr std::int64_t kAgainMs = 30LL * 60 * 1000;
constexpr std::string_view kConfirmed = "confirmed";

// « person a1b2 confirmed », « program - - »
std::string payload_of(const PurgeWish& wish) {
  return fmt::format("{} {} {}", audit::name_of(wish.who.kind), wish.who.id.empty() ? "-" : wish.who.id,
                     wish.date_confirmed ? kConfirmed : "-");
}

PurgeWish wish_of(const std::string& payload) {
  std::istringstream words(payload);
  std::string kind, id, confirmed;
  words >> kind >> id >> confirmed;
  PurgeWish wish;
  for (const audit::Actor actor : {audit::Actor::person, audit::Actor::console}) {
    if (kind == audit::name_of(actor)) wish.who = {actor, id == "-" ? std::string() : id};
  }
  wish.date_confirmed = confirmed == kConfirmed;
  return wish;
}

std::string words_of(const compliance::PurgeReport& report) {
  if (report.first_look) return "Première lecture de l’horloge\u00a0: rien n’a été effacé, la prochaine purge le fera.";
  std::string words = fmt::format("{} ligne{} effacée{}.", report.rows, report.rows > 1 ? "s" : "", report.rows > 1 ? "s" : "");
  if (report.traces_left) words += " Quelqu’un lisait la base\u00a0: la prochaine purge finira de nettoyer les fichiers.";
  return words;
}

bool is_under_way(const jobs::Job& job) { return job.state == jobs::State::waiting || job.state == jobs::State::running; }

// Another node may have been first: then it is done.
Status try_again(const tenants::Tenant& tenant, std::int64_t job, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  Status begun = jobs::Queue(database, [now_ms] { return now_ms; }).retry(job);
  if (!begun && begun.error().code != Code::conflict) return begun;
  return {};
}

}  // namespace

Status ask_purge(const tenants::Tenant& tenant, const PurgeWish& wish) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  jobs::NewJob job;
  job.kind = kPurgeJob;
  job.payload = payload_of(wish);
  BEFFROI_TRY(jobs::Queue(database).add(job));
  return {};
}

Status ask_daily_purge(const tenants::Tenant& tenant, std::int64_t now_ms) {
  {
    db::Database database = BEFFROI_TRY(tenant.connect());
    if (now_ms - BEFFROI_TRY(compliance::purge_state(database)).looked_ms < audit::kDayMs) return {};
  }
  const auto all = BEFFROI_TRY(purge_jobs(tenant));
  if (std::any_of(all.begin(), all.end(), is_under_way)) return {};
  const std::string of_the_day = payload_of({});
  const auto last = std::find_if(all.begin(), all.end(), [&](const jobs::Job& job) { return job.payload == of_the_day; });
  if (last == all.end() || now_ms - last->created_ms >= audit::kDayMs) return ask_purge(tenant, {});
  if (last->state != jobs::State::failed || last->turn >= kMostTries || now_ms - last->finished_ms < kAgainMs) return {};
  return try_again(tenant, last->id, now_ms);
}

jobs::Handler purge_handler(PurgeParts parts) {
  return [parts = std::move(parts)](jobs::Work& work, const std::stop_token&) -> Status {
    const tenants::Tenant tenant = BEFFROI_TRY(parts.tenant_of(work.source().name));
    const PurgeWish wish = wish_of(work.job().payload);
    compliance::PurgeOrder order;
    order.now_ms = parts.now_ms();
    order.date_confirmed = wish.date_confirmed;
    order.who = wish.who;
    order.backups = parts.backups;
    const auto report = BEFFROI_TRY(compliance::purge(tenant, parts.keepers, order));
    work.report(1, words_of(report));
    return {};
  };
}

Result<std::vector<jobs::Job>> purge_jobs(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::vector<jobs::Job> all = BEFFROI_TRY(jobs::Queue(database).list(kJobsLookedAt));
  std::erase_if(all, [](const jobs::Job& job) { return job.kind != kPurgeJob; });
  return all;
}

}  // namespace beffroi::oversight
