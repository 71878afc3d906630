#include "privacy/detectors.h"

#include <algorithm>

namespace beffroi::privacy {

namespace {

constexpr std::size_t kNameTokens = 14;  // of a street or a town: no name is longer

bool is_link(const Tokens& tokens, std::size_t at) {
  return tokens.has(at, kParticle | kArticle) || tokens.is_word(at, "a") || tokens.is_word(at, "en") || tokens.is_word(at, "sur") ||
         tokens.is_word(at, "sous") || tokens.is_word(at, "et") || tokens.is_word(at, "lez") || tokens.is_word(at, "pres");
}

bool is_joint(const Tokens& tokens, std::size_t at) {
  return tokens.is_glued(at) && (tokens.is_mark(at, '-') || tokens.is_mark(at, '\'')) && tokens.is_glued(at + 1) &&
         (tokens.is_letters(at + 1) || tokens.is_digits(at + 1));
}

// « 8-Mai-1945 », « 11 novembre »: a date that a street is named after.
std::size_t day_end(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_digits(at) || tokens.length(at) > 2) return 0;
  const std::size_t month = at + (tokens.is_mark(at + 1, '-') ? 2 : 1);
  if (!tokens.has(month, kMonth)) return 0;
  const std::size_t year = month + (tokens.is_mark(month + 1, '-') ? 2 : 1);
  return tokens.is_digits(year) && tokens.length(year) == 4 ? year + 1 : month + 1;
}

// Words that begin something else, even with a capital.
bool ends_place(const Tokens& tokens, std::size_t at) {
  return tokens.has(at, kCivility | kPhoneCue | kBirth | kPersonCue | kFileCue | kDwelling | kBankCue) && !tokens.has(at, kSurname);
}

// The name of a street or town from `at`; `first` asks one word whatever its case. Links count only when a word follows them.
std::size_t place_name_end(const Tokens& tokens, std::size_t at, bool first) {
  std::size_t end = at;
  bool small = false, opened = first;
  for (std::size_t i = at; i < tokens.size() && i < at + kNameTokens && tokens.is_free(i); ++i) {
    if (is_joint(tokens, i)) {
      end = i + 2;
      ++i;
      continue;
    }
    if (tokens.is_mark(i, '\'') && tokens.is_glued(i)) continue;
    if (const std::size_t day = day_end(tokens, i); day != 0) {
      end = day;
      i = end - 1;
      continue;
    }
    if (!tokens.is_letters(i)) break;
    if (is_link(tokens, i) && !(tokens[i].capital && tokens.length(i) == 1)) continue;
    if (ends_place(tokens, i) && !opened) break;
    const bool known = tokens.has(i, kFirstName | kSurname | kPlace) || !tokens.has(i, kWord);
    if (!tokens[i].capital && !opened && !(small && (known || (i != end && (is_joint(tokens, i + 1) || tokens.is_word(i - 1, "aux"))))))
      break;
    const bool linked = i != end;
    // « à val-de-reuil », « du pré aux clercs »
    const bool compound = linked && small && (tokens.is_word(i - 1, "aux") || (tokens.is_mark(i + 1, '-') && is_joint(tokens, i + 1)));
    if (!tokens[i].capital && !opened && linked && !compound && (!small || tokens.has(i, kWord) || tokens.is_word(i - 1, "et")))
      break;  // « rue des Lilas et le chien »
    small = !tokens[i].capital;
    opened = false;
    end = i + 1;
  }
  return end;
}

// « 35140 Saint-Aubin-du-Cormier », « F-75011 Paris Cedex 11 » from `at`.
std::size_t town_end(const Tokens& tokens, std::size_t at) {
  if (tokens.is_word(at, "f") && tokens.is_mark(at + 1, '-')) at += 2;
  if (!tokens.is_digits(at) || !tokens.is_free(at)) return 0;
  std::size_t name = at + 1;
  if (tokens.length(at) == 2 && tokens.is_digits(at + 1) && tokens.length(at + 1) == 3) ++name;
  else if (tokens.length(at) != 5) return 0;
  if (tokens.is_kind(name, Kind::line_break) && tokens.is_letters(name + 1) && tokens[name + 1].capital) ++name;
  std::size_t end = place_name_end(tokens, name, true);
  if (end == name) return name;
  // « LA » alone at the end of a line goes on with the next one.
  if (tokens.is_kind(end, Kind::line_break) && end == name + 1 && tokens.has(name, kArticle)) end = place_name_end(tokens, end + 1, true);
  if (tokens.is_word(end, "cedex")) ++end;
  if (end > 0 && tokens.is_word(end - 1, "cedex") && tokens.is_digits(end) && tokens.length(end) <= 2) ++end;
  return end;
}

// « 12 », « 5-73 », « 64bis », « 16 B, » from `at`: the token after it, 0 when no house has such a number.
std::size_t house_number_end(const Tokens& tokens, std::size_t at) {
  std::size_t i = at;
  if (tokens.is_digits(i) && tokens.length(i) <= 4) {
    ++i;
    if ((tokens.is_mark(i, '-') || tokens.is_mark(i, '/')) && tokens.is_digits(i + 1) && tokens.length(i + 1) <= 4) i += 2;
  } else if (tokens.has(at, kNumberWord) && !tokens.is_word(at, "un") && !tokens.is_word(at, "et") && !tokens.is_word(at, "premier")) {
    ++i;
  } else {
    return 0;
  }
  if (tokens.is_word(i, "bis") || tokens.is_word(i, "ter") || tokens.is_word(i, "quater") ||
      (tokens.is_letters(i) && tokens.length(i) == 1 && !tokens.is_mark(i + 1, '\'') && !tokens.is_mark(i + 1, '.') &&
       tokens[i].all_capitals) ||
      (tokens.is_letters(i) && tokens.length(i) == 1 && tokens.is_glued(i) && !tokens.has(i, kStreet)))
    ++i;
  if (tokens.is_mark(i, ',')) ++i;
  return i;
}

// A street from its type: « av. des Quatre-Vents ».
std::size_t street_end(const Tokens& tokens, std::size_t at) {
  if (!tokens.has(at, kStreet)) return 0;
  std::size_t name = at + 1;
  if (tokens.is_mark(name, '-') && tokens.is_word(name + 1, "point")) name += 2;
  if (tokens.is_mark(name, '.') && tokens.is_glued(name)) ++name;
  const std::size_t end = place_name_end(tokens, name, true);
  return end > name ? end : 0;
}

// « , Bât. C, appt 12 » before or after a street.
std::size_t lodging_end(const Tokens& tokens, std::size_t at) {
  if (!tokens.has(at, kLodging)) return 0;
  std::size_t i = at + 1;
  const std::size_t limit = at + 8;
  while (i < limit && (tokens.is_letters(i) || tokens.is_digits(i) || tokens.is_mark(i, '.') || tokens.is_mark(i, '-') ||
                       tokens.is_mark(i, '\'') || tokens.is_mark(i, 'o'))) {
    if (tokens.is_mark(i, '.') && !tokens.is_glued(i + 1) && !tokens.has(i - 1, kLodging)) break;
    const bool bare = tokens.is_letters(i) && !tokens[i].capital && tokens.length(i) > 2 &&
                      !tokens.has(i, kLodging | kParticle | kArticle) && tokens.has(i, kWord) && !tokens.is_glued(i);
    if (bare) break;
    ++i;
  }
  return i;
}

std::size_t begin_with_lodgings(const Tokens& tokens, std::size_t street) {
  std::size_t begin = street;
  for (std::size_t back = 1; back <= 16 && back < street + 1; ++back) {
    const std::size_t i = street - back;
    if (!tokens.is_free(i)) break;
    if (!tokens.has(i, kLodging)) continue;
    const std::size_t end = lodging_end(tokens, i);
    const bool meets = end == begin || ((tokens.is_mark(end, ',') || tokens.is_mark(end, '-') || tokens.is_kind(end, Kind::line_break)) &&
                                        end + 1 == begin);
    if (meets) begin = i;
  }
  return begin;
}

// Complements, postcode and town after a street.
std::size_t with_tail(const Tokens& tokens, std::size_t end) {
  for (int parts = 0; parts < 4; ++parts) {
    std::size_t next = end;
    const bool comma = tokens.is_mark(next, ',') || tokens.is_mark(next, '(') || tokens.is_mark(next, '-');
    if (comma) ++next;
    if (tokens.is_kind(next, Kind::line_break)) ++next;
    if (const std::size_t town = town_end(tokens, next); town != 0) return town;
    if (comma && tokens.has(next, kLodging)) {
      end = lodging_end(tokens, next);
      continue;
    }
    if (comma && tokens.is_letters(next) && tokens[next].capital && tokens.has(next, kPlace)) return place_name_end(tokens, next, true);
    break;
  }
  return end;
}

// « né le … à Ajaccio », « habite à Lyon »: the town that begins at `at`.
bool names_town(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_letters(at) || at == 0) return false;
  const bool known = tokens.has(at, kPlace) || (tokens.is_mark(at + 1, '-') && is_joint(tokens, at + 1)) ||
                     (!tokens.has(at, kWord) && tokens.length(at) >= 3 && tokens.is_word(at - 1, "a"));
  if (!tokens[at].capital && !known) return false;
  if (tokens.is_mark(at - 1, ':'))
    return announced(tokens, at, kBirth, 3) && tokens.is_word(at - 2, "naissance") && announced(tokens, at - 2, kWord, 2) &&
           (tokens.is_word(at - 4, "lieu") || tokens.is_word(at - 3, "lieu"));
  if (!tokens.is_word(at - 1, "a") && !tokens.is_word(at - 1, "au") && !tokens.is_word(at - 1, "de")) return false;
  if (tokens.is_word(at - 1, "de"))
    return announced(tokens, at, kDwelling, 3) && announced(tokens, at - 1, kWord, 1) && tokens.is_word(at - 2, "pres");
  return announced(tokens, at, kBirth, 13) || announced(tokens, at - 1, kDwelling, 2);
}

