// Which guesses (lookup.h) are worth reading in a step: a step of sixteen tokens costs what six steps of one cost, and not much more than
// one of eight, so guesses fill a step that is begun, and one asker alone guesses far or not at all.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace beffroi::llm::llama {

// The time of a step of `tokens`, in times of a step of one. Measured with llama.cpp's x86 kernels, 4 bits, 2 threads (AVX-512), 1 to 256
// tokens: 26 ms for 1, 83 for 4, 131 for 8, 158 for 16, 275 for 32. Another machine has other figures; a wrong one costs time only.
[[nodiscard]] double step_cost(std::size_t tokens);

struct Guesses {
  std::size_t count = 0;
  double odds = 0;     // of each being right when those before it are
};

// How many of each to read with `certain` tokens, so that what is expected to be right saves most.
[[nodiscard]] std::vector<std::size_t> worth_reading(std::size_t certain, std::span<const Guesses> offered);

}  // namespace beffroi::llm::llama
