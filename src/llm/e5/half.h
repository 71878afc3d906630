// IEEE half precision, as scales of weights are stored.
#pragma once

#include <bit>
#include <cstdint>

namespace beffroi::llm::e5 {

[[nodiscard]] inline float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000) << 16;
  const std::uint32_t magnitude = half & 0x7FFF;
  if (magnitude >= 0x7C00) return std::bit_cast<float>(sign | 0x7F800000 | (magnitude & 0x3FF) << 13);  // infinite or not a number
  if (magnitude < 0x400) {  // zero or subnormal: exact in single precision
    const float value = static_cast<float>(magnitude) * 0x1p-24F;
    return sign != 0 ? -value : value;
  }
  return std::bit_cast<float>(sign | ((magnitude << 13) + (112U << 23)));
}

}  // namespace beffroi::llm::e5
