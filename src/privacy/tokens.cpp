#include "privacy/tokens.h"

#include <algorithm>

#include "text/decode.h"

namespace beffroi::privacy {

namespace {

// U+00C0 to U+017F without accents; the two-letter ones are given by fold_letter.
constexpr std::string_view kLatin =
    "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
    "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

bool is_space(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xA0 || (c >= 0x2000 && c <= 0x200B) || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF ||
         c == 0xAD;
}
bool is_break(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == '\f' || c == '\v'; }

bool is_letter(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (c < 0xC0) return c == 0xAA || c == 0xBA;
  if (c < 0x250) return c != 0xD7 && c != 0xF7;
  return (c >= 0x300 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00) || (c >= 0x3040 && c < 0xD800) ||
         (c >= 0xFB00 && c < 0xFFF0 && c != 0xFEFF);
}

bool is_capital(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) return c % 2 == 1;
  if (c == 0x178) return true;
  if ((c >= 0x100 && c <= 0x177) || (c >= 0x1E00 && c <= 0x1EFF)) return c % 2 == 0;
  return (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F);
}

// Appends the folded letter; what has no ASCII form keeps its own bytes, a combining accent vanishes.
void fold_letter(char32_t c, std::string_view own, std::string& out) {
  if (c < 0x80) {
    out += static_cast<char>(c | 0x20);
  } else if (c == 0xC6 || c == 0xE6) {
    out += "ae";
  } else if (c == 0x152 || c == 0x153) {
    out += "oe";
  } else if (c == 0xDF) {
    out += "ss";
  } else if (c >= 0xC0 && c < 0x180) {
    out += kLatin[c - 0xC0];
  } else if (c >= 0x1EA0 && c <= 0x1EF9) {
    out += c < 0x1EB8 ? 'a' : c < 0x1EC8 ? 'e' : c < 0x1ECC ? 'i' : c < 0x1EE4 ? 'o' : c < 0x1EF2 ? 'u' : 'y';
  } else if (c < 0x300 || c >= 0x370) {
    out += own;
  }
}

char mark_of(char32_t c) {
  if (c < 0x80) return static_cast<char>(c);
  if (c == 0x2018 || c == 0x2019 || c == 0x2BC || c == 0xB4) return '\'';
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return '-';
  if (c == 0xB0) return 'o';  // « n° »
  if (c == 0xB7 || c == 0x2022) return '*';
  return '?';
}

static_assert(kLatin.size() == 0x180 - 0xC0);

}  // namespace

std::string_view name_of(Label label) {
  static constexpr std::string_view kNames[kLabels] = {"PERSON", "ADDRESS", "CITY", "PHONE", "EMAIL", "NIR",
                                                       "IBAN",   "PLATE",   "DOB",  "DATE",  "ID"};
  return kNames[static_cast<std::size_t>(label)];
}

Tokens::Tokens(std::string_view text) : text_(text) {
  tokens_.reserve(text.size() / 4 + 1);
  buffer_.reserve(text.size() + 16);
  cut();
  calm_capitals();
}

void Tokens::add(Token token) {
  token.folded_size = static_cast<std::uint16_t>(std::min<std::size_t>(buffer_.size() - token.folded, 0xFFFF));
  if (token.kind == Kind::letters) token.marks = marks_of(std::string_view(buffer_).substr(token.folded, token.folded_size));
  token.glued = !tokens_.empty() && tokens_.back().end == token.begin && tokens_.back().kind != Kind::line_break;
  tokens_.push_back(token);
}

void Tokens::cut() {
  for (std::size_t at = 0; at < text_.size();) {
    auto decoded = text::decode_utf8(text_, at);
    char32_t c = decoded.code_point;
    if (is_space(c)) {
      at += decoded.size_bytes;
      continue;
    }
    Token token;
    token.begin = static_cast<std::uint32_t>(at);
    token.folded = static_cast<std::uint32_t>(buffer_.size());
    const auto extend = [&](auto belongs, auto each) {
      do {
        each(c, text_.substr(at, decoded.size_bytes));
        at += decoded.size_bytes;
        if (at >= text_.size()) break;
        decoded = text::decode_utf8(text_, at);
        c = decoded.code_point;
      } while (belongs(c));
    };
    if (is_letter(c)) {
      token.kind = Kind::letters;
      token.capital = is_capital(c);
      token.all_capitals = true;
      extend(is_letter, [&](char32_t letter, std::string_view own) {
        if (!is_capital(letter)) token.all_capitals = false;
        fold_letter(letter, own, buffer_);
      });
      if (buffer_.size() == token.folded) buffer_ += '?';  // accents alone
    } else if (c >= '0' && c <= '9') {
      token.kind = Kind::digits;
      extend([](char32_t d) { return d >= '0' && d <= '9'; },
             [&](char32_t digit, std::string_view) { buffer_ += static_cast<char>(digit); });
    } else if (is_break(c)) {
      token.kind = Kind::line_break;
      buffer_ += '\n';
      extend([](char32_t b) { return is_break(b) || is_space(b); }, [](char32_t, std::string_view) {});
    } else {
      buffer_ += mark_of(c);
      at += decoded.size_bytes;
    }
    token.end = static_cast<std::uint32_t>(at);
    add(token);
  }
}

void Tokens::calm_capitals() {
  constexpr std::size_t kWordsMin = 6;
  for (std::size_t begin = 0, end = 0; begin < tokens_.size(); begin = end + 1) {
    std::size_t words = 0, capitals = 0;
    for (end = begin; end < tokens_.size() && tokens_[end].kind != Kind::line_break; ++end) {
      if (tokens_[end].kind != Kind::letters || tokens_[end].folded_size < 2) continue;
      ++words;
      capitals += tokens_[end].all_capitals ? 1 : 0;
    }
    if (words < kWordsMin || capitals * 10 < words * 9) continue;
    for (std::size_t i = begin; i < end; ++i) {
      const bool plain = (tokens_[i].marks & kWord) != 0 && (tokens_[i].marks & (kFirstName | kSurname)) == 0;
      if (plain && tokens_[i].folded_size >= 2) tokens_[i].capital = tokens_[i].all_capitals = false;
    }
  }
}

Span Tokens::take(std::size_t begin, std::size_t end, Label label) {
  for (std::size_t i = begin; i < end; ++i) tokens_[i].taken = true;
  Span span;
  span.begin = tokens_[begin].begin;
  span.end = tokens_[end - 1].end;
  span.label = label;
  return span;
}

}  // namespace beffroi::privacy
