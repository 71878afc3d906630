// Signing in by a provider through the real door, as a browser without scripts does it.
#include "usecases/account/provider.h"

#include <doctest/doctest.h>

#include "audit/fake/kept_journal.h"
#include "http/problem.h"
#include "people/guarded_door.h"
#include "people/oidc/tables.h"
#include "people/oidc/testing/fake_provider.h"
#include "people/testing/town.h"
#include "usecases/account/account.h"

using namespace beffroi;
using namespace beffroi::people;
using people::oidc::testing::FakeProvider;

namespace {

std::vector<db::Migration> tables() {
  std::vector<db::Migration> all(people_migrations().begin(), people_migrations().end());
  const auto more = oidc::oidc_migrations();
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

struct Site {
  beffroi::testing::TemporaryFolder home;
  FakeProvider provider;
  std::int64_t now_ms = provider.now_s * 1000;
  tenants::Tenant tenant = *tenants::testing::commune(home.path(), "saint-jean", tables());
  http::Router router;
  std::string cookies;  // of the browser
  std::shared_ptr<audit::fake::KeptJournal> journal = std::make_shared<audit::fake::KeptJournal>();

  Site() {
    const auto clock = [this] { return now_ms; };
    account::Services account;
    account.door = guarded_door({{[this](std::string_view) -> Result<tenants::Tenant> { return tenant; },
                                  [this](std::string_view) -> Result<tenants::Tenant> { return tenant; }},
                                 clock});
    account.sign_in = std::make_shared<SignIn>(SignIn::Parts{clock, [] { return 1'000; }, {}, {}, {1 << 20, 1}});
    account.around = [](const Visitor& visitor) {
      pages::Surroundings around;
      around.person = visitor.name;
      around.csrf = visitor.csrf;
      return around;
    };
    account.journal = journal;
    account::ProviderServices services{account.door, nullptr, account.journal, {}, account.around};
    oidc::Settings settings = provider.settings();
    settings.roles = {{"agents", "saint-jean", {Role::agent}}};
    services.sign_in = std::make_shared<oidc::ProviderSignIn>(settings, oidc::Provider::Clocks{clock, [] { return 1'000; }},
                                                              account.sign_in, *crypto::Sealer::open(home.path() / "secret.key"));
    account.sign_out_there = [services](const Visitor& visitor, const http::Request& request) {
      return account::sign_out_there(services, visitor, request);
    };
    account::add_provider_routes(router, services);
    account::add_routes(router, account);
  }

  http::Reply send(http::Method method, const std::string& address, std::string body = {}, const std::string& host = "mairie.fr:8080") {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.client = "192.0.2.1";
    request.headers = {{"Host", host}, {"Cookie", cookies}};
    if (method == http::Method::post) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(body);
    http::Reply reply = match.route->handler(request);
    for (const auto& [name, value] : reply.headers) {
      if (name == "Set-Cookie") cookies += value.substr(0, value.find(';')) + "; ";
    }
    return reply;
  }
  http::Reply get(const std::string& address) { return send(http::Method::get, address); }

  // As the provider sends back.
  std::string callback() {
    const http::Reply left = get("/connexion/oidc?suite=%2Fmon-compte");
    const oidc::Returned returned = provider.approve(header(left, "Location"));
    return "/connexion/oidc/retour?code=" + returned.code + "&state=" + returned.state;
  }
  static std::string header(const http::Reply& reply, std::string_view name) {
    for (const auto& [held, value] : reply.headers) {
      if (held == name) return value;
    }
    return {};
  }
};

int status_of(const http::Reply& reply) { return reply.problem ? reply.problem->status : reply.status; }

}  // namespace

TEST_CASE("one leaves for the provider with the address of the site that was asked, and comes back signed in") {
  Site site;
  const std::string back = site.callback();
  CHECK(site.provider.asked().value("redirect_uri") == "http://mairie.fr:8080/connexion/oidc/retour");
  site.cookies = site.cookies.substr(site.cookies.find("beffroi_oidc="));
  const http::Reply arrived = site.get(back);
  CHECK(arrived.status == 303);
  CHECK(Site::header(arrived, "Location") == "/mon-compte");
  const std::string session = Site::header(arrived, "Set-Cookie");
  CHECK(session.starts_with("beffroi_session=saint-jean."));
  REQUIRE(site.journal->actions() == "account_added signed_in");
  CHECK(site.journal->entries()[0].object == site.journal->entries()[1].who.id);
  site.cookies = session.substr(0, session.find(';'));
  CHECK(site.get("/mon-compte").body.find("Camille Martin") != std::string::npos);
  CHECK(Site::header(site.get("/connexion/oidc?suite=%2Fcantines"), "Location") == "/cantines");  // signed in already

  const std::string page = site.get("/mon-compte").body;
  const std::size_t at = page.find("name=\"csrf\" value=\"") + 19;
  const http::Reply left = site.send(http::Method::post, "/deconnexion", "csrf=" + page.substr(at, page.find('"', at) - at));
  CHECK(left.status == 200);
  CHECK(Site::header(left, "Refresh").starts_with("0; url=" + site.provider.issuer() + "/end?x=1&id_token_hint="));
  CHECK(left.body.find("Vous êtes déconnecté") != std::string::npos);
  CHECK(Site::header(left, "Set-Cookie") == "beffroi_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
  site.cookies = session.substr(0, session.find(';'));
  CHECK(site.get("/mon-compte").status == 303);
}

TEST_CASE("what is refused is a problem of its status, and the way back is forgotten") {
  Site site;
  CHECK(status_of(site.get("/connexion/oidc/retour")) == 401);
  site.provider.claims["groups"] = "[]";
  site.cookies.clear();
  const http::Reply refused = site.get(site.callback());
  CHECK(status_of(refused) == 403);
  CHECK(Site::header(refused, "Set-Cookie") == "beffroi_oidc=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
  CHECK(status_of(site.send(http::Method::post, "/connexion/oidc/deconnexion", "logout_token=a.b.c")) == 400);
  site.provider.stop();
  Site gone;
  gone.provider.stop();
  CHECK(status_of(gone.get("/connexion/oidc")) == 503);
}

TEST_CASE("a host that is no host leads nowhere") {
  Site site;
  for (const char* host : {"", "mairie.fr/\"", "a b", "é.fr", "mairie.fr@pirate.fr"}) {
    CAPTURE(host);
    CHECK(status_of(site.send(http::Method::get, "/connexion/oidc", {}, host)) == 400);
  }
}
