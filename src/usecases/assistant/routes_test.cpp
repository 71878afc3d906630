// The routes without sockets, over a base of one publication.
#include "usecases/assistant/routes.h"

#include <doctest/doctest.h>

#include "json/reader.h"
#include "usecases/assistant/answer_events.h"
#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/testing/everybody.h"

using namespace beffroi;

namespace {

class OneHit final : public search::Searcher {
 public:
  Result<search::Results> search(const search::Query& query) const override {
    search::Results results;
    const auto& wanted = query.filter.audiences;
    const bool seen = query.filter.all_audiences || std::find(wanted.begin(), wanted.end(), "Particuliers") != wanted.end();
    if (seen) results.hits.push_back({"F1", 1.5, 0.9, {{"F1#p1", 1.0}}});
    return results;
  }
  bool has_vectors() const override { return false; }
  std::string_view generation() const override { return "g1"; }
};

class OnePublication final : public knowledge::Corpus {
 public:
  OnePublication() {
    info_.name = "Vos droits et démarches";
    info_.newest_date = "2020-11-20";
    info_.notice = "Base de novembre 2020.";
    info_.generation = "g1";
  }
  const knowledge::CorpusInfo& info() const override { return info_; }
  Result<knowledge::Publication> publication(std::string_view id) const override {
    if (id != "F1") return fail(Code::not_found, "Aucune fiche ne porte cet identifiant.");
    knowledge::Publication publication;
    publication.id = "F1";
    publication.title = "Carte d’identité";
    publication.date = "2019-08-28";
    publication.audiences = {"Particuliers"};
    publication.passages.push_back({"F1#p1", {"Coût"}, {"Vous êtes majeur"}, {}});
    return publication;
  }
  Status for_each(const std::function<void(const knowledge::Publication&)>& use) const override {
    use(*publication("F1"));
    return {};
  }
  const search::Searcher& searcher() const override { return searcher_; }

 private:
  knowledge::CorpusInfo info_;
  OneHit searcher_;
};

class Kept final : public assistant::FeedbackStore {
 public:
  Status keep(const assistant::Opinion& opinion) override {
    opinions.push_back(opinion);
    return full ? fail(Code::storage, "Le disque est plein.") : Status{};
  }
  Status count(const answers::Routing& routing) override {
    routings.push_back(routing);
    return {};
  }
  std::vector<assistant::Opinion> opinions;
  std::vector<answers::Routing> routings;
  bool full = false;
};

struct Town {
  std::shared_ptr<const knowledge::Corpus> corpus = std::make_shared<OnePublication>();
  std::shared_ptr<Kept> feedback = std::make_shared<Kept>();
  http::Router router;

  Town() {
    assistant::Services services;
    services.corpus = [this] { return corpus; };
    services.answerer = [] { return std::shared_ptr<const answers::Answerer>{}; };
    services.feedback = feedback;
    assistant::add_api_routes(router, assistant::testing::everybody(services));
    assistant::add_page_routes(router, assistant::testing::everybody(services));
    assistant::add_open_routes(router, [this] { return corpus != nullptr; });
  }

  // As the edge does: find, handle, show a problem as its place requires.
  http::Reply ask(http::Method method, std::string_view address, std::string body = {}) {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.captured = match.captured;
    request.body = std::move(body);
    http::Reply reply = match.route->handler(request);
    return reply.problem ? router.show(request, *reply.problem) : reply;
  }
  http::Reply get(std::string_view address) { return ask(http::Method::get, address); }
  http::Reply post(std::string_view address, std::string body) { return ask(http::Method::post, address, std::move(body)); }
};

std::string text_at(const http::Reply& reply, std::initializer_list<std::string_view> path) {
  const auto document = json::Document::parse(reply.body);
  REQUIRE(document);
  std::optional<json::Node> node = document->root();
  for (const std::string_view name : path) {
    if (!node) break;
    if (node->kind() != json::Kind::array) {
      node = node->find(name);
    } else {
      node = node->size() == 0 ? std::nullopt : std::optional(node->at(0));
    }
  }
  return node ? std::string(node->text_or_empty()) : "";
}

}  // namespace

TEST_CASE("search tells the fiche with its own date, its best place, and the base it stands on") {
  Town town;
  const http::Reply reply = town.get("/api/v1/search?q=carte");
  CHECK(reply.status == 200);
  CHECK(text_at(reply, {"results", "", "date"}) == "2019-08-28");
  CHECK(text_at(reply, {"results", "", "link"}) == "/fiches/F1");
  CHECK(text_at(reply, {"results", "", "passages", "", "id"}) == "F1#p1");
  CHECK(text_at(reply, {"base", "notice"}) == "Base de novembre 2020.");
  CHECK(text_at(town.get("/api/v1/suggest?q=carte"), {"suggestions", "", "title"}) == "Carte d’identité");
  CHECK(text_at(town.get("/api/v1/search?q=carte&audience=Associations"), {"results", "", "id"}).empty());
  CHECK(text_at(town.get("/api/v1/search?q=carte&audience=Associations&audience=Particuliers"), {"results", "", "id"}) == "F1");
}

