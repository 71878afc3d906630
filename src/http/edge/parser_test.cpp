#include <doctest/doctest.h>

#include "http/edge/event_ring.h"
#include "http/edge/request_parser.h"
#include "http/edge/wire.h"

using namespace beffroi;
using State = http::RequestParser::State;

namespace {

http::Router router_for_tests() {
  const auto echo = [](const http::Request& request) { return http::text_reply(request.body); };
  http::Router router;
  router.get("/a", echo).add({http::Method::post, "/a", echo, 100, {"application/json"}}).add({http::Method::post, "/any", echo});
  return router;
}

struct Parsed {
  State state;
  int status = 0;  // of the refusal or of the problem
  std::string body;
  std::size_t unused = 0;
};

// Feeds the text `step` bytes at a time, as a slow network would.
Parsed parse(const std::string& text, std::size_t step = std::string::npos) {
  const http::Router router = router_for_tests();
  http::RequestParser parser(router, 1000);
  std::string waiting;
  for (std::size_t at = 0; at < text.size(); at += std::min(step, text.size())) {
    waiting += text.substr(at, step);
    waiting.erase(0, parser.feed(waiting));
    if (parser.state() == State::refused) return {State::refused, parser.problem().status, "", waiting.size()};
  }
  Parsed parsed{parser.state(), 0, "", waiting.size()};
  if (parsed.state == State::complete) {
    http::Arrival arrival = parser.take();
    parsed.body = arrival.request.body;
    if (arrival.problem) parsed.status = arrival.problem->status;
  }
  return parsed;
}

const std::string kHost = "Host: mairie\r\n";
const std::string kJson = "Content-Type: application/json\r\n";

int refusal(const std::string& text) {
  const Parsed parsed = parse(text);
  return parsed.state == State::refused ? parsed.status : 0;
}

}  // namespace

TEST_CASE("a request arrives whole, however it is cut") {
  const std::string length = "POST /a HTTP/1.1\r\n" + kHost + kJson + "Content-Length: 5\r\n\r\nhello";
  const std::string chunked =
      "POST /a HTTP/1.1\r\n" + kHost + kJson + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nhel\r\n2\r\nlo\r\n0\r\nTrailer: 1\r\n\r\n";
  for (const std::string& text : {length, chunked}) {
    for (const std::size_t step : {1UL, 2UL, 3UL, 7UL, 1000UL}) {
      CAPTURE(step);
      const Parsed parsed = parse(text + "GET", step);
      CHECK(parsed.state == State::complete);
      CHECK(parsed.body == "hello");
    }
  }
}

TEST_CASE("nothing is used beyond the request") { CHECK(parse("GET /a HTTP/1.1\r\n" + kHost + "\r\nGET /b").unused == 6); }

