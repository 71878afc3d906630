#include "usecases/assistant/outline.h"

#include <algorithm>

namespace beffroi::assistant {
namespace {

using knowledge::Passage;

bool shares_conditions(const Passage& a, const Passage& b, std::size_t count) {
  return a.conditions.size() >= count && b.conditions.size() >= count &&
         std::equal(a.conditions.begin(), a.conditions.begin() + static_cast<std::ptrdiff_t>(count), b.conditions.begin());
}

// How many conditions of the passage stand above its chapters: those whose run of neighbours goes through several chapters.
std::size_t outer_conditions(const std::vector<Passage>& passages, std::size_t at) {
  const Passage& passage = passages[at];
  std::size_t outer = 0;
  while (outer < passage.conditions.size()) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && shares_conditions(passages[begin - 1], passage, outer + 1)) --begin;
    while (end < passages.size() && shares_conditions(passages[end], passage, outer + 1)) ++end;
    const std::string* chapter = nullptr;
    bool several = false;
    for (std::size_t i = begin; i < end && !several; ++i) {
      if (passages[i].sections.empty()) continue;
      several = chapter != nullptr && *chapter != passages[i].sections.front();
      chapter = &passages[i].sections.front();
    }
    if (!several) break;
    ++outer;
  }
  return outer;
}

std::vector<Heading> path_of(const std::vector<Passage>& passages, std::size_t at) {
  const Passage& passage = passages[at];
  const std::size_t outer = outer_conditions(passages, at);
  std::vector<Heading> path;
  std::string within;
  const auto add_case = [&](const std::string& condition) {
    path.push_back({condition, true, static_cast<int>(path.size()), within});
    within += (within.empty() ? "" : " › ") + condition;
  };
  for (std::size_t i = 0; i < outer; ++i) add_case(passage.conditions[i]);
  for (const std::string& section : passage.sections) path.push_back({section, false, static_cast<int>(path.size()), ""});
  for (std::size_t i = outer; i < passage.conditions.size(); ++i) add_case(passage.conditions[i]);
  return path;
}

bool same(const Heading& a, const Heading& b) { return a.text == b.text && a.condition == b.condition; }

}  // namespace

std::vector<OutlinedPassage> outline(const knowledge::Publication& publication) {
  std::vector<OutlinedPassage> result;
  std::vector<Heading> above;
  for (std::size_t at = 0; at < publication.passages.size(); ++at) {
    std::vector<Heading> path = path_of(publication.passages, at);
    const auto fork = std::mismatch(above.begin(), above.end(), path.begin(), path.end(), same).second;
    result.push_back({{fork, path.end()}, path.empty() ? "" : path.back().text, &publication.passages[at]});
    above = std::move(path);
  }
  return result;
}

}  // namespace beffroi::assistant
