#include "llm/llama/lookup.h"

#include <algorithm>
#include <optional>

namespace beffroi::llm::llama {

namespace {

constexpr std::size_t kLongestMatch = 3;
constexpr std::size_t kNear = 12;  // a single token says little: only near where the reply stood

}  // namespace

void Lookup::wrote(Token token) {
  reply_.push_back(token);
  const auto guessed = next();
  if (!guessed.empty()) {
    told_ += 1;
    if (guessed.front() == token) {
      right_ += 1;
      ++place_;
      return;
    }
  }
  there_ = false;
  for (std::size_t length = kLongestMatch; length > 0 && !there_; --length) there_ = find(length);
  if (!there_ && place_ < source_.size()) ++place_;  // a word was put in place of another
}

std::span<const Token> Lookup::next() const {
  return there_ ? std::span(source_).subspan(std::min(place_, source_.size())) : std::span<const Token>();
}

double Lookup::odds() const { return right_ / told_; }

// The nearest place where the last `length` tokens of the reply are in the source.
bool Lookup::find(std::size_t length) {
  if (reply_.size() < length || source_.size() < length) return false;
  const auto ending = std::span(reply_).last(length);
  const auto away = [&](std::size_t place) { return place > place_ ? place - place_ : place_ - place; };
  std::optional<std::size_t> nearest;
  for (std::size_t at = 0; at + length <= source_.size(); ++at) {
    if (!std::equal(ending.begin(), ending.end(), source_.begin() + static_cast<std::ptrdiff_t>(at))) continue;
    const std::size_t place = at + length;
    if (length == 1 && away(place) > kNear) continue;
    if (!nearest || away(place) < away(*nearest)) nearest = place;
  }
  if (nearest) place_ = *nearest;
  return nearest.has_value();
}

}  // namespace beffroi::llm::llama
