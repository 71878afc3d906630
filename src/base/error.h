// What can go wrong, as a value.
//
// An Error carries a code (one of a dozen, mapped once to HTTP statuses and exit codes), a French sentence for the person
// who must do something about it, and an English detail for the log. No personal data in `detail`.
#pragma once

#include <string>
#include <string_view>

namespace beffroi {

enum class Code {
  invalid_argument,  // the caller's words are off (HTTP 400, exit 2 on the command line)
  bad_input,         // a file or a body is malformed (HTTP 422)
  not_found,         // HTTP 404
  unauthenticated,   // nobody is signed in, or what proves it is wrong or expired (HTTP 401)
  denied,            // HTTP 403
  conflict,          // HTTP 409
  too_large,         // over a stated limit (HTTP 413)
  too_many,          // one asker asked too often (HTTP 429 with Retry-After)
  busy,              // try again later (HTTP 503 with Retry-After)
  timeout,           // the deadline passed (HTTP 504)
  cancelled,         // the asker went away or asked to stop
  unavailable,       // a file, model or upstream is missing or broken (HTTP 503)
  storage,           // disk full, permission, corrupted store (HTTP 507)
  internal,          // a bug of ours at a third-party border (HTTP 500)
};

[[nodiscard]] std::string_view name_of(Code code);

struct Error {
  Code code = Code::internal;
  std::string message;  // French, one sentence, says what to do
  std::string detail;   // English, for the log; may be empty

  // Prefixes the message with where it happened: «beffroi.toml, ligne 3 : …».
  [[nodiscard]] Error at(std::string_view where) &&;
};

}  // namespace beffroi
