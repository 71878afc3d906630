#include "usecases/account/provider.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "http/problem.h"
#include "people/address.h"
#include "people/cookies.h"
#include "people/session.h"
#include "usecases/account/entrance.h"

namespace beffroi::account {

namespace {

using http::Reply;
using http::Request;
using people::Right;
using people::Visitor;

constexpr std::size_t kMaxNextBytes = 1'000;  // it travels in a cookie
constexpr std::size_t kFormLimitBytes = 32 << 10;

// An address of ours, under the name that the visitor used: the provider knows those it may send back to.
Result<std::string> own_address(const Request& request, bool secure, std::string_view path) {
  const std::string_view host = request.header("Host");
  const bool plain = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  });
  if (host.empty() || !plain) return fail(Code::invalid_argument, "Le nom du site demandé ne convient pas.");
  return (secure ? "https://" : "http://") + std::string(host) + std::string(path);
}

// What the provider said of somebody it alone knows. It is done whether it can be written or not: a fault is in the log.
void note_provider(const ProviderServices& services, const tenants::Tenant& tenant, audit::Action action) {
  audit::Entry entry;
  entry.action = action;
  entry.object = "provider";
  if (action == audit::Action::sign_in_refused) entry.outcome = "refused";
  else entry.who.kind = audit::Actor::program;
  (void)services.journal->write(tenant, entry);
}

// A first arrival opens the account: nobody of the town hall did.
audit::Entry account_added(std::string_view id) {
  audit::Entry entry;
  entry.who.kind = audit::Actor::program;
  entry.action = audit::Action::account_added;
  entry.object = id;
  return entry;
}

Result<Reply> leave(const ProviderServices& services, const Visitor& visitor, const Request& request) {
  std::string next = people::checked_address(request.query.value("suite"));
  if (next.size() > kMaxNextBytes) next = "/";
  if (visitor.kind == Visitor::Kind::person) return http::see_other(visitor.must_change ? "/mot-de-passe" : next);
  const bool secure = people::client_of(request, services.edge).secure;
  std::string back = BEFFROI_TRY(own_address(request, secure, "/connexion/oidc/retour"));
  const auto departure = services.sign_in->leave(visitor.tenant, std::move(back), std::move(next), request.stop);
  if (!departure) {
    log::warn("oidc_departure_failed", {{"code", std::string(name_of(departure.error().code))}, {"detail", departure.error().detail}});
    return tl::unexpected(departure.error());
  }
  Reply reply = http::see_other(departure->address);
  reply.headers.emplace_back("Set-Cookie", people::set_round_cookie(departure->cookie, secure));
  return reply;
}

Result<Reply> come_back(const ProviderServices& services, const Visitor& visitor, const Request& request) {
  const bool secure = people::client_of(request, services.edge).secure;
  people::oidc::ProviderSignIn::Return back;
  back.returned = {std::string(request.query.value("code")), std::string(request.query.value("state")),
                   std::string(request.query.value("iss")), std::string(request.query.value("error"))};
  back.cookie = people::round_cookie(request, secure);
  back.browser = people::browser_of(request.header("User-Agent"));
  const people::Within account_line = [&](db::Database& database, std::string_view id) {
    return services.journal->write_within(database, visitor.tenant, account_added(id));
  };
  auto arrival = services.sign_in->arrive(visitor.tenant, back, request.stop, account_line);
  if (arrival) {
    if (const Status written = note_entrance(*services.journal, visitor.tenant, arrival->opened); !written)
      arrival = tl::unexpected(written.error());
  } else if (arrival.error().code == Code::denied || arrival.error().code == Code::unauthenticated) {
    note_provider(services, visitor.tenant, audit::Action::sign_in_refused);
  }
  Reply reply;
  if (!arrival) {
    log::warn("oidc_arrival_refused", {{"code", std::string(name_of(arrival.error().code))}, {"detail", arrival.error().detail}});
    reply = http::refusal(arrival.error());
  } else {
    // Whoever was signed in on this browser is not any more.
    if (visitor.kind == Visitor::Kind::person) (void)people::revoke_session(visitor.tenant, visitor.account, visitor.session);
    reply = http::see_other(arrival->next);
    reply.headers.emplace_back("Set-Cookie", people::set_session_cookie(visitor.tenant.id(), arrival->opened.secret, secure));
  }
  reply.headers.emplace_back("Set-Cookie", people::clear_round_cookie(secure));
  return reply;
}

// The provider speaks, and no browser: a status is enough (Back-Channel Logout 1.0, section 2.8).
Result<Reply> signed_out_there(const ProviderServices& services, const Visitor& visitor, const Request& request) {
  const http::Parameters form = BEFFROI_TRY(request.form());
  const Status ended = services.sign_in->signed_out(visitor.tenant, form.value("logout_token"), request.stop);
  if (ended) {
    note_provider(services, visitor.tenant, audit::Action::signed_out);
    return http::text_reply("");
  }
  log::warn("oidc_logout_refused", {{"code", std::string(name_of(ended.error().code))}, {"detail", ended.error().detail}});
  const bool theirs = ended.error().code == Code::unauthenticated || ended.error().code == Code::too_large;
  return theirs ? http::text_reply("", 400) : http::refusal(ended.error());
}

using Act = Result<Reply> (*)(const ProviderServices& services, const Visitor& visitor, const Request& request);

http::Route route(const ProviderServices& services, http::Method method, std::string path, Act act) {
  return people::route(services.door, method, std::move(path), Right::open,
                       [services, act](const Visitor& visitor, const Request& request) { return act(services, visitor, request); });
}

}  // namespace

void add_provider_routes(http::Router& router, const ProviderServices& services) {
  router.add(route(services, http::Method::get, kProviderPath, leave));
  router.add(route(services, http::Method::get, "/connexion/oidc/retour", come_back));
  http::Route word = route(services, http::Method::post, "/connexion/oidc/deconnexion", signed_out_there);
  word.body_limit_bytes = kFormLimitBytes;
  word.media_types = {"application/x-www-form-urlencoded"};
  router.add(std::move(word));
}

Result<std::optional<Reply>> sign_out_there(const ProviderServices& services, const Visitor& visitor, const Request& request) {
  const bool secure = people::client_of(request, services.edge).secure;
  std::string back = own_address(request, secure, "/connexion").value_or("");
  const auto address =
      BEFFROI_TRY(services.sign_in->sign_out({visitor.tenant, visitor.account, visitor.session, std::move(back)}, request.stop));
  if (!address) return std::optional<Reply>{};
  const pages::Frame frame{"Déconnexion", ""};
  Reply reply = http::html_reply(pages::framed(services.around(Visitor{.tenant = visitor.tenant}), frame, [&](pages::Html& html) {
    html.element("h1", "Vous êtes déconnecté de Beffroi");
    if (address->empty()) {
      html.element(
          "p",
          "Votre session chez le fournisseur d’identité est peut-être encore ouverte\u00a0: fermez-la là-bas, ou fermez le navigateur.");
      return;
    }
    html.element("p", "Vous allez être conduit chez le fournisseur d’identité, pour y fermer aussi votre session.");
    html.open("p").element("a", {{"class", "button"}, {"href", *address}}, "Continuer chez le fournisseur d’identité").close();
  }));
  // Not a redirection: the security policy holds what a form is answered to this site.
  if (!address->empty()) reply.headers.emplace_back("Refresh", "0; url=" + *address);
  return std::optional<Reply>(std::move(reply));
}

}  // namespace beffroi::account
