// Dates: 26-01-1951, 1951-01-26, 22|8|1923, 3 août 1993, 1er mai 1980, and in words.
#include "privacy/detectors.h"
#include "privacy/number.h"

namespace beffroi::privacy {

namespace {

int value_of(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

bool is_year(int year) { return year >= 1850 && year <= 2100; }

std::size_t numeric_date_at(const Tokens& tokens, std::size_t at) {
  const Number number = read_number(tokens, at);
  if (number.count < 3) return 0;
  const auto& groups = number.groups;
  if (number.count >= 8 && groups[7].total == 8) {  // 1 2 0 2 1 9 4 0
    const std::string_view figures = number.first(8);
    const int day = value_of(figures.substr(0, 2)), month = value_of(figures.substr(2, 2));
    return day >= 1 && day <= 31 && month >= 1 && month <= 12 && is_year(value_of(figures.substr(4, 4))) ? groups[7].end : 0;
  }
  if (groups[1].separator != groups[2].separator && groups[2].separator != '\n') return 0;
  const std::string_view all = number.first(groups[2].total);
  const int a = value_of(all.substr(0, groups[0].digits)), b = value_of(all.substr(groups[0].digits, groups[1].digits)),
            c = value_of(all.substr(groups[1].total, groups[2].digits));
  const bool day_first =
      groups[0].digits <= 2 && groups[1].digits <= 2 && groups[2].digits == 4 && a >= 1 && a <= 31 && b >= 1 && b <= 12 && is_year(c);
  const bool year_first =
      groups[0].digits == 4 && groups[1].digits == 2 && groups[2].digits == 2 && is_year(a) && b >= 1 && b <= 12 && c >= 1 && c <= 31;
  if (day_first || year_first) return groups[2].end;
  // Two digits for the year: only where a birth or a rendez-vous is spoken of, and never the beginning of a telephone.
  const bool short_year = groups[0].digits == 2 && groups[1].digits == 2 && groups[2].digits == 2 && a >= 1 && a <= 31 && b >= 1 &&
                          b <= 12 && groups[1].separator != ' ' && (number.count == 3 || groups[3].separator != groups[1].separator);
  return short_year && announced(tokens, at, kBirth, 8) ? groups[2].end : 0;
}

}  // namespace

std::size_t date_at(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_digits(at) || tokens.length(at) > 4) return 0;
  if (const std::size_t end = numeric_date_at(tokens, at)) return end;
  if (tokens.length(at) > 2) return 0;
  const int day = value_of(tokens.folded(at));
  std::size_t month = at + 1;
  if (tokens.is_word(month, "er") && tokens.is_glued(month)) ++month;
  const bool birth = announced(tokens, at, kBirth, 8);
  if ((birth && tokens.is_mark(month, ',')) || tokens.is_kind(month, Kind::line_break) || tokens.is_mark(month, '-') ||
      tokens.is_mark(month, '.') || tokens.is_mark(month, '/'))
    ++month;
  if (day < 1 || day > 31 || !tokens.has(month, kMonth)) return 0;
  std::size_t year = month + 1;
  while (tokens.is_mark(year, '.') || tokens.is_mark(year, '-') || tokens.is_mark(year, '/')) ++year;
  if (tokens.is_kind(year, Kind::line_break)) ++year;
  const bool has_year = tokens.is_digits(year) && (tokens.length(year) == 4 || (tokens.length(year) == 2 && birth));
  return has_year && (tokens.length(year) == 2 || is_year(value_of(tokens.folded(year)))) ? year + 1 : 0;
}

std::size_t date_in_words_at(const Tokens& tokens, std::size_t at) {
  if (!tokens.has(at, kNumberWord)) return 0;
  std::size_t month = at;
  while (month < at + 4 && tokens.has(month, kNumberWord)) ++month, month += tokens.is_mark(month, '-') ? 1 : 0;
  if (!tokens.has(month, kMonth)) return 0;
  std::size_t end = month + 1, last = 0;
  for (; end < tokens.size() && end < month + 16; ++end) {
    if (tokens.has(end, kNumberWord)) last = end;
    else if (!tokens.is_mark(end, '-') && !tokens.is_kind(end, Kind::line_break)) break;
  }
  return last == 0 ? month + 1 : last + 1;
}

}  // namespace beffroi::privacy
