#include "privacy/pseudonyms.h"

#include <fmt/format.h>

#include <algorithm>

#include "text/analysis.h"

namespace beffroi::privacy {

namespace {

constexpr std::string_view kLiteral = "TEXTE";

std::string_view kind_of(Label label) {
  static constexpr std::string_view kKinds[kLabels] = {"PERSONNE", "ADRESSE", "VILLE",     "TELEPHONE", "COURRIEL", "NIR",
                                                       "IBAN",     "PLAQUE",  "NAISSANCE", "DATE",      "DOSSIER"};
  return kKinds[static_cast<std::size_t>(label)];
}

bool is_kind(std::string_view word) {
  for (std::size_t label = 0; label < kLabels; ++label) {
    if (kind_of(static_cast<Label>(label)) == word) return true;
  }
  return word == kLiteral;
}

// Spellings that are one thing: « RIVIÈRE » and « Rivière », « 06 12… » and « 06.12… ».
std::string essence(std::string_view value) {
  std::string out;
  for (const char c : text::fold(value)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  }
  return out;
}

}  // namespace

const std::string& Pseudonyms::add(std::string_view kind, std::string_view value, char sex) {
  const std::string key = fmt::format("{} {}", kind, value);
  if (const auto known = tokens_.find(key); known != tokens_.end()) return known->second;
  std::vector<std::string>& spellings = spellings_[fmt::format("{} {}", kind, essence(value))];
  if (spellings.empty()) {
    auto [count, fresh] = counts_.try_emplace(std::string(kind), 0);
    spellings.push_back(std::to_string(++count->second));
  }
  spellings.emplace_back(value);
  std::string token = fmt::format("[{}_{}", kind, spellings.front());
  if (spellings.size() > 2) token += fmt::format("_{}", spellings.size() - 1);
  if (sex != ' ') token += fmt::format("_{}", sex);
  token += ']';
  values_.emplace(token, std::string(value));
  return tokens_.emplace(key, std::move(token)).first->second;
}

const std::string& Pseudonyms::token(Label label, std::string_view value, char sex) { return add(kind_of(label), value, sex); }

const std::string& Pseudonyms::token_of_literal(std::string_view value) { return add(kLiteral, value, ' '); }

const std::string* Pseudonyms::value(std::string_view token) const {
  const auto known = values_.find(token);
  return known == values_.end() ? nullptr : &known->second;
}

void Pseudonyms::clear() {
  tokens_.clear();
  values_.clear();
  spellings_.clear();
  counts_.clear();
}

std::size_t token_length(std::string_view text, std::size_t at, bool& open) {
  open = false;
  std::size_t i = at + 1, word = i;
  const auto more = [&](auto belongs) {
    while (i < text.size() && i - at < kTokenBytesMax && belongs(text[i])) ++i;
    return i < text.size();
  };
  const bool goes_on = more([](char c) { return c >= 'A' && c <= 'Z'; });
  if (!goes_on) {
    open = i - at < kTokenBytesMax;
    return 0;
  }
  if (!is_kind(text.substr(word, i - word)) || text[i] != '_') return 0;
  if (!more([](char c) { return c == '_' || (c >= '0' && c <= '9') || c == 'F' || c == 'M'; })) {
    open = i - at < kTokenBytesMax;
    return 0;
  }
  return text[i] == ']' ? i + 1 - at : 0;
}

std::string mask(std::string_view text, const std::vector<Span>& spans, Pseudonyms& pseudonyms) {
  std::string out;
  out.reserve(text.size());
  // What is kept, but for the tokens that the text itself holds.
  const auto keep = [&](std::size_t begin, std::size_t end) {
    while (begin < end) {
      const std::size_t bracket = std::min(text.substr(0, end).find('[', begin), end);
      out += text.substr(begin, bracket - begin);
      if (bracket == end) return;
      bool open = false;
      const std::size_t length = token_length(text.substr(0, end), bracket, open);
      if (length != 0) out += pseudonyms.token_of_literal(text.substr(bracket, length));
      else out += '[';
      begin = bracket + std::max<std::size_t>(length, 1);
    }
  };
  std::size_t at = 0;
  for (const Span& span : spans) {
    const std::size_t begin = span.begin + span.civility_bytes;
    keep(at, begin);
    out += pseudonyms.token(span.label, text.substr(begin, span.end - begin), span.sex);
    at = span.end;
  }
  keep(at, text.size());
  return out;
}

}  // namespace beffroi::privacy
