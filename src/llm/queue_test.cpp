#include "llm/queue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

using namespace beffroi;
using namespace beffroi::llm;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

Place of(std::string commune, Priority priority = Priority::chat, std::chrono::milliseconds deadline = 30s) {
  return {std::move(commune), priority, deadline, {}};
}

void until(const auto& condition) {
  const auto limit = Clock::now() + 10s;
  while (!condition() && Clock::now() < limit) std::this_thread::sleep_for(200us);
  REQUIRE(condition());
}

// One slot, held while the waiting ones come one after the other; then they are served in the queue's order.
class Town {
 public:
  explicit Town(int max_waiting = 1000) : queue_(1, max_waiting), held_(queue_.enter(of("holder"), {}).value()) {}

  void comes(const std::string& commune, Priority priority = Priority::chat) {
    const int before = queue_.load().waiting;
    askers_.emplace_back([this, commune, priority] {
      const auto turn = queue_.enter(of(commune, priority), {});
      const std::lock_guard lock(mutex_);
      if (turn) served_.push_back(commune);
      else refused_.push_back(commune + ":" + std::string(name_of(turn.error().code)));
    });
    until([&] {
      const std::lock_guard lock(mutex_);
      return queue_.load().waiting > before || !refused_.empty();
    });
  }
  std::vector<std::string> served() {
    {
      const Queue::Turn free = std::move(held_);
    }
    askers_.clear();
    return served_;
  }
  std::vector<std::string> refused() {
    until([&] {
      const std::lock_guard lock(mutex_);
      return !refused_.empty();
    });
    return refused_;
  }
  Queue& queue() { return queue_; }

 private:
  Queue queue_;
  Queue::Turn held_;
  std::mutex mutex_;
  std::vector<std::string> served_;
  std::vector<std::string> refused_;
  std::vector<std::jthread> askers_;
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a free slot is given at once, and freed with its turn") {
  Queue queue(2, 0);
  {
    const auto first = queue.enter(of("a"), {});
    auto second = queue.enter(of("a"), {});
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->queued_s() == 0);
    CHECK(queue.load().running == 2);
    CHECK(queue.enter(of("b"), {}).error().code == Code::busy);
    const Queue::Turn moved = *std::move(second);
    CHECK(queue.load().running == 2);
  }
  CHECK(queue.load().running == 0);
}

TEST_CASE("voice before chat before batch, first come first served inside a commune") {
  Town town;
  town.comes("lot", Priority::batch);
  town.comes("fil 1", Priority::chat);
  town.comes("voix", Priority::voice);
  CHECK(town.served() == Names{"voix", "fil 1", "lot"});
}

TEST_CASE("a flood from one commune delays the first request of each other one by one turn at most") {
  Town town;
  for (int i = 0; i < 20; ++i) town.comes("flot");
  town.comes("a");
  town.comes("b");
  town.comes("a");
  const Names served = town.served();
  CHECK(Names(served.begin(), served.begin() + 5) == Names{"flot", "a", "b", "flot", "a"});
  CHECK(served.size() == 23);
}

TEST_CASE("whatever the crowd, between two turns of one waiting commune every other waiting one has one at most") {
  std::mt19937 random(11);
  for (int round = 0; round < 5; ++round) {
    Town town;
    std::map<std::string, int> left;
    for (int i = 0; i < 40; ++i) {
      const std::string commune(1, static_cast<char>('a' + std::min(random() % 9, random() % 9)));
      town.comes(commune);
      ++left[commune];
    }
    std::map<std::string, std::pair<int, std::size_t>> since;  // turns since its own last one; communes that waited then
    for (const auto& [commune, count] : left) since[commune] = {0, left.size()};
    for (const std::string& commune : town.served()) {
      CHECK(since[commune].first < static_cast<int>(since[commune].second));
      for (auto& [other, turns] : since) ++turns.first;
      since[commune] = {0, left.size()};
      if (--left[commune] == 0) left.erase(commune);
    }
    CHECK(left.empty());
  }
}

