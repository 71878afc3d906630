// The engine at home: llama.cpp behind the ports of the room. One thread owns the context; requests are read and written together,
// a piece of each at every step (continuous batching), and one that is stopped leaves at once.
//
// What was read is kept (StateStore) and put back instead of being read again. ggml aborts the process on its own faults: the server runs this in `beffroi worker llm`.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "llm/chat_model.h"
#include "llm/llama/loaded_model.h"
#include "llm/llama/memory_need.h"
#include "llm/llama/state_store.h"
#include "llm/sentence_chooser.h"

struct llama_context;

namespace beffroi::llm::llama {

class Task;

struct EngineOptions {
  std::filesystem::path model;
  int threads = 2;  // never more than idle cores: they spin
  std::int32_t context_tokens = 8192;  // shared by all requests under way
  StateStore::Limits states;  // memory_bytes 0: nothing is kept
  bool lookup = true;  // prompt-lookup decoding
  std::function<std::optional<std::size_t>()> available_memory = [] { return llama::available_memory(); };
  std::function<std::optional<double>()> joules;  // a counter of the machine, when there is one
  std::function<void()> between_operations;  // for tests: a slow machine; may be empty
};

class Engine final : public ChatModel, public SentenceChooser {
 public:
  // As LoadedModel::load; Code::unavailable when the memory it would need (memory_need.h) is not there.
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const EngineOptions& options);
  ~Engine() override;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  [[nodiscard]] std::string model_id() const override { return model_->name(); }
  [[nodiscard]] Status health() const override { return {}; }
  [[nodiscard]] Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override;
  [[nodiscard]] Result<Choosing> choose(const ChoosingRequest& request, const std::stop_token& stop) override;
  void preload(const std::vector<LetteredPassage>& passages, const std::stop_token& stop) override;

  [[nodiscard]] const MemoryNeed& memory() const { return memory_; }

  // Operations of the model done so far: hundreds in a step, so that it grows while a step is computed, however long that takes. An engine
  // that is asked something and stands still is hung.
  [[nodiscard]] std::uint64_t operations() const { return operations_.load(std::memory_order_relaxed); }

 private:
  struct Part;
  Engine(const EngineOptions& options, std::shared_ptr<const LoadedModel> model);
  [[nodiscard]] bool make_context();
  [[nodiscard]] bool after_operation();  // true: leave the step

  // of those who ask
  [[nodiscard]] Status submit(const std::shared_ptr<Task>& task);
  [[nodiscard]] Status wait(Task& task, const Place& place, const OnText& on_text, const std::stop_token& stop);
  void interrupt(Task& task);

  // of the engine's thread
  void run();
  [[nodiscard]] bool admit();
  void leave_stopped();
  void step();
  [[nodiscard]] std::vector<Part> gather();
  void guess(std::vector<Part>& parts, std::size_t taken) const;
  void spread(const std::vector<Part>& parts);
  void undo(const std::vector<Part>& parts);
  void charge(const std::vector<Part>& parts, double cpu_s, std::optional<double> joules);
  void end(std::size_t at, std::optional<Error> fault);

  const EngineOptions options_;
  MemoryNeed memory_;
  const std::shared_ptr<const LoadedModel> model_;
  const std::unique_ptr<StateStore> states_;
  llama_context* context_ = nullptr;

  std::mutex mutex_;
  std::condition_variable wanted_;
  std::deque<std::shared_ptr<Task>> waiting_;
  bool closing_ = false;
  std::atomic<bool> interrupted_ = false;  // leave the step under way: somebody stopped
  std::atomic<bool> background_running_ = false;
  std::atomic<std::uint64_t> operations_ = 0;

  std::deque<std::shared_ptr<Task>> running_;
  std::vector<int> free_sequences_;
  std::size_t cells_taken_ = 0;
  std::thread thread_;
};

}  // namespace beffroi::llm::llama
