// Two passes. What the sentence says must be in the source (every atom has a place there, on the same neighbours, in order); what the
// source says must be in the sentence (no negation, condition, exception or figure of a sentence it uses may be lost).
#include "grounding/gate.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "grounding/alignment.h"
#include "grounding/causative.h"
#include "grounding/verbatim.h"
#include "text/utf8.h"

namespace beffroi::grounding {
namespace {

constexpr int kBreaksAllowed = 1;          // one clause moved
constexpr int kBreaksOfVoice = 2;          // « est déposée par le demandeur » ↔ « le demandeur dépose »
constexpr std::size_t kReachOfMark = 1;     // words on each side of a mark that may be its own
constexpr std::size_t kReachOfModal = 2;    // « il faut que la demande soit… », « la demande doit être… »
constexpr std::size_t kReachOfFigure = 2;   // words on each side of a figure
constexpr std::string_view kAgent = "by";

Reason reason_of(const Atom& atom) {
  if (atom.kind == AtomKind::word) return Reason::word;
  if (atom.kind == AtomKind::name) return Reason::name;
  if (atom.kind == AtomKind::fact) {
    switch (atom.fact.kind) {
      case text::FactKind::amount: return Reason::amount;
      case text::FactKind::percentage: return Reason::percentage;
      case text::FactKind::duration: return Reason::delay;
      case text::FactKind::date: return Reason::date;
      case text::FactKind::reference:
      case text::FactKind::telephone: return Reason::reference;
      default: return Reason::number;
    }
  }
  switch (atom.meaning.mark) {
    case Mark::negation: return Reason::negation;
    case Mark::modal: return Reason::modal;
    case Mark::condition: return Reason::condition;
    case Mark::exception: return Reason::exception;
    case Mark::restriction: return Reason::restriction;
    case Mark::comparator: return Reason::comparator;
    case Mark::alternative: return Reason::alternative;
    case Mark::extent: return Reason::extent;
    default: return atom.meaning.key == kAgent ? Reason::order : Reason::time;
  }
}

std::string slice(std::string_view text, const text::Slice& where) {
  return std::string(text.substr(where.begin_bytes, where.end_bytes - where.begin_bytes));
}

class Comparison {
 public:
  Comparison(std::string_view sentence, std::span<const CitedSentence> cited)
      : sentence_(sentence), cited_(cited), atoms_(atoms_of(sentence)), source_(source_atoms(cited)), alignment_(align(atoms_, source_)) {}

  Decision decide() const {
    const bool says_something = std::any_of(atoms_.begin(), atoms_.end(), [](const Atom& a) { return a.kind != AtomKind::mark; });
    if (!says_something) return {Verdict::refused, Reason::unreadable, {}};
    if (auto fault = foreign_atom()) return *fault;
    if (auto fault = misplaced_mark()) return *fault;
    if (auto fault = lost_atom()) return *fault;
    if (auto fault = broken_order()) return *fault;
    return {Verdict::supported, Reason::none, {}};
  }

 private:
  Decision refuse(const Atom& atom) const { return {Verdict::refused, reason_of(atom), slice(sentence_, atom.where)}; }
  Decision refuse_lost(std::size_t place, Reason reason) const {
    const auto& lost = source_[place];
    return {Verdict::refused, reason, slice(cited_[static_cast<std::size_t>(lost.sentence)].text, lost.atom.where)};
  }

  std::optional<Decision> foreign_atom() const {
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      if (alignment_.places[i] != kNowhere) continue;
      if (atoms_[i].kind == AtomKind::mark && (introduces_context(i) || changes_voice(i))) continue;
      return refuse(atoms_[i]);
    }
    return std::nullopt;
  }

  // « Si vous êtes majeur, … » where the condition path says « Vous êtes majeur ».
  bool introduces_context(std::size_t at) const {
    if (atoms_[at].meaning.key != "if") return false;
    const auto head = next_word(at);
    return head && alignment_.places[*head] != kNowhere && source_[alignment_.places[*head]].sentence == kContext;
  }

  std::optional<std::size_t> next_word(std::size_t at) const {
    for (std::size_t i = at + 1; i < atoms_.size(); ++i) {
      if (atoms_[i].kind != AtomKind::mark) return i;
    }
    return std::nullopt;
  }
  std::optional<std::size_t> previous_word(std::size_t at) const {
    for (std::size_t i = at; i-- > 0;) {
      if (atoms_[i].kind != AtomKind::mark) return i;
    }
    return std::nullopt;
  }
  std::size_t next_in_source(std::size_t place) const {
    for (std::size_t i = place + 1; i < source_.size() && source_[i].sentence == source_[place].sentence; ++i) {
      if (source_[i].atom.kind != AtomKind::mark) return i;
    }
    return kNowhere;
  }
  std::size_t previous_in_source(std::size_t place) const {
    for (std::size_t i = place; i-- > 0 && source_[i].sentence == source_[place].sentence;) {
      if (source_[i].atom.kind != AtomKind::mark) return i;
    }
    return kNowhere;
  }

