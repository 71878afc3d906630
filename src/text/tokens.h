// The words and marks of a French text, one by one, each with its slice of the original bytes and its folded form (lower case, no
// accent, plain apostrophe): what facts, the verification gate and the reading of questions work on. Search has its own analysis.
//
// An elision is a word of its own (« l' », « jusqu' »), a compound stays whole (« rendez-vous ») but an inverted pronoun is cut off
// (« peut-on » gives « peut » « on »). Marks (. , ; : ! ? ( ) « » € % / * …) are kept: they bound clauses and units.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/sentences.h"

namespace beffroi::text {

enum class TokenKind { letters, digits, mark };

struct Token {
  std::string folded;          // never empty: what has no ASCII form keeps its own bytes
  Slice where;
  TokenKind kind = TokenKind::letters;
  bool capital = false;        // begins with a capital letter
  bool space_before = false;   // a space of any kind, or the beginning of the text
};

// Linear in the size of the text. `text` is valid UTF-8.
[[nodiscard]] std::vector<Token> tokens(std::string_view text);

}  // namespace beffroi::text
