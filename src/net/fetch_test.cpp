#include "net/fetch.h"

#include <doctest/doctest.h>

#include "net/testing/stub_server.h"

using namespace beffroi;
using namespace beffroi::net;
using net::testing::Client;
using net::testing::http_answer;
using net::testing::StubServer;
using namespace std::chrono_literals;

namespace {
bool has(const std::string& text, std::string_view piece) { return text.find(piece) != std::string::npos; }
}  // namespace

TEST_CASE("an address is asked, and its whole answer given back") {
  const StubServer server(http_answer("200 OK", "application/json", "{\"a\":1}"));
  const auto answer = fetch({server.url("/.well-known/x?y=1")});
  REQUIRE(answer);
  CHECK(answer->status == 200);
  CHECK(answer->body == "{\"a\":1}");
  CHECK(server.last_request().starts_with("GET /.well-known/x?y=1 HTTP/1.1\r\n"));
  CHECK_FALSE(has(server.last_request(), "Authorization"));
}

TEST_CASE("a form is sent by POST, with the name and the secret of the program when it has one") {
  const StubServer server(http_answer("401 Unauthorized", "application/json", "{}"));
  const auto answer = fetch({server.url("/token"), Trust::https_only, "code=a%20b&x=1", "beffroi", "s3cret"});
  REQUIRE(answer);
  CHECK(answer->status == 401);
  CHECK(server.last_request().starts_with("POST /token HTTP/1.1\r\n"));
  CHECK(has(server.last_request(), "Content-Type: application/x-www-form-urlencoded\r\n"));
  CHECK(has(server.last_request(), "Authorization: Basic YmVmZnJvaTpzM2NyZXQ=\r\n"));
  CHECK(server.last_request().ends_with("\r\n\r\ncode=a%20b&x=1"));
}

TEST_CASE("a redirection is an answer like another: nobody is followed") {
  const StubServer elsewhere(http_answer("200 OK", "text/plain", "secret"));
  const StubServer server(http_answer("302 Found", "text/plain", "", "Location: " + elsewhere.url() + "\r\n"));
  CHECK(fetch({server.url()})->status == 302);
  CHECK(elsewhere.requests() == 0);
}

TEST_CASE("servers that lie, stall or are gone cost what was agreed and no more") {
  {
    const StubServer server(http_answer("200 OK", "text/plain", std::string(2000, 'x')));
    CHECK(fetch({server.url()}, {.reply_bytes = 1999}).error().code == Code::too_large);
    CHECK(fetch({server.url()}, {.reply_bytes = 2000})->body.size() == 2000);
  }
  {
    const StubServer server("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\ncourt");
    CHECK(fetch({server.url()}, {.total = 3'000ms}).error().code == Code::unavailable);
  }
  {
    const StubServer mute([](const Client& client) { static_cast<void>(client.gone_within(5s)); });
    const auto late = fetch({mute.url()}, {.total = 100ms});
    CHECK(late.error().code == Code::timeout);
    CHECK(has(late.error().message, "127.0.0.1"));
  }
  {
    const StubServer mute([](const Client& client) { static_cast<void>(client.gone_within(5s)); });
    std::stop_source stop;
    std::jthread later([&stop] {
      std::this_thread::sleep_for(50ms);
      stop.request_stop();
    });
    CHECK(fetch({mute.url()}, {}, stop.get_token()).error().code == Code::cancelled);
  }
  CHECK(fetch({"http://127.0.0.1:1/"}).error().code == Code::unavailable);
}

TEST_CASE("https for the whole world; http where the administrator trusts the network") {
  for (const char* url : {"http://10.0.0.1/", "ftp://exemple.fr/", "file:///etc/passwd", "", "https://moi:secret@exemple.fr/"}) {
    CAPTURE(url);
    CHECK(fetch({url}).error().code == Code::invalid_argument);
  }
  CHECK(fetch({"http://10.255.255.1:9/", Trust::trusted_local}, {.total = 50ms}).error().code != Code::invalid_argument);
}
