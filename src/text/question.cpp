// What is said around a question is a list of patterns, one a line: words in order; «a|b» either; «(a|b)» may be missing. Words are
// written as words() gives them: folded, without what an apostrophe cuts («j’espère» is espere).
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "text/analysis.h"
#include "text/utf8.h"

namespace beffroi::text {

namespace {

using Spelling = std::pair<std::string_view, std::string_view>;

// Text-message spellings and abbreviations of notes, folded. What expands to nothing was only politeness.
// clang-format off: a table
constexpr auto kSpellings = std::to_array<Spelling>(
    {{"kel", "quel"}, {"kels", "quels"}, {"kelle", "quelle"}, {"eske", "est ce que"}, {"esk", "est ce que"}, {"keske", "que est ce que"},
     {"ke", "que"}, {"ki", "qui"}, {"koi", "quoi"}, {"kan", "quand"}, {"kand", "quand"}, {"qd", "quand"}, {"cmt", "comment"},
     {"comen", "comment"}, {"pr", "pour"}, {"pk", "pourquoi"}, {"pq", "pourquoi"}, {"pkoi", "pourquoi"}, {"pa", "pas"}, {"avc", "avec"},
     {"ds", "dans"}, {"tjr", "toujours"}, {"tjrs", "toujours"}, {"bcp", "beaucoup"}, {"vs", "vous"}, {"ns", "nous"}, {"fo", "faut"},
     {"fodrai", "faudrait"}, {"dmd", "demande"}, {"dde", "demande"}, {"pb", "probleme"}, {"pbm", "probleme"}, {"pbs", "problemes"},
     {"rdv", "rendez vous"}, {"svp", ""}, {"stp", ""}, {"slt", ""}, {"bjr", ""}, {"bsr", ""}, {"dsl", ""}, {"cc", ""}, {"mtn", "maintenant"},
     {"jr", "jour"}, {"jrs", "jours"}, {"tps", "temps"}, {"qqn", "quelqu un"}, {"qqch", "quelque chose"}, {"qqs", "quelques"},
     {"trav", "travail"}, {"appart", "appartement"}, {"msg", "message"}, {"ok", ""}, {"lol", ""}, {"mdr", ""}, {"mr", ""}, {"mme", ""},
     {"mlle", ""}, {"doc", "document"}, {"docs", "documents"}, {"nvelle", "nouvelle"}, {"nvo", "nouveau"}, {"adr", "adresse"},
     {"tel", "telephone"}, {"bcq", "beaucoup"}, {"jsais", "je sais"}, {"jai", "je ai"}, {"jvoudrai", "je voudrais"}, {"chui", "je suis"}});
// clang-format on

// Longer patterns before the shorter ones they begin with.
constexpr std::string_view kCourtesy = R"(
bonjour|bonsoir|salut|coucou|allo (a) (tous|toutes|vous)
re bonjour
(cher|chere) madame|monsieur|mesdames|messieurs (madame|monsieur) (le|la) (maire)
(je) (vous) merci|remercie (beaucoup|bien|infiniment) (par|pour|de) (avance|votre) (reponse|aide|retour|attention)
avec (tous) mes remerciements
(je) (vous) souhaite (une) (tres) bonne|bonnes|excellente journee|soiree|fete|fetes
(une) (tres) bonne|excellente (fin) (de) journee|soiree
il vous|te plait
cordialement|sincerement|respectueusement
bien a vous
(mes) (sinceres) salutations (distinguees)
dans (l) attente (de) (votre|vous) (reponse|retour|lire)
(je) espere que vous|tu allez|vas bien
comment allez vous
ca va (bien)
desole|desolee|excusez|excuse|pardon|navre|navree (moi) de (vous|te) deranger|importuner
de (vous|te) deranger
excusez|excuse moi
(je) voulais|voudrais|souhaite|souhaiterais|souhaitais|veux|aimerais|aimerai (bien) savoir|connaitre|demander (si|comment|ce|que|est)
(je) aurais|aurai (bien) voulu|aime|souhaite savoir|connaitre|demander (si)
(je) cherche|cherchais a savoir (si)
est|etait (juste|simplement) pour savoir (si)
(juste) pour savoir (si)
pouvez|pourriez|peux|pourrais|pourrait|peut (vous|tu|on) (me) dire|indiquer|expliquer|aider|renseigner|preciser (si|comment)
(je) (vous) ecris|contacte|sollicite|appelle (car|parce|pour|afin) (que|de)
(je) me permets de (vous) ecrire|contacter|solliciter
(je) (ne) comprends|comprend|sais|sait pas|plus|rien (trop|bien|si|du) (tout) (quoi|comment|ou) (faire)
(je) (ne) sais pas si (je) suis clair|claire
(je) suis clair|claire
(je) suis perdu|perdue|paume|paumee
(je) me y perds
(moi) ma|la|une|mon|ai|aurais (une|petite) question est|concerne (que|la|le)
(moi) ma question (est) (ce)
(je) ai|aurais une (petite) question (a) (vous) (poser)
(et) est (tres|assez|vraiment|un|peu) urgent
(parce) (que) (la|le|mon|ma|une|un) mairie|prefecture|caf|accueil|standard|guichet|patron|collegue|amie|ami|voisin|voisine (me) a|avait dit|repondu|conseille|demande (de) aller|voir|appeler|rappeler|ecrire|contacter (voir) (ailleurs)
(de) aller voir ailleurs
(je) ai besoin de (un) renseignement|renseignements|information|informations|aide
voici ma situation
(alors) en fait|gros
du coup
(et) je (me) tourne en rond
(voila) (tout) (est) tout
)";

constexpr std::array<std::string_view, 30> kFillers = {"ah",      "allo",  "ba",           "bah",      "beh",    "ben",  "bon",   "bonjour",
                                                       "bonsoir", "bref",  "cordialement", "enfin",    "euh",    "eu",   "genre", "hein",
                                                       "heu",     "hum",   "merci",        "monsieur", "madame", "ouai", "ouais", "oui",
                                                       "pff",     "salut", "svp",          "stp",      "voila",  "voili"};
// Fillers that also have a meaning: dropped only when they open the question.
constexpr std::array<std::string_view, 4> kOpeners = {"alors", "donc", "moi", "question"};

std::vector<std::string_view> split(std::string_view line, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(separator, at), line.size());
    if (end > at) parts.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

struct Element {
  std::vector<std::string_view> words;
  bool optional = false;
};
using Pattern = std::vector<Element>;

const std::vector<Pattern>& courtesy() {
  static const std::vector<Pattern> patterns = [] {
    std::vector<Pattern> out;
    for (const std::string_view line : split(kCourtesy, '\n')) {
      Pattern pattern;
      for (std::string_view part : split(line, ' ')) {
        const bool optional = part.starts_with('(');
        if (optional) part = part.substr(1, part.size() - 2);
        pattern.push_back({split(part, '|'), optional});
      }
      out.push_back(std::move(pattern));
    }
    return out;
  }();
  return patterns;
}

using Words = std::vector<std::string>;

// Number of words of `words` from `at` that the pattern from `element` on covers; -1 when it does not match. An optional element is
// taken when it can be, else passed over.
int match(const Pattern& pattern, std::size_t element, const Words& words, std::size_t at) {
  if (element == pattern.size()) return 0;
  const Element& wanted = pattern[element];
  if (at < words.size() && std::ranges::find(wanted.words, words[at]) != wanted.words.end()) {
    const int rest = match(pattern, element + 1, words, at + 1);
    if (rest >= 0) return rest + 1;
  }
  return wanted.optional ? match(pattern, element + 1, words, at) : -1;
}

std::size_t courtesy_length(const Words& words, std::size_t at) {
  int longest = 0;
  for (const Pattern& pattern : courtesy()) longest = std::max(longest, match(pattern, 0, words, at));
  return static_cast<std::size_t>(longest);
}

Words respelled(const Words& words) {
  static const std::unordered_map<std::string_view, std::string_view> spellings(kSpellings.begin(), kSpellings.end());
  Words out;
  for (const std::string& word : words) {
    const auto found = spellings.find(word);
    if (found == spellings.end()) {
      out.push_back(word);
    } else {
      for (const std::string_view part : split(found->second, ' ')) out.emplace_back(part);
    }
  }
  return out;
}

bool is_content(const std::string& word) { return !is_stop_word(word) && (word.size() > 1 || (word[0] >= '0' && word[0] <= '9')); }

template <std::size_t size>
bool among(const std::array<std::string_view, size>& list, const std::string& word) {
  return std::ranges::find(list, word) != list.end();
}

// Which of the words said are said around the question. `true` for all when there is nothing else.
std::vector<bool> around_question(const Words& said) {
  std::vector<bool> around(said.size(), false);
  bool opened = false;
  for (std::size_t at = 0; at < said.size();) {
    std::size_t length = courtesy_length(said, at);
    const std::string& word = said[at];
    if (length == 0 && (among(kFillers, word) || (!opened && among(kOpeners, word)))) length = 1;
    if (length == 0) opened = opened || is_content(word);
    for (std::size_t i = 0; i < length; ++i) around[at + i] = true;
    at += std::max<std::size_t>(length, 1);
  }
  return around;
}

}  // namespace

