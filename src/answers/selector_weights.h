// Made by tools/train/selector.py: do not edit.
#pragma once

#include <array>

namespace beffroi::answers::weights {

inline constexpr std::array<float, 45> kSelector = {
    1.5F, 1.0F, 1.5F, 1.5F, 0.5F, 0.3F, 0.5F, 0.8F, 0.4F, 0.6F, 0.6F, -0.2F, -0.8F, 0.9F, 0.3F, 0.6F, 1.2F, 0.4F, 0.3F, 0.2F, 0.8F,
    0.8F, 0.8F, 1.0F, 0.0F, -0.2F, -0.2F, -0.2F, -0.8F, 0.1F, -0.6F, -0.1F, 0.5F, 0.0F, 0.2F, 0.1F, -0.3F, 0.4F, 0.4F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, -6.0F};
inline constexpr std::array<float, 13> kConfidence = {3.0F, 2.0F, 1.5F, 2.0F, 0.5F, 0.5F, -2.0F, -1.0F, 0.0F, 1.0F, -1.0F, -1.0F, -3.0F};

}  // namespace beffroi::answers::weights
