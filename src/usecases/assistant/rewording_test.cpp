// Rewording by its doors, over a base of one publication and a scripted model.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "answers/fake/fake_corpus.h"
#include "json/reader.h"
#include "llm/fake/fake_chat_model.h"
#include "usecases/assistant/rewording_json.h"
#include "usecases/assistant/usage_json.h"
#include "usecases/assistant/routes.h"
#include "usecases/assistant/testing/everybody.h"

using namespace beffroi;

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
  made.passages.push_back({"F961#p0", {"Délai de déclaration"}, {"Naissance en France"}, {knowledge::Block{}}});
  made.passages[0].blocks[0].text = kRule;
  return made;
}

class Heard final : public http::EventStream {
 public:
  bool send(const http::Event& event) override {
    if (events.size() >= room) return false;
    events.emplace_back(event.name, event.data);
    return true;
  }
  bool closed() const override { return events.size() >= room; }
  std::vector<std::pair<std::string, std::string>> events;
  std::size_t room = 100;
};

struct Town {
  std::shared_ptr<llm::fake::FakeChatModel> model;
  http::Router router;

  explicit Town(std::string reply) : Town([reply](const auto&, const auto&) -> Result<std::string> { return reply; }) {}
  explicit Town(llm::fake::FakeChatModel::Script script) : Town(std::make_shared<llm::fake::FakeChatModel>(std::move(script))) {}
  explicit Town(std::shared_ptr<llm::fake::FakeChatModel> made) : model(std::move(made)) {
    assistant::Services services;
    const auto corpus = answers::fake::make_corpus({birth()});
    const auto answerer = std::make_shared<const answers::Answerer>(answers::Answerer::Parts{corpus, nullptr, nullptr, {}});
    services.corpus = [corpus] { return corpus; };
    services.answerer = [answerer] { return answerer; };
    services.commune = "demo";
    if (model) services.rewriter = std::make_shared<const answers::Rewriter>(model);
    assistant::add_api_routes(router, assistant::testing::everybody(services));
    assistant::add_page_routes(router, assistant::testing::everybody(services));
  }

  http::Reply ask(http::Request request, std::string_view address) {
    const auto target = http::parse_target(address);
    REQUIRE(target);
    const auto match = router.find(request.method, target->segments);
    REQUIRE(match.route != nullptr);
    request.path = target->path;
    request.query = target->query;
    const http::Reply reply = match.route->handler(request);
    return reply.problem ? router.show(request, *reply.problem) : reply;
  }
  http::Reply get(std::string_view address) { return ask({}, address); }
  http::Reply post(std::string_view address, std::string body, std::string accept = "application/json") {
    http::Request request;
    request.method = http::Method::post;
    request.headers = {{"Accept", std::move(accept)}};
    request.body = std::move(body);
    return ask(std::move(request), address);
  }
};

std::string body_for(std::string_view style) { return R"({"question":")" + kQuestion + R"(","style":")" + std::string(style) + R"("})"; }

bool has(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a rewording carries each sentence with its original, its source and what it cost") {
  Town town(kReworded);
  const http::Reply reply = town.post("/api/v1/rewordings", body_for("plain"));
  REQUIRE(reply.status == 200);
  const auto document = json::Document::parse(reply.body);
  REQUIRE(document);
  const json::Node root = document->root();
  CHECK(root.find("status")->text_or_empty() == "answered");
  CHECK(root.find("model")->text_or_empty() == "fake");
  const json::Node sentence = root.find("sentences")->at(0);
  CHECK(sentence.find("text")->text_or_empty() == kReworded);
  CHECK(*sentence.find("verbatim")->boolean() == false);
  CHECK(sentence.find("original")->text_or_empty() == kRule);
  CHECK(sentence.find("source")->find("publication_id")->text_or_empty() == "F961");
  CHECK(root.find("letter")->text_or_empty().empty());
  CHECK(has(std::string(root.find("usage")->find("line")->text_or_empty()), "énergie\u00a0: inconnue"));
  CHECK(town.model->requests().front().place.commune == "demo");
}

