// The pages reached by their addresses, over a base of one publication. What they look like is in pages_test.cpp.
#include <doctest/doctest.h>

#include "usecases/assistant/routes.h"
#include "usecases/assistant/testing/everybody.h"

using namespace beffroi;

namespace {

class NoSearch final : public search::Searcher {
 public:
  Result<search::Results> search(const search::Query&) const override { return search::Results{}; }
  bool has_vectors() const override { return false; }
  std::string_view generation() const override { return "g1"; }
};

class OnePublication final : public knowledge::Corpus {
 public:
  OnePublication() {
    made_.id = "F1";
    made_.title = "Passeport";
    made_.date = "2019-08-28";
    knowledge::Passage passage;
    passage.id = "F1#p0";
    passage.blocks.resize(1);
    passage.blocks[0].text = "Il coûte 86 €. Il faut payer.";
    made_.passages = {passage};
  }
  const knowledge::CorpusInfo& info() const override { return info_; }
  Result<knowledge::Publication> publication(std::string_view id) const override {
    if (id == made_.id) return made_;
    return fail(Code::not_found, "Aucune fiche ne porte cet identifiant.");
  }
  Status for_each(const std::function<void(const knowledge::Publication&)>& use) const override {
    use(made_);
    return {};
  }
  const search::Searcher& searcher() const override { return searcher_; }

 private:
  knowledge::CorpusInfo info_;
  knowledge::Publication made_;
  NoSearch searcher_;
};

http::Reply get(std::string_view address) {
  assistant::Services services;
  services.corpus = [corpus = std::make_shared<const OnePublication>()] { return corpus; };
  services.answerer = [] { return std::shared_ptr<const answers::Answerer>{}; };
  http::Router router;
  assistant::add_page_routes(router, assistant::testing::everybody(services));
  const auto target = http::parse_target(address);
  REQUIRE(target);
  const auto match = router.find(http::Method::get, target->segments);
  REQUIRE(match.route != nullptr);
  http::Request request;
  request.path = target->path;
  request.query = target->query;
  request.captured = match.captured;
  const http::Reply reply = match.route->handler(request);
  return reply.problem ? router.show(request, *reply.problem) : reply;
}

bool has(const http::Reply& reply, std::string_view words) { return reply.body.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("the link of a sentence shows it highlighted") {
  const http::Reply page = get("/fiches/F1?passage=F1%23p0&bloc=0&debut=0&fin=17");
  CHECK(page.status == 200);
  CHECK(has(page, "<mark>Il coûte 86 €.</mark> Il faut payer."));
}

TEST_CASE("a link whose words have moved shows the passage and says so") {
  for (const char* stale :
       {"bloc=0&debut=0&fin=900", "bloc=7&debut=0&fin=4", "bloc=0&debut=9&fin=3", "bloc=0&debut=6&fin=17", "bloc=-1", ""}) {
    CAPTURE(stale);
    const http::Reply page = get("/fiches/F1?passage=F1%23p0&" + std::string(stale));
    CHECK(page.status == 200);
    CHECK_FALSE(has(page, "<mark>"));
    CHECK(has(page, "plus à cette place"));
  }
}

TEST_CASE("a link to a passage that is not of this publication shows the publication") {
  const http::Reply page = get("/fiches/F1?passage=F2%23p0&bloc=0&debut=0&fin=4");
  CHECK(page.status == 200);
  CHECK_FALSE(has(page, "cited-notice"));
}

TEST_CASE("addresses that ask too much are refused with a page") {
  CHECK(get("/?q=" + std::string(501, 'a')).status == 413);
  std::string many = "/?q=passeport";
  for (int i = 0; i < 21; ++i) many += "&condition=x";
  CHECK(get(many).status == 400);
  CHECK(get("/?q=passeport&condition=" + std::string(501, 'a')).status == 413);
  CHECK(get("/?q=passeport").status == 503);  // nobody to answer yet
  CHECK(get("/?q=%20").status == 400);
  CHECK(get("/fiches/F9").status == 404);
}

TEST_CASE("every page of the menu and of the footer is there") {
  for (const char* address : {"/", "/?q=", "/recherche", "/recherche?q=rien", "/accessibilite", "/confidentialite", "/avis"}) {
    CAPTURE(address);
    const http::Reply page = get(address);
    CHECK(page.status == 200);
    CHECK(page.content_type == "text/html; charset=utf-8");
  }
}
