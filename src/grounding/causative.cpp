#include "grounding/causative.h"

#include <algorithm>
#include <array>

#include "grounding/lemma.h"
#include "text/tokens.h"

namespace beffroi::grounding {
namespace {

struct Verb {
  Lemma lemma;
  bool had_done = false;
};

bool is_having_done(std::string_view word) {
  static constexpr std::array<std::string_view, 9> kForms = {"faire", "fait",   "faites", "font",   "fera",
                                                             "ferez", "feront", "fasse",  "faisant"};
  return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
}

bool looks_infinitive(std::string_view word) {
  return word.size() > 4 && (word.ends_with("er") || word.ends_with("ir") || word.ends_with("re")) && !is_function_word(word);
}

// Every word, and whether it is an infinitive right after « faire ».
std::vector<Verb> words_of(std::string_view text) {
  std::vector<Verb> words;
  const std::vector<text::Token> tokens = text::tokens(text);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind != text::TokenKind::letters) continue;
    words.push_back({lemma_of(tokens[i].folded), i > 0 && is_having_done(tokens[i - 1].folded) && looks_infinitive(tokens[i].folded)});
  }
  return words;
}

// Of the verbs that `one` has done, those that `other` uses are somewhere had done there too.
bool kept_in(const std::vector<Verb>& one, const std::vector<Verb>& other) {
  return std::all_of(one.begin(), one.end(), [&](const Verb& verb) {
    if (!verb.had_done) return true;
    const auto uses = [&](const Verb& there) { return same_word(verb.lemma, there.lemma); };
    return std::none_of(other.begin(), other.end(), uses) ||
           std::any_of(other.begin(), other.end(), [&](const Verb& there) { return there.had_done && uses(there); });
  });
}

}  // namespace

bool same_causatives(std::string_view sentence, std::span<const CitedSentence> cited) {
  const std::vector<Verb> said = words_of(sentence);
  std::vector<Verb> sources;
  for (const CitedSentence& source : cited) {
    const std::vector<Verb> words = words_of(source.text);
    sources.insert(sources.end(), words.begin(), words.end());
  }
  return kept_in(said, sources) && kept_in(sources, said);
}

}  // namespace beffroi::grounding
