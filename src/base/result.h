// Result<T>: a value or an Error. BEFFROI_TRY unwraps one or returns its error to the caller.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/error.h"

namespace beffroi {

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Code code, std::string message, std::string detail = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(detail)});
}

}  // namespace beffroi

// auto value = BEFFROI_TRY(function_that_returns_a_result());
#define BEFFROI_TRY(expression)                                                                                \
  __extension__({                                                                                              \
    auto beffroi_try_result_ = (expression);                                                                   \
    if (!beffroi_try_result_) return tl::unexpected<::beffroi::Error>(std::move(beffroi_try_result_).error()); \
    *std::move(beffroi_try_result_);                                                                           \
  })

// BEFFROI_CHECK(function_that_returns_a_status());
#define BEFFROI_CHECK(expression)                                                                                  \
  do {                                                                                                             \
    auto beffroi_check_result_ = (expression);                                                                     \
    if (!beffroi_check_result_) return tl::unexpected<::beffroi::Error>(std::move(beffroi_check_result_).error()); \
  } while (false)
