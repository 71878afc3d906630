#include "answers/written.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "text/decode.h"
#include "text/sentences.h"
#include "text/tokens.h"
#include "text/utf8.h"

namespace beffroi::answers {

namespace {

// « - », « * », « • », « – », « 1. », « 2) », « ## » at the beginning of a line, with the space after it.
std::string_view without_bullet(std::string_view line) {
  const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  for (const std::string_view bullet : {"- ", "* ", "• ", "– ", "— "}) {
    if (line.starts_with(bullet)) return line.substr(bullet.size());
  }
  std::size_t at = 0;
  while (at < line.size() && line[at] == '#') ++at;
  if (at > 0 && at < line.size() && line[at] == ' ') return line.substr(at + 1);
  at = 0;
  while (at < line.size() && at < 2 && digit(line[at])) ++at;
  const bool numbered = at > 0 && at + 1 < line.size() && (line[at] == '.' || line[at] == ')') && line[at + 1] == ' ';
  return numbered ? line.substr(at + 2) : line;
}

void erase_all(std::string& text, std::string_view what) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at)) text.erase(at, what.size());
}

// Quotes and « … » are not: around a word or after it, they make it mean something else.
bool is_prose(char32_t c) {
  constexpr std::string_view kMarks = " .,;:'()-/%";
  constexpr std::array<char32_t, 12> kOthers = {0xA0, 0x202F, 0xB0, 0x152, 0x153, 0x178, 0x2018, 0x2019, 0x2013, 0x2014, 0x20AC, 0x2011};
  if (c < 0x80) return std::isalnum(static_cast<int>(c)) != 0 || kMarks.find(static_cast<char>(c)) != std::string_view::npos;
  if (c >= 0xC0 && c <= 0xFF) return c != 0xD7 && c != 0xF7;
  return std::find(kOthers.begin(), kOthers.end(), c) != kOthers.end();
}

bool has_foreign_character(std::string_view sentence, std::string_view source) {
  for (std::size_t at = 0; at < sentence.size();) {
    const text::Decoded decoded = text::decode_utf8(sentence, at);
    const std::string_view bytes = sentence.substr(at, decoded.size_bytes);
    at += decoded.size_bytes;
    if (!is_prose(decoded.code_point) && source.find(bytes) == std::string_view::npos) return true;
  }
  return false;
}

// « Il faut », « il vous est possible », « il n’y a »: « il » is nobody.
bool is_impersonal(const std::vector<text::Token>& tokens, std::size_t at) {
  static constexpr std::array<std::string_view, 10> kVerbs = {"faut", "faudra",   "est",    "sera", "existe",
                                                              "y",    "convient", "suffit", "s'",   "peut"};
  if (tokens[at].folded != "il") return false;
  std::size_t verb = at + 1;
  if (verb < tokens.size() && (tokens[verb].folded == "ne" || tokens[verb].folded == "n'")) ++verb;
  if (verb < tokens.size() && tokens[verb].folded == "vous") ++verb;
  return verb < tokens.size() && std::find(kVerbs.begin(), kVerbs.end(), tokens[verb].folded) != kVerbs.end();
}

}  // namespace

std::vector<std::string> written_sentences(std::string_view reply, bool cut) {
  std::vector<std::string> sentences;
  while (!reply.empty()) {
    const std::size_t end = std::min(reply.find('\n'), reply.size());
    std::string line(reply.substr(0, end));
    reply.remove_prefix(std::min(end + 1, reply.size()));
    line = text::squeeze_spaces(line);
    erase_all(line, "**");
    line = std::string(without_bullet(line));
    for (const text::Slice& slice : text::sentences(line)) {
      sentences.push_back(line.substr(slice.begin_bytes, slice.end_bytes - slice.begin_bytes));
    }
  }
  if (cut && !sentences.empty()) sentences.pop_back();
  return sentences;
}

bool keeps_tone(std::string_view sentence, std::string_view source) {
  static const std::set<std::string_view> kPersons = {"je", "j'",  "me",   "m'",    "moi", "mon",  "ma",    "mes",   "tu",
                                                      "te", "t'",  "toi",  "ton",   "ta",  "tes",  "nous",  "notre", "nos",
                                                      "il", "ils", "elle", "elles", "lui", "leur", "leurs", "eux"};
  static const std::set<std::string_view> kTimes = {"etait",  "etaient", "avait",    "avaient", "fut",
                                                    "furent", "serait",  "seraient", "aurait",  "auraient"};
  if (has_foreign_character(sentence, source)) return false;
  if (sentence.find("..") != std::string_view::npos && source.find("..") == std::string_view::npos) return false;
  std::set<std::string> there;
  for (text::Token& token : text::tokens(source)) there.insert(std::move(token.folded));
  // « Le citoyen … sa mairie » may become « les citoyens … leur mairie ».
  if (there.contains("son") || there.contains("sa") || there.contains("ses")) there.insert({"leur", "leurs"});
  const std::vector<text::Token> tokens = text::tokens(sentence);
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::string& word = tokens[at].folded;
    if (there.contains(word) || (!kPersons.contains(word) && !kTimes.contains(word))) continue;
    if (!is_impersonal(tokens, at)) return false;
  }
  return true;
}

}  // namespace beffroi::answers
