// The role `beffroi worker llm`: the engine, answering its parent until it leaves.
#pragma once

#include "base/result.h"
#include "llm/llama/engine.h"

namespace beffroi::llm::worker {

inline constexpr int kMostAtOnce = 8;

// Returns when the parent closed the channel; the error of a model that does not load is told to the parent too.
[[nodiscard]] Status host(const llama::EngineOptions& options);

}  // namespace beffroi::llm::worker
