// Facts are read left to right: the longest reading that starts at a token wins (date, reference, telephone, then a number and its unit).
// A number is kept in thousandths, so that « 12,50 » and « 12,5 » are one value.
#include "text/facts.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "text/number_words.h"

namespace beffroi::text {
namespace {

constexpr std::int64_t kScale = 1000;
constexpr std::size_t kLongestNumber = 12;  // digits; beyond, an identifier

std::string written(std::int64_t thousandths) {
  std::string out = std::to_string(thousandths / kScale);
  std::int64_t rest = thousandths % kScale;
  if (rest == 0) return out;
  std::string decimals = std::to_string(kScale + rest).substr(1);
  while (decimals.back() == '0') decimals.pop_back();
  return out.append(".").append(decimals);
}

std::string two_digits(int value) {
  std::string out = value < 10 ? "0" : "";
  return out.append(std::to_string(value));
}

struct Unit {
  FactKind kind = FactKind::number;
  std::string_view name;
  std::int64_t factor = 1;
};

std::optional<Unit> unit_named(std::string_view word) {
  struct Named {
    std::string_view word;
    Unit unit;
  };
  // clang-format off: a table
  static constexpr std::array<Named, 25> kUnits = {{
      {"jour", {FactKind::duration, "day", 1}},          {"jours", {FactKind::duration, "day", 1}},
      {"semaine", {FactKind::duration, "day", 7}},       {"semaines", {FactKind::duration, "day", 7}},
      {"mois", {FactKind::duration, "month", 1}},        {"trimestre", {FactKind::duration, "month", 3}},
      {"trimestres", {FactKind::duration, "month", 3}},  {"semestre", {FactKind::duration, "month", 6}},
      {"semestres", {FactKind::duration, "month", 6}},   {"an", {FactKind::duration, "month", 12}},
      {"ans", {FactKind::duration, "month", 12}},        {"annee", {FactKind::duration, "month", 12}},
      {"annees", {FactKind::duration, "month", 12}},     {"heure", {FactKind::duration, "minute", 60}},
      {"heures", {FactKind::duration, "minute", 60}},    {"h", {FactKind::duration, "minute", 60}},
      {"minute", {FactKind::duration, "minute", 1}},     {"minutes", {FactKind::duration, "minute", 1}},
      {"min", {FactKind::duration, "minute", 1}},        {"mn", {FactKind::duration, "minute", 1}},
      {"euro", {FactKind::amount, "euro", 1}},           {"euros", {FactKind::amount, "euro", 1}},
      {"eur", {FactKind::amount, "euro", 1}},            {"€", {FactKind::amount, "euro", 1}},
      {"%", {FactKind::percentage, "%", 1}},
  }};
  // clang-format on
  for (const auto& named : kUnits) {
    if (named.word == word) return named.unit;
  }
  return std::nullopt;
}

int month_named(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"janvier", "fevrier", "mars",      "avril",   "mai",      "juin",
                                                               "juillet", "aout",    "septembre", "octobre", "novembre", "decembre"};
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == word) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_ordinal_ending(std::string_view word) {
  return word == "er" || word == "ere" || word == "e" || word == "eme" || word == "emes" || word == "re" || word == "nd" || word == "nde" ||
         word == "ers" || word == "eres" || word == "es";
}

struct Number {
  std::int64_t thousandths = 0;
  std::size_t next = 0;   // first token after it
  bool ordinal = false;
  bool article = false;   // « un », « une »: a number only before a unit
};

class Reader {
 public:
  explicit Reader(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<Fact> run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      const std::size_t next = read(at);
      at = next > at ? next : at + 1;
    }
    return std::move(facts_);
  }

 private:
  std::string_view word(std::size_t at) const { return at < tokens_.size() ? std::string_view(tokens_[at].folded) : std::string_view(); }
  bool is_digits(std::size_t at) const { return at < tokens_.size() && tokens_[at].kind == TokenKind::digits; }
  bool glued(std::size_t at) const { return at < tokens_.size() && !tokens_[at].space_before; }

  std::size_t add(FactKind kind, std::string value, std::size_t from, std::size_t next) {
    facts_.push_back({kind, std::move(value), {tokens_[from].where.begin_bytes, tokens_[next - 1].where.end_bytes}});
    last_next_ = next;
    return next;
  }

  std::size_t read(std::size_t at) {
    if (const auto next = reference(at)) return next;
    if (is_digits(at)) {
      if (const auto next = numeric_date(at)) return next;
      if (const auto next = telephone(at)) return next;
      if (const auto next = identifier(at)) return next;
    }
    if (const auto next = month_and_year(at)) return next;
    const auto number = number_at(at);
    if (!number) return at;
    if (const auto next = day_and_month(at, *number)) return next;
    return quantity(at, *number);
  }

