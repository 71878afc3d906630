// A text cut for the detectors: letters, digits, marks and line breaks, each with its bytes, its folded form and its marks.
//
// Unlike text::tokens, letters and digits never share a token, hyphens and apostrophes are tokens of their own, and folded forms live in
// one buffer: this runs over everything that leaves the building.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/lexicon.h"
#include "privacy/span.h"

namespace beffroi::privacy {

enum class Kind : std::uint8_t { letters, digits, mark, line_break };

struct Token {
  std::uint32_t begin = 0, end = 0;    // bytes of the text
  std::uint32_t folded = 0;            // where its folded form begins in the buffer
  std::uint16_t folded_size = 0;
  Kind kind = Kind::mark;
  bool glued = false;                  // nothing stands between it and the token before
  bool capital = false;                // begins with a capital
  bool all_capitals = false;           // has no small letter
  bool taken = false;                  // a detector claimed it
  Marks marks = 0;
};

class Tokens {
 public:
  // `text` is valid UTF-8, under 4 GiB, and outlives this.
  explicit Tokens(std::string_view text);

  [[nodiscard]] std::size_t size() const { return tokens_.size(); }
  [[nodiscard]] const Token& operator[](std::size_t at) const { return tokens_[at]; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view bytes(std::size_t at) const {
    return text_.substr(tokens_[at].begin, tokens_[at].end - tokens_[at].begin);
  }
  // One character for marks: apostrophes of any form are ', dashes are -.
  [[nodiscard]] std::string_view folded(std::size_t at) const {
    return std::string_view(buffer_).substr(tokens_[at].folded, tokens_[at].folded_size);
  }

  // All of these are false or harmless past the end.
  [[nodiscard]] bool has(std::size_t at, Marks marks) const { return at < size() && (tokens_[at].marks & marks) != 0; }
  [[nodiscard]] bool is_mark(std::size_t at, char mark) const {
    return at < size() && tokens_[at].kind == Kind::mark && buffer_[tokens_[at].folded] == mark;
  }
  [[nodiscard]] bool is_kind(std::size_t at, Kind kind) const { return at < size() && tokens_[at].kind == kind; }
  [[nodiscard]] bool is_letters(std::size_t at) const { return is_kind(at, Kind::letters); }
  [[nodiscard]] bool is_digits(std::size_t at) const { return is_kind(at, Kind::digits); }
  [[nodiscard]] bool is_word(std::size_t at, std::string_view folded_word) const { return at < size() && folded(at) == folded_word; }
  [[nodiscard]] bool is_glued(std::size_t at) const { return at < size() && tokens_[at].glued; }
  [[nodiscard]] bool is_free(std::size_t at) const { return at < size() && !tokens_[at].taken; }
  [[nodiscard]] std::size_t length(std::size_t at) const { return tokens_[at].end - tokens_[at].begin; }

  // Marks [begin, end) as claimed and returns their span.
  Span take(std::size_t begin, std::size_t end, Label label);

 private:
  void cut();
  void add(Token token);
  // A line written all in capitals: its plain words are read as if they were small, so that names stand out again.
  void calm_capitals();

  std::string_view text_;
  std::string buffer_;
  std::vector<Token> tokens_;
};

}  // namespace beffroi::privacy
