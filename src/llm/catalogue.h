// The models a town hall may install: what they are, under which licence, what they need, and what is known of them here.
//
// The program brings one, made of pieces that third_party/deps.lock pins. Others are the administrator's: an address and a SHA-256
// written in beffroi.toml. Nothing here is downloaded by itself.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::llm {

// A piece of a model, brought by tools/deps: the model is its pieces end to end.
struct ModelPart {
  std::string piece;             // folder of the piece among the pinned ones
  std::string file;              // in that folder
  std::int64_t size_bytes = 0;
  std::string sha256;            // of that file
};

struct CatalogueEntry {
  std::string id;                // also its file name: a-z, 0-9, dot, hyphen, underscore
  std::string name;              // for a person, in French
  std::string licence;
  std::int64_t size_bytes = 0;
  std::string sha256;            // of the whole model
  std::int64_t memory_bytes = 0; // while it serves; 0: not known
  std::vector<ModelPart> parts;  // or:
  std::string url;
  std::string measured;          // what was measured here, in French; empty: nothing
  std::string untried;           // what never was
};

inline constexpr std::string_view kDefaultModel = "qwen2.5-coder-1.5b-instruct-q4_k_m";

[[nodiscard]] std::vector<CatalogueEntry> built_in_models();

// Adds an entry of the administrator's. Code::invalid_argument, with what was expected: the id, the address, the hash or the size.
[[nodiscard]] Status add_model(std::vector<CatalogueEntry>& catalogue, CatalogueEntry entry);

// « 1,1 Go », « 52 Mo »: decimal units, as disks are sold.
[[nodiscard]] std::string readable_size(std::int64_t bytes);

}  // namespace beffroi::llm
