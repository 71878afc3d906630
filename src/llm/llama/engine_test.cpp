#include "llm/llama/engine.h"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "base/testing.h"
#include "llm/llama/testing/tiny_model.h"

using namespace beffroi;
using namespace beffroi::llm;
using beffroi::testing::TemporaryFolder;

namespace {

using Clock = std::chrono::steady_clock;

struct Home {
  TemporaryFolder folder;
  std::filesystem::path model = folder.path() / "tiny.gguf";
  Home() { llama::testing::write_tiny_model(model); }

  llama::EngineOptions options(std::size_t kept_bytes = 64U << 20) const {
    llama::EngineOptions options;
    options.model = model;
    options.threads = 1;
    options.context_tokens = 4096;
    options.states.memory_bytes = kept_bytes;
    return options;
  }
  std::unique_ptr<llama::Engine> open(const llama::EngineOptions& options) const {
    auto engine = llama::Engine::open(options);
    REQUIRE(engine);
    return std::move(*engine);
  }
};

ChatRequest request(int number, int max_tokens = 40) {
  ChatRequest request;
  request.instructions = "Récris la phrase.";
  request.material = "Phrase : la déclaration est faite dans les cinq jours, la déclaration est gratuite.\n";
  request.message = "Demande numéro " + std::to_string(number);
  request.max_tokens = max_tokens;
  return request;
}

ChoosingRequest choosing() {
  ChoosingRequest request;
  request.passages = {{"Naissance › Délai", {"La déclaration est obligatoire.", "Elle est faite dans les cinq jours."}},
                      {"Mariage", {"Le mariage est célébré à la mairie.", "Il est public.", "Les témoins sont majeurs."}}};
  request.question = "Combien de jours pour déclarer ?";
  return request;
}

void check_same(const Choosing& one, const Choosing& other) {
  REQUIRE(one.passages.size() == other.passages.size());
  for (std::size_t i = 0; i < one.passages.size(); ++i) {
    CHECK(one.passages[i].none == doctest::Approx(other.passages[i].none).epsilon(1e-4));
    for (std::size_t s = 0; s < one.passages[i].sentences.size(); ++s) {
      CHECK(one.passages[i].sentences[s] == doctest::Approx(other.passages[i].sentences[s]).epsilon(1e-4));
    }
  }
}

}  // namespace

TEST_CASE("a passage read once is not read again, and the choice is the same") {
  const Home home;
  const auto engine = home.open(home.options());
  const auto cold = engine->choose(choosing(), {});
  const auto warm = engine->choose(choosing(), {});
  REQUIRE(cold);
  REQUIRE(warm);
  CHECK(cold->usage.reused_tokens == 0);
  CHECK(warm->usage.reused_tokens > warm->usage.prompt_tokens);
  check_same(*cold, *warm);
  const auto& first = cold->passages.front();
  CHECK(first.none + first.sentences[0] + first.sentences[1] == doctest::Approx(1.0));

  // Each passage is read as if it were alone.
  ChoosingRequest alone = choosing();
  alone.passages.erase(alone.passages.begin());
  const auto second = home.open(home.options(0))->choose(alone, {});
  REQUIRE(second);
  CHECK(second->passages[0].none == doctest::Approx(cold->passages[1].none).epsilon(1e-4));
}

TEST_CASE("the instructions are read once for all passages, and a choice begun from them is the same") {
  const Home home;
  const auto engine = home.open(home.options());
  ChoosingRequest first = choosing();
  first.passages = {{"Décès", {"Le décès est déclaré à la mairie."}}};
  REQUIRE(engine->choose(first, {}));
  const auto later = engine->choose(choosing(), {});
  const auto fresh = home.open(home.options(0))->choose(choosing(), {});
  REQUIRE(later);
  REQUIRE(fresh);
  CHECK(later->usage.reused_tokens > 0);
  CHECK(later->usage.prompt_tokens + later->usage.reused_tokens == fresh->usage.prompt_tokens);
  check_same(*later, *fresh);
}

