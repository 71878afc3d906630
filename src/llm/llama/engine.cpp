#include "llm/llama/engine.h"

#include <fmt/format.h>
#include <llama.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <limits>
#include <utility>

#include "base/log.h"
#include "llm/llama/choose_task.h"
#include "llm/llama/guesses.h"
#include "llm/llama/memory_need.h"
#include "llm/llama/task.h"
#include "llm/llama/write_task.h"

namespace beffroi::llm::llama {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kStepTokens = 512;     // read at once when one request has the engine to itself
constexpr std::size_t kSharedStepTokens = 96;  // when others are writing: they wait for a step, not for a whole text
constexpr std::size_t kShortTokens = 16;     // what is written goes before what is read
constexpr std::uint32_t kSequences = 64;

// Of the steps that read `left` tokens: all of one length, since a short last one costs more for each token.
std::size_t even_step(std::size_t left) {
  const std::size_t steps = (left + kStepTokens - 1) / kStepTokens;
  return steps < 2 ? kStepTokens : std::min(kStepTokens, (left / steps / 16 + 1) * 16);
}

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

Usage used(const Task& task, Clock::time_point start) {
  Usage usage = task.outcome->usage;
  usage.wall_s = std::chrono::duration<double>(Clock::now() - start).count();
  return usage;
}

Error out_of_context() {
  return {Code::too_large, "La demande est trop longue pour le modèle de langue\u00a0: raccourcissez-la.", "beyond the context"};
}

}  // namespace

// Tokens of one strand in a step.
struct Engine::Part {
  std::size_t task = 0;      // in running_
  std::size_t strand = 0;
  std::size_t count = 0;     // of what it has to read
  std::size_t guessed = 0;   // then of what it guesses
};

Engine::Engine(const EngineOptions& options, std::shared_ptr<const LoadedModel> model)
    : options_(options), model_(std::move(model)), states_(std::make_unique<StateStore>(options.states)) {}

Result<std::unique_ptr<Engine>> Engine::open(const EngineOptions& options) {
  std::error_code ignored;
  const auto file = static_cast<std::size_t>(std::filesystem::file_size(options.model, ignored));
  if (!ignored) BEFFROI_CHECK(fits(file, options.available_memory()));  // before the weights are read
  auto model = BEFFROI_TRY(LoadedModel::load(options.model));
  const ContextShape shape{static_cast<std::size_t>(options.context_tokens), kStepTokens, kSequences};
  const MemoryNeed need = need_of(model->get(), file, shape, options.states.memory_bytes);
  BEFFROI_CHECK(fits(need.total() - need.weights, options.available_memory()));
  std::unique_ptr<Engine> engine(new Engine(options, std::move(model)));
  engine->memory_ = need;
  if (!engine->make_context()) {
    return fail(Code::unavailable,
                "La mémoire manque pour le modèle de langue\u00a0: choisissez un modèle plus petit ou réduisez son contexte.",
                engine->model_id());
  }
  engine->thread_ = std::thread([self = engine.get()] { self->run(); });
  return engine;
}

bool Engine::make_context() {
  llama_context_params params = llama_context_default_params();
  params.n_ctx = static_cast<std::uint32_t>(options_.context_tokens);
  params.n_batch = kStepTokens;
  params.n_ubatch = kStepTokens;
  params.n_seq_max = kSequences;
  params.kv_unified = true;
  params.n_threads = options_.threads;
  params.n_threads_batch = options_.threads;
  params.no_perf = true;
  params.abort_callback = [](void* self) { return static_cast<Engine*>(self)->after_operation(); };
  params.abort_callback_data = this;
  context_ = llama_init_from_model(model_->get(), params);
  for (int sequence = static_cast<int>(kSequences); sequence-- > 0;) free_sequences_.push_back(sequence);
  return context_ != nullptr;
}

// Called by the very thread that computes, after each operation of a step.
bool Engine::after_operation() {
  operations_.fetch_add(1, std::memory_order_relaxed);
  if (options_.between_operations) options_.between_operations();
  return interrupted_.load(std::memory_order_relaxed);
}

Engine::~Engine() {
  {
    const std::lock_guard lock(mutex_);
    closing_ = true;
    interrupted_ = true;
  }
  wanted_.notify_all();
  if (thread_.joinable()) thread_.join();
  if (context_ != nullptr) llama_free(context_);
}

