// What a handler receives and what it gives back. Plain values: nothing here knows of sockets.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "http/event_stream.h"
#include "http/url.h"

namespace beffroi::http {

enum class Method { get, head, post, put, del, options, other };
[[nodiscard]] std::string_view name_of(Method method);  // "GET"

struct Request {
  Method method = Method::get;  // a HEAD reaches its handler as GET; the edge drops the body
  std::string path;             // decoded, valid UTF-8
  Parameters query;             // decoded
  Parameters captured;          // the {names} of the route's pattern
  std::vector<std::pair<std::string, std::string>> headers;  // as received
  std::string client;           // address of the machine that connected, "192.0.2.1"; a proxy's own when there is one
  std::string body;             // bytes: check what they are
  std::stop_token stop;         // asked to stop when the client is gone or the server closes: pass it on
  std::string id = {};          // of this request, in the lines of the log and in the reply's X-Request-Id; opaque

  [[nodiscard]] std::string_view header(std::string_view name) const;       // the first one, or empty; case does not matter
  [[nodiscard]] bool accepts(std::string_view media_type) const;            // named in Accept, not by a wildcard
  [[nodiscard]] bool has_form() const;  // the body is a form, by its Content-Type: in either way that browsers have
  // Its fields, at most kMaxFormFields; files are left out (multipart.h).
  [[nodiscard]] Result<Parameters> form() const;
};

// Produces the events of a streamed reply, on the handler's thread, after the head was sent.
using EventProducer = std::function<void(EventStream&)>;

struct Problem;

struct Reply {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // used instead of `body` when set: sent without a copy
  std::string cache_control = "no-store";
  std::string etag;                                // with its quotes; the edge answers 304 by itself
  std::vector<std::pair<std::string, std::string>> headers;  // beyond those the edge adds to every reply
  EventProducer events;                            // when set, the reply is a stream of events and has no body
  std::shared_ptr<const Problem> problem;          // when set (see refusal), the edge shows it as the path requires
};

[[nodiscard]] Reply json_reply(std::string body, int status = 200);
[[nodiscard]] Reply html_reply(std::string body, int status = 200);
[[nodiscard]] Reply text_reply(std::string body, int status = 200);
[[nodiscard]] Reply see_other(std::string location);  // 303, after a form
[[nodiscard]] Reply event_reply(EventProducer producer);

// True when the two header names or media types are the same but for the case of ASCII letters.
[[nodiscard]] bool same_word(std::string_view left, std::string_view right);

}  // namespace beffroi::http
