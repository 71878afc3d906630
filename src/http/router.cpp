#include "http/router.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace beffroi::http {

namespace {

bool is_capture(std::string_view segment) { return segment.size() > 2 && segment.front() == '{' && segment.back() == '}'; }
bool is_rest(std::string_view segment) { return is_capture(segment) && segment.ends_with("...}"); }
std::string capture_name(std::string_view segment) { return std::string(segment.substr(1, segment.size() - (is_rest(segment) ? 5 : 2))); }

std::vector<std::string> cut(std::string_view pattern) {
  std::vector<std::string> segments;
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // the slash
    const std::size_t end = std::min(pattern.find('/'), pattern.size());
    segments.emplace_back(pattern.substr(0, end));
    pattern.remove_prefix(end);
  }
  return segments;
}

std::optional<Parameters> match(std::span<const std::string> pattern, std::span<const std::string> path) {
  Parameters captured;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (i >= path.size() || (is_capture(pattern[i]) && path[i].empty())) return std::nullopt;
    if (is_rest(pattern[i])) {
      std::string rest = path[i];
      for (const std::string& segment : path.subspan(i + 1)) rest += "/" + segment;
      captured.add(capture_name(pattern[i]), std::move(rest));
      return captured;
    }
    if (is_capture(pattern[i])) captured.add(capture_name(pattern[i]), path[i]);
    else if (pattern[i] != path[i]) return std::nullopt;
  }
  if (pattern.size() != path.size()) return std::nullopt;
  return captured;
}

void allow(std::string& list, std::string_view method) {
  if (list.find(method) != std::string::npos) return;
  if (!list.empty()) list += ", ";
  list += method;
}

}  // namespace

Router& Router::add(Route route) {
  for (const Route& known : routes_) {
    if (known.method == route.method && known.pattern == route.pattern) {
      std::fprintf(stderr, "route registered twice: %s\n", route.pattern.c_str());
      std::abort();
    }
  }
  Pattern pattern{cut(route.pattern), 0};
  pattern.fixed = static_cast<std::size_t>(
      std::count_if(pattern.segments.begin(), pattern.segments.end(), [](const auto& segment) { return !is_capture(segment); }));
  routes_.push_back(std::move(route));
  patterns_.push_back(std::move(pattern));
  return *this;
}

Router& Router::problem_pages(ProblemPage page) {
  page_ = std::move(page);
  return *this;
}

Router::Match Router::find(Method method, std::span<const std::string> segments) const {
  Match best;
  std::size_t best_fixed = 0;
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    auto captured = match(patterns_[i].segments, segments);
    if (!captured) continue;
    allow(best.allow, name_of(routes_[i].method));
    if (routes_[i].method == Method::get) allow(best.allow, "HEAD");
    const bool served = routes_[i].method == method || (method == Method::head && routes_[i].method == Method::get);
    if (!served || (best.route != nullptr && patterns_[i].fixed <= best_fixed)) continue;
    best.route = &routes_[i];
    best.captured = std::move(*captured);
    best_fixed = patterns_[i].fixed;
  }
  if (!best.allow.empty()) allow(best.allow, "OPTIONS");
  return best;
}

namespace {

bool speaks_openai(std::string_view path) { return path == "/v1" || path.starts_with("/v1/"); }

}  // namespace

Reply Router::show(const Request& request, const Problem& problem) const {
  return speaks_json(request.path) ? show_plain(request.path, problem) : page_(request, problem);
}

bool speaks_json(std::string_view path) { return path == "/api" || path.starts_with("/api/") || speaks_openai(path); }

Reply show_plain(std::string_view path, const Problem& problem) {
  if (speaks_openai(path)) return problem_for_openai(problem);
  return speaks_json(path) ? problem_json(problem) : problem_page(problem);
}

}  // namespace beffroi::http
