#include "http/router.h"

#include <doctest/doctest.h>

using namespace beffroi;

namespace {

http::Handler says(std::string text) {
  return [text = std::move(text)](const http::Request&) { return http::text_reply(text); };
}

std::string reached(const http::Router& router, http::Method method, std::vector<std::string> segments) {
  const auto match = router.find(method, segments);
  return match.route == nullptr ? "" : match.route->handler({}).body;
}

}  // namespace

TEST_CASE("the most precise pattern wins, whatever the order") {
  http::Router router;
  router.get("/", says("home")).get("/fiches/{id}", says("fiche")).get("/fiches/nouvelles", says("news"));
  router.get("/assets/{file...}", says("asset")).add({http::Method::post, "/fiches/{id}", says("post")});
  CHECK(reached(router, http::Method::get, {""}) == "home");
  CHECK(reached(router, http::Method::get, {"fiches", "F1"}) == "fiche");
  CHECK(reached(router, http::Method::get, {"fiches", "nouvelles"}) == "news");
  CHECK(reached(router, http::Method::post, {"fiches", "nouvelles"}) == "post");
  CHECK(reached(router, http::Method::head, {"fiches", "F1"}) == "fiche");
  CHECK(reached(router, http::Method::get, {"fiches", ""}).empty());
  CHECK(reached(router, http::Method::get, {"fiches", "F1", "x"}).empty());
  const std::vector<std::string> file{"assets", "js", "app.js"};
  CHECK(router.find(http::Method::get, file).captured.value("file") == "js/app.js");
  CHECK(router.routes().size() == 5);
}

TEST_CASE("a path without this method tells which it has") {
  http::Router router;
  router.get("/a", says("")).add({http::Method::post, "/a", says("")});
  const std::vector<std::string> a{"a"}, b{"b"};
  CHECK(router.find(http::Method::del, a).allow == "GET, HEAD, POST, OPTIONS");
  CHECK(router.find(http::Method::get, b).allow.empty());
}

TEST_CASE("a problem is JSON under /api and an escaped French page elsewhere") {
  http::Problem problem = http::problem_of(404, "Rien ne s’appelle <b>");
  CHECK(show_plain("/api/v1/x", problem).content_type == "application/problem+json");
  CHECK(show_plain("/api/v1/x", problem).body.find(R"("type":"urn:beffroi:probleme:not_found")") != std::string::npos);
  const auto page = show_plain("/apiculture", problem);
  CHECK(page.status == 404);
  CHECK(page.body.find("<html lang=\"fr\">") != std::string::npos);
  CHECK(page.body.find("&lt;b&gt;") != std::string::npos);
  CHECK(show_plain("/v1/models", problem).content_type == "application/json");
  CHECK(show_plain("/v1/models", problem).body.starts_with(R"({"error":{"message":)"));  // as OpenAI's clients read it
  CHECK(http::problem_of(Error{Code::busy, "", ""}).retry_after_s > 0);
  CHECK(http::problem_of(999).status == 500);
}

TEST_CASE("the application shows problems to people, knowing what they asked") {
  http::Router router;
  router.problem_pages([](const http::Request& request, const http::Problem&) { return http::text_reply("chez " + request.client); });
  http::Request request;
  request.client = "192.0.2.1";
  request.path = "/fiches/x";
  CHECK(router.show(request, http::problem_of(404)).body == "chez 192.0.2.1");
  request.path = "/api/v1/x";
  CHECK(router.show(request, http::problem_of(404)).content_type == "application/problem+json");
}
