// One line of JSON per event on standard error, in English, for the administrator. Never personal data: no question, no answer,
// no address of a visitor. Thread-safe.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace beffroi::log {

using Field = std::pair<std::string_view, std::string>;

void info(std::string_view event, std::initializer_list<Field> fields = {});
void warn(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

// How many since the program started, written or not.
struct Counts {
  std::int64_t warnings = 0;
  std::int64_t errors = 0;
};
[[nodiscard]] Counts counts();

// Silences everything below warnings (command line, tests).
void quiet();

}  // namespace beffroi::log
