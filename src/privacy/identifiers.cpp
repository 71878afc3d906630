#include "privacy/identifiers.h"

#include <string_view>

#include "privacy/detectors.h"

namespace beffroi::privacy {

namespace {

bool is_alphanumeric(const Tokens& tokens, std::size_t at) { return tokens.is_letters(at) || tokens.is_digits(at); }

// Length of an IBAN by country; 0 for a country without one.
std::size_t iban_length(std::string_view country) {
  struct Country {
    std::string_view code;
    std::size_t length;
  };
  static constexpr Country kCountries[] = {{"fr", 27}, {"mc", 27}, {"de", 22}, {"be", 16}, {"es", 24}, {"it", 27}, {"pt", 25}, {"lu", 20},
                                           {"ch", 21}, {"gb", 22}, {"nl", 18}, {"at", 20}, {"ie", 22}, {"pl", 28}, {"ro", 24}, {"dk", 18},
                                           {"se", 24}, {"fi", 18}, {"no", 15}, {"cz", 24}, {"hu", 28}, {"gr", 27}, {"tn", 24}, {"ma", 28},
                                           {"mu", 30}, {"lt", 20}, {"ee", 20}, {"lv", 21}, {"mt", 31}, {"sk", 24}, {"si", 19}, {"hr", 21},
                                           {"bg", 22}, {"tr", 26}, {"ad", 24}, {"sm", 27}, {"cy", 28}, {"li", 21}, {"is", 26}};
  for (const Country& one : kCountries) {
    if (one.code == country) return one.length;
  }
  return 0;
}

// Reads letters and digits in groups until `wanted` characters are there. The longest prefix that ends a group when they never are.
struct Collected {
  std::size_t end = 0, characters = 0, digits = 0;
};

Collected collect(const Tokens& tokens, std::size_t at, std::size_t wanted) {
  Collected got;
  for (std::size_t i = at; i < tokens.size() && got.characters < wanted; ++i) {
    if (is_alphanumeric(tokens, i)) {
      const std::size_t size = tokens.length(i);
      const bool word = tokens.is_letters(i) && (size > 4 || (!tokens.is_glued(i) && size > 2) || tokens.folded(i).size() != size);
      if (i > at && (word || got.characters + size > wanted)) break;
      got.characters += size;
      got.digits += tokens.is_digits(i) ? size : 0;
      got.end = i + 1;
    } else if (!tokens.is_mark(i, '-') && !tokens.is_mark(i, '.') && !tokens.is_mark(i, '/') && !tokens.is_mark(i, '_') &&
               !(tokens.is_kind(i, Kind::line_break) && got.characters < wanted)) {
      break;
    }
  }
  return got;
}

}  // namespace

std::size_t iban_end(const Tokens& tokens, std::size_t at) {
  if (!is_alphanumeric(tokens, at)) return 0;
  if (at > 0 && tokens.is_glued(at) && is_alphanumeric(tokens, at - 1)) return 0;
  if (tokens.is_digits(at)) {
    if (!announced(tokens, at, kBankCue, 3) || tokens.length(at) > 5 + 18) return 0;
    const Collected rib = collect(tokens, at, 23);
    return rib.characters >= 20 && rib.digits >= 12 ? rib.end : 0;
  }
  if (tokens.length(at) != 2 || !tokens.is_digits(at + 1)) return 0;
  const std::size_t wanted = iban_length(tokens.folded(at));
  if (wanted == 0 || tokens.length(at + 1) < 2) return 0;
  const Collected iban = collect(tokens, at, wanted);
  if (iban.characters == wanted && iban.digits >= 8) return iban.end;
  // A character lost or added: still an account.
  return iban.digits >= 12 && iban.characters + 4 >= wanted ? iban.end : 0;
}

namespace {

// Skips one dash, dot or nothing between the parts of a plate. `dressed`: a mark or no space at all.
std::size_t plate_gap(const Tokens& tokens, std::size_t at, bool& dressed) {
  if (tokens.is_mark(at, '-') || tokens.is_mark(at, '.') || tokens.is_mark(at, '*') || tokens.is_mark(at, '_')) return at + 1;
  if (!tokens.is_glued(at)) dressed = false;
  return at;
}

bool is_part(const Tokens& tokens, std::size_t at, Kind kind, std::size_t least, std::size_t most) {
  return tokens.is_kind(at, kind) && tokens.length(at) >= least && tokens.length(at) <= most &&
         tokens.folded(at).size() == tokens.length(at);
}

bool ends_word(const Tokens& tokens, std::size_t after) { return !(tokens.is_glued(after) && is_alphanumeric(tokens, after)); }

}  // namespace

std::size_t plate_end(const Tokens& tokens, std::size_t at) {
  if (at > 0 && tokens.is_glued(at) && (is_alphanumeric(tokens, at - 1) || tokens.is_mark(at - 1, '-'))) return 0;
  bool dressed = true;
  if (is_part(tokens, at, Kind::letters, 2, 2)) {
    const std::size_t digits = plate_gap(tokens, at + 1, dressed);
    if (!is_part(tokens, digits, Kind::digits, 3, 3)) return 0;
    const std::size_t letters = plate_gap(tokens, digits + 1, dressed);
    if (!is_part(tokens, letters, Kind::letters, 2, 2) || !ends_word(tokens, letters + 1)) return 0;
    const bool capitals = tokens[at].all_capitals && tokens[letters].all_capitals;
    const bool words = tokens.has(at, kWord) && tokens.has(letters, kWord);
    return capitals || dressed || (!words && announced(tokens, at, kPlateCue, 6)) ? letters + 1 : 0;
  }
  if (!is_part(tokens, at, Kind::digits, 1, 4)) return 0;
  const std::size_t letters = plate_gap(tokens, at + 1, dressed);
  if (!is_part(tokens, letters, Kind::letters, 1, 3)) return 0;
  std::size_t department = plate_gap(tokens, letters + 1, dressed);
  if (!is_part(tokens, department, Kind::digits, 1, 3)) return 0;
  if (tokens.folded(department) == "2" && (tokens.is_word(department + 1, "a") || tokens.is_word(department + 1, "b"))) ++department;
  else if (tokens.length(department) < 2) return 0;
  if (!ends_word(tokens, department + 1)) return 0;
  const bool cue = announced(tokens, at, kPlateCue, 6) && (tokens[letters].all_capitals || !tokens.has(letters, kWord));
  const bool capitals = tokens[letters].all_capitals && tokens.length(letters) >= 2 && tokens.length(at) >= 2 && dressed;
  return cue || (capitals && !announced(tokens, at, kActCue, 3)) ? department + 1 : 0;
}

std::size_t card_end(const Tokens& tokens, std::size_t at) {
  if (at > 0 && tokens.is_glued(at) && (is_alphanumeric(tokens, at - 1) || tokens.is_mark(at - 1, '-'))) return 0;
  const bool passport = is_part(tokens, at, Kind::digits, 2, 2) && is_part(tokens, at + 1, Kind::letters, 2, 2) &&
                        is_part(tokens, at + 2, Kind::digits, 5, 5) && tokens.is_glued(at + 1) && tokens.is_glued(at + 2) &&
                        tokens[at + 1].all_capitals;
  return passport && ends_word(tokens, at + 3) ? at + 3 : 0;
}

std::size_t code_end(const Tokens& tokens, std::size_t at) {
  if (!is_alphanumeric(tokens, at)) return 0;
  std::size_t end = at + 1;
  bool digits = tokens.is_digits(at);
  for (std::size_t i = end; i < tokens.size(); ++i) {
    const bool joint = tokens.is_mark(i, '-') || tokens.is_mark(i, '/') || tokens.is_mark(i, '.') || tokens.is_mark(i, '_');
    if (joint && tokens.is_glued(i) && tokens.is_glued(i + 1) && is_alphanumeric(tokens, i + 1)) continue;
    const bool glued = is_alphanumeric(tokens, i) && tokens.is_glued(i);
    const bool next_group = digits && tokens.is_digits(i) && !tokens.is_glued(i) && tokens.is_digits(i - 1);
    const bool last_letter = digits && tokens.is_letters(i) && tokens.length(i) <= 2 && tokens[i].all_capitals && tokens.is_digits(i - 1);
    if (!glued && !next_group && !last_letter) break;
    digits = digits || tokens.is_digits(i);
    end = i + 1;
  }
  return digits ? end : 0;
}

}  // namespace beffroi::privacy
