#include "usecases/gateway/fault.h"

#include <fmt/format.h>

#include <utility>

namespace beffroi::gateway {

namespace {

constexpr std::string_view kUnsupported = "unsupported: ", kModel = "model_not_found", kNotYet = "not_implemented";

}  // namespace

tl::unexpected<Error> wrong(std::string parameter, std::string message) {
  return fail(Code::invalid_argument, std::move(message), std::move(parameter));
}

tl::unexpected<Error> unsupported(std::string parameter, std::string_view why) {
  std::string message = fmt::format("«\u00a0{}\u00a0»\u00a0: {}", parameter, why);
  return fail(Code::invalid_argument, std::move(message), std::string(kUnsupported).append(parameter));
}

tl::unexpected<Error> unknown_model(std::string_view id) {
  return fail(Code::not_found,
              fmt::format("Le modèle «\u00a0{}\u00a0» n’est pas servi ici\u00a0: GET /v1/models donne la liste de ceux qui le sont.", id),
              std::string(kModel));
}

tl::unexpected<Error> not_there_yet(std::string message) { return fail(Code::unavailable, std::move(message), std::string(kNotYet)); }

http::Problem problem_of(const Error& error) {
  if (error.detail == kNotYet) return http::problem_of(501, error.message);
  http::Problem problem = http::problem_of(error);
  if (error.detail == kModel) {
    problem.code = kModel;
    problem.parameter = "model";
  }
  if (error.code == Code::bad_input || error.code == Code::invalid_argument) problem.status = 400;
  if (error.code == Code::invalid_argument) {
    const bool is_unsupported = error.detail.starts_with(kUnsupported);
    problem.code = is_unsupported ? "unsupported_parameter" : "invalid_value";
    problem.parameter = is_unsupported ? error.detail.substr(kUnsupported.size()) : error.detail;
  }
  return problem;
}

http::Reply refusal(const Error& error) { return http::refusal(problem_of(error)); }

}  // namespace beffroi::gateway
