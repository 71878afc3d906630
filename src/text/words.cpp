// One pass over folded text, trying at each position what is longest and most particular first: article number, dotted acronym,
// number, word.
#include <algorithm>
#include <array>

#include "text/analysis.h"

namespace beffroi::text {

namespace {

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '_'; }

constexpr std::array<std::string_view, 15> kElided = {"c",      "d",      "j",  "jusqu",  "l",      "lorsqu", "m", "n",
                                                      "presqu", "puisqu", "qu", "quelqu", "quoiqu", "s",      "t"};
constexpr std::array<std::string_view, 9> kOrdinals = {"e", "eme", "emes", "er", "ere", "ieme", "iemes", "nd", "nde"};

class Splitter {
 public:
  Splitter(std::string_view folded, std::vector<std::string>& out) : text_(folded), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_letter(c)) {
        if (!article() && !dotted_acronym()) word();
      } else if (is_digit(c)) {
        number();
      } else {
        ++at_;
      }
    }
  }

 private:
  [[nodiscard]] char peek(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
  [[nodiscard]] std::size_t skip_digits(std::size_t at) const {
    while (is_digit(peek(at))) ++at;
    return at;
  }
  [[nodiscard]] std::size_t skip_space(std::size_t at) const { return peek(at) == ' ' ? at + 1 : at; }

  // «l. 2121-7», «r.123-4», «d *213-8»: the letter of the code's part and at least one hyphen.
  bool article() {
    const char letter = text_[at_];
    if (letter != 'l' && letter != 'r' && letter != 'd' && letter != 'a') return false;
    std::size_t at = skip_space(at_ + 1);
    if (peek(at) == '.') ++at;
    at = skip_space(at);
    if (peek(at) == '*') ++at;
    at = skip_space(at);
    const std::size_t number = at;
    std::size_t end = 0;
    for (int groups = 0; groups < 5; ++groups) {
      const std::size_t digits = skip_digits(at);
      if (digits == at || digits - at > 4) break;
      if (groups > 0) end = digits;
      at = digits;
      if (peek(at) != '-') break;
      ++at;
    }
    if (end == 0 || is_word(peek(end))) return false;
    out_.push_back(std::string(1, letter).append(text_.substr(number, end - number)));
    at_ = end;
    return true;
  }

  // «r.s.a.», «s.m.i.c».
  bool dotted_acronym() {
    std::string joined;
    std::size_t at = at_;
    while (is_letter(peek(at)) && peek(at + 1) == '.') {
      joined.push_back(text_[at]);
      at += 2;
    }
    if (joined.size() < 2) return false;
    if (is_letter(peek(at)) && !is_word(peek(at + 1))) joined.push_back(text_[at++]);
    out_.push_back(std::move(joined));
    at_ = at;
    return true;
  }

  void word() {
    const std::size_t begin = at_;
    while (is_letter(peek(at_)) || is_digit(peek(at_))) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "prud" || word == "aujourd") {  // «prud'hommes», «prud hommes», «prud-homme», «prud’ hommes»
      std::size_t next = at_;
      while (peek(next) == '\'' || peek(next) == ' ' || peek(next) == '-') ++next;
      const std::string_view rest = text_.substr(next, 3);
      if (rest == (word == "prud" ? "hom" : "hui")) return join(word, next);
    }
    if (peek(at_) == '\'' && is_word(peek(at_ + 1))) {
      if (std::ranges::binary_search(kElided, word)) return;
    }
    out_.emplace_back(word);
  }

  void join(std::string_view word, std::size_t next) {
    std::string joined(word);
    for (at_ = next; is_letter(peek(at_)); ++at_) joined.push_back(text_[at_]);
    out_.push_back(std::move(joined));
  }

  // Digits with their thousands («1 500»), their decimals («12,5»), without the ending of an ordinal («13 eme»).
  void number() {
    std::size_t end = skip_digits(at_);
    std::string digits(text_.substr(at_, end - at_));
    while (peek(end) == ' ' && skip_digits(end + 1) == end + 4 && !is_word(peek(end + 4))) {
      digits.append(text_.substr(end + 1, 3));
      end += 4;
    }
    if ((peek(end) == '.' || peek(end) == ',') && is_digit(peek(end + 1))) {
      const std::size_t decimals = skip_digits(end + 1);
      digits.push_back('.');
      digits.append(text_.substr(end + 1, decimals - end - 1));
      end = decimals;
    }
    out_.push_back(std::move(digits));
    at_ = after_ordinal(end);
  }

  [[nodiscard]] std::size_t after_ordinal(std::size_t end) const {
    const std::size_t begin = skip_space(end);
    std::size_t after = begin;
    while (is_word(peek(after))) ++after;
    return std::ranges::find(kOrdinals, text_.substr(begin, after - begin)) != kOrdinals.end() ? after : end;
  }

  std::string_view text_;
  std::vector<std::string>& out_;
  std::size_t at_ = 0;
};

}  // namespace

void split_folded(std::string_view folded, std::vector<std::string>& out) { Splitter(folded, out).run(); }

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  split_folded(fold(text), out);
  return out;
}

std::vector<std::string> terms(std::string_view text) {
  std::vector<std::string> out = words(text);
  std::erase_if(out, [](const std::string& word) { return is_stop_word(word) || (word.size() < 2 && !is_digit(word[0])); });
  for (std::string& word : out) word = stem(word);
  return out;
}

}  // namespace beffroi::text
