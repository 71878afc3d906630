// What the journal holds of answers, and what is not shown when it cannot be written.
#include "usecases/assistant/trace.h"

#include <doctest/doctest.h>

#include <memory>
#include <vector>

#include "answers/fake/fake_corpus.h"
#include "llm/fake/fake_chat_model.h"
#include "usecases/assistant/routes.h"
#include "usecases/assistant/testing/everybody.h"

using namespace beffroi;
using assistant::Trace;

namespace {

const std::string kQuestion = "Dans quel délai faire la déclaration de naissance à la mairie ?";
const std::string kRule = "La déclaration de naissance doit être faite à la mairie dans les 5 jours qui suivent l'accouchement.";
const std::string kReworded = "Dans les 5 jours qui suivent l'accouchement, la déclaration de naissance doit être faite à la mairie.";

knowledge::Publication birth() {
  knowledge::Publication made;
  made.id = "F961";
  made.kind = "fiche";
  made.title = "Déclaration de naissance";
  made.date = "2020-02-03";
  made.passages.push_back({"F961#p0", {"Délai de déclaration"}, {}, {knowledge::Block{}}});
  made.passages[0].blocks[0].text = kRule;
  return made;
}

class Heard final : public http::EventStream {
 public:
  bool send(const http::Event& event) override {
    text += std::string(event.name) + " " + std::string(event.data) + "\n";
    return true;
  }
  bool closed() const override { return false; }
  std::string text;
};

// A town whose journal is a list, or broken.
struct Town {
  std::vector<audit::Entry> lines;
  bool broken = false;
  http::Router router;

  explicit Town(audit::Who who) {
    assistant::Services services;
    const auto corpus = answers::fake::make_corpus({birth()});
    const auto answerer = std::make_shared<const answers::Answerer>(answers::Answerer::Parts{corpus, nullptr, nullptr, {}});
    services.corpus = [corpus] { return corpus; };
    services.answerer = [answerer] { return answerer; };
    services.commune = "demo";
    services.rewriter = std::make_shared<const answers::Rewriter>(
        std::make_shared<llm::fake::FakeChatModel>([](const auto&, const auto&) -> Result<std::string> { return kReworded; }));
    const auto record = [this](const audit::Entry& entry) -> Status {
      if (broken) return fail(Code::unavailable, "Le journal ne peut pas être écrit.");
      if (const auto line = audit::line_of(entry, 0); !line) return tl::unexpected(line.error());
      lines.push_back(entry);
      return {};
    };
    services.trace = Trace(std::move(who), record, "fake", std::string(64, 'b'));
    const auto entrance = assistant::testing::everybody(services, people::Role::agent);
    assistant::add_api_routes(router, entrance);
    assistant::add_page_routes(router, entrance);
  }

  http::Reply post(std::string_view address, std::string body, std::string accept = "application/json") {
    return send(http::Method::post, address, std::move(body), std::move(accept));
  }
  http::Reply send(http::Method method, std::string_view address, std::string body = {}, std::string accept = "text/html") {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.query = target->query;
    request.headers = {{"Accept", std::move(accept)}};
    request.body = std::move(body);
    const http::Reply reply = match.route->handler(request);
    return reply.problem ? router.show(request, *reply.problem) : reply;
  }
};

const std::string kAsked = R"({"question":")" + kQuestion + R"("})";
const std::string kAskedReworded = R"({"question":")" + kQuestion + R"(","style":"plain"})";

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

std::string events_of(const http::Reply& reply) {
  REQUIRE(reply.events);
  Heard heard;
  reply.events(heard);
  return heard.text;
}

}  // namespace

TEST_CASE("an answer is a line: its sources, its status, how many sentences; nothing of what was asked or said") {
  Town town({audit::Actor::person, "a1"});
  REQUIRE(town.post("/api/v1/answers", kAsked).status == 200);
  REQUIRE(town.send(http::Method::get, "/?q=" + http::percent_encoded(kQuestion)).status == 200);
  events_of(town.post("/api/v1/answers", kAsked, "text/event-stream"));
  REQUIRE(town.lines.size() == 3);
  for (const audit::Entry& line : town.lines) {
    CHECK(line.action == audit::Action::answered);
    CHECK(line.who.id == "a1");
    REQUIRE(line.sources.size() == 1);
    CHECK(line.sources.front().id == "F961");
    CHECK(line.sources.front().version == "2020-02-03");
    CHECK(line.verdicts.passed >= 1);
    CHECK(line.outcome == "answered");
    CHECK(line.model.empty());
    CHECK(line.object.empty());  // the id of an answer would lead to the opinion that its reader gave
  }
}

