// The routes of /v1 without sockets, with a model that writes what a script says.
#include "usecases/gateway/gateway.h"

#include <doctest/doctest.h>

#include <array>
#include <memory>

#include "base/testing.h"
#include "db/testing.h"
#include "http/problem.h"
#include "json/reader.h"
#include "llm/fake/fake_chat_model.h"
#include "llm/fake/fake_embedder.h"
#include "people/door.h"
#include "people/tables.h"
#include "tenants/settings.h"
#include "tenants/testing/commune.h"
#include "usecases/gateway/embeddings.h"
#include "usecases/gateway/quota.h"

using namespace beffroi;
using namespace beffroi::gateway;

namespace {

std::vector<db::Migration> tables() {
  std::vector<db::Migration> all;
  for (const auto part : {people::people_migrations(), tenants::settings_migrations(), quota_migrations()})
    all.insert(all.end(), part.begin(), part.end());
  return all;
}

// The holder of one key, with these scopes.
class KeyDoor final : public people::Door {
 public:
  KeyDoor(tenants::Tenant tenant, std::vector<people::Right> scopes) : visitor_{.tenant = std::move(tenant)} {
    visitor_.kind = people::Visitor::Kind::key;
    visitor_.id = "k1";
    visitor_.account = "a1";
    visitor_.memberships = {{people::Role::commune_administrator, ""}};
    visitor_.scopes = std::move(scopes);
  }
  Result<people::Visitor> admit(const http::Request&, people::Right right) const override {
    if (visitor_.may(right)) return visitor_;
    return fail(Code::denied, "Cette clé n’a pas le droit de faire cela.");
  }

 private:
  people::Visitor visitor_;
};

class Events final : public http::EventStream {
 public:
  bool send(const http::Event& event) override {
    CHECK(event.name.empty());
    told.emplace_back(event.data);
    return told.size() < leaves_after;
  }
  [[nodiscard]] bool closed() const override { return false; }
  std::vector<std::string> told;
  std::size_t leaves_after = 1000;
};

struct House {
  beffroi::testing::TemporaryFolder home;
  tenants::Tenant tenant = *tenants::testing::commune(home.path(), "demo", tables());
  std::shared_ptr<llm::fake::FakeChatModel> model;
  std::vector<std::string> metered, journal;
  bool journal_is_shut = false;
  Services services;
  http::Router router;

  explicit House(llm::fake::FakeChatModel::Script script = {},
                 std::vector<people::Right> scopes = {people::Right::use_api, people::Right::generate, people::Right::own_account}) {
    if (!script)
      script = [](const llm::ChatRequest&, const std::stop_token&) -> Result<std::string> { return "Bonjour à vous, tout va bien."; };
    model = std::make_shared<llm::fake::FakeChatModel>(std::move(script));
    services.door = std::make_shared<KeyDoor>(tenant, std::move(scopes));
    services.answerer = [] { return nullptr; };
    services.corpus = [] { return nullptr; };
    services.may_read_base = [](const tenants::Tenant&) -> Result<bool> { return true; };
    services.town_hall = [](const tenants::Tenant&) -> Result<answers::TownHall> { return answers::TownHall{}; };
    services.embedder = std::make_shared<llm::fake::FakeEmbedder>(4);
    services.model = model;
    services.sending.place = "fake";
    services.meter = [this](const people::Visitor&, std::string_view service, const llm::Usage&) { metered.emplace_back(service); };
    services.around = [](const people::Visitor&) { return pages::Surroundings{}; };
    services.tabs = [](pages::Html& html, const people::Visitor&) { html.element("nav", "onglets"); };
    services.record = [this](const people::Visitor&, const audit::Entry& entry) -> Status {
      journal.push_back(std::string(audit::name_of(entry.action)) + " " + entry.outcome);
      if (journal_is_shut) return fail(Code::storage, "Le disque est plein.");
      return {};
    };
    services.crowd = std::make_shared<Crowd>(Crowd::Limits{2, 2, 2});
    services.now_ms = [] { return std::int64_t{1'795'000'000'000}; };
    add_api_routes(router, services);
    add_page_routes(router, services);
  }

