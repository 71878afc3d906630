#include "llm/openai/openai_model.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/log.h"
#include "net/testing/stub_server.h"

using namespace beffroi;
using namespace beffroi::llm;
using namespace std::chrono_literals;
using net::testing::Client;
using net::testing::http_answer;
using net::testing::StubServer;

namespace {

constexpr std::string_view kStreamHead = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: text/event-stream\r\n\r\n";
constexpr std::string_view kEnd = R"(data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]})"
                                  "\n\n";
constexpr std::string_view kUsage =
    R"(data: {"choices":[],"usage":{"prompt_tokens":40,"completion_tokens":7,"prompt_tokens_details":{"cached_tokens":30}}})"
    "\n\n";
constexpr std::string_view kDone = "data: [DONE]\n\n";

std::string word(std::string_view text) {
  return R"(data: {"choices":[{"index":0,"delta":{"content":")" + std::string(text) + R"("},"finish_reason":null}],"usage":null})" + "\n\n";
}

std::string stream(const std::string& events) { return std::string(kStreamHead) + events; }

std::string whole_stream() {
  return stream(R"(data: {"choices":[{"delta":{"role":"assistant","content":null}}]})"
                "\n\n" +
                word("Oui, ") + word("à la mairie.") + std::string(kEnd) + std::string(kUsage) + std::string(kDone));
}

std::string whole_json(std::string_view text) {
  return R"({"choices":[{"message":{"role":"assistant","content":")" + std::string(text) +
         R"("},"finish_reason":"stop"}],"usage":{"prompt_tokens":12,"completion_tokens":3}})";
}

constexpr std::string_view kKey = "clef-tres-secrete";

openai::Options options_for(const StubServer& server) {
  openai::Options options;
  options.base_url = server.url("/v1/");
  options.model = "mistral-petit";
  options.key = kKey;
  return options;
}

ChatRequest question() {
  ChatRequest request;
  request.instructions = "Réponds en français.";
  request.material = "La mairie ouvre à 9 h.";
  request.message = "À quelle heure ouvre la mairie\u00a0?";
  return request;
}

Result<ChatReply> written(const openai::Options& options, const ChatModel::OnText& on_text = {}, const std::stop_token& stop = {}) {
  log::quiet();
  const auto model = openai::make_chat_model(options);
  REQUIRE(model);
  Result<ChatReply> reply = (*model)->write(question(), on_text, stop);
  if (!reply) {
    CHECK(reply.error().message.find(kKey) == std::string::npos);
    CHECK(reply.error().detail.find(kKey) == std::string::npos);
  }
  return reply;
}

// The fault of an upstream that answers these very bytes.
Error fault(const std::string& answer) {
  const StubServer server(answer);
  const auto reply = written(options_for(server));
  REQUIRE_FALSE(reply);
  CHECK(server.requests() == 1);  // never asked twice once something came
  return reply.error();
}