TEST_CASE("a rewording is a line with its model, the hash of its file and the verdicts of the gate") {
  Town town({audit::Actor::person, "a1"});
  REQUIRE(town.post("/api/v1/rewordings", kAskedReworded).status == 200);
  REQUIRE(town.lines.size() == 1);
  CHECK(town.lines[0].action == audit::Action::reworded);
  CHECK(town.lines[0].model == "fake");
  CHECK(town.lines[0].model_sha256 == std::string(64, 'b'));
  CHECK(town.lines[0].verdicts.passed == 1);
  CHECK(town.lines[0].verdicts.refused == 0);
  const std::string events = events_of(town.post("/api/v1/rewordings", kAskedReworded, "text/event-stream"));
  CHECK(has(events, kReworded));
  REQUIRE(town.lines.size() == 3);  // before the first sentence, and after the last
  CHECK(town.lines[1].outcome == "begun");
  CHECK(town.lines[2].outcome == "done");
}

TEST_CASE("the journal broken, the public still gets the fiches; nobody signed in gets anything, and nobody a model’s words") {
  for (const audit::Actor actor : {audit::Actor::anonymous, audit::Actor::person, audit::Actor::key}) {
    CAPTURE(audit::name_of(actor));
    Town town({actor, actor == audit::Actor::anonymous ? "" : "a1"});
    town.broken = true;
    const bool shown = actor == audit::Actor::anonymous;
    const http::Reply answer = town.post("/api/v1/answers", kAsked);
    CHECK(answer.status == (shown ? 200 : 503));
    CHECK(has(answer.body, "déclaration de naissance doit") == shown);
    const http::Reply page = town.send(http::Method::get, "/?q=" + http::percent_encoded(kQuestion));
    CHECK(page.status == (shown ? 200 : 503));
    CHECK(has(page.body, "déclaration de naissance doit") == shown);
    CHECK(has(page.body, "Le journal ne peut pas être écrit") != shown);
    CHECK(has(events_of(town.post("/api/v1/answers", kAsked, "text/event-stream")), "déclaration de naissance doit") == shown);
    for (const char* accept : {"application/json", "text/event-stream"}) {
      const http::Reply reworded = town.post("/api/v1/rewordings", kAskedReworded, accept);
      const std::string said = reworded.events ? events_of(reworded) : reworded.body;
      CHECK_FALSE(has(said, kReworded));
      CHECK(has(said, "Le journal ne peut pas être écrit"));
    }
    const http::Reply form = town.post("/reformulation", "q=" + http::percent_encoded(kQuestion) + "&style=plain");
    CHECK(form.status == 503);
    CHECK_FALSE(has(form.body, kReworded));
  }
}

TEST_CASE("what a model wrote is marked for eyes and for programs; the fiches' own words are not") {
  Town town({audit::Actor::person, "a1"});
  const auto marked = [](const http::Reply& reply) {
    for (const auto& [name, value] : reply.headers) {
      if (name == "X-AI-Generated") return value;
    }
    return std::string();
  };
  const http::Reply json = town.post("/api/v1/rewordings", kAskedReworded);
  CHECK(marked(json) == R"(true; system="Beffroi"; model="fake")");
  CHECK(has(json.body, R"("generated_by":{"ai":true,"system":"Beffroi","model":"fake")"));
  CHECK(has(json.body, "Vous utilisez un système d’intelligence artificielle"));
  const http::Reply page = town.post("/reformulation", "q=" + http::percent_encoded(kQuestion) + "&style=letter_paragraph");
  CHECK_FALSE(marked(page).empty());
  CHECK(has(page.body, R"(<meta name="ai-generated" content="true; system=&quot;Beffroi&quot;)"));
  CHECK(has(page.body, "Texte produit avec l’aide d’une intelligence artificielle (Beffroi, modèle fake)."));
  const http::Reply extracts = town.post("/api/v1/answers", kAsked);
  CHECK(marked(extracts).empty());
  CHECK_FALSE(has(extracts.body, "generated_by"));
  // Before the first exchange.
  CHECK(has(town.send(http::Method::get, "/").body, "Vous utilisez un système d’intelligence artificielle"));
  const std::string events = events_of(town.post("/api/v1/rewordings", kAskedReworded, "text/event-stream"));
  CHECK(events.find("Vous utilisez un système") < events.find("sentence "));
}
