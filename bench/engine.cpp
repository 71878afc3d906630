// bench_engine MODEL OFFERS [THREADS]: the engine at home on the offers of `beffroi eval offers`, one JSON object on standard output.
//
// choose_cold_ms: passages never read, or no more there. choose_warm_ms: the same passages, each already read beside others, for another question;
// …_shipped_ms: only those of them that the assistant has the model read.
// reword_*: the best sentence of each question reworded as the assistant does, without prompt-lookup decoding, with it, and eight at once
// with it; same_*: how many replies are what the first gave.
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "answers/offer.h"
#include "answers/rewording_prompts.h"
#include "json/writer.h"
#include "llm/llama/engine.h"
#include "offers.h"

using namespace beffroi;
using bench::must;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_of(const std::function<void()>& work) {
  const auto start = Clock::now();
  work();
  return std::chrono::duration<double>(Clock::now() - start).count();
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

// The passages that the assistant has the model read, of those that a model without the trained selector would.
llm::ChoosingRequest shipped(llm::ChoosingRequest offer) {
  if (offer.passages.size() > answers::kWindows) offer.passages.resize(answers::kWindows);
  return offer;
}

// As the assistant asks: the best sentences of the answer, one by one.
llm::ChatRequest rewording(const std::string& sentence) {
  llm::ChatRequest request = answers::rewording_of(sentence, answers::Style::plain);
  request.place.deadline = std::chrono::minutes(10);
  return request;
}

struct Writing {
  double tokens_per_s = 0;
  double seconds = 0;
  std::vector<std::string> texts;
};

Writing reword(llm::llama::Engine& engine, const std::vector<std::string>& sentences) {
  Writing out;
  std::int64_t tokens = 0;
  double writing = 0;  // from the first word on
  for (const std::string& sentence : sentences) {
    auto first = Clock::time_point::max();
    const auto reply =
        must(engine.write(rewording(sentence), [&](std::string_view) { return first = std::min(first, Clock::now()), true; }, {}));
    out.seconds += reply.usage.wall_s;
    if (!reply.text.empty()) writing += std::chrono::duration<double>(Clock::now() - first).count();
    tokens += reply.usage.generated_tokens;
    out.texts.push_back(reply.text);
  }
  out.tokens_per_s = static_cast<double>(tokens) / writing;
  return out;
}

std::size_t same(const std::vector<std::string>& one, const std::vector<std::string>& other) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < one.size(); ++i) count += one[i] == other[i] ? 1 : 0;
  return count;
}

// Eight at once, then the next as soon as one is done.
Writing reword_together(llm::llama::Engine& engine, const std::vector<std::string>& sentences) {
  Writing out;
  out.texts.resize(sentences.size());
  std::atomic<std::size_t> next = 0;
  out.seconds = seconds_of([&] {
    std::vector<std::jthread> askers;
    for (int i = 0; i < 8; ++i) {
      askers.emplace_back([&] {
        for (std::size_t at = next++; at < sentences.size(); at = next++)
          out.texts[at] = must(engine.write(rewording(sentences[at]), {}, {})).text;
      });
    }
  });
  return out;
}

void bench_writing(const llm::llama::EngineOptions& options, const std::vector<std::string>& sentences, json::Writer& out) {
  auto plain_options = options;
  plain_options.lookup = false;
  const auto plain_engine = must(llm::llama::Engine::open(plain_options));
  (void)must(plain_engine->write(rewording(sentences.back()), [](std::string_view) { return false; }, {}));  // the instructions are read
  const Writing plain = reword(*plain_engine, sentences);
  const auto engine = must(llm::llama::Engine::open(options));
  (void)must(engine->write(rewording(sentences.back()), [](std::string_view) { return false; }, {}));
  const Writing lookup = reword(*engine, sentences);
  const Writing together = reword_together(*engine, sentences);
  out.field("reworded", sentences.size())
      .field("reword_tokens_per_s", plain.tokens_per_s)
      .field("reword_lookup_tokens_per_s", lookup.tokens_per_s);
  out.field("same_with_lookup", same(plain.texts, lookup.texts)).field("same_together", same(plain.texts, together.texts));
  out.field("alone_plain_s", plain.seconds).field("alone_s", lookup.seconds).field("together_s", together.seconds);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto [offers, sentences, right] = bench::read_offers(argv[2]);
  llm::llama::EngineOptions options;
  options.model = argv[1];
  options.threads = argc > 3 ? std::atoi(argv[3]) : 2;
  options.states.memory_bytes = 2ULL << 30;
  json::Writer out;
  out.begin_object().field("questions", offers.size());
  {
    const auto engine = must(llm::llama::Engine::open(options));
    (void)must(engine->write(rewording(sentences.back()), [](std::string_view) { return false; }, {}));  // weights in memory
    for (const auto& offer : shuffled(offers)) (void)must(engine->choose(offer, {}));
    out.key("choose_warm_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(offer, {})); }));
    out.end_array().key("choose_warm_shipped_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(shipped(offer), {})); }));
    out.end_array();
  }
  {
    auto cold = options;
    cold.states.memory_bytes = 12ULL << 20;  // the instructions, used each time, stay; of passages one or two, which leave
    const auto engine = must(llm::llama::Engine::open(cold));
    (void)must(engine->choose(offers.back(), {}));
    out.key("choose_cold_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(offer, {})); }));
    out.end_array().key("choose_cold_shipped_ms").begin_array();
    for (const auto& offer : offers) out.value(1000 * seconds_of([&] { (void)must(engine->choose(shipped(offer), {})); }));
    out.end_array();
  }
  bench_writing(options, sentences, out);
  out.end_object();
  fmt::print("{}\n", out.text());
}
