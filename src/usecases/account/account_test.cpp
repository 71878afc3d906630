// Signing in and what follows, through the real door, as a browser without scripts does it.
#include "usecases/account/account.h"

#include <doctest/doctest.h>

#include <map>

#include "audit/fake/broken_journal.h"
#include "audit/fake/kept_journal.h"
#include "http/problem.h"
#include "people/guarded_door.h"
#include "people/key.h"
#include "people/testing/town.h"
#include "usecases/account/entrance.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {

using Form = std::vector<std::pair<std::string, std::string>>;

// A town with its pages, and a browser that keeps its cookies.
struct Site {
  Town town;
  audit::fake::KeptJournal journal;
  http::Router router;

  Site() {
    account::Services services;
    services.door = guarded_door({{[this](std::string_view) -> Result<tenants::Tenant> { return town.tenant; },
                                   [this](std::string_view) -> Result<tenants::Tenant> { return town.tenant; }},
                                  [this] { return town.now_ms; }});
    services.sign_in = std::shared_ptr<SignIn>(&town.sign_in, [](SignIn*) {});
    services.journal = std::shared_ptr<audit::Journal>(&journal, [](audit::Journal*) {});
    services.around = [](const Visitor& visitor) {
      pages::Surroundings around;
      around.person = visitor.name;
      around.csrf = visitor.csrf;
      return around;
    };
    services.providers = [](const tenants::Tenant&) {
      return std::vector<account::Provider>{{"/connexion/fournisseur", "Avec ProConnect"}};
    };
    account::add_routes(router, services);
  }
};

struct Browser {
  Site& site;
  std::map<std::string, std::string> cookies = {};
  std::string client = "192.0.2.1";

  http::Reply send(http::Method method, std::string_view address, std::string body = {}) {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = site.router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.captured = match.captured;
    request.client = client;
    request.headers = {{"Host", "mairie.fr"}, {"User-Agent", "Mozilla/5.0 (X11; Linux) Firefox/140.0"}, {"Sec-Fetch-Site", "same-origin"}};
    if (method == http::Method::post) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    std::string jar;
    for (const auto& [name, value] : cookies) jar += name + "=" + value + "; ";
    if (!jar.empty()) request.headers.emplace_back("Cookie", jar);
    request.body = std::move(body);
    http::Reply reply = match.route->handler(request);
    keep_cookies(reply);
    return reply.problem ? site.router.show(request, *reply.problem) : reply;
  }
  void keep_cookies(const http::Reply& reply) {
    for (const auto& [header, value] : reply.headers) {
      if (header != "Set-Cookie") continue;
      const std::string pair = value.substr(0, value.find(';'));
      const std::size_t equals = pair.find('=');
      if (value.find("Max-Age=0") != std::string::npos) cookies.erase(pair.substr(0, equals));
      else cookies[pair.substr(0, equals)] = pair.substr(equals + 1);
    }
  }
  http::Reply get(std::string_view address) { return send(http::Method::get, address); }
  // With the token of the last page, as its form does.
  http::Reply post(std::string_view address, Form form = {}) {
    std::string body = "csrf=" + token();
    for (const auto& [name, value] : form) body += "&" + name + "=" + http::percent_encoded(value);
    return send(http::Method::post, address, body);
  }
  std::string token() {
    const auto cookie = cookies.find("beffroi_session");
    return cookie == cookies.end() ? "" : csrf_of(cookie->second.substr(cookie->second.find('.') + 1));
  }
  http::Reply sign_in(const std::string& login, const std::string& password = kTestPassword, const std::string& next = "/") {
    return post("/connexion", {{"identifiant", login}, {"mot-de-passe", password}, {"suite", next}});
  }
};

std::string location(const http::Reply& reply) {
  for (const auto& [header, value] : reply.headers) {
    if (header == "Location") return value;
  }
  return {};
}

bool has(const http::Reply& reply, std::string_view words) { return reply.body.find(words) != std::string::npos; }

// The first thing of this form in the page.
std::string after(const http::Reply& reply, std::string_view mark, std::size_t length) {
  const std::size_t at = reply.body.find(mark);
  REQUIRE(at != std::string::npos);
  return reply.body.substr(at + mark.size(), length);
}

}  // namespace

TEST_CASE("signing in leads back to the page that was asked, of this site only") {
  Site site;
  site.town.add("camille");
  Browser browser{site};
  const http::Reply page = browser.get("/connexion?suite=%2Fcantines");
  CHECK(page.status == 200);
  CHECK(has(page, R"(autocomplete="username")"));
  CHECK(has(page, R"(autocomplete="current-password")"));
  CHECK(has(page, R"(name="suite" value="/cantines")"));
  CHECK(has(page, R"(href="/connexion/fournisseur?suite=%2Fcantines")"));
  const http::Reply in = browser.sign_in("camille", kTestPassword, "/cantines");
  CHECK(in.status == 303);
  CHECK(location(in) == "/cantines");
  CHECK(browser.cookies.size() == 2);
  CHECK(has(browser.get("/mon-compte"), "Nom de camille"));
  CHECK(location(browser.get("/connexion")) == "/");
  Browser other{site};
  CHECK(location(other.sign_in("camille", kTestPassword, "https://evil.fr/")) == "/");
}

