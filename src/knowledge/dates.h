// Days as the base writes them, told to people.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace beffroi::knowledge {

using Clock = std::chrono::system_clock;

[[nodiscard]] std::string utc_now(Clock::time_point now);           // "2026-11-22T10:15:00Z"
[[nodiscard]] std::string iso_day(Clock::time_point now);           // "2026-11-22"
[[nodiscard]] std::string month_in_french(std::string_view day);    // "2020-11-12" → « novembre 2020 »; empty when it is not a day

// What readers must know of a base whose newest publication is of that day; empty when it is under 45 days old.
[[nodiscard]] std::string notice_for(std::string_view newest_day, Clock::time_point now);

}  // namespace beffroi::knowledge
