#include "answers/patterns.h"

#include <algorithm>

#include "text/tokens.h"

namespace beffroi::answers {
namespace {

std::vector<std::string_view> split(std::string_view text, std::string_view separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at; (at = text.find(separator)) != std::string_view::npos; text.remove_prefix(at + separator.size())) {
    parts.push_back(text.substr(0, at));
  }
  parts.push_back(text);
  return parts;
}

std::vector<std::vector<std::string>> phrases(std::string_view alternatives) {
  std::vector<std::vector<std::string>> out;
  for (const auto alternative : split(alternatives, "|")) {
    // Cut as a question is (« l'index » is two words), a star staying with its word.
    std::vector<std::string> phrase;
    for (auto& token : text::tokens(alternative)) {
      if (token.kind != text::TokenKind::mark) phrase.push_back(std::move(token.folded));
      else if (token.folded == "*" && !phrase.empty()) phrase.back() += '*';
    }
    if (!phrase.empty()) out.push_back(std::move(phrase));
  }
  return out;
}

bool is_word(std::string_view wanted, std::string_view word) {
  if (wanted.ends_with('*')) return word.starts_with(wanted.substr(0, wanted.size() - 1));
  return wanted == word;
}

bool stands_at(const std::vector<std::string>& phrase, const std::vector<std::string>& words, std::size_t at) {
  if (at + phrase.size() > words.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    if (!is_word(phrase[i], words[at + i])) return false;
  }
  return true;
}

}  // namespace

std::vector<std::string> pattern_words(std::string_view text) {
  std::vector<std::string> words;
  for (auto& token : text::tokens(text)) {
    if (token.kind != text::TokenKind::mark) words.push_back(std::move(token.folded));
  }
  return words;
}

Pattern::Pattern(std::string_view written) {
  const auto sides = split(written, " - ");
  for (const auto group : split(sides.front(), " & ")) all_.push_back(phrases(group));
  if (sides.size() > 1) none_ = phrases(sides[1]);
}

bool Pattern::any(const Group& group, const std::vector<std::string>& words) {
  return std::any_of(group.begin(), group.end(), [&](const Phrase& phrase) {
    for (std::size_t at = 0; at < words.size(); ++at) {
      if (stands_at(phrase, words, at)) return true;
    }
    return false;
  });
}

bool Pattern::found(const std::vector<std::string>& words) const {
  return std::all_of(all_.begin(), all_.end(), [&](const Group& group) { return any(group, words); }) && !any(none_, words);
}

}  // namespace beffroi::answers