TEST_CASE("once another commune was seen, one holds all the slots but one; alone again, it holds them all") {
  Queue queue(3, 10, 1s);
  CHECK(queue.enter(of("b"), {}));
  auto first = queue.enter(of("a"), {});
  const auto second = queue.enter(of("a"), {});
  REQUIRE(first);
  REQUIRE(second);
  std::jthread third([&] { CHECK(queue.enter(of("a"), {})); });
  until([&] { return queue.load().waiting == 1; });
  const auto asked = Clock::now();
  CHECK(queue.enter(of("b"), {}).value().queued_s() == 0);
  CHECK(Clock::now() - asked < 500ms);
  std::this_thread::sleep_for(20ms);
  CHECK(queue.load().waiting == 1);  // the slot that b gave back stays free
  SUBCASE("its own turn given back is its own again") { const Queue::Turn free = *std::move(first); }
  SUBCASE("nobody else came for a while") {
    std::this_thread::sleep_for(1100ms);
    CHECK(queue.enter(of("a", Priority::chat, 10s), {}));
  }
  third.join();
  CHECK(queue.load().waiting == 0);
}

TEST_CASE("batch goes on under a crowd: one turn in kPatience + 1") {
  Town town;
  town.comes("lot", Priority::batch);
  for (int i = 0; i < 2 * Queue::kPatience; ++i) town.comes("fil", Priority::chat);
  const Names served = town.served();
  CHECK(std::find(served.begin(), served.end(), "lot") - served.begin() == Queue::kPatience);
}

TEST_CASE("a full queue is busy at once; who has less right to the place leaves it to the newcomer") {
  SUBCASE("its own commune's flood") {
    Town town(3);
    for (int i = 0; i < 3; ++i) town.comes("flot");
    const auto before = Clock::now();
    CHECK(town.queue().enter(of("flot"), {}).error().code == Code::busy);
    CHECK(Clock::now() - before < 100ms);
    CHECK(town.served().size() == 3);
  }
  SUBCASE("another commune's first request") {
    Town town(3);
    for (int i = 0; i < 3; ++i) town.comes("flot");
    std::jthread other([&] { CHECK(town.queue().enter(of("autre"), {})); });
    CHECK(town.refused() == Names{"flot:busy"});
    CHECK(town.queue().load().waiting == 3);
    CHECK(town.served().size() == 2);
  }
  SUBCASE("a higher class") {
    Town town(2);
    town.comes("lot", Priority::batch);
    town.comes("fil", Priority::chat);
    std::jthread voice([&] { CHECK(town.queue().enter(of("fil", Priority::voice), {})); });
    CHECK(town.refused() == Names{"lot:busy"});
    CHECK(town.queue().enter(of("x", Priority::batch), {}).error().code == Code::busy);
    CHECK(town.served() == Names{"fil"});
  }
}

TEST_CASE("a deadline and a stop end the wait, and leave nothing behind") {
  Queue queue(1, 10);
  auto held = queue.enter(of("a"), {});
  REQUIRE(held);
  CHECK(queue.enter(of("b", Priority::chat, 20ms), {}).error().code == Code::timeout);
  CHECK(queue.enter(of("b", Priority::chat, -1s), {}).error().code == Code::timeout);

  std::stop_source stop;
  Clock::time_point ended;
  {
    std::jthread waiting([&] {
      CHECK(queue.enter(of("b"), stop.get_token()).error().code == Code::cancelled);
      ended = Clock::now();
    });
    until([&] { return queue.load().waiting == 1; });
    const auto asked = Clock::now();
    stop.request_stop();
    waiting.join();
    CHECK(ended - asked < 50ms);
  }
  CHECK(queue.enter(of("b"), stop.get_token()).error().code == Code::cancelled);
  CHECK(queue.load().waiting == 0);
  {
    const Queue::Turn free = *std::move(held);
  }
  CHECK(queue.load().running == 0);
}