  std::optional<Decision> misplaced_mark() const {
    std::set<std::size_t> taken;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      const std::size_t place = alignment_.places[i];
      if (place == kNowhere) continue;
      // One « ne … pas » of the source cannot make two, nor one of another cited sentence make one here.
      if (atoms_[i].kind == AtomKind::mark &&
          ((!taken.insert(place).second && atoms_[i].meaning.mark != Mark::modal) || strays(i, place))) {
        return refuse(atoms_[i]);
      }
      if (atoms_[i].kind == AtomKind::mark ? !mark_stands(i, place)
                                           : atoms_[i].kind == AtomKind::fact && !shares_neighbour(i, place, kReachOfFigure)) {
        return refuse(atoms_[i]);
      }
    }
    return std::nullopt;
  }

  bool strays(std::size_t at, std::size_t place) const {
    for (const auto& word : {next_word(at), previous_word(at)}) {
      if (word && alignment_.places[*word] != kNowhere && source_[alignment_.places[*word]].sentence == source_[place].sentence)
        return false;
    }
    return true;
  }

  // A mark bears on what follows it (« avant le mariage ») or, for modals and comparators, on what stands beside it (« 3 mois maximum »).
  bool mark_stands(std::size_t at, std::size_t place) const {
    switch (atoms_[at].meaning.mark) {
      case Mark::alternative: return shares_neighbour(at, place);
      case Mark::extent: return true;
      case Mark::modal: return shares_neighbour(at, place, kReachOfModal);
      case Mark::comparator: return shares_neighbour(at, place);
      case Mark::negation:
        if (at + 1 < atoms_.size() && atoms_[at + 1].kind == AtomKind::mark && atoms_[at + 1].meaning.mark == Mark::modal) {
          return place + 1 < source_.size() && same_atom(atoms_[at + 1], source_[place + 1].atom) && shares_neighbour(at, place);
        }
        return same_next(at, place);
      default: return same_next(at, place);
    }
  }

  bool same_next(std::size_t at, std::size_t place) const {
    const auto next = next_word(at);
    const std::size_t there = next_in_source(place);
    // « la déclaration préalable, » bears on what comes before: nothing follows in its stretch.
    if (there == kNowhere || source_[there].atom.segment != source_[place].atom.segment) return shares_neighbour(at, place);
    if (!next) return false;
    return same_atom(atoms_[*next], source_[there].atom);
  }

  bool shares_neighbour(std::size_t at, std::size_t place, std::size_t reach = kReachOfMark) const {
    std::vector<std::size_t> there;
    for (std::size_t left = place, right = place, i = 0; i < reach; ++i) {
      if (left != kNowhere && (left = previous_in_source(left)) != kNowhere) there.push_back(left);
      if (right != kNowhere && (right = next_in_source(right)) != kNowhere) there.push_back(right);
    }
    if (there.empty()) return true;
    std::optional<std::size_t> left = at, right = at;
    for (std::size_t i = 0; i < reach; ++i) {
      if (left && (left = previous_word(*left)) && found_among(*left, there)) return true;
      if (right && (right = next_word(*right)) && found_among(*right, there)) return true;
    }
    return false;
  }

  bool found_among(std::size_t at, const std::vector<std::size_t>& places) const {
    return std::any_of(places.begin(), places.end(), [&](std::size_t place) { return same_atom(atoms_[at], source_[place].atom); });
  }

  // Every mark of a cited sentence that is used must be there; every word and figure of a stretch that is used; the first stretch always.
  std::optional<Decision> lost_atom() const {
    std::set<std::size_t> kept;
    std::set<int> sentences;
    std::set<std::pair<int, int>> segments;
    for (const std::size_t place : alignment_.places) {
      if (place == kNowhere) continue;
      kept.insert(place);
      const auto& source = source_[place];
      if (source.atom.kind == AtomKind::mark || source.sentence == kContext) continue;
      sentences.insert(source.sentence);
      segments.insert({source.sentence, source.atom.segment});
    }
    if (sentences.empty()) return Decision{Verdict::refused, Reason::unreadable, {}};
    for (std::size_t place = 0; place < source_.size(); ++place) {
      const auto& source = source_[place];
      if (source.sentence == kContext || !sentences.contains(source.sentence) || kept.contains(place)) continue;
      const bool mark = source.atom.kind == AtomKind::mark;
      if (mark && source.atom.meaning.key == kAgent && voice_turned(place)) continue;
      if (mark && repeated_by(place, kept)) continue;
      if (mark || source.atom.kind == AtomKind::fact) return refuse_lost(place, reason_of(source.atom));
      const bool first_segment = source.atom.segment == first_segment_of(source.sentence);
      if (first_segment || segments.contains({source.sentence, source.atom.segment})) {
        return refuse_lost(place, Reason::omission);
      }
    }
    return std::nullopt;
  }

