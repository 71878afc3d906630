#include "llm/llama/write_task.h"

#include <llama.h>

#include <algorithm>
#include <cmath>

#include "llm/llama/lookup.h"
#include "llm/llama/whole_characters.h"

namespace beffroi::llm::llama {

namespace {

constexpr std::size_t kMostGuesses = 31;

// Tokens read together are computed in another order than one by one: the distance between the two best moves by 0.1, by more than 0.3
// for one in twenty (176 tokens, Qwen2.5 1.5B). Closer than that, reading alone tells which one the model would have written.
constexpr float kLevel = 0.3F;

bool is_level(Row row) {
  const auto best = std::max_element(row.begin(), row.end());
  return std::any_of(row.begin(), row.end(), [&](const float& one) { return &one != &*best && *best - one < kLevel; });
}

// What the reply may repeat, and its end.
std::vector<Token> source_of(const LoadedModel& model, const ChatRequest& request) {
  std::vector<Token> source = model.tokens_of(request.repeats.empty() ? request.material + request.message : request.repeats);
  source.push_back(model.end());
  return source;
}

}  // namespace

WriteTask::WriteTask(const LoadedModel& model, const ChatRequest& request, Options options)
    : options_(options), max_tokens_(static_cast<std::size_t>(std::max(1, request.max_tokens))) {
  Framed framed = model.framed(request);
  if (options_.lookup) lookup_ = Lookup(source_of(model, request));
  opening_ = std::move(framed.instructions);
  opening_.insert(opening_.end(), framed.material.begin(), framed.material.end());
  message_ = std::move(framed.message);
  key_ = StateStore::key_of(model.fingerprint(), opening_);
  if (request.grammar.empty()) return;
  grammar_ = llama_sampler_init_grammar(model.vocabulary(), request.grammar.c_str(), "root");
  grammar_holds_ = grammar_ != nullptr;
}

WriteTask::~WriteTask() {
  if (grammar_ != nullptr) llama_sampler_free(grammar_);
}

std::size_t WriteTask::cells() const { return opening_.size() + message_.size() + max_tokens_ + kMostGuesses; }

void WriteTask::begin(const Bench& bench, std::span<const int> sequences) {
  Strand strand;
  strand.sequence = sequences.front();
  if (restore(bench, key_, strand, opening_.size())) {
    usage.reused_tokens += static_cast<std::int64_t>(opening_.size());
    read_message(strand);
  } else {
    strand.todo = opening_;
    usage.prompt_tokens += static_cast<std::int64_t>(opening_.size());
  }
  strands.push_back(std::move(strand));
}

void WriteTask::on_read(const Bench& bench, Strand& strand, std::span<const Row> rows) {
  if (rows.empty()) {  // the opening was read
    keep(bench, key_, strand);
    read_message(strand);
    return;
  }
  // rows[0] follows what was certain; rows[i] follows guess[i - 1], and counts only if the model wrote that too.
  std::size_t kept = 0;
  while (true) {
    if (strand.guessed > 0 && is_level(rows[kept])) return read_again(bench, strand, kept);
    const Token next = pick(rows[kept]);
    finished_ = !accept(bench.model, next);
    if (finished_ || kept == strand.guessed || strand.guess[kept] != next) break;
    ++kept;
  }
  forget(bench, strand, strand.guessed - kept);
  if (finished_) return;
  strand.todo = {last_};
  strand.outputs = 1;
  if (!options_.lookup) return;
  const auto guess = lookup_.next().first(std::min({kMostGuesses, lookup_.next().size(), max_tokens_ - written_}));
  strand.guess.assign(guess.begin(), guess.end());
  strand.odds = lookup_.odds();
}

// What follows the last token written, read alone.
void WriteTask::read_again(const Bench& bench, Strand& strand, std::size_t kept) {
  forget(bench, strand, strand.guessed - kept + 1);
  strand.todo = {last_};
  strand.outputs = 1;
}

void WriteTask::read_message(Strand& strand) {
  strand.todo = message_;
  strand.outputs = 1;
  usage.prompt_tokens += static_cast<std::int64_t>(message_.size());
}

Token WriteTask::pick(Row row) {
  const Token best = best_of(row);
  if (grammar_ == nullptr) return best;
  // Nearly always the best one fits: asking for it alone spares the whole vocabulary.
  llama_token_data one{best, row[static_cast<std::size_t>(best)], 0};
  llama_token_data_array alone{&one, 1, -1, false};
  llama_sampler_apply(grammar_, &alone);
  if (!std::isinf(one.logit)) return best;
  std::vector<llama_token_data> all(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) all[i] = {static_cast<Token>(i), row[i], 0};
  llama_token_data_array every{all.data(), all.size(), -1, false};
  llama_sampler_apply(grammar_, &every);
  const auto found = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.logit < b.logit; });
  return found->id;
}

bool WriteTask::accept(const LoadedModel& model, Token token) {
  if (model.ends(token)) return false;
  if (grammar_ != nullptr) llama_sampler_accept(grammar_, token);
  lookup_.wrote(token);
  last_ = token;
  ++written_;
  usage.generated_tokens += 1;
  say(model.piece_of(token));
  cut_ = written_ >= max_tokens_;
  return !cut_;
}

void WriteTask::say(const std::string& piece) {
  half_ += piece;
  const std::size_t whole = whole_characters(half_);
  if (whole == 0) return;
  {
    const std::lock_guard lock(outcome->mutex);
    outcome->text.append(half_, 0, whole);
  }
  outcome->changed.notify_all();
  half_.erase(0, whole);
}

}  // namespace beffroi::llm::llama
