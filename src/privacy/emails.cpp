// Electronic addresses, « (at) » and « arobase » included.
#include "privacy/detectors.h"

namespace beffroi::privacy {

namespace {

bool is_atom(const Tokens& tokens, std::size_t at) { return tokens.is_letters(at) || tokens.is_digits(at); }

// The first token of the local part that ends before `at`; `at` when there is none.
std::size_t local_begin(const Tokens& tokens, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && (is_atom(tokens, begin - 1) || tokens.is_mark(begin - 1, '.') || tokens.is_mark(begin - 1, '_') ||
                       tokens.is_mark(begin - 1, '-') || tokens.is_mark(begin - 1, '+') || tokens.is_mark(begin - 1, '\''))) {
    --begin;
    if (!tokens.is_glued(begin)) break;
  }
  while (begin < at && !is_atom(tokens, begin)) ++begin;
  return begin;
}

// The token after the domain that begins at `at`; 0 when it is none.
std::size_t domain_end(const Tokens& tokens, std::size_t at) {
  if (!is_atom(tokens, at)) return 0;
  std::size_t end = 0;
  for (std::size_t i = at + 1; i < tokens.size() && (tokens.is_glued(i) || !tokens.is_glued(at)); ++i) {
    if (tokens.is_mark(i, '.') && tokens.is_letters(i + 1) && tokens.is_glued(i + 1) && tokens.length(i + 1) >= 2) end = i + 2;
    else if (tokens.is_mark(i, '.') && !tokens.is_glued(at) && tokens.is_letters(i + 1) && tokens.length(i + 1) <= 4) end = i + 2;
    else if (!is_atom(tokens, i) && !tokens.is_mark(i, '.') && !tokens.is_mark(i, '-')) break;
  }
  return end;
}

}  // namespace

void find_emails(Tokens& tokens, std::vector<Span>& out) {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    std::size_t before = i, after = i + 1;
    if (tokens.is_mark(i, '@')) {
    } else if (tokens.is_word(i, "arobase")) {
    } else if (tokens.is_word(i, "at") && (tokens.is_mark(i - 1, '(') || tokens.is_mark(i - 1, '[')) && after + 1 < tokens.size()) {
      --before, ++after;
    } else {
      continue;
    }
    const std::size_t begin = local_begin(tokens, before);
    const std::size_t end = domain_end(tokens, after);
    if (begin == before || end == 0 || !tokens.is_free(begin)) continue;
    out.push_back(tokens.take(begin, end, Label::email));
    i = end - 1;
  }
}

}  // namespace beffroi::privacy
