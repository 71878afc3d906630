// The pages of the use case: the form is read, something is done, and what came of it is shown.
#include <algorithm>
#include <charconv>
#include <utility>

#include "people/key.h"
#include "usecases/gateway/gateway.h"
#include "usecases/gateway/privacy_page.h"
#include "usecases/gateway/quota_pages.h"
#include "usecases/gateway/trace.h"

namespace beffroi::gateway {

namespace {

using http::Reply;
using http::Request;
using people::Right;
using people::Visitor;

constexpr std::size_t kFormLimitBytes = 4 << 10;
constexpr std::size_t kTextFormLimitBytes = 4 * kMostPastedBytes;  // as a form writes it, an accent is six bytes

std::int64_t number_or(std::string_view text, std::int64_t otherwise) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc{} && end == text.data() + text.size() ? number : otherwise;
}

// Reads two fields; what is not a number in bounds is a fault of its field.
Limits limits_in(const LimitsForm& form, const std::string& prefix, std::vector<pages::Fault>& faults) {
  const Limits limits{number_or(form.requests, -1), number_or(form.tokens, -1)};
  if (limits.requests_a_minute < 0 || limits.requests_a_minute > kMostRequests) {
    faults.push_back({prefix + "demandes", "Demandes par minute\u00a0: un nombre entier de 0 à 100 000."});
  }
  if (limits.tokens_a_day < 0 || limits.tokens_a_day > kMostTokens) {
    faults.push_back({prefix + "jetons", "Jetons par jour\u00a0: un nombre entier de 0 à mille milliards."});
  }
  return limits;
}

bool is_in_service(const people::Key& key, std::int64_t now_ms) { return !key.revoked && now_ms < key.ends_ms; }

// None: pages that stand alone.
Tabs tabs_of(const Services& services, const Visitor& visitor) {
  if (!services.tabs) return {};
  return [&services, &visitor](pages::Html& html) { services.tabs(html, visitor); };
}

Result<QuotaLine> line_of(const Services& services, const Visitor& visitor, const people::Key& key) {
  QuotaLine line{key.id, key.name, BEFFROI_TRY(limits_of(visitor.tenant, key.id)), {}};
  const auto used = BEFFROI_TRY(use_of(visitor.tenant, services.now_ms()));
  if (const auto found = used.find(key.id); found != used.end()) line.use = found->second;
  return line;
}

Result<QuotasPage> quotas_page(const Services& services, const Visitor& visitor) {
  QuotasPage page;
  page.tabs = tabs_of(services, visitor);
  const std::int64_t now = services.now_ms();
  auto used = BEFFROI_TRY(use_of(visitor.tenant, now));
  const Limits commune = BEFFROI_TRY(limits_of(visitor.tenant, ""));
  page.lines.push_back({"", "Toute la commune", commune, used[""]});
  for (const people::Key& key : BEFFROI_TRY(people::keys(visitor.tenant))) {
    const bool for_api = std::find(key.scopes.begin(), key.scopes.end(), Right::use_api) != key.scopes.end();
    if (for_api && is_in_service(key, now))
      page.lines.push_back({key.id, key.name, BEFFROI_TRY(limits_of(visitor.tenant, key.id)), used[key.id]});
  }
  page.commune = form_of(commune);
  page.usual = form_of(BEFFROI_TRY(usual_limits(visitor.tenant)));
  return page;
}

Result<Reply> show_quotas(const Services& services, const Visitor& visitor, const Request& request) {
  QuotasPage page = BEFFROI_TRY(quotas_page(services, visitor));
  page.saved = request.query.find("fait") != nullptr;
  return http::html_reply(render_quotas(services.around(visitor), page));
}

Result<Reply> save_quotas(const Services& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  const bool of_commune = form.value("de") == "commune";
  const std::string prefix = of_commune ? "commune-" : "cles-";
  const LimitsForm typed{std::string(form.value(prefix + "demandes")), std::string(form.value(prefix + "jetons"))};
  std::vector<pages::Fault> faults;
  const Limits limits = limits_in(typed, prefix, faults);
  if (!faults.empty()) {
    QuotasPage page = BEFFROI_TRY(quotas_page(services, visitor));
    (of_commune ? page.commune : page.usual) = typed;
    page.faults = std::move(faults);
    return http::html_reply(render_quotas(services.around(visitor), page), 400);
  }
  BEFFROI_CHECK(note_quota(services, visitor, {}));
  BEFFROI_CHECK(of_commune ? set_limits(visitor.tenant, "", limits) : set_usual_limits(visitor.tenant, limits));
  return http::see_other("/administration/quotas?fait=oui");
}

Result<people::Key> key_in(const Visitor& visitor, const Request& request) {
  for (people::Key& key : BEFFROI_TRY(people::keys(visitor.tenant))) {
    if (key.id == request.captured.value("id")) return std::move(key);
  }
  return fail(Code::not_found, "Cette clé n’existe pas.");
}

Result<Reply> show_key(const Services& services, const Visitor& visitor, const Request& request) {
  KeyQuotaPage page;
  page.tabs = tabs_of(services, visitor);
  const people::Key key = BEFFROI_TRY(key_in(visitor, request));
  page.line = BEFFROI_TRY(line_of(services, visitor, key));
  page.form = form_of(page.line.limits);
  return http::html_reply(render_key_quota(services.around(visitor), page));
}

Result<Reply> save_key(const Services& services, const Visitor& visitor, const Request& request) {
  const people::Key key = BEFFROI_TRY(key_in(visitor, request));
  const http::Parameters form = BEFFROI_TRY(request.form());
  KeyQuotaPage page;
  page.tabs = tabs_of(services, visitor);
  page.form = {std::string(form.value("demandes")), std::string(form.value("jetons"))};
  const Limits limits = limits_in(page.form, "", page.faults);
  if (!page.faults.empty()) {
    page.line = BEFFROI_TRY(line_of(services, visitor, key));
    return http::html_reply(render_key_quota(services.around(visitor), page), 400);
  }
  BEFFROI_CHECK(note_quota(services, visitor, key.id));
  BEFFROI_CHECK(set_limits(visitor.tenant, key.id, limits));
  return http::see_other("/administration/quotas?fait=oui");
}

Result<Reply> forget_key(const Services& services, const Visitor& visitor, const Request& request) {
  const people::Key key = BEFFROI_TRY(key_in(visitor, request));
  BEFFROI_CHECK(note_quota(services, visitor, key.id));
  BEFFROI_CHECK(forget_limits(visitor.tenant, key.id));
  return http::see_other("/administration/quotas?fait=oui");
}

Result<Reply> show_privacy(const Services& services, const Visitor& visitor, const Request&) {
  return http::html_reply(render_privacy(services.around(visitor), {services.sending, {}, nullptr, {}}));
}

Result<Reply> check_privacy(const Services& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  PrivacyPage page{services.sending, std::string(form.value("texte")), nullptr, {}};
  const auto seen = look_at(page.typed, services.sending);
  if (!seen) {
    if (seen.error().code != Code::invalid_argument && seen.error().code != Code::too_large) return tl::unexpected(seen.error());
    page.faults.push_back({"texte", seen.error().message});
    return http::html_reply(render_privacy(services.around(visitor), page), 400);
  }
  page.seen = &*seen;
  return http::html_reply(render_privacy(services.around(visitor), page));
}

using Page = Result<Reply> (*)(const Services& services, const Visitor& visitor, const Request& request);

people::Action with(const Services& services, Page page) {
  return [services, page](const Visitor& visitor, const Request& request) { return page(services, visitor, request); };
}

}  // namespace

void add_page_routes(http::Router& router, const Services& services) {
  const auto get = [&](const char* path, Right right, Page page) {
    router.add(people::route(services.door, http::Method::get, path, right, with(services, page)));
  };
  const auto post = [&](const char* path, Right right, Page page) {
    http::Route route = people::route(services.door, http::Method::post, path, right, with(services, page));
    route.body_limit_bytes = page == check_privacy ? kTextFormLimitBytes : kFormLimitBytes;
    route.media_types = {"application/x-www-form-urlencoded"};
    router.add(std::move(route));
  };
  get("/administration/quotas", Right::manage_settings, show_quotas);
  post("/administration/quotas", Right::manage_settings, save_quotas);
  get("/administration/quotas/cles/{id}", Right::manage_settings, show_key);
  post("/administration/quotas/cles/{id}", Right::manage_settings, save_key);
  post("/administration/quotas/cles/{id}/oublier", Right::manage_settings, forget_key);
  get("/donnees-personnelles", Right::own_account, show_privacy);
  post("/donnees-personnelles", Right::own_account, check_privacy);
}

}  // namespace beffroi::gateway
