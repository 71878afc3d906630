// Made by tools/train/selector.py: do not edit.
#pragma once

#include <array>

namespace beffroi::answers::weights {

// From the raw score of the trees (model/selector.txt) to a probability: slope, then bias.
inline constexpr std::array<float, 2> kSelector = {0.95664F, -2.5968F};

// In the order of Signals, then the bias.
inline constexpr std::array<float, 13> kConfidence = {-0.093303F, 7.6702F, 3.5363F, 1.2198F,  -0.80239F, 0.97389F, 0.32198F,
                                                      -1.0261F,   4.2801F, 3.1272F, -1.7923F, -3.555F,   -7.6041F};

}  // namespace beffroi::answers::weights
