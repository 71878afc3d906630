// A language model of a few kilobytes with made-up weights, for tests: it says nonsense, always the same, by the same code as a real one.
#pragma once

#include <filesystem>

namespace beffroi::llm::llama::testing {

struct TinyModel {
  bool with_frame = true;            // a chat template in the file
  const char* architecture = "llama";
};

// Writes a GGUF file; aborts when it cannot.
void write_tiny_model(const std::filesystem::path& file, const TinyModel& options = {});

}  // namespace beffroi::llm::llama::testing