bool says(const Error& error, std::string_view words) { return error.message.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("a streamed reply comes piece by piece, with the upstream's own count") {
  const StubServer server(whole_stream());
  std::string seen;
  const auto reply = written(options_for(server), [&seen](std::string_view piece) {
    seen += piece;
    return true;
  });
  REQUIRE(reply);
  CHECK(reply->text == "Oui, à la mairie.");
  CHECK(seen == reply->text);
  CHECK_FALSE(reply->cut);
  CHECK(reply->usage.prompt_tokens == 10);
  CHECK(reply->usage.reused_tokens == 30);
  CHECK(reply->usage.generated_tokens == 7);
  CHECK(reply->usage.tokens_known);
  CHECK_FALSE(reply->usage.joules);
  CHECK(reply->usage.model == "mistral-petit@127.0.0.1:" + server.url().substr(17));
  const std::string request = server.last_request();
  CHECK(request.starts_with("POST /v1/chat/completions HTTP/1.1"));
  CHECK(request.find("Authorization: Bearer clef-tres-secrete\r\n") != std::string::npos);
  CHECK(request.find(R"({"role":"system","content":"Réponds en français."})") != std::string::npos);
  CHECK(request.find(R"("content":"La mairie ouvre à 9 h.\n\nÀ quelle heure)") != std::string::npos);
  CHECK(request.find(R"("temperature":0,"stream":true,"stream_options":{"include_usage":true})") != std::string::npos);
  CHECK(request.find("grammar") == std::string::npos);
}

TEST_CASE("a reply in one piece, asked for or not") {
  const StubServer server(http_answer("200 OK", "application/json; charset=utf-8", whole_json("Oui.")));
  openai::Options options = options_for(server);
  const auto unasked = written(options);
  REQUIRE(unasked);
  CHECK(unasked->text == "Oui.");
  options.streams = false;
  std::string seen;
  const auto asked = written(options, [&seen](std::string_view piece) {
    seen += piece;
    return true;
  });
  REQUIRE(asked);
  CHECK(seen == "Oui.");
  CHECK(asked->usage.generated_tokens == 3);
  CHECK(server.last_request().find("stream_options") == std::string::npos);
}

TEST_CASE("a reply cut by max_tokens says so, and a reader who has enough keeps what was written") {
  {
    const StubServer server(stream(word("Oui") + R"(data: {"choices":[{"delta":{},"finish_reason":"length"}]})"
                                                 "\n\n"));
    const auto reply = written(options_for(server));
    REQUIRE(reply);
    CHECK(reply->cut);
    CHECK_FALSE(reply->usage.tokens_known);  // the upstream did not say
  }
  const StubServer server(whole_stream());
  const auto reply = written(options_for(server), [](std::string_view) { return false; });
  REQUIRE(reply);
  CHECK(reply->text == "Oui, ");
}

TEST_CASE("a grammar goes to an upstream that knows grammars, and is refused for the others without asking") {
  const StubServer server(whole_stream());
  openai::Options options = options_for(server);
  ChatRequest request = question();
  request.grammar = "root ::= \"1\"";
  const auto refused = openai::make_chat_model(options).value()->write(request, {}, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_input);
  CHECK(server.requests() == 0);
  options.supports_grammar = true;
  REQUIRE(openai::make_chat_model(options).value()->write(request, {}, {}));
  CHECK(server.last_request().find(R"("grammar":"root ::= \"1\"")") != std::string::npos);
}

TEST_CASE("refusals by status") {
  const auto refusal = [](std::string_view status, std::string_view body = "{}") {
    return fault(http_answer(status, "application/json", body));
  };
  CHECK(refusal("401 Unauthorized").code == Code::unavailable);
  CHECK(says(refusal("403 Forbidden"), "refuse la clé"));
  CHECK(says(refusal("404 Not Found"), "introuvable"));
  CHECK(refusal("400 Bad Request").code == Code::bad_input);
  CHECK(refusal("400 Bad Request", R"({"error":{"code":"context_length_exceeded"}})").code == Code::too_large);
  CHECK(refusal("413 Payload Too Large").code == Code::too_large);
  CHECK(refusal("500 Internal Server Error").code == Code::unavailable);
  CHECK(says(refusal("502 Bad Gateway", "<html>nginx</html>"), "en panne (réponse 502)"));
  CHECK(refusal("504 Gateway Timeout").code == Code::timeout);
  CHECK(says(fault("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
             "renvoie à une autre adresse"));
}

TEST_CASE("an upstream that lies about its format") {
  CHECK(says(fault(http_answer("200 OK", "text/html", "<!doctype html><p>Bienvenue")), "une page au lieu d’une réponse"));
  for (const std::string& body :
       {std::string("{"), std::string("[]"), std::string("null"), std::string(R"({"choices":"non"})"),
        std::string(R"({"choices":[{"message":{"content":12},"finish_reason":"stop"}]})"),
        std::string(R"({"choices":[{"message":"non"}]})"), std::string("{\"choices\":[{\"message\":{\"content\":\"\xff\"}}]}")}) {
    CAPTURE(body);
    const Error error = fault(http_answer("200 OK", "application/json", body));
    CHECK(error.code == Code::bad_input);
    CHECK(says(error, "mal formée"));
  }
  for (const std::string& event : {std::string("data: {\n\n"), std::string("data: 12\n\n"),
                                   std::string("data: {\"choices\":[{\"delta\":{\"content\":[]}}]}\n\n"), word("\xc3\x28"), word("\\ud800"),
                                   std::string(R"(data: {"choices":[{"delta":{},"finish_reason":"tool_calls"}]})"
                                               "\n\n")}) {
    CAPTURE(event);
    CHECK(fault(stream(word("Oui") + event + std::string(kEnd) + std::string(kDone))).code == Code::bad_input);
  }
  const Error failed = fault(stream(word("Oui") + R"(data: {"error":{"message":"out of memory","code":500}})"
                                                  "\n\n"));
  CHECK(failed.code == Code::unavailable);
}

TEST_CASE("a count that cannot be true is no count") {
  const StubServer server(stream(word("Oui") + std::string(kEnd) +
                                 R"(data: {"choices":[],"usage":{"prompt_tokens":-4,"completion_tokens":"sept"}})"
                                 "\n\n"));
  const auto reply = written(options_for(server));
  REQUIRE(reply);
  CHECK_FALSE(reply->usage.tokens_known);
  CHECK(reply->usage.prompt_tokens == 0);
}

TEST_CASE("half a reply is never a reply") {
  for (const std::string& answer :
       {stream(word("Oui")), stream(word("Oui") + std::string(kDone)), stream(""),
        stream("data: {\"choices\":[{\"delta\":{\"content\":\"Ou"),
        std::string("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"choices\":"), std::string("")}) {
    CAPTURE(answer);
    const Error error = fault(answer);
    CHECK(error.code == Code::unavailable);
    CHECK(says(error, "avant la fin"));
  }
}

TEST_CASE("an endless stream is left: by its size, by its silence, by the end of the call") {
  const StubServer flood([](const Client& client) {
    client.say(kStreamHead);
    while (client.say(word("encore ")) && client.gone_within(0ms) < 0) {
    }
  });
  openai::Options options = options_for(flood);
  options.max_reply_bytes = 100'000;
  CHECK(written(options).error().code == Code::bad_input);

  const StubServer comments([](const Client& client) {
    client.say(kStreamHead);
    while (client.gone_within(20ms) < 0 && client.say(": toujours là\n\n")) {
    }
  });
  options = options_for(comments);
  options.first_token_timeout = 300ms;
  CHECK(says(written(options).error(), "n’a rien répondu à temps"));

  const StubServer slow([](const Client& client) {
    client.say(kStreamHead);
    while (client.gone_within(20ms) < 0 && client.say(word("a"))) {
    }
  });
  options = options_for(slow);
  options.total_timeout = 300ms;
  const auto late = written(options);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Code::timeout);
  CHECK(says(late.error(), "n’a pas fini à temps"));
}

TEST_CASE("an upstream that stops in the middle, or says nothing, is left in time") {
  const StubServer stalled([](const Client& client) {
    client.say(stream(word("Oui")));
    static_cast<void>(client.gone_within(5s));
  });
  openai::Options options = options_for(stalled);
  options.stall_timeout = 200ms;
  CHECK(says(written(options).error(), "s’est arrêté au milieu"));

  const StubServer silent([](const Client& client) { static_cast<void>(client.gone_within(5s)); });
  options = options_for(silent);
  options.first_token_timeout = 200ms;
  CHECK(written(options).error().code == Code::timeout);
}

TEST_CASE("a stop is felt within 200 ms, by us and by the upstream") {
  std::atomic<int> left_after_ms = -1;
  const StubServer server([&left_after_ms](const Client& client) {
    client.say(stream(word("Oui")));
    left_after_ms = client.gone_within(5s);
  });
  std::stop_source stop;
  std::chrono::steady_clock::time_point asked;
  const auto reply = written(
      options_for(server),
      [&](std::string_view) {
        asked = std::chrono::steady_clock::now();
        stop.request_stop();
        return true;
      },
      stop.get_token());
  CHECK(std::chrono::steady_clock::now() - asked < 200ms);
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == Code::cancelled);

  const StubServer mute([](const Client& client) { static_cast<void>(client.gone_within(5s)); });
  std::stop_source other;
  std::thread later([&other, &asked] {
    std::this_thread::sleep_for(100ms);
    asked = std::chrono::steady_clock::now();
    other.request_stop();
  });
  CHECK(written(options_for(mute), {}, other.get_token()).error().code == Code::cancelled);
  CHECK(std::chrono::steady_clock::now() - asked < 200ms);
  later.join();
}

TEST_CASE("asked again once, only when nothing was done, and within the deadline") {
  std::atomic<int> calls = 0;
  const StubServer busy_once([&calls](const Client& client) {
    client.say(calls++ == 0 ? http_answer("429 Too Many Requests", "application/json", "{}", "Retry-After: 1\r\n") : whole_stream());
  });
  const auto start = std::chrono::steady_clock::now();
  REQUIRE(written(options_for(busy_once)));
  CHECK(calls == 2);
  CHECK(std::chrono::steady_clock::now() - start >= 1s);

  const StubServer always(http_answer("503 Service Unavailable", "application/json", "{}"));
  CHECK(written(options_for(always)).error().code == Code::unavailable);
  CHECK(always.requests() == 2);

  const StubServer much_later(http_answer("429 Too Many Requests", "application/json", "{}", "Retry-After: 3600\r\n"));
  const auto refused = written(options_for(much_later));
  CHECK(refused.error().code == Code::busy);
  CHECK(says(refused.error(), "3600\u00a0secondes"));
  CHECK(much_later.requests() == 1);

  openai::Options nobody;
  nobody.base_url = "http://127.0.0.1:1";
  nobody.model = "m";
  CHECK(says(written(nobody).error(), "n’a pas pu être joint"));
}

TEST_CASE("an upstream that keeps failing is left alone, and asked again after its rest") {
  log::quiet();
  std::atomic<bool> mended = false;
  const StubServer server([&mended](const Client& client) {
    client.say(mended ? whole_stream() : http_answer("500 Internal Server Error", "text/plain", "non"));
  });
  openai::Options options = options_for(server);
  options.faults_before_rest = 2;
  options.rest = 300ms;
  const auto model = openai::make_chat_model(options).value();
  CHECK(model->health());
  for (int i = 0; i < 4; ++i) CHECK_FALSE(model->write(question(), {}, {}));
  CHECK(server.requests() == 2);
  CHECK(says(model->health().error(), "ne répond plus depuis"));
  mended = true;
  std::this_thread::sleep_for(350ms);
  CHECK(model->write(question(), {}, {}));
  CHECK(model->health());
}

TEST_CASE("the asker's own deadline is not held against the upstream") {
  const StubServer slow([](const Client& client) { static_cast<void>(client.gone_within(2s)); });
  openai::Options options = options_for(slow);
  options.faults_before_rest = 1;
  const auto model = openai::make_chat_model(options).value();
  ChatRequest request = question();
  request.place.deadline = 100ms;
  CHECK(model->write(request, {}, {}).error().code == Code::timeout);
  CHECK(model->health());
}

TEST_CASE("https but for this machine and what the administrator trusts; no address that hides a password") {
  const auto made = [](std::string url, bool trusted = false) {
    openai::Options options;
    options.base_url = std::move(url);
    options.model = "m";
    options.trusted_local = trusted;
    return openai::make_chat_model(options);
  };
  CHECK(made("https://albert.api.etalab.gouv.fr/v1"));
  CHECK(made("http://localhost:8080/v1"));
  CHECK(made("http://[::1]:8080"));
  CHECK(made("http://10.0.0.4:8000/v1", true));
  for (const char* url :
       {"http://10.0.0.4:8000/v1", "http://127.0.0.1.exemple.fr", "http://localhost@exemple.fr/", "https://moi:secret@exemple.fr/v1",
        "https://exemple.fr/v1?a=b", "https://exemple.fr/#v1", "ftp://exemple.fr", "exemple.fr", "", "https://", "file:///etc/passwd"}) {
    CAPTURE(url);
    const auto model = made(url);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == Code::invalid_argument);
    CHECK_FALSE(says(model.error(), "secret"));
  }
  openai::Options options;
  options.base_url = "https://exemple.fr/v1";
  options.model = "m";
  options.key = "a\r\nX-Autre: b";
  CHECK(openai::make_chat_model(options).error().code == Code::invalid_argument);
}
