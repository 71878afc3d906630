#include "privacy/number.h"

namespace beffroi::privacy {

namespace {

// « O » read for 0, « l » or « I » for 1: only when glued to digits.
char misread(char folded) { return folded == 'o' ? '0' : folded == 'i' || folded == 'l' ? '1' : 0; }

bool is_misread(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_letters(at) || tokens.length(at) > 2) return false;
  for (const char c : tokens.folded(at)) {
    if (misread(c) == 0) return false;
  }
  return true;
}

// « +33(O)6 », « 59.OO »: a whole group misread, between digits or tied to the ones before.
bool is_misread_group(const Tokens& tokens, std::size_t at) {
  if (!is_misread(tokens, at) || at == 0 || (tokens.length(at) == 2 && !tokens.is_word(at, "oo"))) return false;
  std::size_t next = at + 1;
  while (tokens.is_mark(next, ')') || tokens.is_mark(next, '.') || tokens.is_mark(next, '-')) ++next;
  return tokens.is_digits(next) || (tokens.is_glued(at) && !tokens.is_mark(at - 1, '('));
}

// One group of glued digits; returns the token after it, `at` when there is none.
std::size_t read_group(const Tokens& tokens, std::size_t at, Number& number, std::size_t& total) {
  const std::size_t begin = at;
  const std::size_t total_before = total;
  bool digits = total > 0 && is_misread_group(tokens, at);
  while (at < tokens.size() && (at == begin || tokens.is_glued(at)) && (tokens.is_digits(at) || is_misread(tokens, at))) {
    const bool real = tokens.is_digits(at);
    const std::string_view folded = tokens.folded(at);
    if (total + folded.size() > Number::kDigits) break;
    for (const char c : folded) number.digits[total++] = real ? c : misread(c);
    digits = digits || real;
    ++at;
  }
  // The department of a Corsican: 2A, 2B, at the place of the department only.
  if (digits && total == 6 && number.digits[5] == '2' && tokens.is_letters(at) && tokens.length(at) == 1 &&
      (tokens.is_word(at, "a") || tokens.is_word(at, "b"))) {
    number.digits[total++] = '0';
    number.corsican = true;
    ++at;
    while (at < tokens.size() && tokens.is_glued(at) && (tokens.is_digits(at) || is_misread(tokens, at)) &&
           total + tokens.length(at) <= Number::kDigits) {
      for (const char c : tokens.folded(at)) number.digits[total++] = tokens.is_digits(at) ? c : misread(c);
      ++at;
    }
  }
  if (digits) return at;
  total = total_before;
  return begin;
}

// What may stand between two groups; returns the token after it, 0 when nothing allowed does.
std::size_t read_separator(const Tokens& tokens, std::size_t at, char& separator) {
  separator = ' ';
  std::size_t marks = 0;
  while (at < tokens.size() && marks < 3 && tokens[at].kind != Kind::digits && tokens[at].kind != Kind::letters) {
    if (tokens.is_kind(at, Kind::line_break)) {
      if (separator == '\n' || tokens.length(at) > 4) return 0;
      separator = '\n';
    } else {
      const char mark = tokens.folded(at)[0];
      if (std::string_view(".-/_|()*").find(mark) == std::string_view::npos) return 0;
      separator = mark;
    }
    ++at, ++marks;
  }
  if (marks == 0 && tokens.is_glued(at)) return 0;
  return at;
}

}  // namespace

Number read_number(const Tokens& tokens, std::size_t at) {
  Number number;
  std::size_t total = 0;
  char separator = 0;
  while (number.count < Number::kGroups && at < tokens.size()) {
    const std::size_t before = total;
    const std::size_t end = read_group(tokens, at, number, total);
    if (end == at) break;
    number.groups[number.count++] = {static_cast<std::uint8_t>(total - before), static_cast<std::uint8_t>(total), separator, end};
    at = read_separator(tokens, end, separator);
    if (at == 0) break;
  }
  return number;
}

}  // namespace beffroi::privacy
