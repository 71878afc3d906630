// beffroi audit verify | list | export: the journal of a commune. Reading and exporting it are themselves written in it.
#include <fmt/format.h>

#include "app/at_commune.h"
#include "app/compliance_commands.h"
#include "app/handed_file.h"
#include "audit/export.h"
#include "audit/verify.h"
#include "json/writer.h"

namespace beffroi::app {

namespace {

Result<tenants::Tenant> commune_of(const Config& config, const AuditOptions& options) {
  return BEFFROI_TRY(open_directory(config))->tenant(options.commune);
}

Result<audit::Period> period_of(const AuditOptions& options) {
  audit::Period period;
  if (!options.from.empty()) period.from_ms = BEFFROI_TRY(audit::midnight_of(options.from));
  if (!options.to.empty()) period.until_ms = BEFFROI_TRY(audit::midnight_of(options.to)) + audit::kDayMs;
  return period;
}

Result<int> verify(const Config& config, const AuditOptions& options) {
  const tenants::Tenant tenant = BEFFROI_TRY(commune_of(config, options));
  std::optional<audit::Noted> noted;
  if (!options.noted.empty()) noted = BEFFROI_TRY(audit::parse_noted(options.noted));
  const audit::Verification found = BEFFROI_TRY(audit::verify(tenant, noted));
  if (options.json) {
    json::Writer out;
    out.begin_object().field("commune", tenant.id()).field("whole", found.whole()).field("lines", found.head.lines);
    out.field("kept", found.kept).field("purged", found.head.purged).field("hash", found.head.hash);
    out.field("fault_at", found.fault_at).field("fault", found.fault).end_object();
    fmt::print("{}\n", out.text());
  } else if (found.whole()) {
    fmt::print("Journal de {}\u00a0: entier, {} lignes lues ({} écrites, {} purgées).\nEmpreinte à noter ailleurs\u00a0: {}:{}\n",
               tenant.id(), found.kept, found.head.lines, found.head.purged, found.head.lines, found.head.hash);
  } else {
    fmt::print("Journal de {}\u00a0: FAUTE, {}.\n", tenant.id(), found.fault);
  }
  return found.whole() ? kDone : kFailure;
}

Result<int> list(const Config& config, const AuditOptions& options) {
  const tenants::Tenant tenant = BEFFROI_TRY(commune_of(config, options));
  const audit::Period period = BEFFROI_TRY(period_of(options));
  audit::Entry reading;
  reading.who = console_user();
  reading.action = audit::Action::audit_read;
  BEFFROI_TRY(audit::append(tenant, reading, now_ms()));
  const auto lines = BEFFROI_TRY(audit::latest_lines(tenant, options.limit, period));
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    fmt::print("{:>8} {} {} {} {} {} {} {} {}+{} {}\n", line->number, audit::utc_text(line->at_ms), line->who_kind,
               line->who.empty() ? "-" : line->who, line->action, line->object.empty() ? "-" : line->object,
               line->sources.empty() ? "-" : line->sources, line->model.empty() ? "-" : line->model, line->passed, line->refused,
               line->outcome);
  }
  return kDone;
}

Result<int> write_export(const Config& config, const AuditOptions& options) {
  const tenants::Tenant tenant = BEFFROI_TRY(commune_of(config, options));
  audit::Export asked{.period = BEFFROI_TRY(period_of(options)), .who = console_user(), .at_ms = now_ms()};
  asked.format = options.format == "json" ? audit::Format::json : audit::Format::csv;
  HandedFile file = BEFFROI_TRY(HandedFile::open(options.out));
  const auto sink = [&file](std::string_view piece) { return file.write(piece); };
  BEFFROI_CHECK(audit::export_lines(tenant, asked, sink));
  return kDone;
}

int told(const Result<int>& outcome) { return outcome ? *outcome : say_fault(outcome.error()); }

}  // namespace

int run_audit_verify(const Config& config, const AuditOptions& options) { return told(verify(config, options)); }
int run_audit_list(const Config& config, const AuditOptions& options) { return told(list(config, options)); }
int run_audit_export(const Config& config, const AuditOptions& options) { return told(write_export(config, options)); }

}  // namespace beffroi::app