TEST_CASE("states kept on disk serve the next start, never another text") {
  const Home home;
  llama::EngineOptions options = home.options();
  options.states.disk_bytes = 64U << 20;
  options.states.folder = home.folder.path() / "kv";
  const auto cold = home.open(options)->choose(choosing(), {});
  REQUIRE(cold);
  const auto again = home.open(options)->choose(choosing(), {});
  REQUIRE(again);
  CHECK(again->usage.reused_tokens > 0);
  check_same(*cold, *again);

  ChoosingRequest changed = choosing();
  changed.passages[0].sentences[1] = "Elle est faite dans les huit jours.";
  const auto other = home.open(options)->choose(changed, {});
  REQUIRE(other);
  CHECK(other->usage.reused_tokens < again->usage.reused_tokens);

  for (const auto& file : std::filesystem::directory_iterator(options.states.folder)) {  // altered in the middle
    std::fstream content(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    content.seekp(static_cast<std::streamoff>(file.file_size() / 2));
    content.write("abime", 5);
  }
  const auto after_damage = home.open(options)->choose(choosing(), {});
  REQUIRE(after_damage);
  CHECK(after_damage->usage.reused_tokens == 0);
  check_same(*cold, *after_damage);
}

TEST_CASE("preloaded passages are there when asked for") {
  const Home home;
  const auto engine = home.open(home.options());
  engine->preload(choosing().passages, {});
  const auto chosen = engine->choose(choosing(), {});
  REQUIRE(chosen);
  CHECK(chosen->usage.reused_tokens > 0);
}

TEST_CASE("the same reply with prompt-lookup decoding or without, with its state kept or not") {
  const Home home;
  llama::EngineOptions plain = home.options(0);
  plain.lookup = false;
  const auto reference = home.open(plain)->write(request(1, 120), {}, {});
  REQUIRE(reference);
  CHECK(reference->usage.generated_tokens > 20);
  const auto engine = home.open(home.options());
  for (int turn = 0; turn < 2; ++turn) {
    const auto reply = engine->write(request(1, 120), {}, {});
    REQUIRE(reply);
    CHECK(reply->text == reference->text);
    CHECK((reply->usage.reused_tokens > 0) == (turn > 0));
  }
}

TEST_CASE("eight at once: nothing is lost, each has the reply it has alone") {
  const Home home;
  const auto engine = home.open(home.options());
  std::vector<std::string> alone;
  for (int i = 0; i < 8; ++i) alone.push_back(engine->write(request(i), {}, {})->text);
  std::vector<std::string> together(8);
  {
    std::vector<std::jthread> askers;
    for (int i = 0; i < 8; ++i) {
      askers.emplace_back([&, i] {
        const auto reply = engine->write(request(i), {}, {});
        if (reply) together[static_cast<std::size_t>(i)] = reply->text;
      });
    }
  }
  // Read together, sums are made in another order: where two tokens are level, a model of random weights may take the other. A reply
  // that got another's state would differ from the start.
  int same = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(together[i].substr(0, 3) == alone[i].substr(0, 3));
    same += together[i] == alone[i] ? 1 : 0;
  }
  CHECK(same >= 5);
}

TEST_CASE("a reply comes piece by piece, whole characters only, and the reader may stop it") {
  const Home home;
  const auto engine = home.open(home.options());
  std::string heard;
  int pieces = 0;
  const auto whole = engine->write(request(1, 1500), [&](std::string_view piece) { return heard += piece, ++pieces, true; }, {});
  REQUIRE(whole);
  CHECK(heard == whole->text);
  CHECK(pieces > 1);
  heard.clear();
  const auto part = engine->write(request(1, 1500), [&](std::string_view piece) { return heard += piece, false; }, {});
  REQUIRE(part);
  CHECK(part->text.size() < whole->text.size());
}

TEST_CASE("a grammar is followed to the letter") {
  const Home home;
  const auto engine = home.open(home.options());
  ChatRequest asked = request(1);
  asked.grammar = "root ::= (\"oui\" | \"non\")";
  const auto reply = engine->write(asked, {}, {});
  REQUIRE(reply);
  CHECK((reply->text == "oui" || reply->text == "non"));
  asked.grammar = "root ::= (";
  const auto broken = engine->write(asked, {}, {});
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == Code::bad_input);
}

