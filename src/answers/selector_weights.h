// Made by tools/train/selector.py: do not edit.
#pragma once

#include <array>

namespace beffroi::answers::weights {

// In the order of kFeatureNames, then the bias.
inline constexpr std::array<float, 2> kSelector = {1.0F, 0.0F};

// In the order of Signals, then the bias.
inline constexpr std::array<float, 13> kConfidence = {
    2.903F, 4.036F, 5.794F, -0.77683F, -0.68051F, 3.4303F, 0.31568F, -0.13789F, 5.3955F, 3.6173F, -2.2147F, -3.1157F,
    -9.7616F};

}  // namespace beffroi::answers::weights
