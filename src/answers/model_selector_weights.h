// Made by tools/train/model_selector.py: do not edit.
#pragma once

#include <array>

namespace beffroi::answers::weights {

// Of the trained selector's log-odds, the logarithm of the model's probability, the log-odds that its passage answers; the bias.
inline constexpr std::array<double, 4> kModel = {0.53215, 1.2676, 0.24237, 1.3849};

}  // namespace beffroi::answers::weights
