#include "usecases/gateway/chat_call.h"

#include <doctest/doctest.h>

#include "usecases/gateway/fault.h"

using namespace beffroi;
using namespace beffroi::gateway;

namespace {

std::string body(const std::string& more = "", const std::string& messages = R"([{"role":"user","content":"Bonjour"}])") {
  return R"({"model":"m","messages":)" + messages + (more.empty() ? "" : "," + more) + "}";
}

// The member that is blamed; "ok" when the call is taken.
std::string blamed(const std::string& text) {
  const auto call = chat_call_of(text);
  if (call) return "ok";
  const http::Problem problem = gateway::problem_of(call.error());
  CHECK(problem.status == 400);
  return problem.parameter + "|" + problem.code;
}

}  // namespace

TEST_CASE("what the engine cannot do is refused by its name, never left out") {
  CHECK(blamed(body()) == "ok");
  CHECK(blamed(body(R"("temperature":0,"top_p":1,"n":1,"seed":7,"user":"u","presence_penalty":0.0)")) == "ok");
  CHECK(blamed(body(R"("temperature":0.7)")) == "temperature|unsupported_parameter");
  CHECK(blamed(body(R"("top_p":0.5)")) == "top_p|unsupported_parameter");
  CHECK(blamed(body(R"("n":2)")) == "n|unsupported_parameter");
  CHECK(blamed(body(R"("logprobs":true)")) == "logprobs|unsupported_parameter");
  CHECK(blamed(body(R"("tools":[{"type":"function"}])")) == "tools|unsupported_parameter");
  CHECK(blamed(body(R"("tools":[],"tool_choice":"auto","response_format":{"type":"text"})")) == "ok");
  CHECK(blamed(body(R"("response_format":{"type":"json_object"})")) == "response_format|unsupported_parameter");
  CHECK(blamed(body(R"("réponse":1)")) == "réponse|unsupported_parameter");
  CHECK(blamed(body(R"("max_tokens":0)")) == "max_tokens|invalid_value");
  CHECK(blamed(body(R"("max_tokens":9,"max_completion_tokens":9)")) == "max_tokens|invalid_value");
  CHECK(blamed(body(R"("stream":"oui")")) == "stream|invalid_value");
  CHECK(blamed(body(R"("stop":["a","b","c","d","e"])")) == "stop|invalid_value");
  CHECK(blamed(body(R"("stop":"")")) == "stop|invalid_value");
  CHECK(blamed(body(R"("beffroi":{"retrieval":true,"proof":false})")) == "beffroi.proof|unsupported_parameter");
  CHECK(blamed(body(R"("beffroi":{"proof":true})")) == "beffroi.proof|unsupported_parameter");
  CHECK(blamed(body(R"("beffroi":{"sources":true})")) == "beffroi|invalid_value");
  CHECK(blamed("{") == "|invalid_value");
  CHECK(blamed("[]") == "|invalid_value");
  CHECK(blamed(R"({"messages":[]})") == "model|invalid_value");
}

TEST_CASE("messages become exchanges that alternate") {
  const auto call = chat_call_of(body("", R"([{"role":"system","content":"S"},{"role":"user","content":"un"},{"role":"user","content":[
      {"type":"text","text":"deux"}]},{"role":"assistant","content":"R"},{"role":"developer","content":"D"},{"role":"user","content":"trois"}])"));
  REQUIRE(call);
  const Conversation& told = call->conversation;
  CHECK(told.instructions == "S\n\nD");
  REQUIRE(told.earlier.size() == 1);
  CHECK(told.earlier[0].message == "un\n\ndeux");
  CHECK(told.earlier[0].reply == "R");
  CHECK(told.message == "trois");
}

TEST_CASE("a conversation that no model could take is refused where it is wrong") {
  CHECK(blamed(body("", R"([{"role":"assistant","content":"R"}])")) == "messages|invalid_value");
  CHECK(blamed(body("", R"([{"role":"user","content":"u"},{"role":"assistant","content":"R"}])")) == "messages|invalid_value");
  CHECK(blamed(body("", R"([{"role":"tool","content":"R"}])")) == "messages[0].role|unsupported_parameter");
  CHECK(blamed(body("", R"([{"role":"maire","content":"R"}])")) == "messages[0].role|invalid_value");
  CHECK(blamed(body("", R"([{"role":"user","content":[{"type":"image_url","image_url":{}}]}])")) ==
        "messages[0].content[0]|unsupported_parameter");
  CHECK(blamed(body("", R"([{"role":"user","content":7}])")) == "messages[0].content|invalid_value");
  CHECK(blamed(body("", "[]")) == "messages|invalid_value");
}
