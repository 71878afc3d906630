// beffroi commune grant | revoke | grants: what a commune opens to its syndicate, in writing and for a time.
#include <fmt/format.h>

#include "app/at_commune.h"
#include "app/store_commands.h"
#include "forecast/dates.h"
#include "json/writer.h"
#include "base/clock.h"
#include "tenants/grants.h"

namespace beffroi::app {

namespace {

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

// The end of that day, UTC.
Result<std::int64_t> end_of(const std::string& day) {
  if (const auto parsed = forecast::parse_iso(day)) return (*parsed + 1LL) * kDayMs;
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme AAAA-MM-JJ.", day));
}

std::string last_day(const tenants::Grant& grant) { return forecast::to_iso(static_cast<forecast::Day>((grant.until_ms - 1) / kDayMs)); }

std::string state_of(const tenants::Grant& grant, std::int64_t now) {
  if (grant.revoked_at_ms) return "retirée";
  return grant.in_force(now) ? "en vigueur" : "finie";
}

Result<tenants::Tenant> commune_of(const Config& config, const CommuneOptions& options) {
  return BEFFROI_TRY(open_directory(config))->tenant(options.id);
}

Status give(const Config& config, const CommuneOptions& options) {
  const tenants::Tenant commune = BEFFROI_TRY(commune_of(config, options));
  tenants::Grant wish;
  wish.to = options.to.empty() ? commune.parent() : options.to;
  wish.text = options.text;
  wish.created_by = options.by;
  wish.until_ms = BEFFROI_TRY(end_of(options.until));
  const tenants::Grant given =
      BEFFROI_TRY(recorded(commune, audit::Action::grant_given, wish.to, [&] { return tenants::give(commune, wish, now_ms()); }));
  if (options.json) fmt::print("{{\"grant\":{}}}\n", given.id);
  else fmt::print("Autorisation {} donnée à {}, jusqu’au {} compris.\n", given.id, given.to, last_day(given));
  return {};
}

Status show(const Config& config, const CommuneOptions& options) {
  const tenants::Tenant commune = BEFFROI_TRY(commune_of(config, options));
  const std::int64_t now = now_ms();
  json::Writer out;
  out.begin_object().key("grants").begin_array();
  for (const tenants::Grant& grant : BEFFROI_TRY(tenants::grants_of(commune))) {
    out.begin_object().field("id", grant.id).field("to", grant.to).field("text", grant.text).field("by", grant.created_by);
    out.field("since_ms", grant.created_at_ms).field("until_ms", grant.until_ms).field("in_force", grant.in_force(now)).end_object();
    if (options.json) continue;
    fmt::print("{}  à {}, par {}, jusqu’au {} ({})\u00a0: {}\n", grant.id, grant.to, grant.created_by, last_day(grant),
               state_of(grant, now), grant.text);
  }
  if (options.json) fmt::print("{}\n", out.end_array().end_object().text());
  return {};
}

Status take_back(const Config& config, const CommuneOptions& options) {
  const tenants::Tenant commune = BEFFROI_TRY(commune_of(config, options));
  return recorded(commune, audit::Action::grant_revoked, std::to_string(options.grant),
                  [&] { return tenants::revoke(commune, options.grant, options.by, now_ms()); });
}

int said(const Status& done) { return done ? kDone : say_fault(done.error()); }

}  // namespace

int run_commune_grant(const Config& config, const CommuneOptions& options) { return said(give(config, options)); }
int run_commune_revoke(const Config& config, const CommuneOptions& options) { return said(take_back(config, options)); }
int run_commune_grants(const Config& config, const CommuneOptions& options) { return said(show(config, options)); }

}  // namespace beffroi::app
