#include "llm/llama/task.h"

#include <llama.h>

#include <algorithm>

namespace beffroi::llm::llama {

bool restore(const Bench& bench, const std::string& key, Strand& strand, std::size_t tokens) {
  if (bench.states == nullptr) return false;
  const State state = bench.states->find(key);
  if (state == nullptr) return false;
  if (llama_state_seq_set_data(bench.context, state->data(), state->size(), strand.sequence) == 0) {
    llama_memory_seq_rm(llama_get_memory(bench.context), strand.sequence, -1, -1);
    bench.states->drop(key);
    return false;
  }
  strand.position = static_cast<int>(tokens);
  return true;
}

void keep(const Bench& bench, const std::string& key, const Strand& strand) {
  if (bench.states == nullptr) return;
  std::vector<std::uint8_t> bytes(llama_state_seq_get_size(bench.context, strand.sequence));
  const std::size_t written = llama_state_seq_get_data(bench.context, bytes.data(), bytes.size(), strand.sequence);
  if (written == 0) return;
  bytes.resize(written);
  bench.states->keep(key, std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes)));
}

void forget(const Bench& bench, Strand& strand, std::size_t tokens) {
  strand.guess.clear();
  strand.guessed = 0;
  if (tokens == 0) return;
  strand.position -= static_cast<int>(tokens);
  llama_memory_seq_rm(llama_get_memory(bench.context), strand.sequence, strand.position, -1);
}

std::size_t Task::left() const {
  std::size_t total = 0;
  for (const Strand& strand : strands) total += strand.todo.size() - strand.read;
  return total;
}

Token best_of(Row row) { return static_cast<Token>(std::max_element(row.begin(), row.end()) - row.begin()); }

}  // namespace beffroi::llm::llama