// ---- those who ask ------------------------------------------------------------------------------

Result<ChatReply> Engine::write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) {
  const auto task = std::make_shared<WriteTask>(*model_, request, WriteTask::Options{options_.lookup});
  if (!task->grammar_holds()) return fail(Code::bad_input, "La forme demandée au modèle de langue est mal écrite.", "grammar");
  const auto start = Clock::now();
  BEFFROI_CHECK(submit(task));
  BEFFROI_CHECK(wait(*task, request.place, on_text, stop));
  return ChatReply{task->outcome->text, task->cut(), used(*task, start)};
}

Result<Choosing> Engine::choose(const ChoosingRequest& request, const std::stop_token& stop) {
  const bool fits = std::all_of(request.passages.begin(), request.passages.end(),
                                [](const LetteredPassage& one) { return !one.sentences.empty() && one.sentences.size() <= kMaxSentences; });
  if (!fits || request.passages.empty() || request.passages.size() > kMaxPassages || request.question.empty()) {
    return fail(Code::invalid_argument, "Le choix demandé au modèle de langue est mal posé.", "passages or sentences");
  }
  const auto task = std::make_shared<ChooseTask>(*model_, request);
  const auto start = Clock::now();
  BEFFROI_CHECK(submit(task));
  BEFFROI_CHECK(wait(*task, request.place, {}, stop));
  return Choosing{task->chosen(), used(*task, start)};
}

void Engine::preload(const std::vector<LetteredPassage>& passages, const std::stop_token& stop) {
  for (const LetteredPassage& passage : passages) {
    if (stop.stop_requested()) return;
    const auto task = std::make_shared<ChooseTask>(*model_, ChoosingRequest{{passage}, {}, {}});
    task->background = true;
    if (!submit(task)) return;
    if (!wait(*task, Place{{}, Priority::batch, std::chrono::minutes(5), {}}, {}, stop)) return;
  }
}

Status Engine::submit(const std::shared_ptr<Task>& task) {
  if (task->cells() > static_cast<std::size_t>(options_.context_tokens)) return tl::unexpected(out_of_context());
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(task);
    // What is read in the background gives its place up at once.
    if (!task->background && background_running_) interrupted_ = true;
  }
  wanted_.notify_all();
  return {};
}

Status Engine::wait(Task& task, const Place& place, const OnText& on_text, const std::stop_token& stop) {
  const auto until = Clock::now() + place.deadline;
  const std::stop_callback on_stop(stop, [&] { interrupt(task); });
  Outcome& outcome = *task.outcome;
  std::size_t said = 0;
  bool enough = false;  // the asker wants no more: what was written is the reply
  std::unique_lock lock(outcome.mutex);
  while (true) {
    const auto news = [&] { return outcome.done || (task.stopped && !enough) || (on_text && !enough && outcome.text.size() > said); };
    const bool in_time = outcome.changed.wait_until(lock, until, news);
    if (on_text && !enough && outcome.text.size() > said) {
      const std::string piece = outcome.text.substr(said);
      said = outcome.text.size();
      lock.unlock();
      enough = !on_text(piece);
      if (enough) interrupt(task);
      lock.lock();
      continue;
    }
    if (outcome.done && enough) return {};
    if (outcome.done) break;
    if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.", {});
    if (task.stopped) return fail(Code::busy, "Le modèle de langue est occupé\u00a0: réessayez dans un instant.", "gave its place up");
    if (in_time) continue;
    lock.unlock();
    interrupt(task);
    return fail(Code::timeout, "Le modèle de langue n’a pas répondu à temps\u00a0: réessayez.", {});
  }
  if (outcome.fault) return tl::unexpected(*outcome.fault);
  return {};
}

void Engine::interrupt(Task& task) {
  task.stopped = true;
  interrupted_ = true;
  task.outcome->changed.notify_all();
  wanted_.notify_all();
}

// ---- the engine's thread --------------------------------------------------------------------------

