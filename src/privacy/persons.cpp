#include <algorithm>

#include "privacy/detectors.h"
#include "privacy/names.h"
#include "privacy/propagation.h"

namespace beffroi::privacy {

namespace {

bool is_abbreviated(const Tokens& tokens, std::size_t at) {
  static constexpr std::string_view kShort[] = {"m",   "mm", "mr",  "mme", "mmes", "mlle", "mlles", "me",
                                                "mes", "dr", "drs", "pr",  "sir",  "lord", "lady"};
  return std::find(std::begin(kShort), std::end(kShort), tokens.folded(at)) != std::end(kShort);
}

bool is_plural(const Tokens& tokens, std::size_t at) {
  static constexpr std::string_view kMany[] = {"mm", "mmes", "mlles", "mes", "drs", "messieurs", "mesdames", "mesdemoiselles", "docteurs"};
  return std::find(std::begin(kMany), std::end(kMany), tokens.folded(at)) != std::end(kMany);
}

char sex_of_civility(std::string_view civility) {
  if (civility.starts_with("mme") || civility.starts_with("mad") || civility.starts_with("ml") || civility.starts_with("mesd") ||
      civility == "lady")
    return 'F';
  if (civility == "m" || civility == "mr" || civility == "mm" || civility == "monsieur" || civility == "messieurs" || civility == "sir" ||
      civility == "lord")
    return 'M';
  return ' ';
}

char sex_of(const Tokens& tokens, const Run& run) {
  for (std::size_t part = 0; part < run.count; ++part) {
    if (tokens.has(run.parts[part], kFemale)) return 'F';
    if (tokens.has(run.parts[part], kMale)) return 'M';
  }
  return ' ';
}

// The role of an elected person stands beside the name, or opens the line: « Présents : … ».
bool is_elected(const Tokens& tokens, std::size_t begin, std::size_t end) {
  for (std::size_t back = 1; back <= 60 && back <= begin; ++back) {
    const std::size_t i = begin - back;
    if (tokens.is_kind(i, Kind::line_break)) break;
    if (tokens.has(i, kElected) && (back <= 5 || (tokens[i].capital && begins_sentence(tokens, i)))) return true;
    if (back <= 5 && tokens.is_mark(i, '.') && !is_initial(tokens, i - (i > 0 ? 1 : 0)) && i > 0 && tokens.length(i - 1) > 3) break;
  }
  for (std::size_t i = end; i < end + 6 && i < tokens.size() && !tokens.is_mark(i, '.') && !tokens.is_kind(i, Kind::line_break); ++i) {
    if (tokens.has(i, kCivility)) return false;
    if (tokens.has(i, kElected)) return true;
  }
  return false;
}

class Finder {
 public:
  Finder(Tokens& tokens, std::vector<Span>& out) : tokens_(tokens), out_(out) {}

  void run() {
    for (std::size_t i = 0; i < tokens_.size();) {
      std::size_t next = 0;
      if (tokens_.is_free(i) && tokens_.is_letters(i)) {
        if (tokens_.has(i, kCivility)) next = after_civility(i);
        else if (const std::size_t initial = glued_civility(i)) next = initial;
        if (next == 0) next = tokens_[i].capital ? capital_name(i) : small_name(i);
      }
      i = std::max(next, i + 1);
    }
  }

 private:
  // « Présents : A, B, » goes on over lines, from one name to the next; the margin of a page may stand between two.
  [[nodiscard]] bool in_roster(std::size_t begin) const {
    constexpr std::size_t kGapMax = 9, kOpeningMax = 10;
    if (roster_end_ != 0 && begin >= roster_end_ && begin - roster_end_ <= kGapMax) {
      std::size_t words = 0;
      bool comma = false, line_break = false;
      for (std::size_t i = roster_end_; i < begin; ++i) {
        if (tokens_.is_mark(i, '.')) return false;
        comma = comma || tokens_.is_mark(i, ',') || tokens_.is_mark(i, '-') || tokens_.is_word(i, "et");
        line_break = line_break || tokens_.is_kind(i, Kind::line_break);
        words += tokens_.is_letters(i) && !tokens_.is_word(i, "et") && !tokens_.has(i, kParticle) ? 1 : 0;
      }
      return words == 0 || (words <= 4 && comma && line_break);
    }
    for (std::size_t back = 2; back <= kOpeningMax && back <= begin; ++back) {
      const std::size_t i = begin - back;
      if (tokens_.has(i, kElected) && tokens_[i].folded_size > 6 && tokens_.is_mark(i + 1, ':')) return true;
    }
    return false;
  }

