#include "people/guarded_door.h"

#include <doctest/doctest.h>

#include "http/problem.h"
#include "http/router.h"
#include "people/cookies.h"
#include "people/key.h"
#include "people/testing/town.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

// Two communes on one server: saint-jean.fr, and saint-paul.fr; any other host is saint-jean.
struct Server {
  Town town;
  tenants::Tenant other = test_commune(town.home.path(), "saint-paul");
  std::shared_ptr<const Door> door =
      guarded_door({{[this](std::string_view id) { return named(id); },
                     [this](std::string_view host) -> Result<tenants::Tenant> { return host == "saint-paul.fr" ? other : town.tenant; }},
                    [this] { return town.now_ms; },
                    {},
                    {{"127.0.0.1"}, false}});

  Result<tenants::Tenant> named(std::string_view id) const {
    if (id == "saint-jean") return town.tenant;
    if (id == "saint-paul") return other;
    return fail(Code::not_found, "Cette commune n’existe pas.");
  }
  [[nodiscard]] static http::Request request(Headers headers, http::Method method = http::Method::get) {
    http::Request made;
    made.method = method;
    made.path = "/cantines";
    made.headers = std::move(headers);
    if (made.header("Host").empty()) made.headers.emplace_back("Host", "saint-jean.fr");
    made.client = "192.0.2.1";
    return made;
  }
  [[nodiscard]] Result<Visitor> admit(Headers headers, Right right = Right::see_canteens) const {
    return door->admit(request(std::move(headers)), right);
  }
  [[nodiscard]] std::string session(const std::string& login) { return "beffroi_session=saint-jean." + town.enter(login)->secret; }
};

Code code_of(const Result<Visitor>& visitor) { return visitor ? Code::internal : visitor.error().code; }

std::string header_of(const http::Reply& reply, std::string_view name) {
  for (const auto& [header, value] : reply.headers) {
    if (header == name) return value;
  }
  return {};
}

}  // namespace

TEST_CASE("nobody signed in is the public of the commune that was asked, and no more") {
  Server server;
  const auto visitor = server.admit({{"Host", "saint-paul.fr"}}, Right::ask);
  REQUIRE(visitor);
  CHECK(visitor->tenant.id() == "saint-paul");
  CHECK(visitor->kind == Visitor::Kind::anonymous);
  CHECK(code_of(server.admit({})) == Code::unauthenticated);
  CHECK(code_of(server.admit({}, Right::own_account)) == Code::unauthenticated);
}

TEST_CASE("somebody signed in, with their roles, in their commune") {
  Server server;
  const std::string camille = server.town.add("camille", {{Role::agent, "restauration"}});
  const auto visitor = server.admit({{"Cookie", server.session("camille")}});
  REQUIRE(visitor);
  CHECK(visitor->id == camille);
  CHECK(visitor->name == "Nom de camille");
  CHECK(visitor->tenant.id() == "saint-jean");
  CHECK(visitor->may(Right::plan_canteens, "restauration"));
  CHECK_FALSE(visitor->may(Right::plan_canteens, "etat-civil"));
  CHECK(code_of(server.admit({{"Cookie", server.session("camille")}}, Right::manage_people)) == Code::denied);
}

TEST_CASE("a session is worth nothing on the host of another commune") {
  Server server;
  server.town.add("camille");
  const std::string cookie = server.session("camille");
  CHECK(code_of(server.admit({{"Host", "saint-paul.fr"}, {"Cookie", cookie}})) == Code::unauthenticated);
  const auto visitor = server.admit({{"Host", "saint-paul.fr"}, {"Cookie", cookie}}, Right::ask);
  REQUIRE(visitor);
  CHECK(visitor->kind == Visitor::Kind::anonymous);
  CHECK(visitor->tenant.id() == "saint-paul");
}