  // « article L. 2121-7 », « L2121-7 », « R*421-1 », « article 12 ».
  std::size_t reference(std::size_t at) {
    std::size_t here = at;
    const bool named = word(here) == "article" || word(here) == "articles" || word(here) == "art";
    if (named) ++here;
    if (named && word(here) == ".") ++here;
    const std::string_view letter = word(here);
    if (letter == "l" || letter == "r" || letter == "d" || letter == "a" || letter == "lo") {
      std::size_t digits = here + 1;
      while (word(digits) == "." || word(digits) == "*") ++digits;
      if (is_digits(digits) && tokens_[here].capital) return add_reference(std::string(letter), at, digits);
    } else if (letter.size() > 3 && letter[0] >= 'a' && letter[0] <= 'z' && tokens_[here].kind == TokenKind::letters) {
      const std::size_t digit = letter.starts_with("lo") ? 2 : 1;
      const bool coded = letter[0] == 'l' || letter[0] == 'r' || letter[0] == 'd' || letter[0] == 'a';
      if (coded && letter.find_first_not_of("0123456789-", digit) == std::string_view::npos) {
        return add(FactKind::reference, std::string(letter), at, here + 1);
      }
    }
    if (named && is_digits(here)) return add_reference("", at, here);
    return 0;
  }

  std::size_t add_reference(std::string value, std::size_t from, std::size_t digits) {
    value += word(digits);
    std::size_t next = digits + 1;
    while (word(next) == "-" && glued(next) && is_digits(next + 1) && glued(next + 1)) {
      value.append("-").append(word(next + 1));
      next += 2;
    }
    return add(FactKind::reference, std::move(value), from, next);
  }

  // « 28/08/2019 », « 2019-08-28 ».
  std::size_t numeric_date(std::size_t at) {
    const std::string_view mark = word(at + 1);
    if ((mark != "/" && mark != "-") || word(at + 3) != mark || !is_digits(at + 2) || !is_digits(at + 4)) return 0;
    std::string_view day = word(at), year = word(at + 4);
    if (day.size() == 4) std::swap(day, year);
    const std::string_view month = word(at + 2);
    if (day.size() > 2 || month.size() > 2 || year.size() != 4) return 0;
    std::string value(year);
    value.append(month.size() == 1 ? "-0" : "-").append(month).append(day.size() == 1 ? "-0" : "-").append(day);
    return add(FactKind::date, std::move(value), at, at + 5);
  }

  std::size_t telephone(std::size_t at) {
    if (word(at).size() != 2 || word(at)[0] != '0') return 0;
    std::string value(word(at));
    std::size_t next = at + 1;
    while (is_digits(next) && word(next).size() == 2 && value.size() < 10) value += word(next++);
    return value.size() == 10 ? add(FactKind::telephone, std::move(value), at, next) : 0;
  }

  // « 14011*02 », « 2004-575 », « 1/2 », and numbers too long to be counted.
  std::size_t identifier(std::size_t at) {
    std::string value(word(at));
    std::size_t next = at + 1;
    while ((word(next) == "*" || word(next) == "/" || word(next) == "-") && glued(next) && is_digits(next + 1) && glued(next + 1)) {
      value.append(word(next)).append(word(next + 1));
      next += 2;
    }
    if (next == at + 1 && value.size() <= kLongestNumber) return 0;
    return add(FactKind::reference, std::move(value), at, next);
  }

  std::size_t month_and_year(std::size_t at) {
    const int month = month_named(word(at));
    if (month == 0 || !is_year(at + 1)) return 0;
    return add(FactKind::date, std::string(word(at + 1)) + "-" + two_digits(month), at, at + 2);
  }

  bool is_year(std::size_t at) const { return is_digits(at) && word(at).size() == 4 && (word(at)[0] == '1' || word(at)[0] == '2'); }

  std::size_t day_and_month(std::size_t at, const Number& number) {
    const int month = month_named(word(number.next));
    const std::int64_t day = number.thousandths / kScale;
    if (month == 0 || day < 1 || day > 31 || number.thousandths % kScale != 0 || number.article) return 0;
    std::size_t next = number.next + 1;
    std::string prefix = is_year(next) ? std::string(word(next++)) : std::string("-");
    prefix.append("-").append(two_digits(month)).append("-");
    // « du 1er au 15 mars »: the first day belongs to the same month.
    if (follows_last(at) && (facts_.back().kind == FactKind::ordinal || facts_.back().kind == FactKind::number) &&
        facts_.back().value.size() <= 2) {
      facts_.back() = {FactKind::date, prefix + two_digits(std::stoi(facts_.back().value)), facts_.back().where};
    }
    return add(FactKind::date, prefix + two_digits(static_cast<int>(day)), at, next);
  }

  // Only « à », « au », « et », « ou » or a hyphen between the fact before and this token.
  bool follows_last(std::size_t at) const {
    if (facts_.empty() || at == 0 || last_next_ + 1 != at) return false;
    const std::string_view between = word(at - 1);
    return between == "a" || between == "au" || between == "et" || between == "ou" || between == "-";
  }

