#include <doctest/doctest.h>
#include <signal.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/testing.h"
#include "llm/llama/testing/tiny_model.h"
#include "llm/worker/host.h"
#include "llm/worker/messages.h"
#include "llm/worker/worker_model.h"

using namespace beffroi;
using namespace beffroi::llm;
using beffroi::testing::TemporaryFolder;

namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kModelVariable = "BEFFROI_TEST_WORKER_MODEL";
constexpr const char* kPauseVariable = "BEFFROI_TEST_WORKER_PAUSE_MS";  // after each operation

ChatRequest request(int max_tokens = 40) {
  ChatRequest request;
  request.instructions = "Récris la phrase.";
  request.material = "Phrase : la déclaration est faite dans les cinq jours.\n";
  request.message = "Demande numéro 1";
  request.max_tokens = max_tokens;
  return request;
}

// Cannot be over soon: the grammar lets it end at its last letter only.
ChatRequest long_request() {
  ChatRequest endless = request(2500);
  endless.grammar = "root ::= [a-z]{2000}";
  return endless;
}

// This test program again, in the role below.
struct Home {
  TemporaryFolder folder;
  Home() {
    const auto model = folder.path() / "tiny.gguf";
    llama::testing::write_tiny_model(model);
    ::setenv(kModelVariable, model.c_str(), 1);
    ::unsetenv(kPauseVariable);
  }
  static worker::WorkerOptions options() {
    worker::WorkerOptions options;
    options.model_id = "tiny";
    options.child.name = "moteur de langue";
    options.child.command = {"/proc/self/exe", "--no-skip", "--test-case=role: engine", "--out=/dev/null"};
    return options;
  }
};

}  // namespace

TEST_CASE("role: engine" * doctest::skip()) {
  llama::EngineOptions options;
  options.model = std::getenv(kModelVariable);
  options.threads = 1;
  options.context_tokens = 4096;
  if (const char* pause = std::getenv(kPauseVariable)) {
    options.between_operations = [pause_ms = std::atoi(pause)] { std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms)); };
  }
  // Out of doctest's hands: its handler of the signal that ends a child is not safe in the middle of its own report.
  std::_Exit(worker::host(options) ? 0 : 1);
}

TEST_CASE("messages say the same after the way there") {
  ChoosingRequest asked;
  asked.question = "Où ? «\u00a0ici\u00a0»";
  asked.passages = {{"Titre › section", {"Une phrase.", "Une autre, \"avec\" des guillemets."}}};
  asked.place.deadline = std::chrono::milliseconds(1234);
  const auto read = worker::decode_request(worker::encode(asked));
  REQUIRE(read);
  const auto& same = std::get<ChoosingRequest>(*read);
  CHECK(same.question == asked.question);
  CHECK(same.passages[0].heading == asked.passages[0].heading);
  CHECK(same.passages[0].sentences == asked.passages[0].sentences);
  CHECK(same.place.deadline == asked.place.deadline);

  ChatRequest written = request();
  written.repeats = "Ce que l'on répète.";
  const auto chat = worker::decode_request(worker::encode(written));
  REQUIRE(chat);
  CHECK(std::get<ChatRequest>(*chat).repeats == written.repeats);
  CHECK(std::get<ChatRequest>(*chat).message == written.message);

  Choosing chosen;
  chosen.passages = {{{0.25, 0.5}, 0.25}};
  chosen.usage.model = "m";
  chosen.usage.reused_tokens = 7;
  const auto part = worker::decode_part(worker::encode_end(chosen));
  REQUIRE(part);
  REQUIRE(part->choosing);
  CHECK(part->choosing->passages[0].sentences == chosen.passages[0].sentences);
  CHECK(part->choosing->usage.reused_tokens == 7);
  CHECK_FALSE(part->choosing->usage.joules);

  for (const char* nonsense : {"", "{}", "[]", "{\"do\":\"dance\"}", "{\"do\":\"choose\"}", "{\"do\":\"write\",\"instructions\":3}"}) {
    CHECK_FALSE(worker::decode_request(nonsense));
  }
}

