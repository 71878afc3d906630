#include "llm/llama/write_task.h"

#include <llama.h>

#include <algorithm>
#include <cmath>

#include "llm/llama/lookup.h"
#include "llm/llama/whole_characters.h"

namespace beffroi::llm::llama {

namespace {
constexpr std::size_t kLongestDraft = 10;
}

WriteTask::WriteTask(const LoadedModel& model, const ChatRequest& request, Options options)
    : options_(options), max_tokens_(static_cast<std::size_t>(std::max(1, request.max_tokens))) {
  Framed framed = model.framed(request.instructions, request.material, request.message);
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

std::size_t WriteTask::cells() const { return opening_.size() + message_.size() + max_tokens_ + kLongestDraft; }

void WriteTask::begin(const Bench& bench, std::span<const int> sequences) {
  Strand strand;
  strand.sequence = sequences.front();
  text_ = opening_;
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
  // rows[0] follows what was certain; rows[i] follows draft_[i - 1], and counts only if the model wrote that too.
  std::size_t kept = 0;
  Token next = pick(rows[0]);
  bool more = accept(bench.model, next);
  while (more && kept < draft_.size() && draft_[kept] == next) {
    ++kept;
    next = pick(rows[kept]);
    more = accept(bench.model, next);
  }
  if (kept < draft_.size()) {
    strand.position -= static_cast<int>(draft_.size() - kept);
    llama_memory_seq_rm(llama_get_memory(bench.context), strand.sequence, strand.position, -1);
  }
  draft_.clear();
  if (!more) {
    finished_ = true;
    strand.todo.clear();
    return;
  }
  strand.todo = {next};
  if (options_.lookup) draft_ = looked_up(text_, std::min(kLongestDraft, max_tokens_ - written_));
  strand.todo.insert(strand.todo.end(), draft_.begin(), draft_.end());
  strand.outputs = strand.todo.size();
}

void WriteTask::read_message(Strand& strand) {
  strand.todo = message_;
  strand.outputs = 1;
  text_.insert(text_.end(), message_.begin(), message_.end());
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
  text_.push_back(token);
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