TEST_CASE("a wrong password says so in the form, keeps the login and not the password") {
  Site site;
  site.town.add("camille");
  Browser browser{site};
  const http::Reply refused = browser.sign_in("camille", "pas le bon mot");
  CHECK(refused.status == 401);
  CHECK(has(refused, R"(<a href="#identifiant">L’identifiant ou le mot de passe n’est pas le bon.</a>)"));
  CHECK(has(refused, R"(value="camille")"));
  CHECK_FALSE(has(refused, "pas le bon mot\""));
  CHECK(has(refused, "<title>Erreur"));
  CHECK(browser.cookies.empty());
  for (int i = 0; i < 5; ++i) (void)browser.sign_in("camille", "pas le bon mot");
  const http::Reply slowed = browser.sign_in("camille");
  CHECK(slowed.status == 429);
  CHECK(has(slowed, "Trop d’essais"));
}

TEST_CASE("the first sign in asks for a new password before anything else") {
  Site site;
  const std::string camille = site.town.add("camille", {{Role::agent}}, true);
  Browser browser{site};
  CHECK(location(browser.sign_in("camille", kTestPassword, "/cantines")) == "/mot-de-passe?suite=%2Fcantines");
  CHECK(location(browser.get("/mon-compte")) == "/mot-de-passe");
  CHECK(location(browser.post("/mon-compte/cles")) == "/mot-de-passe");
  CHECK(has(browser.get("/mot-de-passe?suite=%2Fcantines"), "Choisissez votre mot de passe"));
  const auto choose = [&](const std::string& next, const std::string& again) {
    return browser.post("/mot-de-passe", {{"actuel", kTestPassword}, {"nouveau", next}, {"confirmation", again}, {"suite", "/cantines"}});
  };
  CHECK(has(choose("cinq ânes gris et un chat", "cinq ânes gris"), R"(href="#confirmation")"));
  CHECK(has(choose("court", "court"), R"(href="#nouveau")"));
  CHECK(has(browser.post("/mot-de-passe", {{"actuel", "faux"}, {"nouveau", "cinq ânes gris"}, {"confirmation", "cinq ânes gris"}}),
            R"(href="#actuel")"));
  const http::Reply done = choose("cinq ânes gris et un chat", "cinq ânes gris et un chat");
  CHECK(done.status == 303);
  CHECK(location(done) == "/cantines");
  CHECK(browser.get("/mon-compte").status == 200);
  CHECK_FALSE(account_of(site.town.tenant, camille)->must_change);
}

TEST_CASE("signed out, the session is over everywhere it was copied") {
  Site site;
  site.town.add("camille");
  Browser browser{site}, thief{site};
  (void)browser.sign_in("camille");
  thief.cookies = browser.cookies;
  CHECK(thief.get("/mon-compte").status == 200);
  CHECK(location(browser.post("/deconnexion")) == "/");
  CHECK(browser.cookies.count("beffroi_session") == 0);
  CHECK(location(thief.get("/mon-compte")) == "/connexion?fin=1&suite=%2Fmon-compte");
  CHECK(thief.cookies.count("beffroi_session") == 0);
  CHECK(has(thief.get("/connexion?fin=1&suite=%2Fmon-compte"), "Votre session est terminée"));
}

TEST_CASE("without the token of the page nothing changes") {
  Site site;
  site.town.add("camille");
  Browser browser{site};
  (void)browser.sign_in("camille");
  CHECK(browser.send(http::Method::post, "/deconnexion").status == 403);
  CHECK(browser.send(http::Method::post, "/mon-compte/cles", "nom=x&droits=ask&jours=30&csrf=0").status == 403);
  CHECK(browser.get("/mon-compte").status == 200);
  CHECK(keys(site.town.tenant)->empty());
}

TEST_CASE("one's sessions are seen and closed, here or everywhere, and nobody else's") {
  Site site;
  site.town.add("camille");
  site.town.add("paul");
  Browser desk{site}, phone{site}, other{site};
  (void)desk.sign_in("camille");
  (void)phone.sign_in("camille");
  (void)other.sign_in("paul");
  const http::Reply page = desk.get("/mon-compte");
  CHECK(has(page, "Firefox, Linux"));
  CHECK(has(page, "celle-ci"));
  const std::string id = after(page, R"(action="/mon-compte/sessions/)", 16);
  CHECK(other.post("/mon-compte/sessions/" + id + "/fermer").status == 404);
  CHECK(phone.get("/mon-compte").status == 200);
  CHECK(desk.post("/mon-compte/sessions/" + id + "/fermer").status == 303);
  CHECK(phone.get("/mon-compte").status == 303);
  (void)phone.sign_in("camille");
  CHECK(location(desk.post("/mon-compte/sessions/fermer")) == "/connexion");
  CHECK(desk.get("/mon-compte").status == 303);
  CHECK(phone.get("/mon-compte").status == 303);
  CHECK(other.get("/mon-compte").status == 200);
}

TEST_CASE("a key is shown once, with the rights its owner has, and revoked") {
  Site site;
  site.town.add("camille", {{Role::reader}});
  Browser browser{site};
  (void)browser.sign_in("camille");
  const http::Reply form = browser.get("/mon-compte");
  CHECK(has(form, R"(value="use_api")"));
  CHECK_FALSE(has(form, R"(value="manage_people")"));
  CHECK_FALSE(has(form, R"(value="own_account")"));
  const http::Reply made =
      browser.send(http::Method::post, "/mon-compte/cles", "csrf=" + browser.token() + "&nom=Site&droits=ask&droits=use_api&jours=30");
  CHECK(made.status == 201);
  const std::string key = after(made, R"(<code class="secret">)", 75);
  CHECK(key.starts_with("bfr_saint-jean_"));
  REQUIRE(parse_key(key));
  CHECK(find_key(site.town.tenant, *parse_key(key), site.town.now_ms)->has_value());
  const http::Reply later = browser.get("/mon-compte");
  CHECK_FALSE(has(later, key));
  CHECK(has(later, "Site"));
  CHECK(browser.post("/mon-compte/cles/" + parse_key(key)->id + "/revoquer").status == 303);
  CHECK_FALSE(find_key(site.town.tenant, *parse_key(key), site.town.now_ms)->has_value());
  CHECK(has(browser.get("/mon-compte"), "Révoquée."));
}

TEST_CASE("a key that cannot be is refused in its form, and no more right is given than one has") {
  Site site;
  site.town.add("camille", {{Role::reader}});
  Browser browser{site};
  (void)browser.sign_in("camille");
  CHECK(has(browser.post("/mon-compte/cles", {{"nom", ""}, {"droits", "ask"}, {"jours", "30"}}), R"(href="#nom")"));
  CHECK(has(browser.post("/mon-compte/cles", {{"nom", "Site"}, {"jours", "30"}}), R"(href="#droits")"));
  CHECK(browser.post("/mon-compte/cles", {{"nom", "Site"}, {"droits", "manage_settings"}, {"jours", "30"}}).status == 403);
  CHECK(browser.post("/mon-compte/cles", {{"nom", "Site"}, {"droits", "ask"}, {"jours", "9999"}}).status == 400);
  CHECK(browser.post("/mon-compte/cles", {{"nom", "Site"}, {"droits", "ask"}, {"jours", "x"}}).status == 400);
  CHECK(keys(site.town.tenant)->empty());
}

TEST_CASE("names and labels are shown as text, whatever they hold") {
  Site site;
  const std::string camille = site.town.add("camille");
  REQUIRE(rename_account(site.town.tenant, camille, "<script>alert(1)</script>"));
  Browser browser{site};
  (void)browser.sign_in("camille");
  (void)browser.post("/mon-compte/cles", {{"nom", "<b>\"gras\"</b>"}, {"droits", "ask"}, {"jours", "30"}});
  const http::Reply page = browser.get("/mon-compte");
  CHECK_FALSE(has(page, "<script>alert"));
  CHECK_FALSE(has(page, "<b>"));
}

TEST_CASE("signing in again on the same browser ends the session it had") {
  Site site;
  const std::string camille = site.town.add("camille");
  site.town.add("paul");
  Browser browser{site};
  (void)browser.sign_in("camille");
  (void)browser.sign_in("paul");
  CHECK(has(browser.get("/mon-compte"), "Nom de paul"));
  CHECK(sessions_of(site.town.tenant, camille, site.town.now_ms)->empty());
}

TEST_CASE("who comes in, who is refused, who leaves, keys and passwords are in the journal; never what was typed") {
  Site site;
  const std::string id = site.town.add("camille");
  Browser browser{site};
  CHECK(browser.sign_in("camille", "mauvais secret").status == 401);
  CHECK(browser.sign_in("personne", "mauvais secret").status == 401);
  REQUIRE(browser.sign_in("camille").status == 303);
  REQUIRE(browser.post("/mon-compte/cles", {{"nom", "Site"}, {"droits", "ask"}, {"jours", "30"}}).status == 201);
  REQUIRE(browser.post("/deconnexion").status == 303);
  CHECK(site.journal.actions() == "sign_in_refused sign_in_refused signed_in key_issued signed_out");
  const auto lines = site.journal.entries();
  CHECK(lines[0].object == id);
  CHECK(lines[1].object.empty());  // no such account: what was typed may be a password
  CHECK(lines[0].who.kind == audit::Actor::anonymous);
  CHECK(lines[2].who.id == id);
  CHECK(lines[4].who.id == id);
}

TEST_CASE("nobody comes in unwritten: the session is closed again, and the page says what to do") {
  Site site;
  const std::string id = site.town.add("camille");
  audit::fake::BrokenJournal broken;
  const auto opened = site.town.enter("camille");
  REQUIRE(opened);
  CHECK(site.town.opens(opened->secret));
  CHECK_FALSE(account::note_entrance(broken, site.town.tenant, *opened));
  CHECK_FALSE(site.town.opens(opened->secret));
}
