#include "privacy/propagation.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "privacy/names.h"

namespace beffroi::privacy {

namespace {

constexpr std::size_t kNeighbourhood = 60;  // tokens around an e-mail where its owner is named

std::size_t token_at(const Tokens& tokens, std::size_t byte) {
  std::size_t low = 0, high = tokens.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (tokens[middle].begin < byte) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Could this word, met again, be the person? A word of the language needs a capital that the sentence does not explain.
bool may_be_named(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_letters(at) || !tokens.is_free(at) || tokens.folded(at).size() < 3) return false;
  if (tokens.has(at, kParticle | kArticle | kCivility | kStreet)) return false;
  const bool ordinary = tokens.has(at, kWord | kPlace);
  // « Rivière conteste », not « Rivière en crue ».
  const bool acts =
      tokens.is_letters(at + 1) && !tokens[at + 1].capital && !tokens.has(at + 1, kParticle | kArticle) && tokens.length(at + 1) > 3;
  if (ordinary && (!tokens[at].capital || (begins_sentence(tokens, at) && !acts) || (at > 0 && tokens.has(at - 1, kArticle)))) return false;
  if (ordinary && tokens.has(at, kElected | kPersonCue) && !tokens[at].all_capitals) return false;
  return !names_place_or_firm(tokens, at);
}

}  // namespace

void name_owners_of_emails(Tokens& tokens, std::vector<Span>& out) {
  const std::size_t found = out.size();
  for (std::size_t n = 0; n < found; ++n) {
    if (out[n].label != Label::email) continue;
    const std::size_t begin = token_at(tokens, out[n].begin), end = token_at(tokens, out[n].end);
    std::string local;
    for (std::size_t i = begin; i < end && !tokens.is_mark(i, '@'); ++i)
      local += tokens.is_letters(i) ? tokens.folded(i) : std::string_view("|");
    const std::size_t last = std::min(tokens.size(), end + kNeighbourhood);
    for (std::size_t i = begin > kNeighbourhood ? begin - kNeighbourhood : 0; i < last; ++i) {
      if (!may_be_named(tokens, i) || tokens.folded(i).size() < 4 || local.find(tokens.folded(i)) == std::string::npos) continue;
      out.push_back(tokens.take(i, i + 1, Label::person));
    }
  }
}

void propagate_names(Tokens& tokens, std::vector<Span>& out, std::size_t first) {
  struct Known {
    char sex;
    bool elected;
  };
  std::unordered_map<std::string_view, Known> known;
  for (std::size_t n = first; n < out.size(); ++n) {
    if (out[n].label != Label::person) continue;
    const std::size_t end = token_at(tokens, out[n].end);
    for (std::size_t i = token_at(tokens, out[n].begin + out[n].civility_bytes); i < end; ++i) {
      if (!tokens.is_letters(i) || tokens.folded(i).size() < 3 || tokens.has(i, kParticle | kArticle | kCivility)) continue;
      const auto [place, fresh] = known.try_emplace(tokens.folded(i), Known{out[n].sex, out[n].elected});
      if (!fresh) place->second.elected = place->second.elected && out[n].elected;
    }
  }
  if (known.empty()) return;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens.is_letters(i) || !tokens.is_free(i)) continue;
    const auto match = known.find(tokens.folded(i));
    if (match == known.end() || !may_be_named(tokens, i)) continue;
    std::size_t end = i + 1;
    while (tokens.is_mark(end, '-') && tokens.is_letters(end + 1) && tokens.is_free(end + 1) && tokens.is_glued(end) &&
           tokens.is_glued(end + 1))
      end += 2;
    Span span = tokens.take(i, end, Label::person);
    span.sex = match->second.sex;
    span.elected = match->second.elected;
    out.push_back(span);
    i = end - 1;
  }
}

void spread_elected(const Tokens& tokens, std::vector<Span>& out, std::size_t first) {
  const auto words_of = [&](const Span& span) {
    std::vector<std::string_view> words;
    const std::size_t end = token_at(tokens, span.end);
    for (std::size_t i = token_at(tokens, span.begin + span.civility_bytes); i < end; ++i) {
      if (tokens.is_letters(i) && tokens.folded(i).size() >= 3 && !tokens.has(i, kParticle)) words.push_back(tokens.folded(i));
    }
    return words;
  };
  std::unordered_map<std::string_view, std::vector<std::size_t>> bearers;  // word -> elected persons, numbered
  std::size_t persons = 0;
  for (std::size_t n = first; n < out.size(); ++n) {
    if (out[n].label != Label::person || !out[n].elected) continue;
    for (const std::string_view word : words_of(out[n])) bearers[word].push_back(persons);
    ++persons;
  }
  if (persons == 0) return;
  for (std::size_t n = first; n < out.size(); ++n) {
    if (out[n].label != Label::person || out[n].elected) continue;
    const auto words = words_of(out[n]);
    std::vector<std::size_t> common;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const auto found = bearers.find(words[w]);
      if (found == bearers.end()) {
        common.clear();
        break;
      }
      if (w == 0) common = found->second;
      else
        std::erase_if(common, [&](std::size_t person) { return !std::binary_search(found->second.begin(), found->second.end(), person); });
    }
    out[n].elected = !common.empty();
  }
}

}  // namespace beffroi::privacy
