// Bytes of a connection → one request, or the problem that refuses it. No socket here: tests and fuzzing feed it directly.
//
// HTTP/1.0 and 1.1. What two readers could understand differently (request smuggling) is refused and the connection closed: both
// Content-Length and Transfer-Encoding, either of them twice, any coding but chunked, a missing or double Host, a bare line feed.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "http/router.h"

namespace beffroi::http {

// A whole request and where it goes.
struct Arrival {
  Request request;
  const Route* route = nullptr;    // null: `problem`, or an OPTIONS that `allow` answers
  std::optional<Problem> problem;
  std::string allow;
  bool is_head = false;
  bool keep_alive = true;
  bool is_http_1_0 = false;
};

class RequestParser {
 public:
  enum class State {
    header,    // waiting for the rest of the header
    body,      // the header is read, not all of the body
    complete,  // take()
    refused,   // problem(): answer, then close, for the rest of the bytes cannot be trusted
  };

  RequestParser(const Router& router, std::size_t header_limit_bytes);
  ~RequestParser();

  // How many bytes were used. What is left over must be given again, with more bytes behind it, unless the state is an end.
  [[nodiscard]] std::size_t feed(std::string_view bytes);
  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool awaits_continue() const { return awaits_continue_; }  // « Expect: 100-continue », in state body
  [[nodiscard]] const Problem& problem() const { return problem_; }
  // Decoded once the header is read; of a refused request, as it came and perhaps empty.
  [[nodiscard]] std::string_view path() const { return arrival_.request.path; }
  [[nodiscard]] Arrival take();  // once, then start another parser

 private:
  struct Beast;
  void refuse(Problem problem);
  void read_header();
  void route_request(const std::vector<std::string>& segments);
  [[nodiscard]] std::optional<Problem> ambiguity() const;
  [[nodiscard]] std::optional<Problem> unwelcome_body();

  const Router& router_;
  State state_ = State::header;
  bool awaits_continue_ = false;
  Problem problem_;
  Arrival arrival_;
  std::unique_ptr<Beast> beast_;
};

}  // namespace beffroi::http