  http::Reply send(http::Method method, std::string_view path, std::string body = {}) {
    const auto target = http::parse_target(path);
    const auto match = router.find(method, target->segments);
    REQUIRE(match.route != nullptr);
    http::Request request;
    request.method = method;
    request.path = target->path;
    request.captured = match.captured;
    request.body = std::move(body);
    if (path.starts_with("/donnees-personnelles")) request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
    http::Reply reply = match.route->handler(request);
    if (!reply.problem) return reply;
    http::Reply shown = router.show(request, *reply.problem);
    shown.headers.insert(shown.headers.end(), reply.headers.begin(), reply.headers.end());
    return shown;
  }
  http::Reply chat(const std::string& more = "", const std::string& text = "Bonjour") {
    return send(http::Method::post, "/v1/chat/completions",
                R"({"model":"fake","messages":[{"role":"user","content":")" + text + "\"}]" + more + "}");
  }
};

std::string header(const http::Reply& reply, std::string_view name) {
  for (const auto& [known, value] : reply.headers) {
    if (http::same_word(known, name)) return value;
  }
  return {};
}

json::Document read(const std::string& text) {
  auto document = json::Document::parse(text);
  REQUIRE(document);
  return *std::move(document);
}

std::string error_of(const http::Reply& reply, const char* member) {
  const auto document = read(reply.body);
  const auto error = document.root().find("error");
  REQUIRE(error);
  const auto found = error->find(member);
  return found ? std::string(found->text_or_empty()) : "";
}

}  // namespace

TEST_CASE("a model's reply is whole, counted, marked, and says what is left") {
  House house;
  const http::Reply reply = house.chat();
  REQUIRE(reply.status == 200);
  const auto document = read(reply.body);
  const json::Node root = document.root();
  CHECK(root.find("object")->text_or_empty() == "chat.completion");
  CHECK(root.find("choices")->at(0).find("message")->find("content")->text_or_empty() == "Bonjour à vous, tout va bien.");
  CHECK(root.find("choices")->at(0).find("finish_reason")->text_or_empty() == "stop");
  CHECK(*root.find("usage")->find("completion_tokens")->integer() == 6);
  CHECK(*root.find("beffroi")->find("generated_by")->find("ai")->boolean());
  CHECK_FALSE(header(reply, "X-AI-Generated").empty());
  CHECK_FALSE(header(reply, "X-Request-Id").empty());
  CHECK(header(reply, "X-RateLimit-Remaining-Requests") == "59");
  CHECK(house.metered == std::vector<std::string>{"api"});
  CHECK(use_of(house.tenant, house.services.now_ms())->at("k1").tokens == 7);  // one read, six written
}

TEST_CASE("a stop and a limit cut what is written, and the reason says which") {
  House house;
  const auto stopped = read(house.chat(R"(,"stop":" tout")").body);
  CHECK(stopped.root().find("choices")->at(0).find("message")->find("content")->text_or_empty() == "Bonjour à vous,");
  CHECK(stopped.root().find("choices")->at(0).find("finish_reason")->text_or_empty() == "stop");
  const auto cut = read(house.chat(R"(,"max_tokens":2)").body);
  CHECK(cut.root().find("choices")->at(0).find("message")->find("content")->text_or_empty() == "Bonjour à");
  CHECK(cut.root().find("choices")->at(0).find("finish_reason")->text_or_empty() == "length");
}