TEST_CASE("what proves nothing is never taken for the public") {
  Server server;
  server.town.add("camille");
  const std::string cookie = server.session("camille"), wrong = cookie.substr(0, cookie.size() - 2) + "AA";
  for (const Headers& headers :
       {Headers{{"Cookie", wrong}}, Headers{{"Cookie", "beffroi_session=x"}}, Headers{{"Cookie", cookie + "; " + cookie}},
        Headers{{"Cookie", cookie}, {"Cookie", cookie}}, Headers{{"Authorization", "Basic abc"}}, Headers{{"Authorization", ""}},
        Headers{{"Authorization", "Bearer"}}, Headers{{"Authorization", "Bearer bfr_saint-jean_0123456789abcdef_" + std::string(43, 'A')}},
        Headers{{"Authorization", "Bearer bfr_nulle-part_0123456789abcdef_" + std::string(43, 'A')}},
        Headers{{"Authorization", "Bearer x"}, {"Cookie", cookie}}}) {
    CHECK(code_of(server.admit(headers, Right::open)) == Code::unauthenticated);
  }
  CHECK(code_of(server.admit({{"Authorization", "Bearer a"}, {"authorization", "Bearer b"}}, Right::open)) == Code::invalid_argument);
  server.town.now_ms += 3LL * 3600 * 1000;
  CHECK(code_of(server.admit({{"Cookie", cookie}}, Right::open)) == Code::unauthenticated);
}

TEST_CASE("a key acts within its scopes in its own commune, whatever the host") {
  Server server;
  const std::string camille = server.town.add("camille", {{Role::agent}});
  const IssuedKey key = issue_key(server.town.tenant, {camille, "Site", {Right::use_api}, 1}, server.town.now_ms).value();
  const std::string bearer = "Bearer " + key.text;
  const auto visitor = server.admit({{"Host", "saint-paul.fr"}, {"Authorization", bearer}}, Right::use_api);
  REQUIRE(visitor);
  CHECK(visitor->tenant.id() == "saint-jean");
  CHECK(visitor->kind == Visitor::Kind::key);
  CHECK(visitor->id == key.key.id);
  CHECK(visitor->account == camille);
  CHECK(server.admit({{"Authorization", "bearer " + key.text}}, Right::use_api));
  CHECK(code_of(server.admit({{"Authorization", bearer}}, Right::see_canteens)) == Code::denied);
  CHECK(code_of(server.admit({{"Authorization", bearer}}, Right::own_account)) == Code::denied);
  CHECK(server.door->admit(Server::request({{"Authorization", bearer}, {"Origin", "https://elsewhere"}}, http::Method::post),
                           Right::use_api));
  REQUIRE(set_memberships(server.town.tenant, camille, {}));
  CHECK(code_of(server.admit({{"Authorization", bearer}}, Right::use_api)) == Code::denied);  // no more than its owner may, at once
  REQUIRE(revoke_key(server.town.tenant, key.key.id));
  CHECK(code_of(server.admit({{"Authorization", bearer}}, Right::use_api)) == Code::unauthenticated);
}

