#include "privacy/number.h"

#include <optional>

#include "privacy/detectors.h"
#include "privacy/identifiers.h"

namespace beffroi::privacy {

namespace {

struct Match {
  std::size_t end = 0;  // token after it; 0: no match
  Label label = Label::phone;
};

bool follows_number_sign(const Tokens& tokens, std::size_t at) {
  return at > 0 && (tokens.is_mark(at - 1, 'o') || tokens.is_mark(at - 1, ':') || tokens.is_mark(at - 1, '#') ||
                    tokens.is_word(at - 1, "no") || tokens.is_word(at - 1, "numero") || tokens.is_word(at - 1, "num"));
}

bool one_by_one(const Number& number, std::size_t last) { return number.groups[last].total == last + 1; }

// Whole, « 1 63 11 … » or the key apart; figures of a table are not grouped so.
bool is_dressed_as_nir(const Number& number, std::size_t last) {
  const auto& groups = number.groups;
  return last == 0 || (last == 1 && groups[0].digits == 13) || (groups[0].digits == 1 && groups[1].digits == 2 && groups[2].digits == 2);
}

// 13 digits, 15 with the key; one by one, 14 too.
std::size_t nir_end(const Tokens& tokens, std::size_t at, const Number& number) {
  const bool cue = announced(tokens, at, kNirCue, 8);
  if (std::string_view("123478").find(number.digits[0]) == std::string_view::npos && !cue) return 0;
  const std::size_t whole = number.group_at(15), body = number.group_at(13);
  if (cue && whole == Number::kGroups && body == Number::kGroups) {
    for (std::size_t wanted = 16; wanted >= 9; --wanted) {
      if (const std::size_t group = number.group_at(wanted); group != Number::kGroups) return number.groups[group].end;
    }
    return 0;
  }
  if (const std::size_t near = number.group_at(14); whole == Number::kGroups && near != Number::kGroups && one_by_one(number, near))
    return number.groups[near].end;
  if (whole == Number::kGroups && body == Number::kGroups) return 0;
  const int month = (number.digits[3] - '0') * 10 + (number.digits[4] - '0');
  const bool usual = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  const std::size_t last = whole != Number::kGroups ? whole : body;
  return cue || (usual && is_dressed_as_nir(number, last)) || one_by_one(number, last) ? number.groups[last].end : 0;
}

// Pairs or longer, or figures one by one; « 0 3 041 0 1 061 » comes from a table.
bool is_dressed_as_phone(const Number& number, std::size_t last) {
  if (one_by_one(number, last)) return true;
  std::size_t begin = number.groups[0].digits == 1 ? 1 : 0;
  if (begin == 1 && number.groups[1].digits == 1) ++begin;
  for (std::size_t i = begin; i <= last; ++i) {
    if (number.groups[i].digits < 2) return false;
  }
  return true;
}

// A French telephone: ten digits from 0, nine after +33; abroad, 8 to 15 after + or 00.
std::size_t phone_end(const Number& number, bool plus) {
  if (number.corsican) return 0;
  const std::string_view digits = number.first(number.groups[number.count - 1].total);
  const bool abroad = plus || digits.starts_with("00");
  const std::size_t code = plus ? 0 : 2;
  if (abroad && digits.substr(code).starts_with("33")) {
    const bool zero = digits.substr(code + 2).starts_with("0");
    const std::size_t group = number.group_at(code + 2 + (zero ? 10 : 9));
    if (group != Number::kGroups) return number.groups[group].end;
  }
  if (abroad) {
    for (std::size_t wanted = 15; wanted >= 8; --wanted) {
      if (const std::size_t group = number.group_at(wanted); group != Number::kGroups) return number.groups[group].end;
    }
    return 0;
  }
  const std::size_t ten = number.group_at(10);
  if (ten != Number::kGroups && digits[0] == '0' && digits[1] != '0' && is_dressed_as_phone(number, ten)) return number.groups[ten].end;
  // The zero forgotten: 6 12 34 56 78.
  const std::size_t nine = number.group_at(9);
  const bool pairs = nine == 4 && number.groups[0].digits == 1 && digits[0] != '0';
  return pairs ? number.groups[4].end : 0;
}

// After « tél. », anything from an extension to a number abroad.
std::size_t announced_phone_end(const Tokens& tokens, std::size_t at, const Number& number) {
  if (number.corsican || !announced(tokens, at, kPhoneCue, 4)) return 0;
  for (std::size_t wanted = 14; wanted >= 8; --wanted) {
    if (const std::size_t group = number.group_at(wanted); group != Number::kGroups) return number.groups[group].end;
  }
  const std::size_t digits = number.groups[0].digits;
  const bool year = digits == 4 && (number.digits[0] == '1' || number.digits[0] == '2') && !tokens.is_mark(at - 1, ':');
  return digits >= 4 && !year ? number.groups[0].end : 0;
}

Match number_at(const Tokens& tokens, std::size_t at) {
  const bool plus = tokens.is_mark(at, '+');
  const Number number = read_number(tokens, plus ? at + 1 : at);
  if (number.count == 0) return {};
  if (!plus && announced(tokens, at, kActCue, 3) && !announced(tokens, at, kNirCue | kPhoneCue, 2)) {
    return number.groups[number.count - 1].total > 8 && number.count == 1 ? Match{} : Match{date_at(tokens, at), Label::date};
  }
  if (!plus) {
    if (const std::size_t end = nir_end(tokens, at, number)) return {end, Label::nir};
  }
  const std::size_t phone = phone_end(number, plus);
  const bool pairs = phone != 0 && number.count >= 5 && number.groups[4].end == phone && number.groups[1].digits == 2;
  if (!pairs) {
    if (const std::size_t end = date_at(tokens, at)) return {end, Label::date};
  }
  if (phone != 0) return {phone, Label::phone};
  if (const std::size_t end = announced_phone_end(tokens, at, number)) return {end, Label::phone};
  return {};
}

// The date of an act (a deliberation, a law, a session) is public.
bool is_date_of_act(const Tokens& tokens, std::size_t at) { return announced(tokens, at, kActCue, 8); }

void claim(Tokens& tokens, std::size_t begin, Match match, std::vector<Span>& out) {
  if (match.label == Label::date) {
    if (announced(tokens, begin, kStreet, 3)) return;  // « rue du 8-Mai-1945 »
    const bool birth = announced(tokens, begin, kBirth, 8);
    if (birth) match.label = Label::birth_date;
    else if (is_date_of_act(tokens, begin)) return;
  }
  out.push_back(tokens.take(begin, match.end, match.label));
}

// A number glued to letters is not a telephone: « A0612 » is a reference.
bool begins_number(const Tokens& tokens, std::size_t i) {
  if (tokens.is_mark(i, '+')) return tokens.is_digits(i + 1);
  if (tokens.is_digits(i)) return !(i > 0 && tokens.is_glued(i) && tokens.is_letters(i - 1));
  return tokens.is_letters(i) && tokens.length(i) <= 2 && tokens.is_digits(i + 1) && tokens.is_glued(i + 1);
}

std::size_t digits_of(const Tokens& tokens, std::size_t begin, std::size_t end) {
  std::size_t digits = 0;
  for (std::size_t i = begin; i < end; ++i) digits += tokens.is_digits(i) ? tokens.length(i) : 0;
  return digits;
}

// After « dossier n° », « matricule » and their like: letters and digits glued together.
void claim_file_number(Tokens& tokens, std::size_t cue, std::vector<Span>& out) {
  std::size_t i = cue + 1;
  for (std::size_t skipped = 0; i < tokens.size() && skipped < 7; ++i, ++skipped) {
    if (tokens.is_digits(i) || tokens.is_kind(i, Kind::line_break) || tokens.has(i, kActCue)) break;
    if (tokens.has(i, kNirCue | kPhoneCue | kBankCue | kFileCue) && !tokens.is_word(i, "numero") && !tokens.is_word(i, "sociale")) return;
    if (tokens.is_letters(i) && tokens.length(i) <= 6 && tokens[i].capital && code_end(tokens, i) > i + 1) break;
    if (tokens.is_mark(i, ';') || tokens.is_mark(i, '.') || !tokens.is_free(i)) return;
  }
  const std::size_t end = code_end(tokens, i);
  if (end <= i || !tokens.is_free(i) || !tokens.is_free(end - 1)) return;
  if (begins_number(tokens, i) && number_at(tokens, i).end != 0) return;  // a telephone, a date
  const std::size_t digits = digits_of(tokens, i, end);
  const bool sign = follows_number_sign(tokens, i);
  const bool adjacent = sign || i == cue + 1 || (i == cue + 2 && tokens.is_kind(cue + 1, Kind::mark));
  const bool year = end == i + 1 && digits == 4 && (tokens.folded(i).starts_with("19") || tokens.folded(i).starts_with("20"));
  const bool amount = tokens.is_mark(end, '?') || tokens.is_mark(end, '%') || tokens.has(end, kActCue) || tokens.is_word(end, "h") ||
                      tokens.is_word(end, "ans") || (tokens.is_mark(end, ',') && tokens.is_glued(end) && tokens.is_digits(end + 1));
  const bool short_code = digits < 3 && !(digits == 2 && adjacent && tokens[end - 1].end - tokens[i].begin >= 7);
  if (short_code || (!adjacent && digits < 6) || (year && !sign) || amount) return;
  out.push_back(tokens.take(i, end, Label::file_number));
}

}  // namespace

bool announced(const Tokens& tokens, std::size_t at, Marks marks, std::size_t window) {
  for (std::size_t back = 1; back <= window && back <= at; ++back) {
    const std::size_t i = at - back;
    if (tokens.is_kind(i, Kind::line_break) && back > 2) return false;
    if (tokens.is_mark(i, '.') && !tokens.is_glued(i + 1) && back > 1 && i > 0 && tokens.is_letters(i - 1) && tokens.length(i - 1) > 4)
      return false;
    // « ne » without its accent is most often a negation.
    const bool negation = tokens.is_word(i, "ne") && tokens.length(i) == 2 && !tokens.is_word(i + 1, "le") && !tokens.is_word(i + 1, "a") &&
                          !tokens.is_word(i + 1, "en") && !tokens.is_mark(i + 1, '(');
    if (tokens.has(i, marks) && !negation) return true;
  }
  return false;
}

void find_numbers(Tokens& tokens, std::vector<Span>& out) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens.is_free(i)) continue;
    if (tokens.is_letters(i) && tokens.has(i, kFileCue)) claim_file_number(tokens, i, out);
    if (!tokens.is_free(i)) continue;
    Match match;
    if (const std::size_t iban = iban_end(tokens, i)) match = {iban, Label::iban};
    else if (const std::size_t plate = plate_end(tokens, i)) match = {plate, Label::plate};
    else if (const std::size_t card = card_end(tokens, i)) match = {card, Label::file_number};
    else if (begins_number(tokens, i)) match = number_at(tokens, i);
    else if (tokens.has(i, kNumberWord) && announced(tokens, i, kBirth, 4)) match = {date_in_words_at(tokens, i), Label::date};
    if (match.end == 0) continue;
    // « 0123456789A »: the last letter belongs to the number.
    const bool letter = tokens.is_glued(match.end) && tokens.is_letters(match.end) && tokens.length(match.end) == 1;
    if (letter && match.label != Label::date && tokens[match.end].all_capitals) ++match.end;
    claim(tokens, i, match, out);
    i = match.end - 1;
  }
}

}  // namespace beffroi::privacy
