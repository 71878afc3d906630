#include "answers/intent.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include "answers/intent_rules.h"
#include "answers/patterns.h"
#include "text/analysis.h"
#include "text/decode.h"
#include "text/tokens.h"

namespace beffroi::answers {
namespace {

// « 1gn0r3 », « I-g-n-o-r-e-z », « i g n o r e »: the words behind.
std::vector<std::string> unmasked(std::string_view question) {
  std::string plain;
  std::vector<std::string> spelled;
  std::string letters;
  const std::string folded = text::fold(question);
  const auto flush = [&] {
    if (letters.size() >= 4) spelled.push_back(letters);
    letters.clear();
  };
  for (std::size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    const bool alone = std::isalpha(static_cast<unsigned char>(c)) != 0 &&
                       (i == 0 || std::isalpha(static_cast<unsigned char>(folded[i - 1])) == 0) &&
                       (i + 1 == folded.size() || std::isalpha(static_cast<unsigned char>(folded[i + 1])) == 0);
    const bool two_spaces = c == ' ' && i + 1 < folded.size() && folded[i + 1] == ' ';
    if (alone) letters.push_back(c);
    else if (std::isalpha(static_cast<unsigned char>(c)) != 0 || two_spaces) flush();
    static constexpr std::string_view kDigits = "013457@$", kLetters = "oieastas";
    const std::size_t masked = kDigits.find(c);
    plain.push_back(masked == std::string_view::npos ? c : kLetters[masked]);
  }
  flush();
  auto words = pattern_words(plain);
  words.insert(words.end(), spelled.begin(), spelled.end());
  return words;
}

bool looks_masked(std::string_view question) {
  int digits_in_words = 0, lone_letters = 0;
  for (const auto& token : text::tokens(question)) {
    if (token.kind != text::TokenKind::letters) continue;
    const bool digit = token.folded.find_first_of("0134578") != std::string::npos;
    const bool letter = token.folded.find_first_of("abcdefghijklmnopqrstuvwxyz") != std::string::npos;
    if (digit && letter && token.folded.size() > 3) ++digits_in_words;
    const auto hyphens = static_cast<std::size_t>(std::count(token.folded.begin(), token.folded.end(), '-'));
    if (hyphens > 2 && hyphens * 2 + 2 >= token.folded.size()) lone_letters += 2;
    else if (token.folded.size() == 1) ++lone_letters;
  }
  return digits_in_words >= 2 || lone_letters >= 3;
}

// More letters of other alphabets than of ours, or no French word among several.
bool is_foreign(std::string_view question, const std::vector<std::string>& words) {
  int latin = 0, other = 0;
  for (std::size_t at = 0; at < question.size();) {
    const auto symbol = text::decode_utf8(question, at);
    if (symbol.code_point < 0x250) latin += (symbol.code_point | 0x20) >= 'a' ? 1 : 0;
    else if (symbol.code_point >= 0x370 && (symbol.code_point < 0x2000 || symbol.code_point > 0x2BFF)) ++other;
    at += symbol.size_bytes;
  }
  if (other > latin) return true;
  static const std::unordered_set<std::string_view> kForeign = {
      "the", "is",  "are",    "what",   "how",    "where", "when", "who",   "you",  "your", "my",  "and",   "to",
      "of",  "for", "please", "all",    "with",   "can",   "do",   "i",     "der",  "die",  "das", "und",   "ist",
      "wie", "wo",  "ich",    "alle",   "gib",    "nicht", "mit",  "ein",   "eine", "aus",  "auf", "el",    "los",
      "las", "que", "como",   "donde",  "quiero", "por",   "una",  "todas", "y",    "para", "mi",  "puedo", "il",
      "gli", "che", "dove",   "voglio", "tutte",  "sono",  "per",  "o",     "os",   "uma",  "nao", "meu",   "quero"};
  int foreign = 0, french = 0;
  for (const auto& word : words) {
    if (text::is_stop_word(word)) ++french;
    else if (kForeign.contains(word)) ++foreign;
  }
  return words.size() >= 3 && foreign >= 2 && foreign > french;
}

}  // namespace

Intent read_intent(std::string_view question) {
  const auto words = pattern_words(question);
  if (const auto intent = intent_by_rules(words, question)) return *intent;
  if (looks_masked(question)) {
    const auto intent = intent_by_rules(unmasked(question), question);
    if (intent && *intent != Intent::local && *intent != Intent::greeting) return *intent;
  }
  return is_foreign(question, words) ? Intent::foreign : Intent::question;
}

bool concerns_the_town(std::string_view question) {
  static const Pattern kTownLife(
      "commune|communes|communal*|intercommunal*|communaute de communes|municipal*|mairie*|conseil municipal|arrete municipal|deliberation*|etat civil|"
      "jeter|poubelle*|dechet*|decheterie*|dechetterie*|encombrant*|recycl*|ordures|compost*|voirie|trottoir*|stationnement|cimetiere*|cantine*|periscolaire*|"
      "ecole*|creche*|urbanisme|cadastre|plu|voisin*|marche public|marches publics|association*|salle des fetes|subvention*");
  return kTownLife.found(pattern_words(question));
}

}  // namespace beffroi::answers
