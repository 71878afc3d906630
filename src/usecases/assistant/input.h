// What a person or a program sends, checked at the door: from here on, texts are valid UTF-8 of bounded length.
//
// Faults: Code::invalid_argument (HTTP 400) when the bytes are not text, Code::bad_input (422) when the JSON or a value in it is not what
// was expected, Code::too_large (413) over a length.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "answers/ask.h"
#include "answers/rewording.h"
#include "base/result.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

inline constexpr std::size_t kMaxQuestionCharacters = 500;   // at most 2000 bytes, what search takes
inline constexpr std::size_t kMaxReasonCharacters = 500;
inline constexpr std::size_t kMaxConditions = 20;
inline constexpr std::size_t kMaxConditionCharacters = 500;

// A question or search words: valid UTF-8, no control character but line breaks and tabs (they become spaces), not blank.
[[nodiscard]] Result<std::string> checked_question(std::string_view text);

// "Particuliers", "Professionnels", "Associations".
[[nodiscard]] Result<std::string> checked_audience(std::string_view audience);

// Choices already made: each a text in one line, at most kMaxConditions.
[[nodiscard]] Result<std::vector<std::string>> checked_conditions(std::vector<std::string> conditions);

// {"question": "…", "conditions": ["…"], "audiences": ["…"]}
[[nodiscard]] Result<answers::Question> question_from_json(std::string_view body);

struct RewordingInput {
  answers::Question question;
  answers::Style style = answers::Style::plain;
};
// {"question": "…", "conditions": ["…"], "audiences": ["…"], "style": "plain"}
[[nodiscard]] Result<RewordingInput> rewording_from_json(std::string_view body);

// "plain", "falc", "letter_paragraph".
[[nodiscard]] Result<answers::Style> checked_style(std::string_view name);

// {"answer_id": "…", "helpful": true, "reason": "…", "question": "…"}
[[nodiscard]] Result<Opinion> opinion_from_json(std::string_view body);

// Checks what both the JSON and the form carry.
[[nodiscard]] Result<Opinion> checked_opinion(Opinion opinion);

}  // namespace beffroi::assistant