TEST_CASE("parameters that are not what is expected are refused in one French sentence") {
  Town town;
  for (const char* address : {"/api/v1/search", "/api/v1/search?q=", "/api/v1/search?q=a&limit=0", "/api/v1/search?q=a&limit=101",
                              "/api/v1/search?q=a&limit=x", "/api/v1/search?q=a&limit=99999999999999999999",
                              "/api/v1/search?q=a&mode=magic", "/api/v1/search?q=a&audience=Martiens", "/api/v1/suggest?q=%20"}) {
    CAPTURE(address);
    const http::Reply reply = town.get(address);
    CHECK(reply.status == 400);
    CHECK(reply.content_type == "application/problem+json");
    CHECK(text_at(reply, {"detail"}).ends_with("."));
  }
  CHECK(town.get("/api/v1/search?q=" + std::string(501, 'a')).status == 413);
}

TEST_CASE("a fiche that does not exist is 404, as JSON for programs and as a page for people") {
  Town town;
  CHECK(town.get("/api/v1/publications/F2").content_type == "application/problem+json");
  CHECK(town.get("/api/v1/publications/F2").status == 404);
  CHECK(town.get("/fiches/F2").status == 404);
  CHECK(town.get("/fiches/F2").content_type.starts_with("text/html"));
  CHECK(town.get("/fiches/F1?passage=F1%23p1&bloc=9&debut=-1&fin=99999999999999999999").status == 200);
  CHECK(text_at(town.get("/api/v1/publications/F1"), {"passages", "", "conditions", ""}) == "Vous êtes majeur");
}

TEST_CASE("while no base is loaded, everything that needs it says 503 and when to come back") {
  Town town;
  town.corpus = nullptr;
  for (const char* address :
       {"/api/v1/about", "/api/v1/search?q=a", "/api/v1/suggest?q=a", "/api/v1/publications/F1", "/readyz", "/fiches/F1"}) {
    CAPTURE(address);
    const http::Reply reply = town.get(address);
    CHECK(reply.status == 503);
    CHECK(std::any_of(reply.headers.begin(), reply.headers.end(), [](const auto& header) { return header.first == "Retry-After"; }));
  }
  CHECK(town.post("/api/v1/answers", R"({"question":"Où ?"})").status == 503);
  CHECK(town.get("/healthz").status == 200);
  CHECK(town.get("/").status == 200);
}

TEST_CASE("an opinion is kept as it was given, by the API and by the form") {
  Town town;
  CHECK(town.post("/api/v1/feedback", R"({"answer_id":"a1b2c3d4","helpful":true,"question":"Où ?"})").status == 204);
  const http::Reply thanks = town.post("/avis", "answer_id=a1b2c3d4&helpful=non&reason=Trop+vague&question=secret");
  CHECK(thanks.status == 303);
  REQUIRE(town.feedback->opinions.size() == 2);
  CHECK(town.feedback->opinions[0].question == "Où ?");
  CHECK(town.feedback->opinions[1].reason == "Trop vague");
  CHECK(town.feedback->opinions[1].question.empty());  // the box was not ticked
  CHECK(town.post("/avis", "answer_id=a1b2c3d4&helpful=peut-etre").status == 400);
  town.feedback->full = true;
  CHECK(town.post("/api/v1/feedback", R"({"answer_id":"a1b2c3d4","helpful":true})").status == 507);
}

TEST_CASE("a stream taken up again: events of the same base are not sent twice") {
  CHECK(assistant::events_received("g1.3", "g1") == 3);
  CHECK(assistant::events_received("g0.3", "g1") == 0);
  CHECK(assistant::events_received("", "g1") == 0);
  CHECK(assistant::events_received("g1.x", "g1") == 0);
}

TEST_CASE("an answer has one encoding, whole or in events") {
  answers::Answer answer;
  answer.id = "a1b2c3d4";
  answer.status = answers::Status::needs_precision;
  answer.precision = {"Êtes-vous majeur\u00a0?", {{"Majeur", "Vous êtes majeur"}}};
  answer.emergency.push_back({"SAMU", "15", ""});
  const auto whole = json::Document::parse(assistant::to_json(answer));
  REQUIRE(whole);
  CHECK(whole->root().find("status")->text_or_empty() == "needs_precision");
  CHECK(whole->root().find("emergency")->at(0).find("detail")->text_or_empty() == "15");
  CHECK_FALSE(whole->root().find("base"));
  const auto first = json::Document::parse(assistant::status_json(answer));
  const auto rest = json::Document::parse(assistant::rest_json(answer, OnePublication().info()));
  REQUIRE(first);
  REQUIRE(rest);
  CHECK(first->root().size() + rest->root().size() == whole->root().size());  // less the sentences, plus the base
}
