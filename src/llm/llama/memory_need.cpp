#include "llm/llama/memory_need.h"

#include <fmt/format.h>
#include <llama.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <sstream>
#include <string>

#include "llm/catalogue.h"

namespace beffroi::llm::llama {

namespace {

constexpr std::size_t kStateBytes = 2;     // 16-bit keys and values
constexpr std::size_t kNumberBytes = 4;    // what is computed, and said for each word of the vocabulary

// Of the model's own description, where the size of a head is not what its width says.
std::size_t head_size(const llama_model* model, const char* which) {
  std::array<char, 64> text{};
  std::array<char, 64> kind{};
  const auto heads = static_cast<std::size_t>(std::max(1, llama_model_n_head(model)));
  const std::size_t usual = static_cast<std::size_t>(llama_model_n_embd(model)) / heads;
  if (llama_model_meta_val_str(model, "general.architecture", kind.data(), kind.size()) <= 0) return usual;
  const std::string name = fmt::format("{}.attention.{}_length", kind.data(), which);
  if (llama_model_meta_val_str(model, name.c_str(), text.data(), text.size()) <= 0) return usual;
  const std::string_view digits(text.data());
  std::size_t size = usual;
  std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return size;
}

std::optional<std::size_t> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::size_t number = 0;
  if (!(in >> number)) return std::nullopt;
  return number;
}

std::optional<std::size_t> of_machine(const std::filesystem::path& proc) {
  std::ifstream in(proc / "meminfo");
  std::string name;
  std::size_t kib = 0;
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    if (words >> name >> kib && name == "MemAvailable:") return kib * 1024;
  }
  return std::nullopt;
}

// The group of this process, « 0::/path » in its cgroup file (version 2).
std::optional<std::size_t> of_group(const std::filesystem::path& proc, const std::filesystem::path& groups) {
  std::ifstream in(proc / "self/cgroup");
  std::string line;
  while (std::getline(in, line)) {
    if (!line.starts_with("0::/")) continue;
    const auto group = groups / line.substr(4);
    const auto most = number_in(group / "memory.max");  // « max »: no bound
    const auto taken = number_in(group / "memory.current");
    if (most && taken) return *most > *taken ? *most - *taken : 0;
  }
  return std::nullopt;
}

}  // namespace

MemoryNeed need_of(const llama_model* model, std::size_t file_bytes, const ContextShape& shape, std::size_t kept) {
  MemoryNeed need;
  need.weights = file_bytes;
  need.kept = kept;
  const std::size_t per_token = static_cast<std::size_t>(llama_model_n_layer(model)) *
                                static_cast<std::size_t>(llama_model_n_head_kv(model)) *
                                (head_size(model, "key") + head_size(model, "value"));
  need.context = shape.context_tokens * per_token * kStateBytes;
  const auto vocabulary = static_cast<std::size_t>(llama_vocab_n_tokens(llama_model_get_vocab(model)));
  const auto width = static_cast<std::size_t>(llama_model_n_embd(model));
  // What is said is held twice, where it is computed and where it is read; a layer holds a dozen times its width, and one row of attention
  // a token and head.
  const std::size_t said = 2 * shape.outputs * vocabulary;
  const std::size_t layer =
      shape.step_tokens * (12 * width + static_cast<std::size_t>(llama_model_n_head(model)) * shape.context_tokens / 4);
  need.working = (said + layer) * kNumberBytes;
  return need;
}

std::optional<std::size_t> available_memory(const std::filesystem::path& proc, const std::filesystem::path& groups) {
  const auto machine = of_machine(proc);
  const auto group = of_group(proc, groups);
  if (machine && group) return std::min(*machine, *group);
  return machine ? machine : group;
}

Status fits(std::size_t wanted, std::optional<std::size_t> available) {
  if (!available || wanted <= *available) return {};
  return fail(
      Code::unavailable,
      fmt::format("Le modèle de langue demande {} de mémoire et il n’en reste que {}\u00a0: choisissez un modèle plus petit, ou réduisez "
                  "« context_tokens » et « kept_memory_mb » dans beffroi.toml.",
                  readable_size(static_cast<std::int64_t>(wanted)), readable_size(static_cast<std::int64_t>(*available))),
      fmt::format("{} wanted, {} available", wanted, *available));
}

}  // namespace beffroi::llm::llama