// Streets that small letters cannot make something else of.
bool is_plain_street(const Tokens& tokens, std::size_t at) {
  static constexpr std::string_view kStreets[] = {"rue", "avenue", "av", "bd", "boulevard", "impasse", "chemin", "allee"};
  return std::find(std::begin(kStreets), std::end(kStreets), tokens.folded(at)) != std::end(kStreets);
}

bool has_capital(const Tokens& tokens, std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    if (tokens[i].capital) return true;
  }
  return false;
}

// « BP 40012 »; « BP 2014 » is a budget.
bool is_post_box(const Tokens& tokens, std::size_t at) {
  const bool box = tokens.is_word(at, "bp") || tokens.is_word(at, "cs") || tokens.is_word(at, "tsa");
  if (!box || !tokens.is_digits(at + 1)) return false;
  return tokens.length(at + 1) != 4 || (!tokens.folded(at + 1).starts_with("19") && !tokens.folded(at + 1).starts_with("20"));
}

std::size_t number_street_end(const Tokens& tokens, std::size_t at) {
  if (at > 0 && tokens.is_glued(at) && (tokens.is_letters(at - 1) || tokens.is_mark(at - 1, '.') || tokens.is_mark(at - 1, ','))) return 0;
  const std::size_t street = house_number_end(tokens, at);
  if (street == 0) return 0;
  std::size_t type = street;
  if (tokens.is_kind(type, Kind::line_break)) ++type;
  if (tokens.is_word(type, "lieu") && tokens.is_mark(type + 1, '-')) return lodging_end(tokens, type);
  if (tokens.is_word(type, "residence") || tokens.is_word(type, "hameau") || tokens.is_word(type, "lieudit"))
    return lodging_end(tokens, type);
  return street_end(tokens, type);
}

}  // namespace

