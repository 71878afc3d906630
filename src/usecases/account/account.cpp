// Each route: read the form, act, show what came of it. What went wrong with a form is told in the form.
#include "usecases/account/account.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "audit/recorded.h"
#include "compliance/who.h"
#include "http/problem.h"
#include "people/account.h"
#include "people/address.h"
#include "people/cookies.h"
#include "people/key.h"
#include "usecases/account/account_pages.h"
#include "usecases/account/entrance.h"

namespace beffroi::account {

namespace {

using http::Reply;
using http::Request;
using people::Right;
using people::Visitor;

constexpr std::size_t kFormLimitBytes = 16 << 10;

bool is_signed_in(const Visitor& visitor) { return visitor.kind == Visitor::Kind::person; }

bool secure(const Services& services, const Request& request) { return people::client_of(request, services.edge).secure; }

// What the visitor does, written first.
template <class Act>
auto done(const Services& services, const Visitor& visitor, audit::Action action, const std::string& object, const Act& act) {
  return audit::recorded(*services.journal, visitor.tenant, compliance::entry_of(visitor, action, object), act);
}

void leave_cookie(Reply& reply, std::string cookie) { reply.headers.emplace_back("Set-Cookie", std::move(cookie)); }

// A page that tells a fault has the fault's status.
Reply page_with(std::string body, const Error& error) {
  const http::Problem problem = http::problem_of(error);
  Reply reply = http::html_reply(std::move(body), problem.status);
  if (problem.retry_after_s > 0) reply.headers.emplace_back("Retry-After", std::to_string(problem.retry_after_s));
  return reply;
}

// ---- signing in and out ----------------------------------------------------------------------

SignInPage sign_in_page(const Services& services, const Visitor& visitor, std::string_view next) {
  SignInPage page;
  page.next = people::checked_address(next);
  if (services.providers) page.providers = services.providers(visitor.tenant);
  return page;
}

Result<Reply> show_sign_in(const Services& services, const Visitor& visitor, const Request& request) {
  const std::string next = people::checked_address(request.query.value("suite"));
  if (is_signed_in(visitor)) return http::see_other(visitor.must_change ? "/mot-de-passe" : next);
  SignInPage page = sign_in_page(services, visitor, next);
  page.session_over = request.query.find("fin") != nullptr;
  return http::html_reply(render_sign_in(services.around(visitor), page));
}

// A try whose password was looked at; those that came too fast were not. Never what was typed: the account, when there is one. The visitor
// is refused anyway: a fault of the journal is in the log.
void note_refusal(const Services& services, const tenants::Tenant& tenant, const std::string& login) {
  audit::Entry entry;
  entry.action = audit::Action::sign_in_refused;
  entry.outcome = "refused";
  if (const auto account = people::account_named(tenant, login)) entry.object = account->id;
  (void)services.journal->write(tenant, entry);
}

Result<Reply> sign_in(const Services& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  const people::Client client = people::client_of(request, services.edge);
  SignInPage page = sign_in_page(services, visitor, form.value("suite"));
  page.login = form.value("identifiant");
  people::Credentials credentials{page.login, std::string(form.value("mot-de-passe")), client.address};
  credentials.device = people::device_cookie(request, visitor.tenant.id(), client.secure);
  credentials.browser = people::browser_of(request.header("User-Agent"));
  const auto opened = services.sign_in->by_password(visitor.tenant, credentials);
  if (!opened) {
    const Error& error = opened.error();
    if (error.code != Code::unauthenticated && error.code != Code::too_many && error.code != Code::busy) return tl::unexpected(error);
    if (error.code == Code::unauthenticated) note_refusal(services, visitor.tenant, page.login);
    page.faults.push_back({error.code == Code::unauthenticated ? "identifiant" : "", error.message});
    return page_with(render_sign_in(services.around(visitor), page), error);
  }
  BEFFROI_CHECK(note_entrance(*services.journal, visitor.tenant, *opened));
  // Whoever was signed in on this browser is not any more.
  if (is_signed_in(visitor)) (void)people::revoke_session(visitor.tenant, visitor.account, visitor.session);
  const std::string then = page.next == "/" ? "" : "?suite=" + http::percent_encoded(page.next);
  Reply reply = http::see_other(opened->must_change ? "/mot-de-passe" + then : page.next);
  leave_cookie(reply, people::set_session_cookie(visitor.tenant.id(), opened->secret, client.secure));
  leave_cookie(reply, people::set_device_cookie(visitor.tenant.id(), opened->device, client.secure));
  return reply;
}

// Never refused for the journal's sake: a session that stays open is worse than a line that is missing, and the log tells it.
Result<Reply> sign_out(const Services& services, const Visitor& visitor, const Request& request) {
  if (is_signed_in(visitor)) {
    (void)services.journal->write(visitor.tenant, compliance::entry_of(visitor, audit::Action::signed_out, visitor.session));
  }
  std::optional<Reply> there;
  if (is_signed_in(visitor) && services.sign_out_there) there = BEFFROI_TRY(services.sign_out_there(visitor, request));
  if (is_signed_in(visitor) && !there) BEFFROI_CHECK(people::revoke_session(visitor.tenant, visitor.account, visitor.session));
  Reply reply = there ? *std::move(there) : http::see_other("/");
  leave_cookie(reply, people::clear_session_cookie(secure(services, request)));
  return reply;
}

// ---- one's password --------------------------------------------------------------------------

Result<Reply> show_password(const Services& services, const Visitor& visitor, const Request& request) {
  const PasswordPage page{people::checked_address(request.query.value("suite")), visitor.must_change, {}};
  return http::html_reply(render_password(services.around(visitor), page));
}

// The field that a refusal is about.
std::string_view field_of(const Error& error) {
  if (error.code == Code::unauthenticated) return "actuel";
  return error.code == Code::invalid_argument ? "nouveau" : "";
}

Result<Reply> change_password(const Services& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  PasswordPage page{people::checked_address(form.value("suite")), visitor.must_change, {}};
  const std::string next(form.value("nouveau"));
  const auto again = [&](const Error& error, std::string_view field) {
    page.faults.push_back({std::string(field), error.message});
    return page_with(render_password(services.around(visitor), page), error);
  };
  if (next != form.value("confirmation")) {
    return again({Code::invalid_argument, "Les deux nouveaux mots de passe ne sont pas les mêmes.", ""}, "confirmation");
  }
  const people::SignIn::OwnPassword wanted{visitor.account, visitor.session, std::string(form.value("actuel")), next,
                                           people::client_of(request, services.edge).address};
  const Status changed = done(services, visitor, audit::Action::password_changed, visitor.account,
                              [&] { return services.sign_in->change_password(visitor.tenant, wanted); });
  if (changed) return http::see_other(page.next == "/" && !visitor.must_change ? "/mon-compte" : page.next);
  const Error& error = changed.error();
  if (error.code == Code::storage || error.code == Code::internal || error.code == Code::unavailable) return tl::unexpected(error);
  return again(error, field_of(error));
}

// ---- one's account ---------------------------------------------------------------------------

Result<AccountPage> account_page(const Services& services, const Visitor& visitor) {
  const people::Account account = BEFFROI_TRY(people::account_of(visitor.tenant, visitor.account));
  AccountPage page;
  page.name = account.name;
  page.login = account.login;
  page.has_password = account.has_password;
  page.memberships = visitor.memberships;
  page.now_ms = services.sign_in->now_ms();
  page.sessions = BEFFROI_TRY(people::sessions_of(visitor.tenant, visitor.account, page.now_ms, services.sign_in->rules()));
  page.session = visitor.session;
  page.keys = BEFFROI_TRY(people::keys_of(visitor.tenant, visitor.account));
  for (const Right right : people::all_rights()) {
    const bool by_role = std::any_of(visitor.memberships.begin(), visitor.memberships.end(),
                                     [&](const people::Membership& member) { return people::may(member.role, right); });
    if (by_role && people::fits_a_key(right) && right != Right::open) page.may_give.push_back(right);
  }
  return page;
}

Result<Reply> show_account(const Services& services, const Visitor& visitor, const Request&) {
  return http::html_reply(render_account(services.around(visitor), BEFFROI_TRY(account_page(services, visitor))));
}

Result<Reply> close_session(const Services& services, const Visitor& visitor, const Request& request) {
  const std::string session(request.captured.value("id"));
  BEFFROI_CHECK(people::revoke_session(visitor.tenant, visitor.account, session));
  (void)services.journal->write(visitor.tenant, compliance::entry_of(visitor, audit::Action::signed_out, session));  // as sign_out
  return http::see_other("/mon-compte");
}

Result<Reply> close_sessions(const Services& services, const Visitor& visitor, const Request& request) {
  BEFFROI_CHECK(people::revoke_sessions(visitor.tenant, visitor.account));
  (void)services.journal->write(visitor.tenant, compliance::entry_of(visitor, audit::Action::signed_out, "all"));  // as sign_out
  Reply reply = http::see_other("/connexion");
  leave_cookie(reply, people::clear_session_cookie(secure(services, request)));
  return reply;
}

Result<Reply> make_key(const Services& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  people::NewKey wanted{visitor.account, std::string(form.value("nom")), {}, 0};
  for (const std::string& name : form.all("droits")) {
    if (const auto right = people::right_of(name)) wanted.scopes.push_back(*right);
  }
  const std::string days(form.value("jours"));
  (void)std::from_chars(days.data(), days.data() + days.size(), wanted.days);
  const auto issued = done(services, visitor, audit::Action::key_issued, visitor.account,
                           [&] { return people::issue_key(visitor.tenant, wanted, services.sign_in->now_ms()); });
  AccountPage page = BEFFROI_TRY(account_page(services, visitor));
  if (issued) {
    page.new_key = issued->text;
    return http::html_reply(render_account(services.around(visitor), page), 201);
  }
  const Error& error = issued.error();
  if (error.code != Code::invalid_argument && error.code != Code::denied && error.code != Code::conflict) return tl::unexpected(error);
  page.form = {wanted.name, wanted.scopes, days};
  const std::string_view field = wanted.name.empty() ? "nom" : wanted.scopes.empty() || error.code == Code::denied ? "droits" : "";
  page.faults.push_back({std::string(field), error.message});
  return page_with(render_account(services.around(visitor), page), error);
}

Result<Reply> revoke_key(const Services& services, const Visitor& visitor, const Request& request) {
  const std::string key(request.captured.value("id"));
  BEFFROI_CHECK(done(services, visitor, audit::Action::key_revoked, key,
                     [&] { return people::revoke_key_of(visitor.tenant, visitor.account, key); }));
  return http::see_other("/mon-compte");
}

// ---- the doors -------------------------------------------------------------------------------

using Page = Result<Reply> (*)(const Services& services, const Visitor& visitor, const Request& request);

// Until the first password is chosen, the account shows that page and no other.
people::Action after_first_password(const Services& services, Page page) {
  return [services, page](const Visitor& visitor, const Request& request) -> Result<Reply> {
    if (visitor.must_change) return http::see_other("/mot-de-passe");
    return page(services, visitor, request);
  };
}

people::Action always(const Services& services, Page page) {
  return [services, page](const Visitor& visitor, const Request& request) { return page(services, visitor, request); };
}

}  // namespace

void add_routes(http::Router& router, const Services& services) {
  const auto get = [&](const char* path, Right right, people::Action action) {
    router.add(people::route(services.door, http::Method::get, path, right, std::move(action)));
  };
  const auto post = [&](const char* path, Right right, people::Action action) {
    http::Route route = people::route(services.door, http::Method::post, path, right, std::move(action));
    route.body_limit_bytes = kFormLimitBytes;
    route.media_types = {"application/x-www-form-urlencoded"};
    router.add(std::move(route));
  };
  get("/connexion", Right::open, always(services, show_sign_in));
  post("/connexion", Right::open, always(services, sign_in));
  post("/deconnexion", Right::own_account, always(services, sign_out));
  get("/mot-de-passe", Right::own_account, always(services, show_password));
  post("/mot-de-passe", Right::own_account, always(services, change_password));
  get("/mon-compte", Right::own_account, after_first_password(services, show_account));
  post("/mon-compte/sessions/fermer", Right::own_account, after_first_password(services, close_sessions));
  post("/mon-compte/sessions/{id}/fermer", Right::own_account, after_first_password(services, close_session));
  post("/mon-compte/cles", Right::own_account, after_first_password(services, make_key));
  post("/mon-compte/cles/{id}/revoquer", Right::own_account, after_first_password(services, revoke_key));
}

}  // namespace beffroi::account