TEST_CASE("sentences of the client are not heard: the question is answered again, and other members are refused") {
  Town town(kReworded);
  CHECK(town.post("/api/v1/rewordings", R"({"question":"x","style":"plain","sentences":[{"text":"Tout est gratuit."}]})").status == 422);
  CHECK(town.post("/api/v1/rewordings", R"({"question":"x","style":"poème"})").status == 422);
  CHECK(town.post("/api/v1/rewordings", R"({"question":"x"})").status == 422);
  CHECK(town.post("/api/v1/rewordings", R"({"style":"plain"})").status == 422);
  CHECK(town.post("/api/v1/rewordings", "{").status == 400);
  CHECK(town.model->requests().empty());
}

TEST_CASE("the stream sends only what has passed, then the rest") {
  Town town("Tout est gratuit. " + kReworded);
  const http::Reply reply = town.post("/api/v1/rewordings", body_for("falc"), "text/event-stream");
  REQUIRE(reply.events);
  Heard heard;
  reply.events(heard);
  REQUIRE(heard.events.size() == 3);
  CHECK(heard.events[0].first == "status");
  CHECK(has(heard.events[0].second, R"("style":"falc")"));
  CHECK(heard.events[1].first == "sentence");
  CHECK(has(heard.events[1].second, kReworded));
  CHECK(heard.events[2].first == "done");
  CHECK(has(heard.events[2].second, R"("refused":1)"));
  for (const auto& [name, data] : heard.events) CHECK_FALSE(has(data, "Tout est gratuit"));
}

TEST_CASE("a client that has left is not worked for") {
  Town town(kReworded);
  const http::Reply reply = town.post("/api/v1/rewordings", body_for("plain"), "text/event-stream");
  Heard gone;
  gone.room = 0;
  reply.events(gone);
  CHECK(town.model->requests().empty());
}

TEST_CASE("the place in the queue is told") {
  Town town([](const llm::ChatRequest& request, const auto&) -> Result<std::string> {
    request.place.on_place(2);
    return kReworded;
  });
  Heard heard;
  town.post("/api/v1/rewordings", body_for("plain"), "text/event-stream").events(heard);
  REQUIRE(heard.events.size() == 4);
  CHECK(heard.events[1] == std::pair<std::string, std::string>{"place", R"({"ahead":2})"});
}

TEST_CASE("a model that fails: the answer is whole in the words of the fiche, and the fault is told") {
  Town town([](const auto&, const auto&) -> Result<std::string> { return fail(Code::busy, "Le modèle est occupé."); });
  const http::Reply reply = town.post("/api/v1/rewordings", body_for("plain"));
  CHECK(reply.status == 200);
  CHECK(has(reply.body, kRule));
  CHECK(has(reply.body, "Le modèle est occupé. Ce qui n’est pas reformulé"));
}

TEST_CASE("without a model: 503 in one sentence, and nothing of it in the page") {
  Town town(std::shared_ptr<llm::fake::FakeChatModel>{});
  const http::Reply refused = town.post("/api/v1/rewordings", body_for("plain"));
  CHECK(refused.status == 503);
  CHECK(has(refused.body, "Aucun modèle de langue n’est en service ici"));
  CHECK(town.post("/api/v1/rewordings", "{").status == 400);
  CHECK(has(town.get("/api/v1/model").body, R"("available":false)"));
  CHECK_FALSE(has(town.get("/?q=" + http::percent_encoded(kQuestion)).body, "reformul"));
  CHECK(town.post("/reformulation", "q=a&style=plain").status == 503);
}

TEST_CASE("a model that is down is not offered, and says why") {
  const auto model = std::make_shared<llm::fake::FakeChatModel>([](const auto&, const auto&) -> Result<std::string> { return ""; });
  model->set_health(fail(Code::unavailable, "Le modèle redémarre."));
  Town town(model);
  CHECK(has(town.get("/api/v1/model").body, R"({"available":false,"thorough":false,"name":"fake","state":"Le modèle redémarre."})"));
  CHECK_FALSE(has(town.get("/?q=" + http::percent_encoded(kQuestion)).body, "/reformulation"));
}

