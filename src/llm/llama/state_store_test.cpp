#include "llm/llama/state_store.h"

#include <doctest/doctest.h>

#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "base/testing.h"

using namespace beffroi;
using beffroi::testing::TemporaryFolder;
using llm::llama::State;
using llm::llama::StateStore;

namespace {

State state_of(std::size_t bytes, std::uint8_t value) { return std::make_shared<const std::vector<std::uint8_t>>(bytes, value); }

}  // namespace

TEST_CASE("keys differ with the model, the tokens and their order") {
  const std::vector<llm::llama::Token> one = {1, 2, 3};
  const std::vector<llm::llama::Token> other = {3, 2, 1};
  CHECK(StateStore::key_of("m", one) == StateStore::key_of("m", one));
  CHECK(StateStore::key_of("m", one) != StateStore::key_of("n", one));
  CHECK(StateStore::key_of("m", one) != StateStore::key_of("m", other));
}

TEST_CASE("memory is bounded: the least recently used leaves") {
  StateStore store({1000, 0, {}});
  store.keep("a", state_of(400, 1));
  store.keep("b", state_of(400, 2));
  CHECK(store.find("a") != nullptr);  // used: b is now the oldest
  store.keep("c", state_of(400, 3));
  CHECK(store.find("b") == nullptr);
  CHECK(store.find("a") != nullptr);
  CHECK(store.find("c") != nullptr);
  CHECK(store.memory_used() == 800);
  store.keep("huge", state_of(2000, 4));
  CHECK(store.find("huge") == nullptr);
  store.drop("a");
  CHECK(store.find("a") == nullptr);
}

TEST_CASE("disk is bounded too, and serves what left the memory") {
  const TemporaryFolder folder;
  StateStore store({500, 2000, folder.path() / "kv"});
  for (int i = 0; i < 6; ++i) store.keep("k" + std::to_string(i), state_of(450, static_cast<std::uint8_t>(i)));
  CHECK(store.disk_used() <= 2000);
  const State recent = store.find("k5");
  REQUIRE(recent != nullptr);
  CHECK(recent->front() == 5);
  const State from_disk = store.find("k4");
  REQUIRE(from_disk != nullptr);
  CHECK(from_disk->front() == 4);
  CHECK(store.find("k0") == nullptr);
}

TEST_CASE("a file cut short, empty or of something else reads as absent") {
  const TemporaryFolder folder;
  const auto kv = folder.path() / "kv";
  {
    StateStore({1000, 10'000, kv}).keep("a", state_of(300, 9));
  }
  std::filesystem::resize_file(kv / "a.kv", 200);
  CHECK(StateStore({1000, 10'000, kv}).find("a") == nullptr);
  std::ofstream(kv / "b.kv") << "";
  CHECK(StateStore({1000, 10'000, kv}).find("b") == nullptr);
  std::ofstream(kv / "c.kv") << std::string(500, 'z');
  CHECK(StateStore({1000, 10'000, kv}).find("c") == nullptr);
}

TEST_CASE("a disk that refuses costs only the speed") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "kv") << "a file where the folder should be";
  StateStore store({1000, 10'000, folder.path() / "kv"});
  store.keep("a", state_of(100, 1));
  CHECK(store.find("a") != nullptr);
}

TEST_CASE("two servers on one folder") {
  const TemporaryFolder folder;
  const StateStore::Limits limits{300, 3000, folder.path() / "kv"};
  const auto work = [&](int seed) {
    StateStore store(limits);
    for (int i = 0; i < 200; ++i) {
      const int number = (i * seed) % 17;
      const std::string key = "k" + std::to_string(number);
      const State found = store.find(key);
      if (found != nullptr) CHECK((found->size() == 250 && found->front() == number && found->back() == number));
      else store.keep(key, state_of(250, static_cast<std::uint8_t>(number)));
    }
  };
  std::jthread one(work, 3);
  std::jthread other(work, 5);
  one.join();
  other.join();
  CHECK(StateStore(limits).disk_used() <= 3000 + 2 * 300);
}