  // Claims a name; returns the token after it.
  std::size_t claim(const Run& run, std::size_t civility, char sex) {
    const std::size_t begin = civility < run.begin ? civility : run.begin;
    const bool elected = is_elected(tokens_, begin, run.end) || in_roster(begin);
    if (elected) roster_end_ = run.end;
    Span span = tokens_.take(begin, run.end, Label::person);
    span.civility_bytes = tokens_[run.begin].begin - span.begin;
    span.sex = sex != ' ' ? sex : sex_of(tokens_, run);
    span.elected = elected;
    out_.push_back(span);
    return run.end;
  }

  // « MmeE. Jagander »: a civility and an initial in one word.
  std::size_t glued_civility(std::size_t at) {
    const std::string_view word = tokens_.bytes(at);
    const bool madam = (word.size() == 4 && word.starts_with("Mme")) || (word.size() == 5 && word.starts_with("Mmes"));
    if (!madam || word.back() < 'A' || word.back() > 'Z' || !tokens_.is_mark(at + 1, '.')) return 0;
    Run run = capital_run(tokens_, at + 2);
    if (run.empty()) return 0;
    run.begin = at;
    return claim(run, at, 'F');
  }

  // The name after a civility, in any case.
  Run name_after_civility(std::size_t at) {
    const bool article = tokens_.has(at, kArticle) && !tokens_[at].capital;
    if (article && !tokens_.is_word(at, "du") && !tokens_.is_word(at, "des")) return {};
    Run run = capital_run(tokens_, at);
    if (run.empty() && tokens_.has(at, kParticle)) {  // « de La Tour »
      std::size_t word = at;
      while (tokens_.has(word, kParticle) || tokens_.is_mark(word, '\'')) ++word;
      if (tokens_.is_letters(word) && tokens_[word].capital && word < at + 6) {
        run = capital_run(tokens_, word);
        run.begin = at;
      }
    }
    if (run.empty()) return small_name_run(at);
    std::size_t kept = run.count;
    for (std::size_t part = 1; part < run.count; ++part) {
      const std::size_t i = run.parts[part];
      const bool bound = tokens_.is_mark(i - 1, '-') || is_initial(tokens_, run.parts[part - 1]) ||
                         (tokens_.has(i - 1, kParticle) && tokens_[i - 1].capital);
      const bool foreign =
          is_plain(tokens_, i) && !is_initial(tokens_, i) && !bound && (part >= 2 || tokens_.has(i, kElected | kPersonCue));
      if (foreign) {
        kept = part;
        break;
      }
    }
    const std::size_t head = run.parts[0];
    const bool role = is_plain(tokens_, head) && tokens_.has(head, kElected | kPersonCue) && !tokens_[head].all_capitals;
    if (role || (is_plain(tokens_, head) && run.count == 1 && tokens_.has(head, kArticle | kCivility))) return {};
    run = cut_at(tokens_, run, 0, kept);
    // « Mme RIVIÈRE zoé », « Dr Caroline pidoux »: what follows in small letters.
    const bool alone =
        run.count == 1 && tokens_.has(run.parts[0], kFirstName) && is_unknown(tokens_, run.end) && tokens_.length(run.end) >= 4;
    if (tokens_.is_letters(run.end) && !tokens_[run.end].capital && !tokens_.has(run.end, kWord) &&
        (tokens_.has(run.end, kFirstName) || alone)) {
      run.parts[run.count < Run::kParts ? run.count++ : run.count - 1] = run.end;
      ++run.end;
    }
    return run;
  }

