#include "text/number_words.h"

#include <string_view>
#include <unordered_map>

namespace beffroi::text {
namespace {

const std::unordered_map<std::string_view, std::int64_t>& cardinals() {
  // clang-format off: a table
  static const std::unordered_map<std::string_view, std::int64_t> kCardinals = {
      {"zero", 0},     {"un", 1},       {"une", 1},       {"deux", 2},      {"trois", 3},     {"quatre", 4},  {"cinq", 5},
      {"six", 6},      {"sept", 7},     {"huit", 8},      {"neuf", 9},      {"dix", 10},      {"onze", 11},   {"douze", 12},
      {"treize", 13},  {"quatorze", 14}, {"quinze", 15},  {"seize", 16},    {"vingt", 20},    {"vingts", 20}, {"trente", 30},
      {"quarante", 40}, {"cinquante", 50}, {"soixante", 60}, {"septante", 70}, {"nonante", 90}, {"cent", 100}, {"cents", 100},
      {"mille", 1000}, {"million", 1000000}, {"millions", 1000000}, {"milliard", 1000000000}, {"milliards", 1000000000}};
  // clang-format on
  return kCardinals;
}

const std::unordered_map<std::string_view, std::int64_t>& ordinals() {
  static const std::unordered_map<std::string_view, std::int64_t> kOrdinals = {
      {"premier", 1},      {"premiere", 1},   {"premiers", 1},  {"premieres", 1},  {"deuxieme", 2},   {"second", 2},
      {"seconde", 2},      {"troisieme", 3},  {"quatrieme", 4}, {"cinquieme", 5},  {"sixieme", 6},    {"septieme", 7},
      {"huitieme", 8},     {"neuvieme", 9},   {"dixieme", 10},  {"onzieme", 11},   {"douzieme", 12},  {"treizieme", 13},
      {"quatorzieme", 14}, {"quinzieme", 15}, {"seizieme", 16}, {"vingtieme", 20}, {"trentieme", 30}, {"centieme", 100}};
  return kOrdinals;
}

// Adds one word to the number being read. `group` is the part under a thousand.
bool take(std::int64_t value, std::int64_t& total, std::int64_t& group) {
  if (value >= 1000) {
    total += (group == 0 ? 1 : group) * value;
    group = 0;
  } else if (value == 100) {
    group = group == 0 ? 100 : group < 10 ? group * 100 : group + 100;
  } else if (value == 20 && group % 100 == 4) {
    group += 76;  // quatre-vingt
  } else if (group != 0 && group % 10 != 0 && !(value >= 10 && value < 20 && (group % 100 == 60 || group % 100 == 80))) {
    return false;  // « deux trois » are two numbers
  } else {
    group += value;
  }
  return true;
}

// All the parts of a hyphenated word must be numbers: « quatre-vingt-dix », « vingt-et-un ».
bool take_word(std::string_view word, std::int64_t& total, std::int64_t& group) {
  std::int64_t trial_total = total, trial_group = group;
  if (word == "et") return false;
  while (!word.empty()) {
    const std::size_t dash = word.find('-');
    const std::string_view part = word.substr(0, dash);
    word = dash == std::string_view::npos ? std::string_view() : word.substr(dash + 1);
    if (part == "et") continue;
    const auto found = cardinals().find(part);
    if (found == cardinals().end() || !take(found->second, trial_total, trial_group)) return false;
  }
  total = trial_total;
  group = trial_group;
  return true;
}

bool counts_something(const std::vector<Token>& tokens, std::size_t at) {
  if (at >= tokens.size() || tokens[at].kind != TokenKind::letters) return false;
  const char last = tokens[at].folded.back();
  return last == 's' || last == 'x' || tokens[at].folded == "cent" || tokens[at].folded == "mille";
}

}  // namespace

std::optional<NumberInWords> number_in_words(const std::vector<Token>& tokens, std::size_t at) {
  if (const auto ordinal = ordinals().find(tokens[at].folded); ordinal != ordinals().end()) {
    return NumberInWords{ordinal->second, at + 1, true, false};
  }
  std::int64_t total = 0, group = 0;
  std::size_t next = at;
  while (next < tokens.size() && tokens[next].kind == TokenKind::letters) {
    if (take_word(tokens[next].folded, total, group)) {
      ++next;
    } else if (next > at && tokens[next].folded == "et" && next + 1 < tokens.size() && group % 100 >= 20 &&
               (tokens[next + 1].folded == "un" || tokens[next + 1].folded == "une" || tokens[next + 1].folded == "onze")) {
      ++next;
    } else {
      break;
    }
  }
  if (next == at) return std::nullopt;
  const std::string_view only = next == at + 1 ? std::string_view(tokens[at].folded) : std::string_view();
  if (only == "neuf" && !counts_something(tokens, next)) return std::nullopt;
  return NumberInWords{total + group, next, false, only == "un" || only == "une"};
}

}  // namespace beffroi::text
