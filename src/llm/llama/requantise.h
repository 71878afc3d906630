// A model rewritten with all its matrices in one form.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace beffroi::llm::llama {

// Writes `to` from `from`, every matrix in 4 bits (Q4_K), the form that llama.cpp rearranges for x86 processors: a mixed file keeps some in
// 6 bits, which it reads one token at a time. The same bytes each time on the same processor. About a minute, two threads; `to` is not
// atomic. Code::bad_input: not a model that can be; Code::storage.
[[nodiscard]] Status to_four_bits(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace beffroi::llm::llama
