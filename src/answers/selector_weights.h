// Made by tools/train/selector.py: do not edit.
#pragma once

#include <array>

namespace beffroi::answers::weights {

// From the raw score of the trees (model/selector.txt) to a probability: slope, then bias.
inline constexpr std::array<float, 2> kSelector = {0.97112F, -2.6056F};

// In the order of Signals, then the bias.
inline constexpr std::array<float, 13> kConfidence = {-1.3319F,  8.9004F, 2.7439F, 1.2233F, -1.01F,  0.25941F, -0.42183F,
                                                      -0.94279F, 4.197F,  3.1209F, -1.537F, -3.879F, -6.9615F};

}  // namespace beffroi::answers::weights
