// « Chercher plus à fond », by the API and by the form, with a selector that follows a script.
#include <doctest/doctest.h>

#include <algorithm>

#include "answers/fake/fake_corpus.h"
#include "json/reader.h"
#include "llm/fake/fake_chat_model.h"
#include "usecases/assistant/routes.h"
#include "usecases/assistant/testing/everybody.h"

using namespace beffroi;

namespace {

const std::string kQuestion = "Dans quel délai faire la déclaration de naissance à la mairie ?";

knowledge::Publication birth() {
  knowledge::Publication made;
  made.id = "F961";
  made.kind = "fiche";
  made.title = "Déclaration de naissance";
  made.date = "2020-02-03";
  made.passages.push_back({"F961#p0", {"Délai de déclaration"}, {}, {knowledge::Block{}}});
  made.passages[0].blocks[0].text = "La déclaration de naissance doit être faite à la mairie dans les 5 jours qui suivent l'accouchement.";
  return made;
}

class Scripted final : public answers::Selector {
 public:
  Result<Chosen> choose(const answers::Offer& offer, const std::stop_token&) const override {
    if (offer.on_place) offer.on_place(2);
    if (fault) return tl::unexpected(*fault);
    Chosen chosen{{{offer.passages.front().candidates.front().number, 0.9}}, {}};
    chosen.usage.model = "essai";
    chosen.usage.prompt_tokens = 120;
    return chosen;
  }
  std::optional<Error> fault;
};

class Counted final : public assistant::FeedbackStore {
 public:
  Status keep(const assistant::Opinion&) override { return {}; }
  Status count(const answers::Routing& routing) override {
    routings.push_back(routing);
    return fail(Code::storage, "Le disque est plein.");  // never fails the answer
  }
  std::vector<answers::Routing> routings;
};

class Heard final : public http::EventStream {
 public:
  bool send(const http::Event& event) override {
    events.emplace_back(event.name, event.data);
    return true;
  }
  bool closed() const override { return false; }
  std::vector<std::pair<std::string, std::string>> events;
};

struct Town {
  std::shared_ptr<Scripted> selector = std::make_shared<Scripted>();
  std::shared_ptr<Counted> feedback = std::make_shared<Counted>();
  http::Router router;

  explicit Town(bool can_choose = true) {
    assistant::Services services;
    const auto corpus = answers::fake::make_corpus({birth()});
    const std::shared_ptr<const answers::Selector> chooser = can_choose ? selector : nullptr;
    const auto answerer = std::make_shared<const answers::Answerer>(answers::Answerer::Parts{corpus, nullptr, chooser, {}});
    services.corpus = [corpus] { return corpus; };
    services.answerer = [answerer] { return answerer; };
    services.feedback = feedback;
    services.commune = "demo";
    const auto writer =
        std::make_shared<llm::fake::FakeChatModel>([](const auto&, const auto&) -> Result<std::string> { return std::string(); });
    services.rewriter = std::make_shared<const answers::Rewriter>(writer);
    assistant::add_api_routes(router, assistant::testing::everybody(services));
    assistant::add_page_routes(router, assistant::testing::everybody(services));
  }

  http::Reply ask(http::Method method, std::string_view address, std::string body = {}, std::string accept = "application/json") {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.headers = {{"Accept", std::move(accept)}};
    request.path = target->path;
    request.query = target->query;
    request.body = std::move(body);
    return match.route->handler(request);
  }
  http::Reply get(std::string_view address) { return ask(http::Method::get, address); }
};

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }
std::string body(bool thorough) { return R"({"question":")" + kQuestion + R"(","thorough":)" + (thorough ? "true}" : "false}"); }

}  // namespace

TEST_CASE("searching deeper is offered when a model that can choose is there, and only then") {
  CHECK(has(Town().get("/api/v1/model").body, R"("thorough":true)"));
  CHECK(has(Town(false).get("/api/v1/model").body, R"("thorough":false)"));
  const std::string address = "/?q=" + http::percent_encoded(kQuestion);
  CHECK(has(Town().get(address).body, "/recherche-approfondie"));
  CHECK_FALSE(has(Town(false).get(address).body, "/recherche-approfondie"));
}

TEST_CASE("an answer says its route, and a model that was asked what it cost") {
  Town town;
  const auto plain = town.ask(http::Method::post, "/api/v1/answers", body(false));
  CHECK(has(plain.body, R"("route":"extracts")"));
  const auto asked = town.ask(http::Method::post, "/api/v1/answers", body(true));
  CHECK(has(asked.body, R"("route":"model")"));
  CHECK(has(asked.body, "Modèle essai"));
  REQUIRE(town.feedback->routings.size() == 2);  // and a disk that is full took nothing away
  CHECK(town.feedback->routings[0].route == answers::Route::extracts);
  CHECK(town.feedback->routings[1].route == answers::Route::model);
}

TEST_CASE("in a stream, the place in the queue comes before the answer") {
  Town town;
  Heard heard;
  town.ask(http::Method::post, "/api/v1/answers", body(true), "text/event-stream").events(heard);
  REQUIRE(heard.events.size() == 4);
  CHECK(heard.events[0] == std::pair<std::string, std::string>{"place", R"({"ahead":2})"});
  CHECK(heard.events[1].first == "status");
  CHECK(has(heard.events[3].second, R"("route":"model")"));
}

TEST_CASE("without JavaScript: a form, then the page of the answer with its cost, not taken over by the interface") {
  Town town;
  const auto page = town.ask(http::Method::post, "/recherche-approfondie", "q=" + http::percent_encoded(kQuestion));
  CHECK(page.status == 200);
  CHECK(has(page.body, "a relu les passages"));
  CHECK(has(page.body, "Modèle essai"));
  CHECK_FALSE(has(page.body, "reponse-json"));
  CHECK(has(page.body, R"(name="thorough" value="oui")"));  // what is reworded is this answer
  town.selector->fault = Error{Code::busy, "Occupé.", {}};
  const auto busy = town.ask(http::Method::post, "/recherche-approfondie", "q=" + http::percent_encoded(kQuestion));
  CHECK(busy.status == 200);
  CHECK(has(busy.body, "Le modèle de langue est occupé"));
  CHECK(has(busy.body, "Sans modèle"));
  CHECK(has(busy.body, "5 jours"));
}