TEST_CASE("a stream says the same in pieces, and ends by what it cost") {
  House house;
  const http::Reply reply = house.chat(R"(,"stream":true,"stream_options":{"include_usage":true})");
  REQUIRE(reply.events);
  CHECK_FALSE(header(reply, "X-AI-Generated").empty());
  Events events;
  reply.events(events);
  REQUIRE(events.told.size() == 10);  // the role, six words, the end, the usage, [DONE]
  CHECK(events.told.back() == "[DONE]");
  std::string text;
  for (std::size_t i = 1; i < 7; ++i) {
    const auto piece = read(events.told[i]);
    text += piece.root().find("choices")->at(0).find("delta")->find("content")->text_or_empty();
  }
  CHECK(text == "Bonjour à vous, tout va bien.");
  CHECK(events.told[7].find("generated_by") != std::string::npos);
  CHECK(*read(events.told[8]).root().find("usage")->find("total_tokens")->integer() == 7);
}

TEST_CASE("who stops listening stops the model, and what was reserved is settled") {
  House house;
  const http::Reply reply = house.chat(R"(,"stream":true)");
  Events events;
  events.leaves_after = 3;
  reply.events(events);
  CHECK(events.told.size() == 3);
  CHECK(house.journal == std::vector<std::string>{"generated begun", "generated done"});
  CHECK(use_of(house.tenant, house.services.now_ms())->at("k1").tokens == 3);
}

TEST_CASE("a model that fails is an error in the clients' words, and costs nothing") {
  House house([](const llm::ChatRequest&, const std::stop_token&) -> Result<std::string> {
    return fail(Code::busy, "Le modèle est très demandé.");
  });
  const http::Reply reply = house.chat();
  CHECK(reply.status == 503);
  CHECK(error_of(reply, "message") == "Le modèle est très demandé.");
  CHECK_FALSE(header(reply, "Retry-After").empty());
  CHECK(use_of(house.tenant, house.services.now_ms())->at("k1").tokens == 0);
  Events events;
  house.chat(R"(,"stream":true)").events(events);
  CHECK(events.told.back().starts_with(R"({"error":{)"));
}

TEST_CASE("nothing is generated that the journal cannot hold, and no quota changes") {
  House house;
  house.journal_is_shut = true;
  CHECK(house.chat().status == 507);
  CHECK(house.model->requests().empty());
}

TEST_CASE("the quotas have the tabs of the administration") {
  House house({}, {people::Right::manage_settings});
  const http::Reply page = house.send(http::Method::get, "/administration/quotas");
  CHECK(page.status == 200);
  CHECK(page.body.find("<nav>onglets</nav>") != std::string::npos);
}

TEST_CASE("without the right to generate no model is asked, and a quota that is over says when it counts anew") {
  House reader({}, {people::Right::use_api});
  const http::Reply denied = reader.chat();
  CHECK(denied.status == 403);
  CHECK(error_of(denied, "type") == "permission_error");
  CHECK(reader.model->requests().empty());

  House house;
  REQUIRE(set_limits(house.tenant, "k1", {2, 1'000'000}));
  CHECK(house.chat().status == 200);
  CHECK(house.send(http::Method::get, "/v1/models").status == 200);
  const http::Reply over = house.chat();
  CHECK(over.status == 429);
  CHECK(error_of(over, "code") == "quota_exceeded");
  CHECK_FALSE(header(over, "Retry-After").empty());
  CHECK(header(over, "X-RateLimit-Remaining-Requests") == "0");
  CHECK(house.model->requests().size() == 1);
}

TEST_CASE("what a client says of the system is typed, and told apart from this program's instructions") {
  House house;
  REQUIRE(house
              .send(http::Method::post, "/v1/chat/completions",
                    R"({"model":"fake","messages":[{"role":"system","content":"Sois bref."},{"role":"user","content":"Bonjour"}]})")
              .status == 200);
  const auto asked = house.model->requests();
  REQUIRE(asked.size() == 1);
  CHECK(asked[0].instructions == "Sois bref.");
  CHECK(asked[0].instructions_typed);
  CHECK(asked[0].place.commune == "demo");
}

