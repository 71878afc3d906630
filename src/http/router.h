// One registry of routes. It can list itself: the description in api/openapi.yaml is held against it.
//
// A pattern is made of fixed segments, {name} (one segment) and a last {name...} (the rest of the path). A fixed segment wins over a
// captured one. HEAD and OPTIONS are answered for every route. Filled before the server starts, then read by every thread.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/problem.h"

namespace beffroi::http {

// True under /api and /v1, where programs ask: problems are JSON, those of /v1 as OpenAI's clients read them.
[[nodiscard]] bool speaks_json(std::string_view path);
// The problem as this path shows it, without style nor any look-up: when no handler can be reached, or what was asked is unknown.
[[nodiscard]] Reply show_plain(std::string_view path, const Problem& problem);

using Handler = std::function<Reply(const Request&)>;  // blocking; called from several threads at once

struct Route {
  Method method = Method::get;
  std::string pattern;                        // "/api/v1/publications/{id}"
  Handler handler;
  std::size_t body_limit_bytes = 1 << 20;     // over it: 413
  std::vector<std::string> media_types = {};  // bodies taken, "application/json"; empty takes any. Others: 415
  std::string_view right = {};                // what the visitor must be allowed, a literal (people/right.h); empty: nobody said
};

class Router {
 public:
  Router& add(Route route);  // the same method and pattern twice stops the program
  Router& get(std::string pattern, Handler handler) { return add({Method::get, std::move(pattern), std::move(handler)}); }

  // Shows problems to people (see speaks_json), on a handler's thread; problem_page unless given.
  using ProblemPage = std::function<Reply(const Request&, const Problem&)>;
  Router& problem_pages(ProblemPage page);

  [[nodiscard]] std::span<const Route> routes() const { return routes_; }

  struct Match {
    const Route* route = nullptr;  // null: nothing at this path, or not by this method (`allow` then tells which)
    Parameters captured;
    std::string allow;             // "GET, HEAD, OPTIONS"; empty when nothing is at this path
  };
  [[nodiscard]] Match find(Method method, std::span<const std::string> segments) const;

  // The problem as this request's path shows it: JSON for programs, a page elsewhere. The page may look things up: on a handler's thread.
  [[nodiscard]] Reply show(const Request& request, const Problem& problem) const;

 private:
  struct Pattern {
    std::vector<std::string> segments;
    std::size_t fixed = 0;  // how many segments are fixed
  };
  std::vector<Route> routes_;
  std::vector<Pattern> patterns_;  // beside routes_, cut once
  ProblemPage page_ = [](const Request&, const Problem& problem) { return problem_page(problem); };
};

}  // namespace beffroi::http
