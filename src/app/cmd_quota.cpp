// beffroi quota show, set.
#include <fmt/format.h>

#include "app/at_commune.h"
#include "app/quota_commands.h"
#include "base/clock.h"
#include "json/writer.h"
#include "people/key.h"
#include "usecases/gateway/quota.h"

namespace beffroi::app {

namespace {

using gateway::Limits;
using tenants::Tenant;

struct Line {
  std::string key, name;  // empty: the whole commune
  Limits limits;
  gateway::Use use;
};

Status check_key(const Tenant& tenant, const std::string& id) {
  if (id.empty()) return {};
  for (const people::Key& key : BEFFROI_TRY(people::keys(tenant))) {
    if (key.id == id) return {};
  }
  return fail(Code::not_found, fmt::format("La clé {} n’existe pas dans cette commune (beffroi user keys les montre).", id));
}

Result<std::vector<Line>> lines_of(const Tenant& tenant, const std::string& only) {
  auto used = BEFFROI_TRY(gateway::use_of(tenant, now_ms()));
  std::vector<Line> lines;
  if (only.empty()) lines.push_back({"", "toute la commune", BEFFROI_TRY(gateway::limits_of(tenant, "")), used[""]});
  for (const people::Key& key : BEFFROI_TRY(people::keys(tenant))) {
    if (key.revoked || (!only.empty() && key.id != only)) continue;
    lines.push_back({key.id, key.name, BEFFROI_TRY(gateway::limits_of(tenant, key.id)), used[key.id]});
  }
  return lines;
}

Status show(const Tenant& tenant, const QuotaOptions& options) {
  BEFFROI_CHECK(check_key(tenant, options.key));
  const auto lines = BEFFROI_TRY(lines_of(tenant, options.key));
  if (options.json) {
    json::Writer out;
    out.begin_array();
    for (const Line& line : lines) {
      out.begin_object().field("key", line.key).field("name", line.name);
      out.field("requests_a_minute", line.limits.requests_a_minute).field("requests_used", line.use.requests);
      out.field("tokens_a_day", line.limits.tokens_a_day).field("tokens_used", line.use.tokens).end_object();
    }
    out.end_array();
    fmt::print("{}\n", out.text());
    return {};
  }
  for (const Line& line : lines) {
    fmt::print("{}{}\n  demandes\u00a0: {} sur {} cette minute\n  jetons\u00a0: {} sur {} aujourd’hui (UTC)\n", line.name,
               line.key.empty() ? "" : " (clé " + line.key + ")", line.use.requests, line.limits.requests_a_minute, line.use.tokens,
               line.limits.tokens_a_day);
  }
  return {};
}

Status set(const Tenant& tenant, const QuotaOptions& options) {
  BEFFROI_CHECK(check_key(tenant, options.key));
  const std::string object = "quota:" + (options.key.empty() ? std::string("commune") : options.key);
  if (options.forget) {
    if (options.key.empty()) return fail(Code::invalid_argument, "«\u00a0--forget\u00a0» demande «\u00a0--key\u00a0».");
    BEFFROI_CHECK(recorded(tenant, audit::Action::setting_changed, object, [&] { return gateway::forget_limits(tenant, options.key); }));
    return show(tenant, options);
  }
  if (!options.requests && !options.tokens)
    return fail(Code::invalid_argument, "Dites «\u00a0--requests\u00a0», «\u00a0--tokens\u00a0», ou les deux.");
  Limits limits = BEFFROI_TRY(options.usual ? gateway::usual_limits(tenant) : gateway::limits_of(tenant, options.key));
  if (options.requests) limits.requests_a_minute = *options.requests;
  if (options.tokens) limits.tokens_a_day = *options.tokens;
  BEFFROI_CHECK(recorded(tenant, audit::Action::setting_changed, object, [&] {
    return options.usual ? gateway::set_usual_limits(tenant, limits) : gateway::set_limits(tenant, options.key, limits);
  }));
  return show(tenant, options);
}

}  // namespace

int run_quota_show(const Config& config, const QuotaOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return show(tenant, options); });
}

int run_quota_set(const Config& config, const QuotaOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return set(tenant, options); });
}

}  // namespace beffroi::app
