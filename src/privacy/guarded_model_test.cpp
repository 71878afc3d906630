#include "privacy/guarded_model.h"

#include <doctest/doctest.h>

#include <string>

#include "llm/fake/fake_chat_model.h"

using namespace beffroi;
using namespace beffroi::privacy;
using llm::fake::FakeChatModel;

namespace {

llm::ChatRequest request_of(std::string message, std::string material = {}) {
  llm::ChatRequest request;
  request.message = std::move(message);
  request.material = std::move(material);
  return request;
}

}  // namespace

TEST_CASE("the model outside never sees the person, the reader does") {
  auto fake = std::make_unique<FakeChatModel>([](const llm::ChatRequest& request, const std::stop_token&) -> Result<std::string> {
    return "Bonjour " + request.message + ", à bientôt";
  });
  const FakeChatModel& outside = *fake;
  const auto model = guarded(std::move(fake), Gate({}));
  std::string streamed;
  const auto reply = model->write(request_of("Mme Rivière, 06 12 34 56 78", "Le maire, M. Jean Dupont, répond à Mme Rivière."),
                                  [&](std::string_view piece) {
                                    streamed += piece;
                                    return true;
                                  },
                                  {});
  REQUIRE(reply);
  CHECK(reply->text == "Bonjour Mme Rivière, 06 12 34 56 78, à bientôt");
  CHECK(streamed == reply->text);
  REQUIRE(outside.requests().size() == 1);
  CHECK(outside.requests()[0].message == "Mme [PERSONNE_1_F], [TELEPHONE_1]");
  CHECK(outside.requests()[0].material == "Le maire, M. Jean Dupont, répond à Mme [PERSONNE_1_F].");
}

TEST_CASE("a refusal or a broken detector sends nothing") {
  const auto sent = [](Gate gate) {
    auto fake =
        std::make_unique<FakeChatModel>([](const llm::ChatRequest&, const std::stop_token&) -> Result<std::string> { return "oui"; });
    const FakeChatModel& outside = *fake;
    const auto model = guarded(std::move(fake), std::move(gate));
    CHECK(!model->write(request_of("Mme Rivière"), {}, {}));
    return outside.requests().size();
  };
  CHECK(sent(Gate({.upstream = Upstream::refuse})) == 0);
  CHECK(sent(Gate({}, [](std::string_view) -> Result<std::vector<Span>> { return fail(Code::internal, "Panne."); })) == 0);
}
