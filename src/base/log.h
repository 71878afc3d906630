// One line of JSON per event on standard error, in English, for the administrator. Never personal data: no question, no answer,
// no address of a visitor. Thread-safe.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace beffroi::log {

using Field = std::pair<std::string_view, std::string>;

void info(std::string_view event, std::initializer_list<Field> fields = {});
void warn(std::string_view event, std::initializer_list<Field> fields = {});
void error(std::string_view event, std::initializer_list<Field> fields = {});

// Silences everything below warnings (command line, tests).
void quiet();

}  // namespace beffroi::log