TEST_CASE("a child writes and chooses; what it costs is told") {
  const Home home;
  worker::WorkerModel model(Home::options());
  std::string heard;
  const auto reply = model.write(request(), [&](std::string_view piece) { return heard += piece, true; }, {});
  REQUIRE(reply);
  CHECK(heard == reply->text);
  CHECK(reply->usage.model == "tiny");
  CHECK(reply->usage.generated_tokens > 0);

  ChoosingRequest asked;
  asked.passages = {{"Naissance", {"La déclaration est obligatoire.", "Elle est gratuite."}}};
  asked.question = "Combien ?";
  model.preload(asked.passages, {});
  const auto chosen = model.choose(asked, {});
  REQUIRE(chosen);
  CHECK(chosen->passages[0].sentences.size() == 2);
  CHECK(chosen->usage.reused_tokens > 0);
  CHECK(model.health());
}

TEST_CASE("killed in the middle of an answer: one clear error, then a new child serves") {
  const Home home;
  worker::WorkerModel model(Home::options());
  std::atomic<bool> killed = false;
  const auto cut = model.write(long_request(),
                               [&](std::string_view) {
                                 if (!killed.exchange(true)) ::kill(model.state().pid, SIGKILL);
                                 return true;
                               },
                               {});
  REQUIRE_FALSE(cut);
  CHECK(cut.error().code == Code::unavailable);
  CHECK_FALSE(cut.error().message.empty());
  const auto again = model.write(request(), {}, {});
  CHECK(again);
}

TEST_CASE("a step longer than the silence that tells a hang is slow, not hung; one that stands still is hung") {
  const Home home;
  ::setenv(kPauseVariable, "60", 1);
  worker::WorkerOptions options = Home::options();
  options.child.silence_limit = std::chrono::milliseconds(1500);
  ChoosingRequest asked;
  asked.passages = {{"Naissance", {"La déclaration est obligatoire.", "Elle est gratuite."}}};
  asked.question = "Combien ?";
  {
    worker::WorkerModel slow(options);
    const auto started = Clock::now();
    const auto chosen = slow.choose(asked, {});
    REQUIRE(chosen);
    CHECK(Clock::now() - started > 3 * options.child.silence_limit);  // two steps, or three
    CHECK(slow.state().starts == 1);
  }
  ::setenv(kPauseVariable, "60000", 1);
  worker::WorkerModel hung(options);
  const auto refused = hung.choose(asked, {});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::unavailable);
}

TEST_CASE("a closed tab frees its slot at once") {
  const Home home;
  worker::WorkerOptions options = Home::options();
  options.slots = 1;
  worker::WorkerModel model(options);
  REQUIRE(model.write(request(5), {}, {}));
  std::stop_source closed;
  std::atomic<bool> started = false;
  // Whoever reads slowly keeps its slot: the reply cannot be over before the tab is closed.
  std::jthread reader([&] {
    const auto read = [&](std::string_view) {
      started = true;
      while (!closed.stop_requested()) std::this_thread::yield();
      return true;
    };
    (void)model.write(long_request(), read, closed.get_token());
  });
  while (!started) std::this_thread::yield();
  CHECK(model.load().running == 1);
  const auto asked = Clock::now();
  closed.request_stop();
  CHECK(model.write(request(1), {}, {}));
  CHECK(Clock::now() - asked < std::chrono::milliseconds(500));  // 200 ms for the slot, and the time of a request
}

TEST_CASE("a model that does not load is said to whoever asks, in the words of the child") {
  const Home home;
  ::setenv(kModelVariable, "/nowhere/absent.gguf", 1);
  worker::WorkerModel model(Home::options());
  const auto reply = model.write(request(), {}, {});
  REQUIRE_FALSE(reply);
  CHECK(reply.error().code == Code::unavailable);
  CHECK(reply.error().message.find("modèle") != std::string::npos);
}
