// Words that may mean someone is in danger: the numbers to call are shown before anything else.
//
// Showing them once too often does little harm (« accident du travail : quelles démarches ? » gets them, and its answer); missing once
// may do much. `acute` tells a danger under way, told by a person, from a topic: then a human must take over.
#pragma once

#include <string_view>
#include <vector>

#include "answers/answer.h"

namespace beffroi::answers {

struct Emergency {
  std::vector<Contact> numbers;  // in the order to try them; empty when nothing alarming was read
  bool acute = false;
};

// `question` is valid UTF-8.
[[nodiscard]] Emergency read_emergency(std::string_view question);

}  // namespace beffroi::answers