std::vector<std::string> question_words(std::string_view text) {
  const Words said = respelled(words(text));
  const std::vector<bool> around = around_question(said);
  Words kept;
  for (std::size_t at = 0; at < said.size(); ++at) {
    if (!around[at] && is_content(said[at])) kept.push_back(said[at]);
  }
  if (!kept.empty()) return kept;
  std::ranges::copy_if(said, std::back_inserter(kept), is_content);
  return kept.empty() ? said : kept;
}

std::vector<std::string> question_parts(std::string_view text) {
  const std::string squeezed = squeeze_spaces(text);
  Words parts, said;
  std::vector<std::size_t> part_of;  // of each word said
  for (const std::string_view part : split(squeezed, ' ')) {
    const Words before = words(part), after = respelled(before);
    if (before != after) {
      for (const std::string& word : after) {
        part_of.push_back(parts.size());
        parts.push_back(word);
      }
    } else {
      part_of.insert(part_of.end(), after.size(), parts.size());
      parts.emplace_back(part);
    }
    said.insert(said.end(), after.begin(), after.end());
  }
  const std::vector<bool> around = around_question(said);
  std::vector<bool> kept(parts.size(), false), has_words(parts.size(), false);
  bool has_content = false;
  for (std::size_t at = 0; at < said.size(); ++at) {
    has_words[part_of[at]] = true;
    if (around[at]) continue;
    kept[part_of[at]] = true;
    has_content = has_content || is_content(said[at]);
  }
  if (!has_content) return parts;
  Words out;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (!has_words[at]) kept[at] = at > 0 && kept[at - 1];  // a question mark goes with what it follows
    if (kept[at]) out.push_back(std::move(parts[at]));
  }
  return out;
}

}  // namespace beffroi::text