void Engine::run() {
  while (admit()) {
    leave_stopped();
    step();
  }
  for (std::size_t at = running_.size(); at-- > 0;) end(at, Error{Code::unavailable, "Le modèle de langue s’arrête.", {}});
  const std::lock_guard lock(mutex_);
  for (const auto& task : waiting_) {
    const std::lock_guard outcome(task->outcome->mutex);
    task->outcome->fault = Error{Code::unavailable, "Le modèle de langue s’arrête.", {}};
    task->outcome->done = true;
    task->outcome->changed.notify_all();
  }
}

// Takes in what fits; waits when there is nothing to do. False: closing.
bool Engine::admit() {
  std::unique_lock lock(mutex_);
  wanted_.wait(lock, [&] { return closing_ || !waiting_.empty() || !running_.empty(); });
  if (closing_) return false;
  interrupted_ = false;
  const bool foreground = std::any_of(waiting_.begin(), waiting_.end(), [](const auto& task) { return !task->background; });
  for (const auto* tasks : {&waiting_, &running_}) {
    for (const auto& task : *tasks) {
      if (task->background && foreground) task->stopped = true;
    }
  }
  while (!waiting_.empty()) {
    const auto task = waiting_.front();
    const bool fits =
        cells_taken_ + task->cells() <= static_cast<std::size_t>(options_.context_tokens) && free_sequences_.size() >= task->sequences();
    if (!fits && !task->stopped) break;
    waiting_.pop_front();
    if (task->stopped) {
      task->outcome->changed.notify_all();
      continue;
    }
    cells_taken_ += task->cells();
    const std::vector<int> given(free_sequences_.end() - static_cast<std::ptrdiff_t>(task->sequences()), free_sequences_.end());
    free_sequences_.resize(free_sequences_.size() - given.size());
    running_.push_back(task);
    if (task->background) background_running_ = true;
    task->begin({context_, *model_, options_.states.memory_bytes > 0 ? states_.get() : nullptr}, given);
  }
  return true;
}

void Engine::leave_stopped() {
  for (std::size_t at = running_.size(); at-- > 0;) {
    if (running_[at]->stopped) end(at, Error{Code::cancelled, "La demande a été arrêtée.", {}});
    else if (running_[at]->finished()) end(at, std::nullopt);
  }
}

std::vector<Engine::Part> Engine::gather() {
  std::vector<Part> parts;
  std::size_t room = running_.size() > 1 ? kSharedStepTokens : even_step(running_.empty() ? 0 : running_.front()->left());
  std::size_t taken = 0;
  for (const bool short_ones : {true, false}) {
    for (std::size_t task = 0; task < running_.size(); ++task) {
      for (std::size_t at = 0; at < running_[task]->strands.size(); ++at) {
        const Strand& strand = running_[task]->strands[at];
        const std::size_t left = strand.todo.size() - strand.read;
        if (left == 0 || (left <= kShortTokens) != short_ones) continue;
        // What must speak is read in one go; what is written always has its place.
        std::size_t count = short_ones ? left : std::min(left, room);
        if (count < left && left - count < strand.outputs) count = left - strand.outputs;
        if (count == 0 || taken + count > kStepTokens) continue;
        parts.push_back({task, at, count, 0});
        taken += count;
        room -= std::min(room, count);
      }
    }
  }
  guess(parts, taken);
  return parts;
}

void Engine::guess(std::vector<Part>& parts, std::size_t taken) const {
  std::vector<Guesses> offered;
  for (const Part& part : parts) {
    const Strand& strand = running_[part.task]->strands[part.strand];
    offered.push_back({strand.read + part.count == strand.todo.size() ? strand.guess.size() : 0, strand.odds});
  }
  const auto worth = worth_reading(taken, offered);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    parts[i].guessed = std::min(worth[i], kStepTokens - taken);
    taken += parts[i].guessed;
  }
}

