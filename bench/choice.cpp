// bench_choice MODEL OFFERS [THREADS]: how often the letter that the model finds most probable is an expected sentence, on the offers of
// `beffroi eval offers`, of the questions for which one is offered; then weighed by how little the model believes that its passage has none.
#include <fmt/format.h>

#include <cstdlib>

#include "llm/llama/engine.h"
#include "offers.h"

using namespace beffroi;
using bench::must;

namespace {

struct Best {
  double score = -1;
  bool right = false;
  void see(double score_of_one, bool right_of_one) {
    if (score_of_one > score) *this = {score_of_one, right_of_one};
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const bench::Offers offers = bench::read_offers(argv[2]);
  llm::llama::EngineOptions options;
  options.model = argv[1];
  options.threads = argc > 3 ? std::atoi(argv[3]) : 2;
  const auto engine = must(llm::llama::Engine::open(options));
  int questions = 0, offered = 0, by_letter = 0, weighed = 0;
  for (std::size_t i = 0; i < offers.requests.size(); ++i) {
    const auto chosen = must(engine->choose(offers.requests[i], {}));
    Best letter, with_none;
    bool any = false;
    for (std::size_t p = 0; p < chosen.passages.size(); ++p) {
      for (std::size_t s = 0; s < chosen.passages[p].sentences.size(); ++s) {
        const double probability = chosen.passages[p].sentences[s];
        const bool right = offers.right[i][p][s];
        any = any || right;
        letter.see(probability, right);
        with_none.see(probability * (1 - chosen.passages[p].none), right);
      }
    }
    ++questions;
    offered += any ? 1 : 0;
    by_letter += letter.right ? 1 : 0;
    weighed += with_none.right ? 1 : 0;
  }
  fmt::print("questions {}, an expected sentence offered {}, best letter right {}, weighed by none {}\n", questions, offered, by_letter,
             weighed);
}
