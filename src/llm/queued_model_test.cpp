#include "llm/queued_model.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "llm/fake/fake_chat_model.h"

using namespace beffroi;
using namespace beffroi::llm;

namespace {

ChatRequest request(const std::string& commune) {
  ChatRequest request;
  request.message = "Bonjour";
  request.place.commune = commune;
  request.place.deadline = std::chrono::seconds(20);
  return request;
}

}  // namespace

TEST_CASE("no more at once than allowed, the others wait and are served, too many are told so") {
  std::atomic<int> at_once = 0;
  std::atomic<int> most = 0;
  const auto script = [&](const ChatRequest&, const std::stop_token&) -> Result<std::string> {
    const int now = ++at_once;
    int seen = most;
    while (now > seen && !most.compare_exchange_weak(seen, now)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    --at_once;
    return std::string("réponse");
  };
  QueuedModel model(std::make_unique<fake::FakeChatModel>(script), 2, 4);
  std::atomic<int> served = 0;
  std::atomic<int> busy = 0;
  {
    std::vector<std::jthread> askers;
    for (int i = 0; i < 12; ++i) {
      askers.emplace_back([&, i] {
        const auto reply = model.write(request(i % 2 == 0 ? "a" : "b"), {}, {});
        if (reply) ++served;
        else if (reply.error().code == Code::busy) ++busy;
      });
    }
  }
  CHECK(most == 2);
  CHECK(served + busy == 12);
  CHECK(served >= 6);
  CHECK(model.model_id() == "fake");
}

TEST_CASE("the wait is told, and counts in the deadline") {
  std::chrono::milliseconds left{0};
  const auto script = [&](const ChatRequest& asked, const std::stop_token&) -> Result<std::string> {
    left = asked.place.deadline;
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    return std::string("réponse");
  };
  QueuedModel model(std::make_unique<fake::FakeChatModel>(script), 1, 4);
  std::jthread first([&] { CHECK(model.write(request("a"), {}, {})); });
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  const auto second = model.write(request("b"), {}, {});
  first.join();
  REQUIRE(second);
  CHECK(second->usage.queued_s > 0.03);
  CHECK(left < request("b").place.deadline);
}