void Engine::step() {
  const std::vector<Part> parts = gather();
  if (parts.empty()) {  // nobody has anything to read, and nobody is done: a fault of ours, said rather than waited for
    const Error fault{Code::internal, "Le modèle de langue n’a pas pu lire la demande\u00a0: réessayez.", "a task without work"};
    for (std::size_t at = running_.size(); at-- > 0;) end(at, fault);
    return;
  }
  llama_batch batch = llama_batch_init(static_cast<std::int32_t>(kStepTokens), 0, 1);
  for (const Part& part : parts) {
    const Strand& strand = running_[part.task]->strands[part.strand];
    for (std::size_t i = 0; i < part.count + part.guessed; ++i) {
      const auto at = static_cast<std::size_t>(batch.n_tokens++);
      batch.token[at] = i < part.count ? strand.todo[strand.read + i] : strand.guess[i - part.count];
      batch.pos[at] = strand.position + static_cast<int>(i);
      batch.n_seq_id[at] = 1;
      batch.seq_id[at][0] = strand.sequence;
      batch.logits[at] = strand.read + i + strand.outputs >= strand.todo.size() ? 1 : 0;
    }
  }
  const double cpu_before = cpu_seconds();
  const auto joules_before = options_.joules ? options_.joules() : std::nullopt;
  const int rc = llama_decode(context_, batch);
  llama_batch_free(batch);
  std::optional<double> joules;
  if (joules_before) {
    const auto after = options_.joules();
    if (after) joules = *after - *joules_before;
  }
  charge(parts, cpu_seconds() - cpu_before, joules);
  if (rc == 0) {
    spread(parts);
    return;
  }
  undo(parts);
  if (rc == 2) return;  // interrupted: whoever stopped leaves, the others read the same again
  log::error("llama", {{"decode", fmt::format("{}", rc)}});
  const Error fault{Code::unavailable, "Le modèle de langue n’a pas pu lire la demande\u00a0: réessayez.", fmt::format("decode {}", rc)};
  for (std::size_t at = running_.size(); at-- > 0;) {
    if (std::any_of(parts.begin(), parts.end(), [&](const Part& part) { return part.task == at; })) end(at, fault);
  }
}

void Engine::spread(const std::vector<Part>& parts) {
  const auto width = static_cast<std::size_t>(model_->vocabulary_size());
  const Bench bench{context_, *model_, options_.states.memory_bytes > 0 ? states_.get() : nullptr};
  std::size_t end = 0;  // of the part, in the batch
  for (const Part& part : parts) {
    Task& task = *running_[part.task];
    Strand& strand = task.strands[part.strand];
    end += part.count + part.guessed;
    strand.read += part.count;
    strand.position += static_cast<int>(part.count + part.guessed);
    strand.guessed = part.guessed;
    if (strand.read < strand.todo.size()) continue;
    std::vector<Row> rows;
    for (std::size_t i = end - std::min(part.count, strand.outputs) - part.guessed; i < end; ++i) {
      rows.emplace_back(llama_get_logits_ith(context_, static_cast<std::int32_t>(i)), width);
    }
    strand.read = 0;
    strand.todo.clear();
    strand.outputs = 0;
    task.on_read(bench, strand, rows);
  }
  leave_stopped();
}

void Engine::undo(const std::vector<Part>& parts) {
  for (const Part& part : parts) {
    const Strand& strand = running_[part.task]->strands[part.strand];
    llama_memory_seq_rm(llama_get_memory(context_), strand.sequence, strand.position, -1);
  }
}

void Engine::charge(const std::vector<Part>& parts, double cpu_s, std::optional<double> joules) {
  std::size_t total = 0;
  for (const Part& part : parts) total += part.count + part.guessed;
  for (const Part& part : parts) {
    const double share = static_cast<double>(part.count + part.guessed) / static_cast<double>(total);
    Usage& usage = running_[part.task]->usage;
    usage.cpu_s += share * cpu_s;
    if (joules) usage.joules = usage.joules.value_or(0) + share * *joules;
  }
}

void Engine::end(std::size_t at, std::optional<Error> fault) {
  const auto task = running_[at];
  running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(at));
  for (const Strand& strand : task->strands) {
    llama_memory_seq_rm(llama_get_memory(context_), strand.sequence, -1, -1);
    free_sequences_.push_back(strand.sequence);
  }
  cells_taken_ -= task->cells();
  if (task->background) background_running_ = false;
  {
    const std::lock_guard lock(task->outcome->mutex);
    task->usage.model = model_->name();
    task->outcome->usage = task->usage;
    task->outcome->fault = std::move(fault);
    task->outcome->done = true;
  }
  task->outcome->changed.notify_all();
}

}  // namespace beffroi::llm::llama