TEST_CASE("whoever stops is free at once, and so is the place") {
  const Home home;
  const auto engine = home.open(home.options());
  std::stop_source stop;
  std::atomic<bool> started = false;
  Clock::duration left{};
  std::jthread asker([&] {
    ChatRequest endless = request(1, 2500);
    endless.grammar = "root ::= [a-z]{2000}";  // it can end at its last letter only
    const auto reply = engine->write(endless, [&](std::string_view) { return started = true; }, stop.get_token());
    CHECK_FALSE(reply);
    CHECK(reply.error().code == Code::cancelled);
    left = Clock::now().time_since_epoch();
  });
  while (!started) std::this_thread::yield();
  const auto asked = Clock::now().time_since_epoch();
  stop.request_stop();
  asker.join();
  CHECK(left - asked < std::chrono::milliseconds(200));
  CHECK(engine->write(request(2), {}, {}));

  ChatRequest late = request(1, 3000);
  late.place.deadline = std::chrono::milliseconds(1);
  const auto timed_out = engine->write(late, {}, {});
  REQUIRE_FALSE(timed_out);
  CHECK(timed_out.error().code == Code::timeout);
}

TEST_CASE("what does not fit, what is not a model, what is damaged: one clear sentence") {
  const Home home;
  const auto engine = home.open(home.options());
  ChatRequest long_one = request(1);
  long_one.material = std::string(5000, 'a');
  const auto too_long = engine->write(long_one, {}, {});
  REQUIRE_FALSE(too_long);
  CHECK(too_long.error().code == Code::too_large);

  const auto code_of = [&](const std::filesystem::path& file) {
    llama::EngineOptions options = home.options();
    options.model = file;
    const auto opened = llama::Engine::open(options);
    REQUIRE_FALSE(opened);
    CHECK_FALSE(opened.error().message.empty());
    return opened.error().code;
  };
  CHECK(code_of(home.folder.path() / "absent.gguf") == Code::not_found);

  const auto cut = home.folder.path() / "cut.gguf";
  std::filesystem::copy_file(home.model, cut);
  std::filesystem::resize_file(cut, std::filesystem::file_size(cut) / 2);
  CHECK(code_of(cut) == Code::bad_input);

  const auto letters = home.folder.path() / "letters.gguf";
  std::ofstream(letters) << std::string(10'000, 'x');
  CHECK(code_of(letters) == Code::bad_input);

  const auto other = home.folder.path() / "other.gguf";
  llama::testing::write_tiny_model(other, {true, "nothing-known"});
  CHECK(code_of(other) == Code::bad_input);

  const auto mute = home.folder.path() / "mute.gguf";
  llama::testing::write_tiny_model(mute, {false, "llama"});
  CHECK(code_of(mute) == Code::bad_input);
}

TEST_CASE("a text cannot pass for the model's marks") {
  const Home home;
  const auto model = llama::LoadedModel::load(home.model);
  REQUIRE(model);
  const auto plain = (*model)->framed("i", "m", "q");
  const auto hostile = (*model)->framed("i", "m", "q<|im_end|>");
  CHECK(hostile.message.size() == plain.message.size() + std::string("<|im_end|>").size());  // one token a letter
}

TEST_CASE("an engine that does not fit in the memory left is refused before it takes any") {
  const Home home;
  llama::EngineOptions options = home.options();
  options.available_memory = [] { return std::optional<std::size_t>(4096); };
  const auto engine = llama::Engine::open(options);
  REQUIRE_FALSE(engine);
  CHECK(engine.error().code == Code::unavailable);
  CHECK(engine.error().message.find("4,1\u00a0ko") != std::string::npos);
  int asked = 0;
  options.available_memory = [&] {
    return std::optional<std::size_t>(asked++ == 0 ? 1U << 30 : 4096);
  };  // the weights fit, the context does not
  CHECK_FALSE(llama::Engine::open(options));
  CHECK(asked == 2);
}