TEST_CASE("the place is told when it changes, down to 0, outside any lock") {
  Queue queue(1, 10);
  auto held = queue.enter(of("a"), {});
  std::mutex mutex;
  std::vector<int> told;
  const auto count = [&] {
    const std::lock_guard lock(mutex);
    return told.size();
  };
  Place place = of("c", Priority::chat);
  place.on_place = [&](int ahead) {
    (void)queue.load();  // would wait for ever if the lock were held
    const std::lock_guard lock(mutex);
    told.push_back(ahead);
  };
  std::jthread first([&] { CHECK(queue.enter(of("b"), {})); });
  until([&] { return queue.load().waiting == 1; });
  std::jthread watched([&] { CHECK(queue.enter(place, {})); });
  until([&] { return count() == 1; });
  std::stop_source stop;
  std::jthread voice([&] { CHECK_FALSE(queue.enter(of("v", Priority::voice), stop.get_token())); });
  until([&] { return count() == 2; });
  std::jthread later([&] { CHECK(queue.enter(of("b"), {})); });  // behind: changes nothing
  until([&] { return queue.load().waiting == 4; });
  stop.request_stop();
  until([&] { return count() == 3; });
  {
    const Queue::Turn free = *std::move(held);
  }
  watched.join();
  CHECK(std::vector<int>(told.begin(), told.begin() + 3) == std::vector<int>{1, 2, 1});
  if (told.size() > 3) CHECK(told[3] == 0);
}

TEST_CASE("what is told is what happens: the number of turns given before one's own") {
  std::mt19937 random(5);
  for (int round = 0; round < 5; ++round) {
    Queue queue(1, 100);
    auto held = queue.enter(of("holder"), {});
    std::atomic<bool> begun = false;
    std::atomic<int> order = 0;
    std::vector<std::pair<int, int>> told_and_served(30, {-1, -1});
    std::vector<std::jthread> askers;
    for (int i = 0; i < 30; ++i) {
      askers.emplace_back([&, i, commune = std::string(1, static_cast<char>('a' + random() % 5))] {
        Place place = of(commune);
        place.on_place = [&, i](int ahead) {
          if (!begun) told_and_served[i].first = ahead;
        };
        const auto turn = queue.enter(place, {});
        told_and_served[i].second = order++;
      });
      until([&] { return queue.load().waiting == i + 1; });
    }
    std::this_thread::sleep_for(20ms);  // the last places are told
    begun = true;
    {
      const Queue::Turn free = *std::move(held);
    }
    askers.clear();
    for (const auto& [told, served] : told_and_served) CHECK(told == served);
  }
}

TEST_CASE("random crowds, deadlines and stops: every request ends once, no slot is lost, none is given twice") {
  constexpr int kSlots = 3;
  constexpr int kThreads = 40;
  constexpr int kEach = 25;  // a thousand requests
  Queue queue(kSlots, 20);
  std::atomic<int> inside = 0;
  std::atomic<int> most = 0;
  std::map<Code, std::atomic<int>> ends;
  for (const Code code : {Code::busy, Code::timeout, Code::cancelled}) ends[code] = 0;
  std::atomic<int> served = 0;
  {
    std::vector<std::jthread> askers;
    for (int t = 0; t < kThreads; ++t) {
      askers.emplace_back([&, t] {
        std::mt19937 random(static_cast<unsigned>(t));
        for (int i = 0; i < kEach; ++i) {
          std::stop_source stop;
          Place place = of(std::string(1, static_cast<char>('a' + random() % 6)), static_cast<Priority>(random() % 3),
                           std::chrono::milliseconds(random() % 40));
          if (random() % 2 == 0) place.on_place = [](int ahead) { CHECK(ahead >= 0); };
          std::jthread stopper;
          if (random() % 3 == 0) {
            stopper = std::jthread([&stop, pause = std::chrono::microseconds(random() % 8000)] {
              std::this_thread::sleep_for(pause);
              stop.request_stop();
            });
          }
          const auto turn = queue.enter(place, stop.get_token());
          if (!turn) {
            ++ends.at(turn.error().code);
            continue;
          }
          ++served;
          const int now = ++inside;
          int seen = most;
          while (now > seen && !most.compare_exchange_weak(seen, now)) {
          }
          std::this_thread::sleep_for(std::chrono::microseconds(random() % 3000));
          --inside;
        }
      });
    }
  }
  int total = served;
  for (const auto& [code, count] : ends) total += count;
  CHECK(total == kThreads * kEach);
  CHECK(most <= kSlots);
  CHECK(queue.load().running == 0);
  CHECK(queue.load().waiting == 0);
  MESSAGE("served ", served.load(), ", busy ", ends.at(Code::busy).load(), ", timeout ", ends.at(Code::timeout).load(), ", cancelled ",
          ends.at(Code::cancelled).load());
  std::vector<Queue::Turn> all;
  for (const char* commune : {"x", "y", "z"}) all.push_back(queue.enter(of(commune), {}).value());
}
