// The memory that the engine takes, computed before it is taken: an engine that does not fit is refused with its figures, not started
// and killed in the middle of an answer.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "base/result.h"

struct llama_model;

namespace beffroi::llm::llama {

struct MemoryNeed {
  std::size_t weights = 0;   // the file, rearranged for this processor
  std::size_t context = 0;   // keys and values of every token of the context, at most
  std::size_t working = 0;   // what a step computes, and what it says, at most
  std::size_t kept = 0;      // states of passages
  [[nodiscard]] std::size_t total() const { return weights + context + working + kept; }
};

// `context_tokens` of a step of `step_tokens`, of which `outputs` say something.
struct ContextShape {
  std::size_t context_tokens = 0;
  std::size_t step_tokens = 0;
  std::size_t outputs = 0;
};
[[nodiscard]] MemoryNeed need_of(const llama_model* model, std::size_t file_bytes, const ContextShape& shape, std::size_t kept);

// What a process may still take: MemAvailable of /proc/meminfo, or less when its control group allows less. Nothing when neither is told.
[[nodiscard]] std::optional<std::size_t> available_memory(const std::filesystem::path& proc = "/proc",
                                                          const std::filesystem::path& groups = "/sys/fs/cgroup");

// Code::unavailable, with both figures, when `wanted` is more than `available`.
[[nodiscard]] Status fits(std::size_t wanted, std::optional<std::size_t> available);

}  // namespace beffroi::llm::llama
