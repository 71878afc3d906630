// bench_engine MODEL OFFERS [THREADS]: the engine at home on the offers of `beffroi eval offers`, one JSON object on standard output.
//
// choose_cold_ms: passages never read. choose_warm_ms: the same passages, each already read beside others, for another question.
// reword_*: the first sentence of each question reworded, with prompt-lookup decoding and without. together_s, alone_s: eight
// rewordings at once, and one after the other.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "json/reader.h"
#include "json/writer.h"
#include "llm/llama/engine.h"

using namespace beffroi;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

[[noreturn]] void give_up(const Error& error) {
  fmt::print(stderr, "{} ({})\n", error.message, error.detail);
  std::exit(1);
}

template <class T>
T must(Result<T> result) {
  if (!result) give_up(result.error());
  return *std::move(result);
}

std::vector<llm::ChoosingRequest> read_offers(const char* path) {
  std::ifstream file(path);
  json::LinesReader lines(file);
  std::vector<llm::ChoosingRequest> requests;
  while (const auto line = must(lines.next())) {
    llm::ChoosingRequest request;
    request.question = must(must(line->root().member("question")).text());
    request.place.deadline = std::chrono::minutes(10);
    const json::Node passages = must(line->root().member("passages"));
    for (std::size_t p = 0; p < passages.size(); ++p) {
      llm::LetteredPassage passage{must(must(passages.at(p).member("heading")).text()), {}};
      const json::Node sentences = must(passages.at(p).member("sentences"));
      for (std::size_t s = 0; s < sentences.size(); ++s) passage.sentences.push_back(must(must(sentences.at(s).member("text")).text()));
      request.passages.push_back(std::move(passage));
    }
    if (!request.passages.empty()) requests.push_back(std::move(request));
  }
  return requests;
}

// Every passage is read once, beside passages of other questions.
std::vector<llm::ChoosingRequest> shuffled(const std::vector<llm::ChoosingRequest>& requests) {
  std::vector<llm::ChoosingRequest> out = requests;
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (std::size_t p = 0; p < out[i].passages.size(); ++p) {
      const auto& other = requests[(i + p) % requests.size()].passages;
      if (p < other.size()) out[i].passages[p] = other[p];
    }
  }
  return out;
}

llm::ChatRequest rewording(const llm::ChoosingRequest& offer) {
  llm::ChatRequest request;
  request.instructions = "Récris le texte officiel en phrases simples, sans rien ajouter ni retirer. Garde les nombres, les délais et les conditions.";
  request.material = "Texte officiel : ";
  const auto& sentences = offer.passages.front().sentences;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, sentences.size()); ++i) request.material += sentences[i] + " ";
  request.message = "\nTexte récrit :";
  request.max_tokens = 120;
  request.place.deadline = std::chrono::minutes(10);
  return request;
}

struct Writing {
  double tokens_per_s = 0;
  std::vector<std::string> texts;
};

Writing reword(llm::llama::Engine& engine, const std::vector<llm::ChoosingRequest>& offers, std::size_t count) {
  Writing out;
  double seconds = 0;
  std::int64_t tokens = 0;
  for (std::size_t i = 0; i < std::min(count, offers.size()); ++i) {
    (void)must(engine.write(rewording(offers[i]), [](std::string_view) { return false; }, {}));  // the source is read
    const auto reply = must(engine.write(rewording(offers[i]), {}, {}));
    seconds += reply.usage.wall_s;
    tokens += reply.usage.generated_tokens;
    out.texts.push_back(reply.text);
  }
  out.tokens_per_s = static_cast<double>(tokens) / seconds;
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto offers = read_offers(argv[2]);
  llm::llama::EngineOptions options;
  options.model = argv[1];
  options.threads = argc > 3 ? std::atoi(argv[3]) : 2;
  options.states.memory_bytes = 2ULL << 30;
  json::Writer out;
  out.begin_object().field("questions", offers.size());
  {
    const auto engine = must(llm::llama::Engine::open(options));
    (void)must(engine->write(rewording(offers.back()), [](std::string_view) { return false; }, {}));  // weights in memory
    for (const auto& offer : shuffled(offers)) (void)must(engine->choose(offer, {}));
    out.key("choose_warm_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(offer, {})); }));
    out.end_array();
  }
  {
    auto cold = options;
    cold.states.memory_bytes = 0;
    const auto engine = must(llm::llama::Engine::open(cold));
    out.key("choose_cold_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(offer, {})); }));
    out.end_array();
  }
  auto plain = options;
  plain.lookup = false;
  const Writing without = reword(*must(llm::llama::Engine::open(plain)), offers, 10);
  const auto engine = must(llm::llama::Engine::open(options));
  const Writing with = reword(*engine, offers, 10);
  std::size_t same = 0;
  for (std::size_t i = 0; i < with.texts.size(); ++i) same += with.texts[i] == without.texts[i] ? 1 : 0;
  out.field("reword_tokens_per_s", without.tokens_per_s).field("reword_lookup_tokens_per_s", with.tokens_per_s);
  out.field("reworded", with.texts.size()).field("reworded_the_same", same);
  const auto one = [&](std::size_t i) { (void)must(engine->write(rewording(offers[(10 + i) % offers.size()]), {}, {})); };
  for (std::size_t i = 0; i < 8; ++i) one(i);  // sources read
  out.field("alone_s", seconds_of([&] { for (std::size_t i = 0; i < 8; ++i) one(i); }));
  out.field("together_s", seconds_of([&] {
    std::vector<std::jthread> askers;
    for (std::size_t i = 0; i < 8; ++i) askers.emplace_back(one, i);
  }));
  out.end_object();
  fmt::print("{}\n", out.text());
}