TEST_CASE("ambiguous lengths are refused") {
  const std::string post = "POST /any HTTP/1.1\r\n" + kHost;
  CHECK(refusal(post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
  CHECK(refusal(post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n") == 400);
  CHECK(refusal(post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: 5, 5\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: +5\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: -1\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: 0x5\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Content-Length: 99999999999999999999\r\n\r\n") == 400);
  CHECK(refusal(post + "Content-Length : 5\r\n\r\nhello") == 400);
  CHECK(refusal(post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
  CHECK(refusal(post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n") == 501);
  CHECK(refusal(post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n") == 501);
  CHECK(refusal(post + "Transfer-Encoding: identity\r\n\r\n") == 501);
  CHECK(refusal("POST /any HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n") == 400);
  CHECK(refusal(post + "Transfer-Encoding: chunked\r\n\r\nZZ\r\n") == 400);
  CHECK(refusal(post + "Transfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n") == 400);
}

TEST_CASE("malformed requests are refused") {
  CHECK(refusal("GET /a HTTP/1.1\r\n\r\n") == 400);
  CHECK(refusal("GET /a HTTP/1.1\r\n" + kHost + kHost + "\r\n") == 400);
  CHECK(refusal("GET /a HTTP/2.0\r\n" + kHost + "\r\n") == 400);
  CHECK(refusal("GET  /a HTTP/1.1\r\n" + kHost + "\r\n") == 400);
  CHECK(refusal("GET /a HTTP/1.1\n" + kHost + "\n") == 400);
  CHECK(refusal("GET /%2e%2e/a HTTP/1.1\r\n" + kHost + "\r\n") == 400);
  CHECK(refusal("GET /a HTTP/1.1\r\n" + kHost + "Bad Name: x\r\n\r\n") == 400);
  CHECK(refusal("GET /a HTTP/1.1\r\n" + kHost + "X: " + std::string(2000, 'x') + "\r\n\r\n") == 431);
  CHECK(refusal("GET /" + std::string(5000, 'a')) == 431);
  CHECK(parse("GET /a HTTP/1.0\r\n\r\n").state == State::complete);
}

TEST_CASE("a refused request tells where it was going, for its problem to be shown as expected there") {
  const http::Router router = router_for_tests();
  for (const char* head : {"GET /api/v1/a?q=%00 HTTP/1.1\r\nHost: m\r\n\r\n", "GET /api/v1/a HTTP/1.1\r\n\r\n",
                           "GET /api/v1/a HTTP/1.1\r\nBad Name: x\r\n\r\n"}) {
    http::RequestParser parser(router, 1000);
    CHECK(parser.feed(head) > 0);
    CHECK(parser.state() == State::refused);
    CHECK(parser.path() == "/api/v1/a");
  }
}

TEST_CASE("a body is refused before it is read when its place, size or type is wrong") {
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + kJson + "Content-Length: 101\r\n\r\n") == 413);
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + kJson + "Transfer-Encoding: chunked\r\n\r\n65\r\n") == 413);
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\n") == 415);
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\n\r\n") == 415);
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + kJson + "Content-Encoding: gzip\r\nContent-Length: 1\r\n\r\n") == 415);
  CHECK(refusal("POST /a HTTP/1.1\r\n" + kHost + kJson + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\n") == 417);
  CHECK(refusal("POST /none HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\n\r\n") == 404);
  CHECK(refusal("DELETE /a HTTP/1.1\r\n" + kHost + "Content-Length: 1\r\n\r\n") == 405);
  CHECK(parse("POST /a HTTP/1.1\r\n" + kHost + "Content-Type: Application/JSON ; charset=utf-8\r\nContent-Length: 1\r\n\r\n1").body == "1");
}

TEST_CASE("without a body, an unknown place or method leaves the connection usable") {
  CHECK(parse("GET /none HTTP/1.1\r\n" + kHost + "\r\n").state == State::complete);
  CHECK(parse("GET /none HTTP/1.1\r\n" + kHost + "\r\n").status == 404);
  CHECK(parse("BREW /a HTTP/1.1\r\n" + kHost + "\r\n").status == 405);
}

TEST_CASE("no reply header can be injected") {
  http::Reply reply = http::see_other("/x\r\nSet-Cookie: a=b");
  const std::string head = http::head_text(reply, {});
  CHECK(head.find("\r\nSet-Cookie") == std::string::npos);
  CHECK(head.find("Location: /xSet-Cookie: a=b\r\n") != std::string::npos);
  CHECK(head.find("Content-Security-Policy: default-src 'none';") != std::string::npos);
}

TEST_CASE("entity tags are compared weakly, in lists") {
  CHECK(http::names_etag("\"a\", W/\"b\"", "\"b\""));
  CHECK(http::names_etag("*", "\"b\""));
  CHECK_FALSE(http::names_etag("\"a\"", "\"b\""));
  CHECK_FALSE(http::names_etag("", "\"b\""));
}

TEST_CASE("an event cannot forge another one") {
  CHECK(http::event_text({"a\nb", "one\ntwo\r\n\nevent: x", "7"}) == "id: 7\nevent: ab\ndata: one\ndata: two\ndata: \ndata: event: x\n\n");
}

TEST_CASE("a full ring waits, then gives its client up; a closed one refuses") {
  int wakes = 0;
  http::EventRing ring({.capacity_bytes = 60, .patience = std::chrono::milliseconds(20)}, [&] { ++wakes; });
  CHECK(ring.send({"", "0123456789012345678901234567890123456789", ""}));
  CHECK_FALSE(ring.closed());
  CHECK_FALSE(ring.send({"", "0123456789012345678901234567890123456789", ""}));
  CHECK(ring.closed());
  CHECK(wakes == 1);
  http::EventRing large({.capacity_bytes = 10}, [] {});
  CHECK(large.send({"", std::string(1000, 'x'), ""}));  // alone, it passes
  CHECK(large.take().bytes.size() == 1008);
  large.close();
  CHECK_FALSE(large.send({"", "x", ""}));
}
