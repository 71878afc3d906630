#include "llm/llama/choose_task.h"

#include <llama.h>

#include <algorithm>
#include <cmath>

namespace beffroi::llm::llama {

namespace {

constexpr std::string_view kInstructions =
    "Tu lis un extrait d’une fiche officielle, dont chaque phrase porte une lettre. Donne la lettre de la phrase qui répond à la question, ou 0 si "
    "aucune n’y répond.";

// Kept with the passage, so that only the question itself is read after it. Cut where its tokens are those of the whole line.
constexpr std::string_view kLead = "\nQuestion :";

std::string material_of(const LetteredPassage& passage) {
  std::string text = passage.heading + "\n";
  for (std::size_t i = 0; i < passage.sentences.size(); ++i) {
    text += static_cast<char>('A' + i);
    text += ". " + passage.sentences[i] + "\n";
  }
  return text;
}

}  // namespace

ChooseTask::ChooseTask(const LoadedModel& model, const ChoosingRequest& request) {
  for (const LetteredPassage& passage : request.passages) {
    Framed framed = model.framed(kInstructions, material_of(passage), " " + request.question);
    const std::vector<Token> lead = model.tokens_of(kLead);
    framed.material.insert(framed.material.end(), lead.begin(), lead.end());
    if (!request.question.empty()) question_ = std::move(framed.message);
    instructions_ = std::move(framed.instructions);
    std::vector<Token> whole = instructions_;
    whole.insert(whole.end(), framed.material.begin(), framed.material.end());
    passages_.push_back({std::move(framed.material), passage.sentences.size(), StateStore::key_of(model.fingerprint(), whole), false});
  }
  instructions_key_ = StateStore::key_of(model.fingerprint(), instructions_);
  for (std::size_t i = 0; i < kMaxSentences; ++i) letters_.push_back(model.tokens_of(std::string(1, static_cast<char>('A' + i))).front());
  letters_.push_back(model.tokens_of("0").front());
  chosen_.resize(passages_.size());
  unfinished_ = passages_.size();
}

std::size_t ChooseTask::cells() const {
  std::size_t total = instructions_.size();
  for (const Passage& passage : passages_) total += instructions_.size() + passage.tokens.size() + question_.size();
  return total;
}

void ChooseTask::begin(const Bench& bench, std::span<const int> sequences) {
  strands.resize(sequences.size());
  bool all_kept = true;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    Strand& strand = strands[i];
    strand.sequence = sequences[i];
    if (i == 0) continue;
    Passage& passage = passages_[i - 1];
    if (restore(bench, passage.key, strand, instructions_.size() + passage.tokens.size())) {
      usage.reused_tokens += strand.position;
      passage.was_read = true;
      read_question(strand);
      if (strand.todo.empty()) --unfinished_;  // nothing is asked
    } else {
      all_kept = false;
    }
  }
  if (all_kept) return;
  if (restore(bench, instructions_key_, strands[0], instructions_.size())) {
    usage.reused_tokens += strands[0].position;
    share_instructions(bench);
    return;
  }
  strands[0].todo = instructions_;
  usage.prompt_tokens += static_cast<std::int64_t>(instructions_.size());
}

void ChooseTask::on_read(const Bench& bench, Strand& strand, std::span<const Row> rows) {
  const auto at = static_cast<std::size_t>(&strand - strands.data());
  if (at == 0) {
    keep(bench, instructions_key_, strand);
    share_instructions(bench);
    return;
  }
  Passage& passage = passages_[at - 1];
  if (!rows.empty()) chosen_[at - 1] = choice_of(rows.front(), passage.sentences);
  if (!passage.was_read) keep_passage(bench, strand, passage);
  --unfinished_;
}

// Its state without the question read after it: a token's state depends on none that follows.
void ChooseTask::keep_passage(const Bench& bench, Strand& strand, Passage& passage) {
  forget(bench, strand, question_.size());
  keep(bench, passage.key, strand);
  passage.was_read = true;
}

// Read once, and begun from by the passages that need them.
void ChooseTask::share_instructions(const Bench& bench) {
  for (std::size_t i = 0; i < passages_.size(); ++i) {
    if (passages_[i].was_read) continue;
    Strand& own = strands[i + 1];
    llama_memory_seq_cp(llama_get_memory(bench.context), strands[0].sequence, own.sequence, -1, -1);
    own.position = strands[0].position;
    own.todo = passages_[i].tokens;
    usage.prompt_tokens += static_cast<std::int64_t>(own.todo.size());
    read_question(own);
  }
}

void ChooseTask::read_question(Strand& strand) {
  if (question_.empty()) return;
  strand.todo.insert(strand.todo.end(), question_.begin(), question_.end());
  strand.outputs = 1;
  usage.prompt_tokens += static_cast<std::int64_t>(question_.size());
}

Choosing::OfPassage ChooseTask::choice_of(Row row, std::size_t sentences) const {
  std::vector<double> weights;
  for (std::size_t i = 0; i < sentences; ++i) weights.push_back(row[static_cast<std::size_t>(letters_[i])]);
  weights.push_back(row[static_cast<std::size_t>(letters_.back())]);
  const double most = *std::max_element(weights.begin(), weights.end());
  double total = 0;
  for (double& weight : weights) total += weight = std::exp(weight - most);
  for (double& weight : weights) weight /= total;
  Choosing::OfPassage choice;
  choice.none = weights.back();
  weights.pop_back();
  choice.sentences = std::move(weights);
  return choice;
}

}  // namespace beffroi::llm::llama
