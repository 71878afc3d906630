#include "people/guarded_door.h"

#include <algorithm>
#include <utility>

#include "crypto/digest.h"
#include "http/problem.h"
#include "people/address.h"
#include "people/cookies.h"
#include "people/key.h"

namespace beffroi::people {

namespace {

constexpr std::string_view kMustChange = "first password not changed";

bool changes_something(http::Method method) {
  return method != http::Method::get && method != http::Method::head && method != http::Method::options;
}

bool is_get(const http::Request& request) { return request.method == http::Method::get || request.method == http::Method::head; }

Status check_csrf(const http::Request& request, std::string_view expected) {
  std::string given(request.header("X-Beffroi-Csrf"));
  if (given.empty() && request.has_form()) given = BEFFROI_TRY(request.form()).value("csrf");
  if (crypto::same_secret(given, expected)) return {};
  return fail(Code::denied, "Cette page n’est plus à jour\u00a0: rechargez-la, puis recommencez.", "csrf token missing or wrong");
}

class GuardedDoor final : public Door {
 public:
  explicit GuardedDoor(DoorParts parts) : parts_(std::move(parts)) {}

  Result<Visitor> admit(const http::Request& request, Right right) const override {
    Visitor visitor = BEFFROI_TRY(recognised(request));
    if (changes_something(request.method) && visitor.kind != Visitor::Kind::key) {
      BEFFROI_CHECK(check_sender(request, client_of(request, parts_.edge).secure));
      if (visitor.kind == Visitor::Kind::person) BEFFROI_CHECK(check_csrf(request, visitor.csrf));
    }
    if (visitor.must_change && right != Right::own_account) {
      return fail(Code::denied, "Choisissez d’abord votre mot de passe.", std::string(kMustChange));
    }
    if (visitor.may(right)) return visitor;
    if (visitor.kind == Visitor::Kind::anonymous) return fail(Code::unauthenticated, "Connectez-vous pour continuer.");
    if (visitor.kind == Visitor::Kind::key) return fail(Code::denied, "Cette clé n’a pas le droit de faire cela.");
    return fail(Code::denied, "Votre compte n’a pas le droit de faire cela.");
  }

  http::Reply turn_away(const http::Request& request, const Error& error) const override {
    const bool secure = client_of(request, parts_.edge).secure;
    const bool over = error.code == Code::unauthenticated && session_cookie(request, secure).sent;
    http::Reply reply = http::refusal(error);
    if (http::speaks_json(request.path)) {
      if (error.code == Code::unauthenticated) reply.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Beffroi\"");
    } else if (error.code == Code::unauthenticated && !(request.path == "/connexion" && request.query.find("fin") != nullptr)) {
      reply = http::see_other(sign_in_address(request, over));
    } else if (error.detail == kMustChange) {
      reply = http::see_other("/mot-de-passe");
    }
    if (over) reply.headers.emplace_back("Set-Cookie", clear_session_cookie(secure));
    return reply;
  }

 private:
  static std::string sign_in_address(const http::Request& request, bool over) {
    const std::string next = is_get(request) ? checked_address(local_address(request)) : "/";
    std::string address = "/connexion";
    if (over) address += "?fin=1";
    if (next != "/") address += (over ? "&suite=" : "?suite=") + http::percent_encoded(next);
    return address;
  }

  Result<Visitor> recognised(const http::Request& request) const {
    const auto named = [](const auto& header) { return http::same_word(header.first, "Authorization"); };
    const auto proofs = std::count_if(request.headers.begin(), request.headers.end(), named);
    if (proofs > 1) return fail(Code::invalid_argument, "La demande porte deux en-têtes Authorization.");
    if (proofs == 1) return key_holder(request.header("Authorization"));
    const tenants::Tenant tenant = BEFFROI_TRY(parts_.communes.at_host(request.header("Host")));
    const CookieRead cookie = session_cookie(request, client_of(request, parts_.edge).secure);
    if (!cookie.sent) return Visitor{.tenant = tenant};
    const auto over = [] { return fail(Code::unauthenticated, "Votre session est terminée\u00a0: connectez-vous à nouveau."); };
    if (!cookie.session) return over();
    if (cookie.session->commune != tenant.id()) return Visitor{.tenant = tenant};
    auto found = BEFFROI_TRY(find_session(tenant, cookie.session->secret, parts_.now_ms(), parts_.rules));
    if (!found) return over();
    Visitor visitor{.tenant = tenant, .kind = Visitor::Kind::person};
    visitor.id = visitor.account = std::move(found->account);
    visitor.name = std::move(found->name);
    visitor.memberships = std::move(found->memberships);
    visitor.session = std::move(found->session.id);
    visitor.csrf = csrf_of(cookie.session->secret);
    visitor.must_change = found->must_change;
    return visitor;
  }

  Result<Visitor> key_holder(std::string_view authorization) const {
    const auto refused = [] {
      return fail(Code::unauthenticated, "Cette clé n’est pas valable\u00a0: elle est fausse, expirée ou révoquée.");
    };
    const auto text = key_in(authorization);
    if (!text) return refused();
    const auto tenant = parts_.communes.named(text->commune);
    if (!tenant && (tenant.error().code == Code::not_found || tenant.error().code == Code::denied)) return refused();
    if (!tenant) return tl::unexpected(tenant.error());
    auto found = BEFFROI_TRY(find_key(*tenant, *text, parts_.now_ms()));
    if (!found) return refused();
    Visitor visitor{.tenant = *tenant, .kind = Visitor::Kind::key};
    visitor.id = std::move(found->key.id);
    visitor.account = std::move(found->key.account);
    visitor.name = std::move(found->key.name);
    visitor.memberships = std::move(found->memberships);
    visitor.scopes = std::move(found->key.scopes);
    return visitor;
  }

  const DoorParts parts_;
};

}  // namespace

std::shared_ptr<const Door> guarded_door(DoorParts parts) { return std::make_shared<GuardedDoor>(std::move(parts)); }

}  // namespace beffroi::people
