#include "grounding/phrases.h"

#include <array>
#include <string>
#include <unordered_map>

namespace beffroi::grounding {
namespace {

struct Entry {
  Meaning first;
  Meaning second;
  std::string_view phrases;  // separated by '|', words by spaces, folded
};

constexpr Meaning kNot = {Mark::negation, "not"};
constexpr Meaning kMust = {Mark::modal, "must"};
constexpr Meaning kCan = {Mark::modal, "can"};
constexpr Meaning kNone = {};

constexpr std::array<Entry, 47> kEntries = {{
    {kNot, kNone, "aucun|aucune|non|nul|nulle|jamais|pas|rien|nullement"},
    {{Mark::negation, "without"}, kNone, "sans"},
    {{Mark::negation, "nor"}, kNone, "ni"},
    {kNot, kCan,
     "interdit|interdite|interdits|interdites|interdiction|interdisent|interdire|defendu|defendue|impossible|impossibles|"
     "prohibe|prohibee"},
    {kNot, kMust, "facultatif|facultative|facultatifs|facultatives|optionnel|optionnelle"},
    {kMust, kNone,
     "doit|doivent|devez|devons|dois|devra|devront|devrez|devrons|devoir|faut|faudra|obligatoire|obligatoires|"
     "obligatoirement|oblige|obligee|obliges|obligees|obligation|obligations|tenu de|tenu d'|tenue de|tenue d'|tenus de|"
     "tenus d'|tenues de|tenues d'|necessaire|necessaires|necessairement|indispensable|indispensables|imperatif|imperative|"
     "imperatifs|imperatives|imperativement|exige|exigee|exiges|exigees|exigent|requis|requise|requises"},
    {kCan, kNone,
     "peut|peuvent|pouvez|pouvons|peux|pourra|pourront|pourrez|pourrons|puisse|puissent|puissiez|pouvoir|possible|possibles|"
     "possibilite|possibilites|autorise|autorisee|autorises|autorisees|le droit de|le droit d'"},
    {{Mark::modal, "should"}, kNone, "devrait|devraient|devriez|recommande|recommandee|conseille|conseillee|preferable"},
    {{Mark::modal, "might"}, kNone, "pourrait|pourraient|pourriez"},
    {{Mark::modal, "free"}, kNone, "gratuit|gratuite|gratuits|gratuites|gratuitement|gratuite|sans frais|ne coute rien"},
    {{Mark::condition, "if"},
     kNone,
     "si|lorsque|lorsqu'|quand|en cas de|en cas d'|en cas|dans le cas ou|au cas ou|dans le cas d'|"
     "dans le cas de|des lors que|des lors qu'"},
    {{Mark::condition, "provided"}, kNone, "a condition|sous condition|sous conditions|pourvu|a la condition"},
    {{Mark::condition, "otherwise"}, kNone, "sinon|a defaut|dans le cas contraire|faute de"},
    {{Mark::condition, "depending"}, kNone, "selon|en fonction"},
    {{Mark::condition, "as long"}, kNone, "tant que|tant qu'"},
    {{Mark::condition, "if applicable"}, kNone, "le cas echeant|s'il y a lieu|eventuellement|eventuel|eventuelle|eventuels|eventuelles"},
    {{Mark::exception, "except"}, kNone, "sauf|hormis|excepte|a l'exception|a l'exclusion|exceptes"},
    {{Mark::exception, "unless"}, kNone, "a moins que|a moins qu'"},
    {{Mark::exception, "subject"}, kNone, "sous reserve"},
    {{Mark::exception, "outside"}, kNone, "hors|en dehors"},
    {{Mark::exception, "even"}, kNone, "meme si|meme s'|malgre|quel que|quelle que|quels que|quelles que"},
    {{Mark::restriction, "only"}, kNone, "seul|seule|seuls|seules|seulement|uniquement|exclusivement|strictement|exclusif|exclusive"},
    {{Mark::comparator, "at least"}, kNone, "au moins|au minimum|minimum|minimal|minimale|a minima"},
    {{Mark::comparator, "at most"}, kNone, "au plus|au maximum|maximum|maximal|maximale|maximales|maximums"},
    {{Mark::comparator, "less"}, kNone, "moins de|moins d'|moins|inferieur|inferieure|inferieurs|inferieures|en dessous|en deca"},
    {{Mark::comparator, "more"},
     kNone,
     "plus de|plus d'|plus|superieur|superieure|superieurs|superieures|au-dessus|au dessus|au-dela|"
     "au dela|depasse|depasser|depassent|excede|excedent|exceder"},
    {{Mark::comparator, "equal"}, kNone, "egal|egale|egaux|egales"},
    {{Mark::time, "before"}, kNone, "avant|prealablement|au prealable|prealable"},
    {{Mark::time, "until"}, kNone, "jusqu'|jusque|au plus tard"},
    {{Mark::time, "at the earliest"}, kNone, "au plus tot"},
    {{Mark::time, "after"}, kNone, "apres|a l'issue|a l'expiration"},
    {{Mark::time, "from"}, kNone, "a partir|a compter|des|depuis"},
    {{Mark::time, "during"}, kNone, "pendant|durant|au cours"},
    {{Mark::time, "each"},
     kNone,
     "par an|par mois|par jour|par semaine|par heure|chaque annee|chaque mois|chaque jour|chaque semaine|"
     "tous les ans|tous les mois|tous les jours|toutes les semaines"},
    {{Mark::alternative, "or"}, kNone, "ou|ou bien|et ou"},
    {{Mark::extent, "all"}, kNone, "tous|toutes|tout|toute|chaque|chacun|chacune|l'ensemble|toujours|systematiquement|automatiquement"},
    {{Mark::extent, "some"}, kNone, "certains|certaines|certain|certaine|quelques|plusieurs"},
    {{Mark::extent, "most"}, kNone, "la plupart"},
    {{Mark::extent, "general"}, kNone, "en principe|en general|generalement|normalement|habituellement"},
    {{Mark::extent, "sometimes"}, kNone, "parfois|occasionnellement|exceptionnellement|a titre exceptionnel"},
    {{Mark::extent, "often"}, kNone, "souvent|frequemment"},
    {{Mark::extent, "notably"}, kNone, "notamment|par exemple|en particulier"},
    {{Mark::extent, "about"}, kNone, "environ|approximativement|presque|quasiment"},
    {{Mark::extent, "half"}, kNone, "moitie|demi-tarif"},
    {{Mark::extent, "twice"}, kNone, "double|deux fois"},
    {{Mark::none, "within"}, kNone, "dans un delai de|dans un delai d'|dans le delai de|dans le delai d'"},
    {{Mark::none, "nothing"}, kNone, "en plus|de plus ,|par ailleurs ,|a l'appui"},
}};

struct Known {
  std::vector<std::string> words;
  const Entry* entry = nullptr;
};

using Table = std::unordered_map<std::string, std::vector<Known>>;

// « l'ensemble » is two tokens: an apostrophe ends a word here as it does in text::tokens.
std::vector<std::string> cut(std::string_view phrase) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : phrase) {
    if (c == ' ') {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
      continue;
    }
    word.push_back(c);
    if (c == '\'') {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

Table build() {
  Table table;
  for (const auto& entry : kEntries) {
    std::string_view rest = entry.phrases;
    while (!rest.empty()) {
      const std::size_t bar = rest.find('|');
      auto words = cut(rest.substr(0, bar));
      rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
      table[words.front()].push_back({words, &entry});
    }
  }
  return table;
}

bool matches(const Known& known, const std::vector<text::Token>& tokens, std::size_t at) {
  if (at + known.words.size() > tokens.size()) return false;
  for (std::size_t i = 1; i < known.words.size(); ++i) {
    if (tokens[at + i].folded != known.words[i]) return false;
  }
  return true;
}

}  // namespace

std::optional<Phrase> phrase_at(const std::vector<text::Token>& tokens, std::size_t at) {
  static const Table kTable = build();
  const auto candidates = kTable.find(tokens[at].folded);
  if (candidates == kTable.end()) return std::nullopt;
  const Known* best = nullptr;
  for (const auto& known : candidates->second) {
    if (matches(known, tokens, at) && (best == nullptr || known.words.size() > best->words.size())) best = &known;
  }
  if (best == nullptr) return std::nullopt;
  return Phrase{best->entry->first, best->entry->second, best->words.size()};
}

}  // namespace beffroi::grounding
