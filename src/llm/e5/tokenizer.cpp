#include "llm/e5/tokenizer.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <string>

namespace beffroi::llm::e5 {

namespace {

constexpr std::string_view kWordMark = "\u2581";  // SentencePiece writes it before each word
constexpr std::uint64_t kHashStart = 1469598103934665603ULL;
constexpr std::size_t kPrefixBits = 1 << 22;
constexpr float kUnknownPenalty = 10.0F;      // SentencePiece's own

// FNV-1a, made longer byte by byte as a piece is.
std::uint64_t extended(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
  return hash;
}

// The low bits of FNV-1a are poorly mixed in the last byte.
std::size_t spread(std::uint64_t hash) { return static_cast<std::size_t>(hash ^ (hash >> 29)); }

void append_utf8(char32_t code, std::string& out) {
  const auto byte = [&](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | (code >> 6));
    byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | (code >> 12));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | (code >> 18));
    byte(0x80 | ((code >> 12) & 0x3F));
    byte(0x80 | ((code >> 6) & 0x3F));
    byte(0x80 | (code & 0x3F));
  }
}

// The length in bytes that a leading byte announces, 0 for a byte that cannot lead.
std::size_t announced_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return 2;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xF0 && lead < 0xF5) return 4;
  return 0;
}

// Takes one code point off the front of `text`; a space for anything malformed.
char32_t take_code_point(std::string_view& text) {
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  constexpr std::array<unsigned char, 5> kLeadMask = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = announced_length(lead);
  text.remove_prefix(1);
  if (length == 0 || text.size() + 1 < length) return U' ';
  char32_t code = lead & kLeadMask[length];
  for (std::size_t i = 0; i + 1 < length; ++i) {
    const auto next = static_cast<unsigned char>(text[i]);
    if ((next & 0xC0) != 0x80) return U' ';
    code = (code << 6) | (next & 0x3F);
  }
  if (code < kLeast[length] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return U' ';
  text.remove_prefix(length - 1);
  return code;
}

// The letter that a Latin letter and a combining mark make together (texts pasted from macOS are written so), 0 for none.
char32_t composed(char32_t letter, char32_t mark) {
  struct Mark {
    char32_t code;
    std::u32string_view plain, marked;
  };
  static constexpr std::array<Mark, 6> kMarks = {{{0x300, U"AEIOUaeiou", U"ÀÈÌÒÙàèìòù"},
                                                  {0x301, U"AEIOUYaeiouy", U"ÁÉÍÓÚÝáéíóúý"},
                                                  {0x302, U"AEIOUaeiou", U"ÂÊÎÔÛâêîôû"},
                                                  {0x303, U"ANOano", U"ÃÑÕãñõ"},
                                                  {0x308, U"AEIOUYaeiouy", U"ÄËÏÖÜŸäëïöüÿ"},
                                                  {0x327, U"Cc", U"Çç"}}};
  for (const Mark& known : kMarks) {
    if (known.code != mark) continue;
    const std::size_t at = known.plain.find(letter);
    return at == std::u32string_view::npos ? 0 : known.marked[at];
  }
  return 0;
}

std::size_t code_point_length(char lead) { return std::max<std::size_t>(1, announced_length(static_cast<unsigned char>(lead))); }

}  // namespace

Tokenizer::Tokenizer(const Vocabulary& vocabulary)
    : vocabulary_(vocabulary), slots_(std::bit_ceil(vocabulary.size() * 2)), prefixes_(kPrefixBits / 64) {
  float least = 0;
  for (std::size_t id = 0; id < vocabulary.size(); ++id) {
    const std::string_view piece = vocabulary.piece(id);
    if (piece.empty() || vocabulary.scores[id] == 0.0F) continue;  // a mark such as «<s>»: no text may produce it
    least = std::min(least, vocabulary.scores[id]);
    std::uint64_t hash = kHashStart;
    for (std::size_t at = 0; at < piece.size();) {
      const std::size_t length = std::min(code_point_length(piece[at]), piece.size() - at);
      hash = extended(hash, piece.substr(at, length));
      at += length;
      const std::size_t bit = spread(hash) % kPrefixBits;
      prefixes_[bit / 64] |= 1ULL << (bit % 64);
    }
    std::size_t slot = spread(hash) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(id + 1);
  }
  unknown_score_ = least - kUnknownPenalty;
}