TEST_CASE("what changes something needs the session's token, and comes from our own pages") {
  Server server;
  server.town.add("camille");
  const std::string cookie = server.session("camille");
  const std::string token = server.admit({{"Cookie", cookie}})->csrf;
  const auto post = [&](Headers headers, std::string body = "") {
    headers.emplace_back("Cookie", cookie);
    http::Request request = Server::request(std::move(headers), http::Method::post);
    request.body = std::move(body);
    return code_of(server.door->admit(request, Right::see_canteens));
  };
  const std::pair<std::string, std::string> form{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
      with{"X-Beffroi-Csrf", token};
  CHECK(token.size() == 64);
  CHECK(post({with}) == Code::internal);
  CHECK(post({form}, "a=1&csrf=" + token) == Code::internal);
  CHECK(post({}) == Code::denied);
  CHECK(post({{"X-Beffroi-Csrf", token.substr(1)}}) == Code::denied);
  CHECK(post({form}, "csrf=") == Code::denied);
  CHECK(post({{"Content-Type", "text/plain"}}, "csrf=" + token) == Code::denied);
  const std::pair<std::string, std::string> files{"Content-Type", "multipart/form-data; boundary=x"};  // a form with a file
  const std::string field = "--x\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n";
  CHECK(post({files}, field + token + "\r\n--x--\r\n") == Code::internal);
  CHECK(post({files}, field + token.substr(1) + "\r\n--x--\r\n") == Code::denied);
  CHECK(post({with, {"Sec-Fetch-Site", "cross-site"}}) == Code::denied);
  CHECK(post({with, {"Origin", "http://evil.fr"}}) == Code::denied);
  CHECK(post({with, {"Origin", "http://saint-jean.fr"}}) == Code::internal);
  const std::string other_token = server.admit({{"Cookie", server.session("camille")}})->csrf;
  CHECK(post({{"X-Beffroi-Csrf", other_token}}) == Code::denied);
  CHECK(code_of(server.door->admit(Server::request({{"Sec-Fetch-Site", "cross-site"}}, http::Method::post), Right::ask)) == Code::denied);
}

TEST_CASE("a first password is chosen before anything else") {
  Server server;
  server.town.add("camille", {{Role::agent}}, true);
  const std::string cookie = server.session("camille");
  CHECK(server.admit({{"Cookie", cookie}}, Right::own_account)->must_change);
  const auto refused = server.admit({{"Cookie", cookie}});
  CHECK(code_of(refused) == Code::denied);
  const auto reply = server.door->turn_away(Server::request({{"Cookie", cookie}}), refused.error());
  CHECK(reply.status == 303);
  CHECK(header_of(reply, "Location") == "/mot-de-passe");
}

TEST_CASE("an account without a role is the public, with an account") {
  Server server;
  server.town.add("camille", {});
  const std::string cookie = server.session("camille");
  CHECK(server.admit({{"Cookie", cookie}}, Right::own_account));
  CHECK(server.admit({{"Cookie", cookie}}, Right::ask));
  CHECK(code_of(server.admit({{"Cookie", cookie}}, Right::use_api)) == Code::denied);
}

TEST_CASE("who is turned away is led to sign in, and programs are told") {
  Server server;
  const Error nobody{Code::unauthenticated, "Connectez-vous pour continuer.", ""};
  http::Request asked = Server::request({});
  asked.query.add("semaine", "48");
  CHECK(header_of(server.door->turn_away(asked, nobody), "Location") == "/connexion?suite=%2Fcantines%3Fsemaine%3D48");
  CHECK(header_of(server.door->turn_away(asked, nobody), "Set-Cookie").empty());
  asked.headers.emplace_back("Cookie", "beffroi_session=a.b");
  const auto over = server.door->turn_away(asked, nobody);
  CHECK(header_of(over, "Location") == "/connexion?fin=1&suite=%2Fcantines%3Fsemaine%3D48");
  CHECK(header_of(over, "Set-Cookie") == clear_session_cookie(false));
  asked.method = http::Method::post;
  CHECK(header_of(server.door->turn_away(asked, nobody), "Location") == "/connexion?fin=1");

  http::Request sign_in = Server::request({{"Cookie", "beffroi_session=a.b"}});
  sign_in.path = "/connexion";
  CHECK(server.door->turn_away(sign_in, nobody).status == 303);  // once, to lose the cookie
  sign_in.query.add("fin", "1");
  CHECK(server.door->turn_away(sign_in, nobody).status == 401);  // and never in a circle

  http::Request program = Server::request({});
  program.path = "/api/v1/search";
  const auto told = server.door->turn_away(program, nobody);
  CHECK(told.status == 401);
  CHECK(told.problem->detail == nobody.message);
  CHECK(header_of(told, "WWW-Authenticate") == "Bearer realm=\"Beffroi\"");
  CHECK(server.door->turn_away(Server::request({}), {Code::denied, "Non.", ""}).status == 403);
}

TEST_CASE("over HTTPS, told by the proxy, the plain cookie does not count") {
  Server server;
  server.town.add("camille");
  const std::string cookie = server.session("camille");
  http::Request request = Server::request({{"X-Forwarded-Proto", "https"}, {"Cookie", cookie}});
  request.client = "127.0.0.1";
  CHECK(code_of(server.door->admit(request, Right::see_canteens)) == Code::unauthenticated);
  request.headers[1].second = "__Host-" + cookie;
  CHECK(server.door->admit(request, Right::see_canteens));
}
