// What went wrong, as the client reads it: RFC 9457 (application/problem+json) for the API, the error object of OpenAI's clients under /v1,
// an accessible French page elsewhere.
#pragma once

#include <string>

#include "base/error.h"
#include "http/message.h"

namespace beffroi::http {

struct Problem {
  int status = 500;
  std::string code;  // stable, for programs: "question_too_long"; the type is urn:beffroi:probleme:<code>
  std::string title;  // French, the same for every problem of this code
  std::string detail;  // French, one sentence about this occurrence
  int retry_after_s = 0;  // adds Retry-After when positive
  std::string allow;  // adds Allow (405)
  std::string parameter = {};  // the member of the body at fault, for /v1; may be empty
};

// The usual problem of a status: code "not_found", French title and detail.
[[nodiscard]] Problem problem_of(int status);
[[nodiscard]] Problem problem_of(int status, std::string detail);
// The one place where our errors become HTTP: status by code, detail from the French message. Never the English detail.
[[nodiscard]] Problem problem_of(const Error& error);

// What a handler returns: shown as its path requires.
[[nodiscard]] Reply refusal(Problem problem);
[[nodiscard]] Reply refusal(const Error& error);

[[nodiscard]] Reply problem_json(const Problem& problem);
// {"error": {"message", "type", "param", "code"}}. A client that repeats what failed is told when that is no use.
[[nodiscard]] Reply problem_for_openai(const Problem& problem);
// Only the "error" member's value: for a stream whose head is already sent.
[[nodiscard]] std::string openai_error(const Problem& problem);
[[nodiscard]] Reply problem_page(const Problem& problem);  // plain page without style; the application may show a better one

[[nodiscard]] std::string html_escaped(std::string_view text);

}  // namespace beffroi::http
