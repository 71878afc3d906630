#include "http/edge/worker_pool.h"

#include <doctest/doctest.h>

#include <atomic>
#include <latch>
#include <memory>

#include "base/waiting.h"

using namespace beffroi;
using namespace beffroi::http;
using namespace std::chrono_literals;

namespace {

void until(const auto& condition) {
  const auto limit = std::chrono::steady_clock::now() + 10s;
  while (!condition() && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(200us);
  REQUIRE(condition());
}

// Jobs that last until they are let go.
class Crowd {
 public:
  explicit Crowd(const WorkerPool::Size& size) : pool_(size) {}
  ~Crowd() { let_go(); }

  bool comes(const std::string& party, bool waits = false) {
    return pool_.try_submit({party,
                             [this, party, waits] {
                               std::optional<Waiting> elsewhere;
                               if (waits) elsewhere.emplace();
                               {
                                 const std::lock_guard lock(mutex_);
                                 begun_ += party;
                               }
                               gate_.wait();
                             },
                             [this, party] {
                               const std::lock_guard lock(mutex_);
                               refused_ += party;
                             }});
  }
  void come(const std::string& parties) {
    for (const char party : parties) REQUIRE(comes(std::string(1, party)));
  }
  void let_go() {
    if (!gate_.try_wait()) gate_.count_down();
    pool_.finish();
  }
  // In order of their beginnings. One party a letter.
  std::string begun() {
    const std::lock_guard lock(mutex_);
    return begun_;
  }
  std::string begun_at_last(std::size_t count) {
    until([&] { return begun().size() >= count; });
    std::this_thread::sleep_for(20ms);  // one too many would have begun too
    return begun();
  }
  std::string refused() {
    const std::lock_guard lock(mutex_);
    return refused_;
  }

 private:
  std::mutex mutex_;
  std::string begun_, refused_;
  std::latch gate_{1};
  WorkerPool pool_;
};

}  // namespace

TEST_CASE("a party alone has every thread; what it asks more waits") {
  Crowd crowd({.threads = 4, .queue_limit = 10, .cores = 2});
  crowd.come("aaaaaa");
  CHECK(crowd.begun_at_last(4) == "aaaa");
  crowd.let_go();
  CHECK(crowd.begun() == "aaaaaa");
}

TEST_CASE("turns go round the parties") {
  Crowd crowd({.threads = 1, .queue_limit = 100, .cores = 1});
  crowd.come("x");
  crowd.begun_at_last(1);
  crowd.come("aaaabbc");
  crowd.let_go();
  CHECK(crowd.begun() == "xabcabaa");
}

TEST_CASE("once another party was seen, a flood leaves a core and half of the threads; alone again, it has them back") {
  Crowd crowd({.threads = 6, .queue_limit = 100, .cores = 3, .recent = 1s});
  crowd.come("b");
  crowd.come("aaaaaaaa");
  CHECK(crowd.begun_at_last(3) == "baa");
  crowd.come("b");  // finds a thread at once
  CHECK(crowd.begun_at_last(4) == "baab");
  std::this_thread::sleep_for(1100ms);
  crowd.come("a");
  CHECK(crowd.begun_at_last(6) == "baabaa");
}

TEST_CASE("a thread that waits for a model does not work, but is held") {
  Crowd crowd({.threads = 6, .queue_limit = 100, .cores = 2});
  crowd.come("b");
  crowd.begun_at_last(1);
  for (int i = 0; i < 5; ++i) REQUIRE(crowd.comes("a", true));
  CHECK(crowd.begun_at_last(4) == "baaa");
  crowd.come("c");
  CHECK(crowd.begun_at_last(5) == "baaac");
}

TEST_CASE("a full queue refuses who floods it, and has room for the others") {
  Crowd crowd({.threads = 1, .queue_limit = 3, .cores = 1});
  crowd.come("x");
  crowd.begun_at_last(1);
  crowd.come("aaa");
  CHECK_FALSE(crowd.comes("a"));
  crowd.come("b");
  CHECK(crowd.refused() == "a");
  CHECK_FALSE(crowd.comes("b"));
  crowd.let_go();
  CHECK(crowd.begun() == "xaba");
  CHECK_FALSE(crowd.comes("c"));  // finished
}

TEST_CASE("every job of a random crowd is run or refused, once") {
  std::atomic<int> ended = 0, taken = 0, not_taken = 0;
  {
    WorkerPool pool({.threads = 4, .queue_limit = 20, .cores = 2, .recent = 2ms});
    std::vector<std::jthread> askers;
    for (int t = 0; t < 6; ++t) {
      askers.emplace_back([&, t] {
        for (int i = 0; i < 400; ++i) {
          const auto once = std::make_shared<std::atomic<int>>(0);
          const auto end = [&, once] {
            CHECK(++*once == 1);
            ++ended;
          };
          const auto run = [end, i] {
            if (i % 5 == 0) {
              const Waiting elsewhere;
              std::this_thread::sleep_for(300us);
            }
            end();
          };
          if (pool.try_submit({std::string(1, static_cast<char>('a' + (t < 3 ? 0 : t))), run, end})) ++taken;
          else ++not_taken;
          if (i % 16 == 0) std::this_thread::sleep_for(500us);
        }
      });
    }
  }
  CHECK(taken + not_taken == 2400);
  CHECK(ended == taken);
}
