// What browsers and proxies send, read without trust: cookies, addresses of machines, origins, addresses to come back to.
#include <doctest/doctest.h>

#include "people/address.h"
#include "people/client.h"
#include "people/cookies.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {
using Headers = std::vector<std::pair<std::string, std::string>>;

http::Request with(Headers headers, std::string client = "127.0.0.1") {
  http::Request request;
  request.headers = std::move(headers);
  request.client = std::move(client);
  return request;
}
}  // namespace

TEST_CASE("the session's cookie is read alone or not at all") {
  const auto read = [](Headers headers) { return session_cookie(with(std::move(headers)), false); };
  const auto one = read({{"cookie", "a=1; beffroi_session=saint-jean.secret ; b=2"}});
  REQUIRE(one.session);
  CHECK(one.session->commune == "saint-jean");
  CHECK(one.session->secret == "secret");
  CHECK_FALSE(read({}).sent);
  CHECK_FALSE(read({{"Cookie", "xbeffroi_session=a.b; beffroi_sessionx=a.b"}}).sent);
  for (const char* value : {"", "a", ".b", "a."}) {
    const auto bad = read({{"Cookie", std::string("beffroi_session=") + value}});
    CHECK(bad.sent);
    CHECK_FALSE(bad.session);
  }
  const auto two = read({{"Cookie", "beffroi_session=a.b"}, {"Cookie", "beffroi_session=a.c"}});
  CHECK(two.sent);
  CHECK_FALSE(two.session);
  CHECK_FALSE(read({{"Cookie", "beffroi_session=a." + std::string(600, 'x')}}).session);
}

TEST_CASE("over HTTPS only the cookie that no neighbour can set is read") {
  const auto request = with({{"Cookie", "beffroi_session=a.b; __Host-beffroi_session=c.d; __Host-beffroi_device=c.e"}});
  CHECK(session_cookie(request, true).session->commune == "c");
  CHECK(session_cookie(request, false).session->commune == "a");
  CHECK(device_cookie(request, "c", true) == "e");
  CHECK(device_cookie(request, "a", true).empty());
  CHECK(device_cookie(request, "c", false).empty());
}

TEST_CASE("cookies are for this site, and out of reach of scripts") {
  CHECK(set_session_cookie("c", "s", true) == "__Host-beffroi_session=c.s; Path=/; HttpOnly; Secure; SameSite=Lax");
  CHECK(set_session_cookie("c", "s", false) == "beffroi_session=c.s; Path=/; HttpOnly; SameSite=Lax");
  CHECK(clear_session_cookie(false) == "beffroi_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
  CHECK(set_device_cookie("c", "d", true) == "__Host-beffroi_device=c.d; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=15552000");
}

TEST_CASE("what a proxy says is believed of the proxies that are named, and of nobody else") {
  const Edge edge{{"127.0.0.1", "10.0.0.1"}};
  const Headers forwarded{{"X-Forwarded-For", "198.51.100.7, 192.0.2.1"}, {"X-Forwarded-Proto", "https"}};
  CHECK(client_of(with(forwarded), edge).address == "192.0.2.1");
  CHECK(client_of(with(forwarded), edge).secure);
  CHECK(client_of(with(forwarded, "::ffff:127.0.0.1"), edge).address == "192.0.2.1");
  CHECK(client_of(with(forwarded, "203.0.113.9"), edge).address == "203.0.113.9");
  CHECK_FALSE(client_of(with(forwarded, "203.0.113.9"), edge).secure);
  CHECK(client_of(with(forwarded), {}).address == "127.0.0.1");
  CHECK(client_of(with({}), {{}, true}).secure);
  CHECK(client_of(with({{"X-Forwarded-For", "192.0.2.1, 10.0.0.1"}}), edge).address == "192.0.2.1");
  CHECK(client_of(with({{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-For", "192.0.2.1"}}), edge).address == "192.0.2.1");
  CHECK(client_of(with({{"X-Forwarded-For", ""}}), edge).address == "127.0.0.1");
  CHECK_FALSE(client_of(with({{"X-Forwarded-Proto", "https, http"}}), edge).secure);  // the nearest proxy's word
}

TEST_CASE("a demand that another site's page sent is told by the browser itself") {
  const auto ours = [](Headers headers, bool secure = false) {
    headers.emplace_back("Host", "mairie.fr:8080");
    return check_sender(with(std::move(headers)), secure).has_value();
  };
  CHECK(ours({}));
  CHECK(ours({{"Sec-Fetch-Site", "same-origin"}}));
  CHECK(ours({{"Sec-Fetch-Site", "none"}}));
  CHECK_FALSE(ours({{"Sec-Fetch-Site", "cross-site"}, {"Origin", "http://mairie.fr:8080"}}));
  CHECK_FALSE(ours({{"Sec-Fetch-Site", "same-site"}}));
  CHECK(ours({{"Origin", "http://Mairie.fr:8080"}}));
  CHECK(ours({{"Origin", "https://mairie.fr:8080"}}, true));
  CHECK_FALSE(ours({{"Origin", "http://mairie.fr:8080"}}, true));
  for (const char* origin : {"null", "http://mairie.fr", "http://evil.fr", "http://mairie.fr:8080.evil.fr", "http://evil.fr/mairie.fr:8080",
                             "ftp://mairie.fr:8080"}) {
    CAPTURE(origin);
    CHECK_FALSE(ours({{"Origin", origin}}));
  }
}

TEST_CASE("one comes back to a page of this site, whatever the address asks") {
  CHECK(checked_address("/cantines?semaine=48") == "/cantines?semaine=48");
  CHECK(checked_address("/") == "/");
  for (const char* bad : {"", "cantines", "//evil.fr", "/\\evil.fr", "https://evil.fr", "javascript:alert(1)", "/a b", "/a\nb", "/a\tb",
                          "/é", "/connexion", "/connexion?suite=/", "/connexion/oidc", "/connexion/oidc/retour?code=a", "/deconnexion", "\\\\evil.fr"}) {
    CAPTURE(bad);
    CHECK(checked_address(bad) == "/");
  }
  CHECK(checked_address("/" + std::string(2'000, 'a')) == "/");
  http::Request request;
  request.path = "/fiches/à propos";
  request.query.add("q", "d’où ?");
  request.query.add("b", "");
  CHECK(local_address(request) == "/fiches/%C3%A0%20propos?q=d%E2%80%99o%C3%B9%20%3F&b=");
  CHECK(checked_address(local_address(request)) == local_address(request));
}
