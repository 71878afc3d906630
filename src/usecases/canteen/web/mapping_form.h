// Inside web/: the questions about a file as a form, and the answers read back from it.
#pragma once

#include "usecases/canteen/importing/draft.h"
#include "usecases/canteen/web/parts.h"

namespace beffroi::canteen {

// A form's answers. What it does not speak of stays unanswered.
[[nodiscard]] Answers answers_from(const http::Parameters& form, const CsvTable& table);

struct Questions {
  const CsvTable& table;
  const Draft& draft;
  const Answers& answers;
  const Known& known;
  bool every_name = false;           // the names that are no question too
};
void write_columns(Html& html, const Questions& questions);
void write_days(Html& html, const Questions& questions);
void write_spellings(Html& html, const Questions& questions);
void write_meals(Html& html, const Questions& questions);
// What is asked and what is said about the rows, each with its answers.
void write_notices(Html& html, const Questions& questions);

}  // namespace beffroi::canteen