  std::size_t after_civility(std::size_t at) {
    // « m », « me », « mm », « mes » are also words of other things.
    const bool tiny = tokens_.is_word(at, "m") || tokens_.is_word(at, "me") || tokens_.is_word(at, "mm") || tokens_.is_word(at, "mes");
    const std::size_t first = at;
    char sex = sex_of_civility(tokens_.folded(at));
    bool plural = is_plural(tokens_, at), short_form = is_abbreviated(tokens_, at);
    std::size_t i = at + 1;
    const auto skip_dot = [&] {
      if (tokens_.is_mark(i, '.') && tokens_.is_glued(i)) ++i;
    };
    skip_dot();
    const bool dotted = i > at + 1;
    while ((tokens_.is_word(i, "et") || tokens_.is_word(i, "ou") || tokens_.is_mark(i, '/')) && tokens_.has(i + 1, kCivility)) {
      i += 2;
      sex = ' ';
      skip_dot();
    }
    if (tokens_.has(i, kCivility) && tokens_.length(i) > 1 && !tokens_.is_word(i, "mes") && !tokens_.is_word(i, "me")) ++i, skip_dot();
    if (tokens_.is_word(i, "justice") && tokens_[i].capital) ++i;
    if (!tokens_.is_free(i)) return 0;
    const bool capital = tokens_.is_letters(i) && (tokens_[i].capital || (tokens_.has(i, kParticle) && tokens_.is_letters(i + 1)));
    if (tiny && !capital && !is_small_initial(i) && !(dotted && tokens_[at].capital) &&
        !(tokens_.has(i, kFirstName | kSurname) && !tokens_.is_word(at, "me") && !tokens_.is_word(at, "mes")))
      return 0;
    if (tokens_.is_word(at, "m") && !tokens_[at].capital && !dotted && !is_small_initial(i) && !tokens_.has(i, kFirstName | kSurname))
      return 0;
    const Run name = name_after_civility(i);
    if (name.empty()) return 0;
    std::size_t end = claim(name, short_form ? first : name.begin, sex);
    while (plural) {
      std::size_t next = end;
      if (tokens_.is_mark(next, ',') || tokens_.is_word(next, "et")) ++next;
      if (next == end || !tokens_.is_letters(next) || !tokens_[next].capital) break;
      const Run other = name_after_civility(next);
      if (other.empty() || tokens_.has(next, kCivility) || (other.initials && is_initial(tokens_, other.parts[other.count - 1]))) break;
      end = claim(other, other.begin, sex);
    }
    return end;
  }

  // « allocataire », « Nom : », « signé » right before.
  [[nodiscard]] bool person_announced(std::size_t at) const {
    for (std::size_t back = 1; back <= 5 && back <= at; ++back) {
      const std::size_t i = at - back;
      if (tokens_.has(i, kPersonCue)) return true;
      if (back == 1 && tokens_.is_word(i, "et") && i > 0 && tokens_.is_letters(i - 1) && !tokens_.is_free(i - 1)) return true;
      const bool link = tokens_.is_mark(i, ':') || tokens_.is_mark(i, '(') || tokens_.is_mark(i, ')') || tokens_.is_mark(i, '?') ||
                        tokens_.is_mark(i, '\'') || tokens_.is_word(i, "s") || tokens_.is_word(i, "e") || tokens_.is_word(i, "de") ||
                        tokens_.is_word(i, "d") ||
                        (tokens_.is_kind(i, Kind::line_break) && i > 0 && (tokens_.is_mark(i - 1, ':') || tokens_.is_mark(i - 1, ','))) ||
                        (back > 1 && tokens_.is_mark(i, ','));
      if (!link) return false;
    }
    return false;
  }

  std::size_t capital_name(std::size_t at) {
    const Run whole = capital_run(tokens_, at);
    if (whole.empty()) return 0;
    if (at > 1 && tokens_.is_mark(at - 1, '-') && tokens_.is_glued(at) && tokens_.is_glued(at - 1)) return whole.end;  // « Lot-et-Garonne »
    if (names_place_or_firm(tokens_, whole.begin)) return whole.end;
    Run run = trimmed(tokens_, whole);
    if (run.empty() || !is_person(run)) {
      // A name may hide in a longer run of capitals.
      for (std::size_t part = 1; part < whole.count; ++part) {
        const Run tail = trimmed(tokens_, cut_at(tokens_, whole, part, whole.count - part));
        if (!tail.empty() && tokens_.has(tail.parts[0], kFirstName) && tail.count >= 2 && is_person(tail))
          return claim(tail, tail.begin, ' ');
      }
      return whole.end;
    }
    if (run.begin > whole.begin && tokens_.has(run.begin - 1, kPlaceCue | kFirmCue)) return whole.end;
    // « LAMOUR zoé »: capitals then small letters.
    if (tokens_.is_letters(run.end) && !tokens_[run.end].capital && tokens_.has(run.end, kFirstName) && !tokens_.has(run.end, kWord)) {
      if (run.count < Run::kParts) run.parts[run.count++] = run.end;
      ++run.end;
    }
    claim(run, run.begin, ' ');
    return std::max(run.end, whole.end);
  }

