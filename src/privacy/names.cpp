#include "privacy/names.h"

#include <algorithm>

namespace beffroi::privacy {

namespace {

bool is_joint(const Tokens& tokens, std::size_t at) {
  return tokens.is_glued(at) && (tokens.is_mark(at, '-') || tokens.is_mark(at, '\'')) && tokens.is_glued(at + 1) &&
         tokens.is_letters(at + 1);
}

// One letter, whatever bytes it takes.
bool is_one_letter(const Tokens& tokens, std::size_t at) {
  return tokens.is_letters(at) && (tokens.folded(at).size() == 1 || (tokens.length(at) == 2 && tokens.bytes(at)[0] < 0));
}

// A particle that leads, through others, to a word that satisfies `wanted`: the token of that word, 0 when it does not.
template <class Wanted>
std::size_t through_particles(const Tokens& tokens, std::size_t at, Wanted wanted) {
  for (std::size_t i = at; i < at + 6; ++i) {
    if (!tokens.is_free(i)) return 0;
    if (i > at && wanted(i)) return i;
    const bool particle = tokens.has(i, kParticle);
    const bool apostrophe = tokens.is_mark(i, '\'') && tokens.is_glued(i);
    if (!particle && !apostrophe) return 0;
  }
  return 0;
}

void add_part(Run& run, std::size_t at) {
  if (run.count < Run::kParts) run.parts[run.count++] = at;
}

}  // namespace

bool is_initial(const Tokens& tokens, std::size_t at) {
  if (!tokens.is_letters(at) || !tokens[at].capital || tokens.length(at) > 2) return false;
  const bool dot = tokens.is_mark(at + 1, '.') && tokens.is_glued(at + 1);
  if (dot && (tokens.is_word(at, "ch") || tokens.is_word(at, "th") || tokens.is_word(at, "ph"))) return !tokens[at].all_capitals;
  if (!is_one_letter(tokens, at)) return false;
  // « P-A. »: the dot comes after the second letter.
  const bool compound = is_joint(tokens, at + 1) && is_one_letter(tokens, at + 2) && tokens[at + 2].capital && tokens.is_mark(at + 3, '.');
  return dot || compound;
}

bool is_plain(const Tokens& tokens, std::size_t at) { return tokens.has(at, kWord) && !tokens.has(at, kFirstName | kSurname); }

bool is_unknown(const Tokens& tokens, std::size_t at) {
  return tokens.is_letters(at) && (tokens[at].marks & ~(kFemale | kMale | kFirstName | kSurname)) == 0;
}

Run capital_run(const Tokens& tokens, std::size_t at) {
  Run run;
  run.begin = run.end = at;
  const auto named = [&](std::size_t i) { return tokens.is_letters(i) && tokens[i].capital && tokens.is_free(i); };
  for (std::size_t i = at; i < tokens.size() && run.count < Run::kParts;) {
    if (!tokens.is_free(i)) break;
    if (is_initial(tokens, i)) {
      run.initials = true;
      add_part(run, i);
      run.end = i + (tokens.is_mark(i + 1, '.') ? 2 : 4);
      i = run.end;
      if (tokens.is_mark(i, '-') && tokens.is_glued(i)) ++i;
      continue;
    }
    if (i > at && is_joint(tokens, i) && run.end == i) {
      add_part(run, i + 1);
      run.end = i + 2;
      i = run.end;
      continue;
    }
    if (tokens.has(i, kParticle)) {
      const std::size_t word =
          through_particles(tokens, i, [&](std::size_t w) { return named(w) && !tokens.has(w, kParticle | kCivility); });
      const bool opens = i == at && !tokens[i].capital;
      if (word != 0 && !opens) {
        add_part(run, word);
        run.end = word + 1;
        i = run.end;
        continue;
      }
      // « N'Guyen », « D'Arcy »: the particle is glued to its name.
      if (word == 0 || opens) break;
    }
    if (!named(i) || (i > at && tokens.has(i, kCivility))) break;
    add_part(run, i);
    run.end = ++i;
    if (run.end - run.begin > 24) break;
  }
  return run;
}

Run small_run(const Tokens& tokens, std::size_t at, std::size_t parts_max) {
  Run run;
  run.begin = run.end = at;
  const auto named = [&](std::size_t i) {
    const bool saint = (tokens.is_word(i, "saint") || tokens.is_word(i, "sainte")) && is_joint(tokens, i + 1);
    return tokens.is_letters(i) && tokens.is_free(i) && (saint || !is_plain(tokens, i)) && !tokens.has(i, kArticle | kCivility) &&
           tokens.folded(i).size() > 2;
  };
  for (std::size_t i = at; i < tokens.size() && run.count < parts_max;) {
    if (i > at && is_joint(tokens, i) && tokens.is_free(i + 1)) {
      add_part(run, i + 1);
      run.end = i + 2;
    } else if ((tokens.is_word(i, "n") || tokens.is_word(i, "o")) && is_joint(tokens, i + 1) && named(i + 2)) {  // « n'guyen »
      add_part(run, i + 2);
      run.end = i + 3;
    } else if (tokens.has(i, kParticle)) {
      const std::size_t word = through_particles(tokens, i, named);
      if (word == 0 || (i == at && tokens.has(i, kArticle) && !tokens.is_word(i, "le"))) break;
      add_part(run, word);
      run.end = word + 1;
    } else if (named(i)) {
      add_part(run, i);
      run.end = i + 1;
    } else {
      break;
    }
    i = run.end;
  }
  return run;
}

bool begins_sentence(const Tokens& tokens, std::size_t at) {
  if (at == 0) return true;
  if (tokens.is_kind(at - 1, Kind::line_break)) return true;
  if (tokens[at - 1].kind != Kind::mark) return false;
  const char mark = tokens.folded(at - 1)[0];
  return mark != ',' && mark != '\'' && mark != '-' && mark != '(' && mark != ';' && mark != '/' && mark != '&';
}

bool names_place_or_firm(const Tokens& tokens, std::size_t at) {
  for (std::size_t back = 1; back <= 4 && back <= at; ++back) {
    const std::size_t i = at - back;
    if (tokens.has(i, kPlaceCue | kFirmCue)) return !tokens.has(i, kSurname | kPersonCue) || !tokens[i].capital;
    if (tokens.is_mark(i, '\'')) continue;
    if (!tokens.is_letters(i)) return false;
    if (!tokens.has(i, kParticle | kArticle) && !(back <= 2 && is_plain(tokens, i) && !tokens[i].capital && tokens.length(i) >= 6))
      return false;
  }
  return false;
}

Run cut_at(const Tokens& tokens, const Run& run, std::size_t first_part, std::size_t parts) {
  Run out = run;
  if (parts == 0) {
    out.end = out.begin;
    out.count = 0;
    return out;
  }
  std::copy(run.parts.begin() + static_cast<std::ptrdiff_t>(first_part),
            run.parts.begin() + static_cast<std::ptrdiff_t>(first_part + parts), out.parts.begin());
  out.count = parts;
  if (first_part > 0) {
    // The particles before a part belong to it.
    out.begin = run.parts[first_part];
    while (out.begin > run.parts[first_part - 1] + 1 &&
           ((tokens.has(out.begin - 1, kParticle) && tokens[out.begin - 1].capital) || tokens.is_mark(out.begin - 1, '\'')))
      --out.begin;
  }
  if (first_part + parts < run.count) {
    out.end = run.parts[first_part + parts - 1] + 1;
    if (is_initial(tokens, out.end - 1)) out.end += tokens.is_mark(out.end, '.') ? 1 : 3;
  }
  return out;
}

namespace {

bool is_role(const Tokens& tokens, std::size_t at) {
  return tokens.has(at, kPersonCue | kPlace) || (tokens.has(at, kElected) && !tokens.has(at, kSurname));
}

}  // namespace

Run trimmed(const Tokens& tokens, const Run& run) {
  const auto drop = [&](std::size_t part) {
    const std::size_t i = run.parts[part];
    if (is_initial(tokens, i)) return false;
    if (tokens.has(i, kElected | kPersonCue) && !tokens[i].all_capitals) return true;
    // « DE LA TOUR Khadija », « TONNELIER Paul »
    const bool before_first_name =
        part + 1 < run.count && tokens.has(run.parts[part + 1], kFirstName) && !tokens[run.parts[part + 1]].all_capitals;
    const bool particle = i > run.begin && tokens.has(i - 1, kParticle) && tokens[i - 1].capital;
    if (tokens[i].all_capitals && tokens.length(i) > 2 && (before_first_name || particle)) return false;
    return is_plain(tokens, i) || (tokens.has(i, kPlace) && !tokens.has(i, kFirstName | kSurname));
  };
  std::size_t first = 0, last = run.count;
  // A hyphen binds: « Saint-Martin » is kept or dropped whole.
  const auto bound = [&](std::size_t part) { return part + 1 < run.count && tokens.is_mark(run.parts[part] + 1, '-'); };
  while (first < last && drop(first) && !bound(first)) ++first;
  const auto is_name = [&](std::size_t part) { return tokens.has(run.parts[part], kFirstName) || is_initial(tokens, run.parts[part]); };
  while (last > first && drop(last - 1) && !(last >= 2 && bound(last - 2))) {
    // Right after a first name or an initial, any word with a capital is a surname.
    if (last - 1 == first + 1 && is_name(first) && !is_role(tokens, run.parts[last - 1])) break;
    --last;
  }
  return first == 0 && last == run.count ? run : cut_at(tokens, run, first, last - first);
}

}  // namespace beffroi::privacy
