#include "text/tokens.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/analysis.h"
#include "text/decode.h"

namespace beffroi::text {
namespace {

enum class Class { letter, digit, apostrophe, hyphen, space, mark };

Class class_of(char32_t point) {
  if (point < 0x80) {
    if ((point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z')) return Class::letter;
    if (point >= '0' && point <= '9') return Class::digit;
    if (point == '\'') return Class::apostrophe;
    if (point == '-') return Class::hyphen;
    return point <= ' ' || point == 0x7F ? Class::space : Class::mark;
  }
  if (point == 0x2019 || point == 0x2018 || point == 0x02BC || point == 0x00B4) return Class::apostrophe;
  if (point == 0x2010 || point == 0x2011) return Class::hyphen;
  if (point == 0xA0 || point == 0x3000 || point == 0xFEFF || (point >= 0x2000 && point <= 0x200F)) return Class::space;
  if (point == 0x2028 || point == 0x2029 || point == 0x202F || point == 0x205F || point == 0xAD) return Class::space;
  if (point < 0xC0 || point == 0xD7 || point == 0xF7) return Class::mark;
  return point >= 0x2000 && point < 0x2C00 ? Class::mark : Class::letter;
}

bool is_capital(char32_t point) {
  return (point >= 'A' && point <= 'Z') || (point >= 0xC0 && point <= 0xDE && point != 0xD7) || point == 0x152;
}

// « -on », « -t-il »: pronouns that an inverted verb carries. « rendez-vous » and « peut-être » are words.
std::size_t inverted_pronoun(std::string_view word) {
  static constexpr std::array<std::string_view, 22> kPronouns = {
      "-t-on", "-t-il", "-t-elle", "-t-ils", "-t-elles", "-on",  "-il", "-elle", "-ils", "-elles", "-je",
      "-tu",   "-nous", "-vous",   "-ce",    "-moi",     "-toi", "-le", "-la",   "-les", "-lui",   "-y"};
  if (word == "rendez-vous" || word == "garde-vous") return 0;
  for (const auto pronoun : kPronouns) {
    if (word.size() > pronoun.size() && word.ends_with(pronoun)) return pronoun.size();
  }
  return 0;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::vector<Token> run() {
    bool space = true;
    while (at_ < text_.size()) {
      const Decoded symbol = decode_utf8(text_, at_);
      const Class kind = class_of(symbol.code_point);
      if (kind == Class::space) {
        at_ += symbol.size_bytes;
        space = true;
        continue;
      }
      if (kind == Class::letter) {
        take_letters(space);
      } else if (kind == Class::digit) {
        take_digits(space);
      } else {
        take_mark(symbol, kind, space);
      }
      space = false;
    }
    return std::move(tokens_);
  }

 private:
  Class class_at(std::size_t at) const { return at < text_.size() ? class_of(decode_utf8(text_, at).code_point) : Class::space; }

  Token& open(TokenKind kind, bool space) {
    tokens_.push_back({{}, {static_cast<std::uint32_t>(at_), 0}, kind, false, space});
    return tokens_.back();
  }

  void advance(Token& word) {
    const Decoded symbol = decode_utf8(text_, at_);
    const std::string_view bytes = text_.substr(at_, symbol.size_bytes);
    if (symbol.code_point < 0x80) {
      const char c = bytes.front();
      word.folded.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    } else if (symbol.code_point < 0x300 || symbol.code_point > 0x36F) {  // a combining accent adds nothing
      const std::string plain = fold(bytes);
      word.folded += plain.find_first_not_of(' ') == std::string::npos ? std::string(bytes) : plain;
    }
    at_ += symbol.size_bytes;
    word.where.end_bytes = static_cast<std::uint32_t>(std::min(at_, text_.size()));
  }

  void take_letters(bool space) {
    Token& word = open(TokenKind::letters, space);
    word.capital = is_capital(decode_utf8(text_, at_).code_point);
    while (at_ < text_.size()) {
      const Decoded symbol = decode_utf8(text_, at_);
      const Class kind = class_of(symbol.code_point);
      if (kind == Class::letter || kind == Class::digit) {
        advance(word);
      } else if (kind == Class::apostrophe) {
        // « l’ », « d’ », « jusqu’ » end here; « aujourd'hui » and « prud'homme » go on.
        const bool goes_on = word.folded == "aujourd" || word.folded == "prud" || word.folded == "presqu";
        word.folded.push_back('\'');
        at_ += symbol.size_bytes;
        word.where.end_bytes = static_cast<std::uint32_t>(at_);
        if (!goes_on) return;
      } else if (kind == Class::hyphen) {
        const Class next = class_at(at_ + symbol.size_bytes);
        if (next != Class::letter && next != Class::digit) break;
        word.folded.push_back('-');
        at_ += symbol.size_bytes;
      } else {
        break;
      }
    }
    cut_pronoun();
  }

  void cut_pronoun() {
    Token& word = tokens_.back();
    const std::size_t tail = inverted_pronoun(word.folded);
    if (tail == 0) return;
    // The tail is plain ASCII and hyphens; a typographic hyphen only makes the slice of the pronoun a little wide.
    Token pronoun = word;
    const std::size_t dash = word.folded.rfind('-');
    pronoun.folded.erase(0, dash + 1);
    pronoun.capital = false;
    pronoun.space_before = false;
    pronoun.where.begin_bytes = pronoun.where.end_bytes - static_cast<std::uint32_t>(pronoun.folded.size());
    word.where.end_bytes -= static_cast<std::uint32_t>(tail);
    word.folded.resize(word.folded.size() - tail);
    tokens_.push_back(std::move(pronoun));
  }

  void take_digits(bool space) {
    Token& word = open(TokenKind::digits, space);
    while (at_ < text_.size() && class_at(at_) == Class::digit) advance(word);
  }

  void take_mark(const Decoded& symbol, Class kind, bool space) {
    Token& word = open(TokenKind::mark, space);
    if (kind == Class::apostrophe) {
      word.folded.push_back('\'');
    } else if (kind == Class::hyphen || symbol.code_point == 0x2013 || symbol.code_point == 0x2014) {
      word.folded.push_back('-');
    } else {
      word.folded.append(text_.substr(at_, symbol.size_bytes));
    }
    at_ += symbol.size_bytes;
    word.where.end_bytes = static_cast<std::uint32_t>(std::min(at_, text_.size()));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens(std::string_view text) { return Cutter(text).run(); }

}  // namespace beffroi::text