TEST_CASE("without JavaScript: a form under the answer, and a page where each sentence says whose words it has") {
  Town town(kReworded);
  const http::Reply answer = town.get("/?q=" + http::percent_encoded(kQuestion));
  CHECK(has(answer.body, R"(action="/reformulation")"));
  CHECK(has(answer.body, "Facile à lire"));
  CHECK(has(answer.body, "Sans modèle\u00a0: 0."));
  const http::Reply page = town.post("/reformulation", "q=" + http::percent_encoded(kQuestion) + "&style=letter_paragraph");
  CHECK(page.status == 200);
  CHECK(has(page.body, "<strong>Reformulé</strong>"));
  CHECK(has(page.body, "Voir le texte officiel"));
  CHECK(has(page.body, "Situation\u00a0: Naissance en France"));
  CHECK(has(
      page.body,
      "Voici ce qu’indique la fiche officielle «\u00a0Déclaration de naissance\u00a0», mise à jour le 3 février 2020\u00a0: (situation\u00a0: Naissance en France)"));
  CHECK(has(page.body, "Modèle fake\u00a0: "));
  CHECK(town.post("/reformulation", "q=x&style=sonnet").status == 400);
  CHECK(town.post("/reformulation", "style=plain").status == 400);
  const http::Reply lied = Town("Tout est gratuit.").post("/reformulation", "q=" + http::percent_encoded(kQuestion) + "&style=plain");
  CHECK(has(lied.body, "<strong>Texte officiel</strong>"));
  CHECK_FALSE(has(lied.body, "Tout est gratuit"));
}

TEST_CASE("a paragraph names each fiche once, and each situation where it begins and ends") {
  answers::Sentence one;
  one.text = "Il faut une photo";
  one.source.publication_id = "F1";
  one.source.title = "Passeport";
  one.source.date = "2019-08-01";
  answers::Sentence minor = one, other = one;
  minor.text = "Il coûte 17 €.";
  minor.source.conditions = {"Mineur"};
  other.source.publication_id = "F2";
  other.source.title = "Carte";
  CHECK(assistant::letter_paragraph({}, "m").empty());
  CHECK(
      assistant::letter_paragraph({one, minor, other}, "m") ==
      "Voici ce qu’indique la fiche officielle «\u00a0Passeport\u00a0», mise à jour le 1er août 2019\u00a0: Il faut une photo. "
      "(situation\u00a0: Mineur) Il coûte 17 €. La fiche officielle «\u00a0Carte\u00a0», mise à jour le 1er août 2019, indique aussi\u00a0: "
      "(sans situation particulière) Il faut une photo.");
  one.verbatim = false;
  CHECK(assistant::letter_paragraph({one}, "m")
            .ends_with("Il faut une photo.\n\nTexte produit avec l’aide d’une intelligence artificielle (Beffroi, modèle m)."));
}

TEST_CASE("the cost is said as it is known") {
  CHECK(assistant::cost_line({}) == "Sans modèle\u00a0: 0.");
  llm::Usage usage;
  usage.model = "m";
  usage.prompt_tokens = 120;
  usage.reused_tokens = 300;
  usage.generated_tokens = 30;
  usage.cpu_s = 1.25;
  CHECK(
      assistant::cost_line(usage) ==
      "Modèle m\u00a0: 120 fragments de mots lus (et 300 déjà en mémoire), 30 écrits, 1,2 s de processeur\u00a0; énergie\u00a0: inconnue.");
  usage.joules = 12.5;
  CHECK(assistant::cost_line(usage).ends_with("énergie mesurée\u00a0: 12,5 J."));
  usage.tokens_known = false;
  usage.cpu_s = 0;
  usage.wall_s = 2;
  CHECK(has(assistant::cost_line(usage), "nombre de mots inconnu, temps de processeur inconnu (2,0 s de réponse)"));
}