TEST_CASE("an unknown model and a wrong parameter are told with what is wrong") {
  House house;
  const http::Reply unknown =
      house.send(http::Method::post, "/v1/chat/completions", R"({"model":"gpt-9","messages":[{"role":"user","content":"a"}]})");
  CHECK(unknown.status == 404);
  CHECK(error_of(unknown, "code") == "model_not_found");
  CHECK(error_of(unknown, "param") == "model");
  const http::Reply wrong = house.chat(R"(,"temperature":1.5)");
  CHECK(wrong.status == 400);
  CHECK(error_of(wrong, "param") == "temperature");
  CHECK(house.send(http::Method::post, "/v1/audio/transcriptions", "…").status == 501);
  CHECK(house.send(http::Method::get, "/v1/models/mistralai/Mistral-Small").status == 404);
  CHECK(house.send(http::Method::get, "/v1/models/fake").status == 200);
}

TEST_CASE("embeddings come as numbers, or as the same bytes in base64") {
  House house;
  const auto numbers = read(house.send(http::Method::post, "/v1/embeddings", R"({"model":"fake","input":["un mot","deux"]})").body);
  REQUIRE(numbers.root().find("data")->size() == 2);
  const json::Node first = *numbers.root().find("data")->at(0).find("embedding");
  REQUIRE(first.size() == 4);
  std::vector<float> vector;
  for (std::size_t i = 0; i < first.size(); ++i) vector.push_back(static_cast<float>(*first.at(i).number()));
  const auto text =
      read(house.send(http::Method::post, "/v1/embeddings", R"({"model":"fake","input":"un mot","encoding_format":"base64"})").body);
  CHECK(text.root().find("data")->at(0).find("embedding")->text_or_empty() == base64_of(vector));
  CHECK(*numbers.root().find("usage")->find("prompt_tokens")->integer() == 3);
  const std::array<float, 2> known{1.0F, -2.5F};
  CHECK(base64_of(known) == "AACAPwAAIMA=");
  CHECK(house.send(http::Method::post, "/v1/embeddings", R"({"model":"fake","input":[[1,2]]})").status == 400);
  CHECK(house.send(http::Method::post, "/v1/embeddings", R"({"model":"fake","input":"a","dimensions":8})").status == 400);
}

TEST_CASE("the page of personal data shows what stands for what, and what the policy lets out") {
  const std::string typed = "texte=Mme+Sandrine+Rivi%C3%A8re%2C+06+12+34+56+78";
  House local;
  const http::Reply told = local.send(http::Method::post, "/donnees-personnelles", typed);
  CHECK(told.status == 200);
  CHECK(told.body.find("<mark>") != std::string::npos);
  CHECK(told.body.find("[TELEPHONE_1]") != std::string::npos);
  CHECK(told.body.find("Rien ne la quitte") != std::string::npos);

  House away;
  Services services = away.services;
  services.sending = {privacy::Destination::upstream, {privacy::Upstream::refuse, false}, "mistral@albert.api.etalab.gouv.fr"};
  away.router = {};
  add_page_routes(away.router, services);
  const http::Reply refused = away.send(http::Method::post, "/donnees-personnelles", typed);
  CHECK(refused.body.find("ne pas les envoyer") != std::string::npos);
  CHECK(away.send(http::Method::post, "/donnees-personnelles", "texte=+").status == 400);
}

TEST_CASE("one commune, one key, and all together have so many requests under way, and a place is given back") {
  const auto crowd = std::make_shared<Crowd>(Crowd::Limits{2, 1, 3});
  auto first = crowd->enter("a", "k1");
  CHECK(first);
  CHECK_FALSE(crowd->enter("a", "k1"));
  const auto second = crowd->enter("a", "k2");
  CHECK_FALSE(crowd->enter("a", "k3"));
  const auto third = crowd->enter("b", "k1");
  CHECK(third);
  CHECK_FALSE(crowd->enter("c", "k1"));
  first.reset();
  CHECK(crowd->enter("c", "k1"));
}