void find_addresses(Tokens& tokens, std::vector<Span>& out) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!tokens.is_free(i)) continue;
    std::size_t end = 0, begin = i;
    Label label = Label::address;
    if (tokens.is_digits(i) || tokens.has(i, kNumberWord)) {
      end = number_street_end(tokens, i);
      if (end == 0 && tokens.is_digits(i)) {
        const std::size_t town = town_end(tokens, i);
        const bool named =
            town > i + 1 && tokens[i + 1].capital && !tokens.is_kind(i + 1, Kind::line_break) && !announced(tokens, i, kActCue, 3);
        end = named ? town : 0;
      }
      if (end != 0) begin = begin_with_lodgings(tokens, i);
    } else if (tokens.has(i, kStreet) && announced(tokens, i, kDwelling, 4)) {
      end = street_end(tokens, i);
      // « situé dans une zone tendue » is no address.
      if (end != 0 && !has_capital(tokens, i, end) && !is_plain_street(tokens, i)) end = 0;
    } else if (is_post_box(tokens, i)) {
      end = i + 2;
    } else if (names_town(tokens, i)) {
      end = place_name_end(tokens, i, !tokens[i].capital);
      label = Label::city;
    }
    if (end <= i) continue;
    if (label == Label::address) end = std::max(end, with_tail(tokens, end));
    out.push_back(tokens.take(begin, end, label));
    i = end - 1;
  }
}

}  // namespace beffroi::privacy