  // « peut … et peut … » said once: the same mark is kept earlier in the same stretch.
  bool repeated_by(std::size_t place, const std::set<std::size_t>& kept) const {
    if (source_[place].atom.meaning.mark != Mark::modal) return false;
    for (std::size_t i = place; i-- > 0 && source_[i].sentence == source_[place].sentence;) {
      const Atom& before = source_[i].atom;
      if (before.kind != AtomKind::mark || before.segment != source_[place].atom.segment) continue;
      return before.meaning.key == source_[place].atom.meaning.key && kept.contains(i);
    }
    return false;
  }

  int first_segment_of(int sentence) const {
    for (const auto& source : source_) {
      if (source.sentence == sentence) return source.atom.segment;
    }
    return 0;
  }

  // The sentence is active where the source is passive: the agent now comes before everything it came after.
  bool voice_turned(std::size_t place) const {
    const std::size_t agent = next_in_source(place);
    if (agent == kNowhere) return false;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      const std::size_t there = alignment_.places[i];
      if (there == kNowhere || atoms_[i].kind == AtomKind::mark || source_[there].sentence != source_[place].sentence) continue;
      return there == agent;
    }
    return false;
  }

  // The sentence is passive where the source is active: its agent was the first word of the source.
  bool changes_voice(std::size_t at) const {
    if (atoms_[at].meaning.key != kAgent) return false;
    const auto agent = next_word(at);
    if (!agent || alignment_.places[*agent] == kNowhere) return false;
    return previous_in_source(alignment_.places[*agent]) == kNowhere;
  }

  std::optional<Decision> broken_order() const {
    const bool source_passive =
        std::any_of(source_.begin(), source_.end(), [](const SourceAtom& a) { return a.atom.meaning.key == kAgent; });
    const bool sentence_passive = std::any_of(atoms_.begin(), atoms_.end(), [](const Atom& a) { return a.meaning.key == kAgent; });
    const bool turned = source_passive != sentence_passive && alignment_.breaks == kBreaksOfVoice;
    const bool moved = alignment_.breaks <= kBreaksAllowed && moved_blocks_are_clauses();
    if ((turned || moved) && !crossed_prepositions()) return std::nullopt;
    return Decision{Verdict::refused, Reason::order, std::string(sentence_)};
  }

  // Where the reading goes backwards, one of the two blocks that changed places must be a clause that keeps its opening word
  // (« pour voter », « à l'acheteur », « si… »): « l'enfant du conjoint » and « le conjoint de l'enfant » are not the same person.
  bool moved_blocks_are_clauses() const {
    std::vector<std::size_t> read;
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      if (alignment_.places[i] != kNowhere && source_[alignment_.places[i]].sentence != kContext) read.push_back(i);
    }
    for (std::size_t k = 1; k < read.size(); ++k) {
      const std::size_t landing = alignment_.places[read[k]];
      if (landing > alignment_.places[read[k - 1]]) continue;
      if (opens_clause(read[k])) continue;
      std::size_t first = k - 1;  // the block read too early: everything since the place jumped over `landing`
      while (first > 0 && alignment_.places[read[first - 1]] > landing &&
             alignment_.places[read[first - 1]] < alignment_.places[read[first]])
        --first;
      if (!opens_clause(read[first]) && !only_modal(std::span(read).subspan(first, k - first))) return false;
    }
    return true;
  }

  // « La candidature doit comporter » told as « il faut que la candidature comporte »: who must is still told by the neighbours.
  bool only_modal(std::span<const std::size_t> block) const {
    return std::all_of(block.begin(), block.end(), [&](std::size_t at) {
      return atoms_[at].kind == AtomKind::mark && (atoms_[at].meaning.mark == Mark::modal || atoms_[at].meaning.mark == Mark::negation);
    });
  }

  bool opens_clause(std::size_t at) const {
    const Atom& here = atoms_[at];
    const Atom& there = source_[alignment_.places[at]].atom;
    if (here.kind == AtomKind::mark) {
      return here.meaning.mark == Mark::condition || here.meaning.mark == Mark::time || here.meaning.mark == Mark::exception ||
             here.meaning.mark == Mark::extent;
    }
    if (here.lead.empty() && there.lead.empty()) return slice(sentence_, here.where).ends_with("ment");  // an adverb
    return here.lead == there.lead && here.lead != "de";
  }

  // « de la commune à l'État » told as « à la commune de l'État ».
  bool crossed_prepositions() const {
    for (std::size_t i = 0; i < atoms_.size(); ++i) {
      for (std::size_t j = i + 1; j < atoms_.size(); ++j) {
        if (alignment_.places[i] == kNowhere || alignment_.places[j] == kNowhere) continue;
        const auto first = atoms_[i].lead, second = atoms_[j].lead;
        if (first.empty() || second.empty() || first == second) continue;
        if (source_[alignment_.places[i]].atom.lead == second && source_[alignment_.places[j]].atom.lead == first) return true;
      }
    }
    return false;
  }

  std::string_view sentence_;
  std::span<const CitedSentence> cited_;
  std::vector<Atom> atoms_;
  std::vector<SourceAtom> source_;
  Alignment alignment_;
};

