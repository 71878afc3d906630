#include "text/sentences.h"

#include <algorithm>
#include <array>
#include <string>

#include "text/decode.h"

namespace beffroi::text {

namespace {

// Lower-case, without the final dot: what a dot may follow without ending a sentence.
constexpr std::array<std::string_view, 33> kAbbreviations = {
    "al",  "alin", "apr", "art", "av",  "bd",  "boul", "c.-à-d", "cf",  "chap", "coll", "dr", "env", "ex",  "exp", "fig", "hab",
    "inc", "m",    "max", "me",  "min", "mgr", "mlle", "mm",     "mme", "mmes", "n",    "p",  "pp",  "réf", "st",  "tél"};

bool is_space(char32_t c) { return c == ' ' || c == '\t' || c == 0xA0 || c == 0x202F || (c >= 0x2000 && c <= 0x200A) || c == 0x3000; }
bool is_line_break(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029 || c == 0x85; }
bool is_end_mark(char32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x2026; }
bool is_closing(char32_t c) { return c == ')' || c == ']' || c == '"' || c == 0x00BB || c == 0x201D || c == 0x2019 || c == '\''; }
bool is_digit(char32_t c) { return c >= '0' && c <= '9'; }
bool is_upper(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || c == 0x152 || c == 0x178; }
bool is_letter(char32_t c) { return is_upper(c) || (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0x24F && c != 0xF7); }
bool opens_sentence(char32_t c) {
  return is_upper(c) || is_digit(c) || c == 0x00AB || c == 0x201C || c == '"' || c == '(' || c == '[' || c == '-' || c == 0x2013 ||
         c == 0x2014 || c == 0x2022;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  std::vector<Slice> run() {
    while (at_ < text_.size()) {
      const Decoded here = decode_utf8(text_, at_);
      if (is_line_break(here.code_point)) {
        close(at_);
        at_ += here.size_bytes;
        begin_ = at_;
      } else if (is_end_mark(here.code_point) && ends_here()) {
        close(at_);
        begin_ = at_;
      } else {
        at_ += here.size_bytes;
      }
    }
    close(text_.size());
    return std::move(slices_);
  }

 private:
  // At an end mark. Moves past it with the marks and closing quotes that follow; true when the sentence is over there.
  bool ends_here() {
    const std::size_t mark = at_;
    std::size_t after = mark;
    bool only_one_dot = true;
    while (after < text_.size()) {
      const Decoded next = decode_utf8(text_, after);
      if (!is_end_mark(next.code_point) && !is_closing(next.code_point)) break;
      if (after != mark || next.code_point != '.') only_one_dot = false;
      after += next.size_bytes;
    }
    after = past_closing_guillemet(after);
    at_ = after;
    if (after >= text_.size()) return true;
    const Decoded space = decode_utf8(text_, after);
    if (is_line_break(space.code_point)) return true;
    if (!is_space(space.code_point)) return false;
    std::size_t first = after;
    while (first < text_.size() && is_space(decode_utf8(text_, first).code_point)) first += decode_utf8(text_, first).size_bytes;
    if (first >= text_.size()) return true;
    const char32_t opening = decode_utf8(text_, first).code_point;
    if (!opens_sentence(opening) && !is_line_break(opening)) return false;
    return !(only_one_dot && follows_abbreviation(mark, opening));
  }

  // «… la fin. »»: the guillemet that closes stands after a no-break space.
  [[nodiscard]] std::size_t past_closing_guillemet(std::size_t at) const {
    std::size_t probe = at;
    if (probe < text_.size() && is_space(decode_utf8(text_, probe).code_point)) probe += decode_utf8(text_, probe).size_bytes;
    if (probe < text_.size() && decode_utf8(text_, probe).code_point == 0x00BB) return probe + 2;
    return at;
  }

  // The word before the dot at `dot`: an abbreviation, the letter of an article or of a dotted acronym, an initial.
  [[nodiscard]] bool follows_abbreviation(std::size_t dot, char32_t opening) const {
    std::size_t begin = dot;
    while (begin > begin_ && !ends_word(begin)) --begin;
    std::string word;
    for (std::size_t at = begin; at < dot; ++at)
      word.push_back(text_[at] >= 'A' && text_[at] <= 'Z' ? static_cast<char>(text_[at] + 32) : text_[at]);
    if (word.size() == 1 && is_letter(static_cast<unsigned char>(word[0]))) {
      return word != "a" && word != "y";  // «L. 2121-7», «M. Durand», «p. 12»
    }
    if (word == "etc") return !is_upper(opening);
    if (word.find('.') != std::string::npos && word.find('.') + 2 == word.size()) return !is_upper(opening);  // «R.S.A»
    return std::ranges::find(kAbbreviations, word) != kAbbreviations.end();
  }

  // True when the byte before `at` cannot be inside a word: a space or an opening mark.
  [[nodiscard]] bool ends_word(std::size_t at) const {
    const auto byte = static_cast<unsigned char>(text_[at - 1]);
    if (byte == ' ' || byte == '\n' || byte == '(' || byte == '[' || byte == '\'' || byte == '"') return true;
    if (byte == 0xA0 && at >= 2 && static_cast<unsigned char>(text_[at - 2]) == 0xC2) return true;
    return at >= 3 && static_cast<unsigned char>(text_[at - 3]) == 0xE2 && static_cast<unsigned char>(text_[at - 2]) == 0x80;
  }

  void close(std::size_t end) {
    while (begin_ < end) {
      const Decoded first = decode_utf8(text_, begin_);
      if (!is_space(first.code_point) && !is_line_break(first.code_point)) break;
      begin_ += first.size_bytes;
    }
    while (end > begin_) {
      std::size_t last = end - 1;
      while (last > begin_ && (static_cast<unsigned char>(text_[last]) & 0xC0) == 0x80) --last;
      if (!is_space(decode_utf8(text_, last).code_point) && !is_line_break(decode_utf8(text_, last).code_point)) break;
      end = last;
    }
    if (end > begin_) slices_.push_back({static_cast<std::uint32_t>(begin_), static_cast<std::uint32_t>(end)});
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::vector<Slice> slices_;
};

}  // namespace

std::vector<Slice> sentences(std::string_view text) { return Cutter(text).run(); }

}  // namespace beffroi::text
