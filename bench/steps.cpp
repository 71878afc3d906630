// bench_steps MODEL [THREADS]: the time of a step of n tokens after a text of 300, in milliseconds, medians; each token saying what comes
// next, as guesses do, then the last one only, as reading does. What src/llm/llama/guesses.cpp counts with comes from here.
#include <fmt/format.h>
#include <llama.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <vector>

namespace {

constexpr int kBefore = 300, kMost = 512;

void fill(llama_batch& batch, int count, int from, bool each_says) {
  batch.n_tokens = count;
  for (int i = 0; i < count; ++i) {
    batch.token[i] = 1000 + (i * 7919) % 50'000;
    batch.pos[i] = from + i;
    batch.n_seq_id[i] = 1;
    batch.seq_id[i][0] = 0;
    batch.logits[i] = each_says || i == count - 1 ? 1 : 0;
  }
}

double step_ms(llama_context* context, llama_batch& batch, int count, bool each_says) {
  std::vector<double> times;
  const int turns = count <= 8 ? 12 : count <= 128 ? 5 : 2;
  for (int turn = 0; turn < turns; ++turn) {
    fill(batch, count, kBefore, each_says);
    const auto start = std::chrono::steady_clock::now();
    if (llama_decode(context, batch) != 0) std::exit(1);
    times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    llama_memory_seq_rm(llama_get_memory(context), 0, kBefore, -1);
  }
  std::nth_element(times.begin(), times.begin() + turns / 2, times.end());
  return times[static_cast<std::size_t>(turns / 2)];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  llama_backend_init();
  llama_model_params of_model = llama_model_default_params();
  of_model.load_mode = LLAMA_LOAD_MODE_NONE;  // as the engine does
  llama_model* model = llama_model_load_from_file(argv[1], of_model);
  if (model == nullptr) return 1;
  llama_context_params params = llama_context_default_params();
  params.n_ctx = 8192;
  params.n_batch = params.n_ubatch = kMost;
  params.n_seq_max = 64;
  params.kv_unified = true;
  params.n_threads = params.n_threads_batch = argc > 2 ? std::atoi(argv[2]) : 2;
  llama_context* context = llama_init_from_model(model, params);
  llama_batch batch = llama_batch_init(kMost, 0, 1);
  fill(batch, kBefore, 0, false);
  if (context == nullptr || llama_decode(context, batch) != 0) return 1;
  for (const bool each_says : {true, false}) {
    fmt::print("{:<15}", each_says ? "each says" : "the last says");
    for (const int count : {1, 2, 3, 4, 5, 8, 12, 16, 24, 32, 64, 128, 256, 512}) {
      if (each_says && count > 64) break;
      fmt::print(" {}:{:.1f}", count, step_ms(context, batch, count, each_says));
      std::fflush(stdout);
    }
    fmt::print("\n");
  }
  llama_batch_free(batch);
  llama_free(context);
  llama_model_free(model);
}