  [[nodiscard]] bool is_acronym(std::size_t at) const { return tokens_[at].all_capitals && tokens_.length(at) <= 5; }

  // « pour Rose », « Claire, »: a first name that is also a word, with a capital that nothing else explains.
  [[nodiscard]] bool names_someone(std::size_t at) const {
    return tokens_.length(at) >= 4 && !tokens_.has(at, kPlace | kMonth | kElected) && !begins_sentence(tokens_, at) &&
           tokens_.is_letters(at - 1) && !tokens_[at - 1].capital && !tokens_.has(at - 1, kArticle);
  }

  [[nodiscard]] bool is_person(const Run& run) const {
    std::size_t strong_first = 0, first = 0, strong_surname = 0, surname = 0, unknown = 0, initials = 0, place = 0;
    for (std::size_t part = 0; part < run.count; ++part) {
      const std::size_t i = run.parts[part];
      const Marks marks = tokens_[i].marks;
      if (is_initial(tokens_, i)) {
        ++initials;
        continue;
      }
      if ((marks & kFirstName) != 0) ++first, strong_first += (marks & (kWord | kPlace)) == 0 ? 1 : 0;
      if ((marks & kSurname) != 0) ++surname, strong_surname += (marks & (kWord | kPlace | kFirstName)) == 0 ? 1 : 0;
      if ((marks & kPlace) != 0) ++place;
      if (marks == 0 && !is_acronym(i)) ++unknown;
    }
    const std::size_t words = run.count - initials;
    if (words == 0) return false;
    if (initials > 0)
      return words >= 1 && tokens_.length(run.parts[run.count - 1]) >= 2 && !tokens_.has(run.parts[run.count - 1], kArticle) &&
             (strong_first + surname + unknown > 0 || !begins_sentence(tokens_, run.begin));
    if (person_announced(run.begin)) return first + surname + unknown > 0;
    if (words == 1 && strong_first == 0 && first == 1) return names_someone(run.parts[0]);
    if (words == 1) return (strong_first == 1 && tokens_.length(run.parts[0]) >= 3) || (strong_surname == 1 && !is_acronym(run.parts[0]));
    if (place == words) return false;
    if (strong_first > 0) return true;
    if (first > 0) return first + surname + unknown >= 2;
    return unknown + surname == words && strong_surname + unknown >= 1;
  }

  // « le requérant déposa »: a tense that the list of words lacks, not a name.
  static bool looks_like_verb(std::string_view word) {
    static constexpr std::string_view kEndings[] = {"a",  "ait", "aient", "erent", "irent", "urent", "it", "ut",  "int",
                                                    "er", "ir",  "ons",   "ez",    "ee",    "ees",   "es", "ent", "ant"};
    return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) { return word.ends_with(ending); });
  }

  // « j. carpentier »
  [[nodiscard]] bool is_small_initial(std::size_t at) const {
    return tokens_.is_letters(at) && tokens_.length(at) == 1 && tokens_.is_mark(at + 1, '.') && tokens_.is_glued(at + 1) &&
           tokens_.is_letters(at + 2);
  }

  [[nodiscard]] Run small_name_run(std::size_t at) const {
    if (!is_small_initial(at)) return small_run(tokens_, at, 3);
    Run run = small_run(tokens_, at + 2, 3);
    if (!run.empty()) run.begin = at;
    return run;
  }

  // « le goff », « el khattabi », not « de guérin ».
  [[nodiscard]] std::size_t with_particles(std::size_t at) const {
    static constexpr std::string_view kBound[] = {"le",  "el",  "al",  "ben", "bin", "da",  "dos", "do", "van",
                                                  "den", "der", "von", "di",  "del", "ait", "abd", "mac"};
    if (!tokens_.has(at, kSurname)) return at;
    while (at > 0 && tokens_.is_free(at - 1) && std::find(std::begin(kBound), std::end(kBound), tokens_.folded(at - 1)) != std::end(kBound))
      --at;
    return at;
  }