  std::optional<Number> number_at(std::size_t at) const {
    if (is_digits(at)) return digits_at(at);
    if (at >= tokens_.size() || tokens_[at].kind != TokenKind::letters) return std::nullopt;
    const auto read = number_in_words(tokens_, at);
    if (!read) return std::nullopt;
    return Number{read->value * kScale, read->next, read->ordinal, read->article};
  }

  std::optional<Number> digits_at(std::size_t at) const {
    std::string digits(word(at));
    std::size_t next = at + 1;
    if (digits.size() <= 3 && digits[0] != '0') {
      while (digits.size() + 3 <= kLongestNumber) {
        if (is_digits(next) && tokens_[next].space_before && word(next).size() == 3) {
          digits += word(next++);
        } else if (word(next) == "." && glued(next) && is_digits(next + 1) && glued(next + 1) && word(next + 1).size() == 3) {
          digits += word(next + 1);
          next += 2;
        } else {
          break;
        }
      }
    }
    std::int64_t value = 0;
    for (const char digit : digits) value = value * 10 + (digit - '0');
    value *= kScale;
    if ((word(next) == "," || word(next) == ".") && glued(next) && is_digits(next + 1) && glued(next + 1)) {
      std::string decimals = std::string(word(next + 1)).substr(0, 3);
      decimals.resize(3, '0');
      value += std::stoll(decimals);
      next += 2;
    }
    if (word(next) == "million" || word(next) == "millions") return Number{value * 1000000, next + 1, false, false};
    if (word(next) == "milliard" || word(next) == "milliards") return Number{value * 1000000000, next + 1, false, false};
    // The official base writes « 1 er janvier », « 2 e enfant ».
    const bool ordinal = is_ordinal_ending(word(next)) && (glued(next) || word(next) != "es");
    return Number{value, ordinal ? next + 1 : next, ordinal, false};
  }

  std::size_t quantity(std::size_t at, Number number) {
    std::size_t next = number.next;
    if (number.ordinal) return add(FactKind::ordinal, written(number.thousandths), at, next);
    if (word(next) == "pour" && word(next + 1) == "cent") return percentage(at, number, next + 2);
    if ((word(next) == "d'" || word(next) == "d") && unit_named(word(next + 1)) && number.thousandths >= 1000000 * kScale) ++next;
    // « 14h30 » is one token after the hour.
    if (glued(next) && word(next).size() >= 2 && word(next)[0] == 'h' &&
        word(next).find_first_not_of("0123456789", 1) == std::string_view::npos) {
      const std::int64_t minutes = number.thousandths * 60 + std::stoll(std::string(word(next).substr(1, 2))) * kScale;
      return add(FactKind::duration, written(minutes) + " minute", at, next + 1);
    }
    const auto unit = unit_named(word(next));
    if (!unit) {
      if (word(next) == "centime" || word(next) == "centimes")
        return add(FactKind::amount, written(number.thousandths / 100) + " euro", at, next + 1);
      if (number.article && word(next) != "fois") return 0;
      return add(FactKind::number, written(number.thousandths), at, next);
    }
    std::size_t end = next + 1;
    std::int64_t value = number.thousandths;
    if (unit->kind == FactKind::duration && word(end) == "et" && (word(end + 1) == "demi" || word(end + 1) == "demie")) {
      value += kScale / 2;
      end += 2;
    }
    if (unit->name == "euro" && is_digits(end) && word(end).size() == 2 && word(next) == "€") {  // « 12 € 50 »
      value += std::stoll(std::string(word(end))) * kScale / 100;
      ++end;
    }
    give_unit_to_last(at, *unit);
    return add(unit->kind, written(value * unit->factor) + " " + std::string(unit->name), at, end);
  }

  std::size_t percentage(std::size_t at, const Number& number, std::size_t next) {
    give_unit_to_last(at, {FactKind::percentage, "%", 1});
    return add(FactKind::percentage, written(number.thousandths) + " %", at, next);
  }

  // « entre 2 et 5 ans », « 10 à 15 % »: the first number has the unit of the second.
  void give_unit_to_last(std::size_t at, const Unit& unit) {
    if (!follows_last(at) || facts_.back().kind != FactKind::number) return;
    const std::string& value = facts_.back().value;
    if (value.find('.') != std::string::npos || value.size() > 9) return;
    facts_.back().kind = unit.kind;
    facts_.back().value = written(std::stoll(value) * kScale * unit.factor) + " " + std::string(unit.name);
  }

  const std::vector<Token>& tokens_;
  std::vector<Fact> facts_;
  std::size_t last_next_ = 0;
};

}  // namespace

std::vector<Fact> facts(const std::vector<Token>& tokens) { return Reader(tokens).run(); }

std::vector<Fact> facts(std::string_view text) { return facts(tokens(text)); }

}  // namespace beffroi::text
