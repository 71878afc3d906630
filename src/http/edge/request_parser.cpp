// Beast's parser lives in this file only.
#include "http/edge/request_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

namespace beffroi::http {

namespace bh = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

Method method_of(bh::verb verb) {
  switch (verb) {
    case bh::verb::get: return Method::get;
    case bh::verb::head: return Method::head;
    case bh::verb::post: return Method::post;
    case bh::verb::put: return Method::put;
    case bh::verb::delete_: return Method::del;
    case bh::verb::options: return Method::options;
    default: return Method::other;
  }
}

bool is_number(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Problem problem_of_fault(const boost::beast::error_code& fault) {
  if (fault == bh::error::header_limit) return problem_of(431);
  if (fault == bh::error::body_limit) return problem_of(413);
  return problem_of(400);
}

}  // namespace

struct RequestParser::Beast {
  bh::request_parser<bh::string_body> parser;
  [[nodiscard]] const auto& message() const { return parser.get(); }
  [[nodiscard]] std::string_view field(bh::field name) const {
    const auto found = message().find(name);
    return found == message().end() ? std::string_view{} : view(found->value());
  }
};

RequestParser::RequestParser(const Router& router, std::size_t header_limit_bytes) : router_(router), beast_(std::make_unique<Beast>()) {
  beast_->parser.header_limit(static_cast<std::uint32_t>(header_limit_bytes));
  beast_->parser.body_limit(boost::none);  // set by the route, once the header tells which
  beast_->parser.eager(false);             // stop after the header: refuse before reading a body
}

RequestParser::~RequestParser() = default;

void RequestParser::refuse(Problem problem) {
  // What was asked tells how the problem is shown, even when the rest of the address cannot be read.
  const std::string_view target = view(beast_->message().target());
  if (arrival_.request.path.empty()) arrival_.request.path = target.substr(0, target.find('?'));
  problem_ = std::move(problem);
  state_ = State::refused;
}

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size() && (state_ == State::header || state_ == State::body)) {
    boost::beast::error_code fault;
    const std::size_t step = beast_->parser.put({bytes.data() + used, bytes.size() - used}, fault);
    used += step;
    if (fault && fault != bh::error::need_more) {
      refuse(problem_of_fault(fault));
      break;
    }
    if (state_ == State::header && beast_->parser.is_header_done()) read_header();
    if (state_ == State::body && beast_->parser.is_done()) {
      arrival_.request.body = std::move(beast_->parser.get().body());
      state_ = State::complete;
    }
    if (step == 0) break;
  }
  return used;
}

void RequestParser::read_header() {
  const auto& message = beast_->message();
  arrival_.keep_alive = beast_->parser.keep_alive();
  arrival_.is_http_1_0 = message.version() < 11;
  arrival_.is_head = message.method() == bh::verb::head;
  arrival_.request.method = arrival_.is_head ? Method::get : method_of(message.method());
  for (const auto& field : message) arrival_.request.headers.emplace_back(view(field.name_string()), view(field.value()));
  if (auto problem = ambiguity()) return refuse(std::move(*problem));

  const bool asks_the_server = arrival_.request.method == Method::options && message.target() == "*";
  auto target = parse_target(asks_the_server ? "/" : view(message.target()));
  if (!target) return refuse(problem_of(400, target.error().message));
  arrival_.request.path = std::move(target->path);
  arrival_.request.query = std::move(target->query);
  route_request(target->segments);

  if (auto problem = unwelcome_body()) return refuse(std::move(*problem));
  beast_->parser.body_limit(arrival_.route != nullptr ? arrival_.route->body_limit_bytes : 0);
  beast_->parser.eager(true);
  state_ = State::body;
}

std::optional<Problem> RequestParser::ambiguity() const {
  const auto& message = beast_->message();
  const auto lengths = message.count(bh::field::content_length);
  const auto codings = message.count(bh::field::transfer_encoding);
  const bool has_one_host = message.count(bh::field::host) == 1 || (arrival_.is_http_1_0 && message.count(bh::field::host) == 0);
  if (!has_one_host) return problem_of(400, "La demande doit porter un en-tête Host, et un seul.");
  if (lengths > 1 || codings > 1 || (lengths > 0 && codings > 0) || (codings > 0 && arrival_.is_http_1_0) ||
      (lengths == 1 && !is_number(beast_->field(bh::field::content_length)))) {
    return problem_of(400, "La longueur de la demande est ambiguë.");
  }
  if (codings == 1 && !same_word(beast_->field(bh::field::transfer_encoding), "chunked")) return problem_of(501);
  return std::nullopt;
}

void RequestParser::route_request(const std::vector<std::string>& segments) {
  Router::Match match = router_.find(arrival_.request.method, segments);
  arrival_.route = match.route;
  arrival_.request.captured = std::move(match.captured);
  arrival_.allow = std::move(match.allow);
  if (arrival_.route != nullptr) return;
  if (arrival_.request.method == Method::options && view(beast_->message().target()) == "*") {
    arrival_.allow = "GET, HEAD, POST, OPTIONS";
  } else if (arrival_.allow.empty()) {
    arrival_.problem = problem_of(404);
  } else if (arrival_.request.method != Method::options) {
    arrival_.problem = problem_of(405);
    arrival_.problem->allow = arrival_.allow;
  }
}

// Before the body is read: may it come?
std::optional<Problem> RequestParser::unwelcome_body() {
  const auto length = beast_->parser.content_length();
  const bool is_chunked = beast_->message().count(bh::field::transfer_encoding) > 0;
  if (!is_chunked && length.value_or(0) == 0) return std::nullopt;
  if (arrival_.problem) return arrival_.problem;
  if (arrival_.route == nullptr) return problem_of(413);  // an OPTIONS with a body
  const Route& route = *arrival_.route;
  if (length.value_or(0) > route.body_limit_bytes) {
    return problem_of(413, fmt::format("La demande dépasse la taille admise, {} octets.", route.body_limit_bytes));
  }
  const std::string_view coding = beast_->field(bh::field::content_encoding);
  if (!coding.empty() && !same_word(coding, "identity")) return problem_of(415, "Les corps compressés ne sont pas admis.");
  std::string_view type = beast_->field(bh::field::content_type);
  type = type.substr(0, type.find(';'));
  while (type.ends_with(' ') || type.ends_with('\t')) type.remove_suffix(1);
  const auto& taken = route.media_types;
  if (!taken.empty() && std::none_of(taken.begin(), taken.end(), [&](const auto& one) { return same_word(one, type); })) {
    return problem_of(415, fmt::format("Le format attendu est {}.", fmt::join(taken, " ou ")));
  }
  const std::string_view expectation = beast_->field(bh::field::expect);
  if (!expectation.empty() && !same_word(expectation, "100-continue")) return problem_of(417);
  awaits_continue_ = !expectation.empty() && !arrival_.is_http_1_0;
  return std::nullopt;
}

Arrival RequestParser::take() { return std::move(arrival_); }

}  // namespace beffroi::http