std::optional<Reason> unfit(std::string_view sentence, std::span<const CitedSentence> cited) {
  if (cited.empty()) return Reason::no_source;
  if (sentence.size() > kMaxSentenceBytes || cited.size() > kMaxCited) return Reason::too_long;
  if (sentence.empty() || !text::is_valid_utf8(sentence)) return Reason::unreadable;
  std::size_t total = 0;
  bool anything = false;
  for (const auto& source : cited) {
    total += source.text.size();
    if (!text::is_valid_utf8(source.text)) return Reason::unreadable;
    anything = anything || source.text.find_first_not_of(" \t\r\n") != std::string::npos;
    for (const auto& condition : source.conditions) {
      total += condition.size();
      if (!text::is_valid_utf8(condition)) return Reason::unreadable;
    }
  }
  if (!anything) return Reason::no_source;
  if (total > kMaxCitedBytes) return Reason::too_long;
  return std::nullopt;
}

}  // namespace

Decision check(std::string_view sentence, std::span<const CitedSentence> cited) {
  if (const auto reason = unfit(sentence, cited)) return {Verdict::refused, *reason, {}};
  if (is_verbatim(sentence, cited)) return {Verdict::verbatim, Reason::none, {}};
  if (!same_causatives(sentence, cited)) return {Verdict::refused, Reason::order, std::string(sentence)};
  return Comparison(sentence, cited).decide();
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::verbatim: return "verbatim";
    case Verdict::supported: return "supported";
    case Verdict::refused: break;
  }
  return "refused";
}

namespace {

struct Told {
  std::string_view name;
  std::string_view french;
};

Told told(Reason reason) {
  switch (reason) {
    case Reason::none: return {"none", ""};
    case Reason::unreadable: return {"unreadable", "le texte n’a pas pu être vérifié"};
    case Reason::no_source: return {"no_source", "aucune source n’est citée"};
    case Reason::too_long: return {"too_long", "le texte est trop long pour être vérifié"};
    case Reason::number: return {"number", "un nombre n’est pas celui de la source"};
    case Reason::date: return {"date", "une date n’est pas celle de la source"};
    case Reason::amount: return {"amount", "un montant n’est pas celui de la source"};
    case Reason::percentage: return {"percentage", "un pourcentage n’est pas celui de la source"};
    case Reason::delay: return {"delay", "un délai ou un âge n’est pas celui de la source"};
    case Reason::reference: return {"reference", "un article, un formulaire ou un numéro n’est pas celui de la source"};
    case Reason::negation: return {"negation", "une négation change"};
    case Reason::condition: return {"condition", "une condition change"};
    case Reason::exception: return {"exception", "une exception change"};
    case Reason::restriction: return {"restriction", "une restriction change"};
    case Reason::modal: return {"modal", "ce qui est obligatoire, permis ou gratuit change"};
    case Reason::comparator: return {"comparator", "une limite (au moins, au plus, moins de, plus de) change"};
    case Reason::time: return {"time", "un rapport de temps (avant, après, pendant) change"};
    case Reason::alternative: return {"alternative", "un choix (« ou ») change"};
    case Reason::extent: return {"extent", "l’étendue de la règle (tous, certains, en principe) change"};
    case Reason::name: return {"name", "un nom n’est pas dans la source"};
    case Reason::word: return {"word", "un mot n’est pas dans la source"};
    case Reason::omission: return {"omission", "une partie de la phrase source manque"};
    case Reason::order: return {"order", "les mots de la source sont dans un autre ordre"};
  }
  return {"unreadable", ""};
}

}  // namespace

std::string_view name_of(Reason reason) { return told(reason).name; }
std::string_view explain(Reason reason) { return told(reason).french; }

}  // namespace beffroi::grounding
