// Sets of questions kept in files, to measure answers.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::answers {

struct Labelled {
  std::string id;
  std::string question;
  std::string kind;                       // "answerable", "false_premise", "unanswerable"; empty when the file does not say
  std::string split;                      // "dev", "report"; empty when the file does not say
  std::string expected;                   // what a request against the rules should get: "REFUSE_AND_CONTINUE", "ANSWER_NORMALLY"…
  std::string channel;                    // "chat", "document"
  std::vector<std::string> publications;  // where the answer is
  std::vector<std::string> support;       // beginnings or parts of the sentences that answer
};

// JSON Lines (`question` or `text`, and any of the above), or a table with a header line and a column `question` or `query`, tabulated.
[[nodiscard]] Result<std::vector<Labelled>> read_question_set(const std::filesystem::path& path);

// A label is a part of the sentence, or the sentence a part of the label: the base is cut a little differently by its readers.
[[nodiscard]] bool supports(std::string_view shown, const std::vector<std::string>& labels);

}  // namespace beffroi::answers
