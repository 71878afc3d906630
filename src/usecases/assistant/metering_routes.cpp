#include "usecases/assistant/metering_routes.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <string>

#include "json/writer.h"
#include "usecases/assistant/door.h"
#include "usecases/assistant/meter.h"

namespace beffroi::assistant {

namespace {

// Joules are null when they are not known: never 0 for unknown.
void write_totals(json::Writer& out, const metering::Totals& totals) {
  out.field("requests", totals.requests).field("without_model", totals.without_model);
  out.field("prompt_tokens", totals.prompt_tokens).field("reused_tokens", totals.reused_tokens);
  out.field("generated_tokens", totals.generated_tokens).field("requests_with_unknown_tokens", totals.tokens_unknown);
  out.field("cpu_s", totals.cpu_s).field("wall_s", totals.wall_s).key("joules");
  if (const auto joules = totals.joules()) out.value(*joules);
  else out.null();
}

void write_estimate(json::Writer& out, const Meter& meter, std::int64_t generated_tokens) {
  out.key("estimate");
  const auto estimate = meter.estimate(generated_tokens);
  if (!estimate) {
    out.null();
    return;
  }
  out.begin_object().field("method", estimate->method).field("energy_wh", estimate->energy_kwh * 1000);
  out.field("gwp_g", (estimate->gwp_use_kg + estimate->gwp_embodied_kg) * 1000).end_object();
}

}  // namespace

Result<http::Reply> metering_reply(const Services& services, const http::Request&) {
  if (services.meter == nullptr) return tl::unexpected(not_ready());
  const metering::Ledger::Report report = services.meter->report();
  json::Writer out;
  out.begin_object().field("since", fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", std::chrono::floor<std::chrono::seconds>(report.since)));
  out.key("all").begin_object();
  write_totals(out, report.all);
  out.end_object().key("models").begin_array();
  for (const auto& [model, totals] : report.by_model) {
    out.begin_object().field("model", model);
    write_totals(out, totals);
    if (!model.empty()) write_estimate(out, *services.meter, totals.generated_tokens);
    out.end_object();
  }
  out.end_array().field("worker_cpu_s", report.worker_cpu_s).field("idle_cpu_s", report.idle_cpu_s).end_object();
  return http::json_reply(std::move(out).text());
}

}  // namespace beffroi::assistant