  // « kerbrat zoé », « da silva clémence », « - marchand cédric »: where the surname before a first name begins.
  [[nodiscard]] std::size_t surname_before(std::size_t at) const {
    if (at == 0 || !tokens_.is_letters(at - 1)) return at;
    if (tokens_.has(at - 1, kParticle)) return with_particles(at);
    std::size_t begin = at - 1;
    while (begin >= 2 && (tokens_.is_mark(begin - 1, '-') || tokens_.is_mark(begin - 1, '\'')) && tokens_.is_glued(begin) &&
           tokens_.is_letters(begin - 2))
      begin -= 2;
    std::size_t whole = begin;
    while (whole > 0 && tokens_.has(whole - 1, kParticle)) --whole;
    const auto opens = [&](std::size_t i) { return i == 0 || !tokens_.is_letters(i - 1) || tokens_.has(i - 1, kPersonCue); };
    for (std::size_t i = whole; i < at; ++i) {
      if (!tokens_.is_free(i) || tokens_[i].capital) return at;
    }
    const std::size_t word = at - 1;
    const bool long_enough = tokens_.folded(word).size() >= 4;
    const bool person = long_enough && ((is_unknown(tokens_, word) && tokens_[word].marks == 0 && !looks_like_verb(tokens_.folded(word))) ||
                                        tokens_.has(word, kFirstName) || (tokens_.has(word, kSurname) && !tokens_.has(word, kWord)));
    const bool borne = tokens_.has(word, kSurname) || tokens_.has(begin, kSurname) || (whole < begin && !tokens_.has(word, kWord));
    if (opens(whole) && (person || borne)) return whole;
    return person ? begin : with_particles(at);
  }

  std::size_t small_name(std::size_t at) {
    const auto bears = [&](std::size_t i, Marks marks) {
      const bool compound =
          tokens_.has(i, kFirstName) && tokens_.is_mark(i + 1, '-') && tokens_.has(i + 2, kFirstName);  // « marie-thérèse »
      return tokens_.is_letters(i) && tokens_.is_free(i) && tokens_.has(i, marks) && (compound || !tokens_.has(i, kWord | kPlace)) &&
             tokens_.folded(i).size() >= (tokens_.has(i, kFirstName) ? 3 : 4);
    };
    // « constant roussel »: a first name that is also a word, then a surname that is not.
    const auto bears_both = [&](std::size_t i) {
      return tokens_.is_free(i) && tokens_.has(i, kFirstName) && tokens_.folded(i).size() >= 4 && bears(i + 1, kSurname) &&
             !tokens_[i + 1].capital;
    };
    const bool elided = at > 0 && tokens_.is_mark(at - 1, '\'');  // « victime d'homophobie »
    if (!elided && person_announced(at) && !tokens_.has(at, kWord | kPlace) && (tokens_.length(at) >= 3 || is_small_initial(at)) &&
        !looks_like_verb(tokens_.folded(at))) {
      const Run run = small_name_run(at);
      if (!run.empty()) return claim(run, run.begin, ' ');
    }
    const bool both = bears_both(at) || (person_announced(at) && tokens_.has(at, kFirstName) && tokens_.has(at + 1, kSurname) &&
                                         tokens_.folded(at + 1).size() >= 4);
    if (!bears(at, kFirstName | kSurname) && !both) return 0;
    if (names_place_or_firm(tokens_, at)) return small_run(tokens_, at, 3).end;
    Run run = small_run(tokens_, at, 3);
    if (run.empty()) return 0;
    // « zoé Guérin »
    if (tokens_.is_letters(run.end) && tokens_[run.end].capital && tokens_.is_free(run.end) && !is_plain(tokens_, run.end)) ++run.end;
    run.begin = surname_before(at);
    while (run.begin >= 2 && tokens_.is_mark(run.begin - 1, '-') && tokens_.is_glued(run.begin) && tokens_.is_letters(run.begin - 2) &&
           tokens_.is_free(run.begin - 2))
      run.begin -= 2;
    return claim(run, run.begin, ' ');
  }

  Tokens& tokens_;
  std::size_t roster_end_ = 0;  // token after the last elected person
  std::vector<Span>& out_;
};

}  // namespace

void find_persons(Tokens& tokens, std::vector<Span>& out) {
  const std::size_t before = out.size();
  Finder(tokens, out).run();
  name_owners_of_emails(tokens, out);
  propagate_names(tokens, out, before);
  spread_elected(tokens, out, before);
}

}  // namespace beffroi::privacy