int Tokenizer::find(std::string_view piece, std::uint64_t hash) const {
  for (std::size_t slot = spread(hash) & (slots_.size() - 1); slots_[slot] != 0; slot = (slot + 1) & (slots_.size() - 1)) {
    const std::uint32_t id = slots_[slot] - 1;
    if (vocabulary_.piece(id) == piece) return static_cast<int>(id);
  }
  return -1;
}

bool Tokenizer::begins_a_piece(std::uint64_t hash) const {
  const std::size_t bit = spread(hash) % kPrefixBits;
  return (prefixes_[bit / 64] >> (bit % 64) & 1) != 0;
}

void Tokenizer::append_code_point(char32_t code, std::string& out) const {
  if (code > U' ' && code < 0x7F) {
    out.push_back(static_cast<char>(code));
    return;
  }
  const auto one = [&out](char32_t normal) {
    if (normal > U' ') append_utf8(normal, out);
    else if (out.empty() || out.back() != ' ') out.push_back(' ');
  };
  const auto& from = vocabulary_.normal_from;
  const auto rule = std::lower_bound(from.begin(), from.end(), static_cast<std::uint32_t>(code));
  if (rule == from.end() || *rule != code) return one(code);
  const auto index = static_cast<std::size_t>(rule - from.begin());
  for (std::uint32_t at = vocabulary_.normal_at[index]; at < vocabulary_.normal_at[index + 1]; ++at) one(vocabulary_.normal_to[at]);
}

std::string Tokenizer::normalized(std::string_view text) const {
  std::string out;
  out.reserve(text.size() + 16);
  char32_t pending = U' ';  // may yet receive a combining mark
  while (!text.empty()) {
    const char32_t code = take_code_point(text);
    if (const char32_t whole = composed(pending, code); whole != 0) {
      pending = whole;
    } else {
      append_code_point(pending, out);
      pending = code;
    }
  }
  append_code_point(pending, out);
  return out;
}

// The best division of one word: best[i] is the best score of its first i bytes, reached by piece step[i].id from step[i].from.
void Tokenizer::divide(std::string_view word, std::vector<int>& out) const {
  struct Step {
    float score = -std::numeric_limits<float>::infinity();
    int id = -1;
    std::size_t from = 0;
  };
  std::vector<Step> best(word.size() + 1);
  best[0].score = 0;
  for (std::size_t from = 0; from < word.size(); from += code_point_length(word[from])) {
    const auto offer = [&](std::size_t to, int id, float score) {
      if (best[from].score + score > best[to].score) best[to] = {best[from].score + score, id, from};
    };
    const std::size_t one = std::min(from + code_point_length(word[from]), word.size());
    offer(one, vocabulary_.unknown_id, unknown_score_);
    std::uint64_t hash = kHashStart;
    for (std::size_t to = from; to < word.size();) {
      const std::size_t next = std::min(to + code_point_length(word[to]), word.size());
      hash = extended(hash, word.substr(to, next - to));
      if (!begins_a_piece(hash)) break;
      to = next;
      const int id = find(word.substr(from, to - from), hash);
      if (id >= 0) offer(to, id, vocabulary_.scores[static_cast<std::size_t>(id)]);
    }
  }
  const std::size_t first = out.size();
  for (std::size_t at = word.size(); at > 0; at = best[at].from) {
    const bool repeats_unknown = best[at].id == vocabulary_.unknown_id && out.size() > first && out.back() == best[at].id;
    if (!repeats_unknown) out.push_back(best[at].id);
  }
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
}

std::vector<int> Tokenizer::pieces(std::string_view text, std::size_t limit) const {
  const std::string normal = normalized(text);
  std::vector<int> out;
  std::string word;
  for (std::size_t begin = normal.find_first_not_of(' '); begin < normal.size() && out.size() < limit;) {
    const std::size_t end = std::min(normal.find(' ', begin), normal.size());
    word.assign(kWordMark).append(normal, begin, end - begin);
    divide(word, out);
    begin = normal.find_first_not_of(' ', end);
  }
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace beffroi::llm::e5
