#include "answers/features.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "answers/conditions.h"
#include "answers/patterns.h"
#include "text/analysis.h"
#include "text/facts.h"

namespace beffroi::answers {
namespace {

using knowledge::BlockKind;
using Mask = std::uint64_t;

float f32(double value) { return static_cast<float>(value); }

constexpr std::size_t kMaxTerms = 32;  // the first bits are terms said, the last ones terms meant
constexpr double kHintWorth = 0.6;     // of a word said otherwise

// The stems of the question, each a bit.
class Lexicon {
 public:
  explicit Lexicon(const Reading& reading) {
    for (std::size_t i = 0; i < reading.terms.size() && i < kMaxTerms; ++i) bits_.emplace(reading.terms[i], static_cast<int>(i));
    for (std::size_t i = 0; i < reading.meant.size() && i < kMaxTerms; ++i) {
      bits_.emplace(reading.meant[i].stem, static_cast<int>(kMaxTerms + i));
      meant_by_[std::min(reading.meant[i].term, kMaxTerms - 1)] |= Mask{1} << (kMaxTerms + i);
    }
    said_ = std::min(reading.terms.size(), kMaxTerms);
    meant_ = std::min(reading.meant.size(), kMaxTerms);
  }
  std::vector<int> bits_of(std::string_view text) const {
    std::vector<int> bits;
    for (const auto& stem : text::terms(text)) {
      const auto found = bits_.find(stem);
      bits.push_back(found == bits_.end() ? -1 : found->second);
    }
    return bits;
  }
  static Mask mask(const std::vector<int>& bits) {
    Mask out = 0;
    for (const int bit : bits) out |= bit < 0 ? 0 : Mask{1} << bit;
    return out;
  }
  Mask mask_of(std::string_view text) const { return mask(bits_of(text)); }
  // The terms of which the text says a meaning without saying the term.
  Mask hinted(Mask text) const {
    Mask out = 0;
    for (std::size_t t = 0; t < said_; ++t) {
      if ((text >> t & 1) == 0 && (text & meant_by_[t]) != 0) out |= Mask{1} << t;
    }
    return out;
  }
  std::size_t said() const { return said_; }
  std::size_t meant() const { return meant_; }

 private:
  std::unordered_map<std::string, int> bits_;
  std::array<Mask, kMaxTerms> meant_by_{};
  std::size_t said_ = 0, meant_ = 0;
};

constexpr Mask kSaid = (Mask{1} << kMaxTerms) - 1;
constexpr Mask kMeant = ~kSaid;

struct Words {
  std::vector<int> bits;
  Mask mask = 0;
};

class Scorer {
 public:
  Scorer(const Reading& reading, std::span<const Extract> pool) : reading_(reading), pool_(pool), lexicon_(reading) {
    words_.reserve(pool.size());
    for (const auto& extract : pool) {
      Words words{lexicon_.bits_of(extract.text), 0};
      words.mask = Lexicon::mask(words.bits);
      passages_[extract.passage] |= words.mask;
      words_.push_back(std::move(words));
      const float here = best_meaning_of(extract.found->hit.passages);
      best_meaning_ = std::isnan(best_meaning_) || here > best_meaning_ ? here : best_meaning_;
    }
    weigh();
  }

  Scored run() {
    Scored out;
    out.features.reserve(pool_.size());
    for (std::size_t i = 0; i < pool_.size(); ++i) out.features.push_back(features(i));
    Mask seen = 0;
    for (const auto& words : words_) seen |= words.mask;
    for (const auto& [text, mask] : masks_) seen |= mask;
    out.unknown = 1 - share(seen, kSaid);
    return out;
  }

 private:
  // Titles, sections and conditions are shared by many sentences.
  Mask mask_of(const std::string& text) {
    if (text.empty()) return 0;
    const auto [found, fresh] = masks_.try_emplace(text, 0);
    if (fresh) found->second = lexicon_.mask_of(text);
    return found->second;
  }

  void weigh() {
    std::array<double, kMaxTerms> frequency{};
    for (const auto& words : words_) {
      for (std::size_t t = 0; t < lexicon_.said(); ++t) frequency[t] += ((words.mask >> t) & 1) != 0 ? 1.0 : 0.0;
    }
    const auto total = static_cast<double>(pool_.size());
    for (std::size_t t = 0; t < lexicon_.said(); ++t) weights_[t] = 0.3 + std::log((total + 1) / (frequency[t] + 0.5));
  }

  double mass(Mask mask) const {
    double sum = 0;
    for (Mask rest = mask & kSaid; rest != 0; rest &= rest - 1) sum += weights_[static_cast<std::size_t>(std::countr_zero(rest))];
    return sum;
  }
  double share(Mask mask, Mask among) const {
    const Mask said = among & (lexicon_.said() >= kMaxTerms ? kSaid : (Mask{1} << lexicon_.said()) - 1);
    const double whole = mass(said);
    return whole <= 0 ? 0 : (mass(mask & said) + kHintWorth * mass(lexicon_.hinted(mask) & said)) / whole;
  }

  double pairs(const std::vector<int>& bits) const {
    if (lexicon_.said() < 2) return 0;
    Mask met = 0;
    for (std::size_t i = 0; i < bits.size(); ++i) {
      for (std::size_t j = i + 1; j < bits.size() && j <= i + 3; ++j) {
        if (bits[i] < 0 || bits[j] < 0) continue;
        if (bits[j] == bits[i] + 1 && bits[j] < static_cast<int>(kMaxTerms)) met |= Mask{1} << bits[i];
      }
    }
    return static_cast<double>(std::popcount(met)) / static_cast<double>(lexicon_.said() - 1);
  }

  // How much of a title the question says, and whether the title is about a case that the question does not tell (« … d'un mineur »).
  struct TitleWords {
    float said = 0;
    float other_case = 0;
  };
  const TitleWords& title_words(const std::string& title) {
    const auto [found, fresh] = titles_.try_emplace(title);
    if (fresh) {
      const auto bits = lexicon_.bits_of(title);
      const auto met = std::count_if(bits.begin(), bits.end(), [](int bit) { return bit >= 0; });
      found->second.said = bits.empty() ? 0 : f32(static_cast<double>(met) / static_cast<double>(bits.size()));
      found->second.other_case = tells_other_case(title, reading_) ? 1 : 0;
    }
    return found->second;
  }

  // The words of the sentence just before or just after in the same passage.
  Mask neighbour(std::size_t at, int step) const {
    const auto other = static_cast<std::size_t>(static_cast<long>(at) + step);
    return other < pool_.size() && pool_[other].passage == pool_[at].passage ? words_[other].mask : 0;
  }

  // The highest cosine with the question; not a number when none is known.
  static float best_meaning_of(const std::vector<search::PassageHit>& hits) {
    float best = std::numeric_limits<float>::quiet_NaN();
    for (const auto& hit : hits) best = std::isnan(best) || hit.meaning > best ? hit.meaning : best;
    return best;
  }

  Features features(std::size_t at);
  void place(const Extract& extract, Features& f) const;
  void kind(const Extract& extract, Features& f) const;
  void asked(const Extract& extract, Features& f);

  const Reading& reading_;
  std::span<const Extract> pool_;
  Lexicon lexicon_;
  std::vector<Words> words_;
  std::array<double, kMaxTerms> weights_{};
  float best_meaning_ = std::numeric_limits<float>::quiet_NaN();
  std::unordered_map<std::string, Mask> masks_;
  std::unordered_map<const knowledge::Passage*, Mask> passages_;
  std::unordered_map<std::string, TitleWords> titles_;
};

float& named(Features& features, std::string_view name) {
  const auto at = std::find(kFeatureNames.begin(), kFeatureNames.end(), name) - kFeatureNames.begin();
  return features[static_cast<std::size_t>(at)];
}

bool has_fact(const std::vector<text::Fact>& facts, std::initializer_list<text::FactKind> kinds) {
  return std::any_of(facts.begin(), facts.end(),
                     [&](const text::Fact& fact) { return std::find(kinds.begin(), kinds.end(), fact.kind) != kinds.end(); });
}

// Would a sentence of this kind answer that kind of question?
bool answers_kind(Asked asked, const Extract& extract, const std::vector<std::string>& words, const std::vector<text::Fact>& facts) {
  using text::FactKind;
  static const Pattern kFree("gratuit*|payant*|aucun frais|sans frais|cout|tarif*|prix|montant");
  static const Pattern kPlace(
      "mairie|prefecture|consulat|tribunal|guichet|adresser|rendre|en ligne|service|notaire|commissariat|gendarmerie|site|lieu|commune");
  static const Pattern kPerson(
      "maire|prefet|proprietaire|locataire|parent|parents|titulaire|personne|personnes|demandeur|employeur|juge|notaire|officier|conseil|vous devez|vous etes");
  static const Pattern kDocuments(
      "document*|piece*|justificatif*|copie*|formulaire|photo*|carte|certificat|attestation|facture|cerfa|livret|original*|acte");
  static const Pattern kModal(
      "peut|peuvent|pouvez|doit|doivent|devez|faut|interdit*|obligatoire*|oblige*|possible|autorise*|droit|necessaire*|exige*|tenu|oui|non|facultati*|permis");
  static const Pattern kManner(
      "demarche|demande*|devez|adresser|faire|formulaire|en ligne|courrier|envoyer|deposer|rendre|contacter|saisir|pouvez|declar*|remplir");
  static const Pattern kDefinition("est un|est une|consiste|il s'agit|designe|permet de|sert a|correspond|c'est");
  static const Pattern kDate(
      "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|avant|apres|des|a partir|jour|date|periode|moment");
  static const Pattern kDelay("delai*|immediat*|duree|valable|validite");
  switch (asked) {
    case Asked::amount: return has_fact(facts, {FactKind::amount, FactKind::percentage}) || kFree.found(words);
    case Asked::quantity: return !facts.empty();
    case Asked::delay: return has_fact(facts, {FactKind::duration, FactKind::date}) || kDelay.found(words);
    case Asked::date: return has_fact(facts, {FactKind::duration, FactKind::date}) || kDate.found(words);
    case Asked::place: return extract.passage->blocks[extract.block_index].kind == BlockKind::contact || kPlace.found(words);
    case Asked::person: return kPerson.found(words);
    case Asked::documents: return kDocuments.found(words);
    case Asked::permission: return kModal.found(words);
    case Asked::manner: return kManner.found(words);
    case Asked::definition: return kDefinition.found(words);
    case Asked::anything: break;
  }
  return false;
}

bool section_for(Asked asked, const std::vector<std::string>& words) {
  static const Pattern kAmount("cout|tarif*|prix|montant*|frais|amende*|paiement|combien"), kDelay("delai*|duree|validite|quand|temps"),
      kPlace("ou|lieu|demarche*|adresser|comment"), kDocuments("piece*|document*|justificatif*|dossier|demarche*"),
      kPerson("qui|concerne*|beneficiaire*"), kManner("demarche*|comment|demande|procedure|recours"),
      kPermission("condition*|qui|obligat*|interdi*|peut-on|autoris*|regle*|concerne*"),
      kDefinition("de quoi s'agit-il|definition|qu'est-ce");
  switch (asked) {
    case Asked::amount: return kAmount.found(words);
    case Asked::quantity: return kAmount.found(words) || kPermission.found(words);
    case Asked::delay:
    case Asked::date: return kDelay.found(words);
    case Asked::place: return kPlace.found(words);
    case Asked::person: return kPerson.found(words);
    case Asked::documents: return kDocuments.found(words);
    case Asked::permission: return kPermission.found(words);
    case Asked::manner: return kManner.found(words);
    case Asked::definition: return kDefinition.found(words);
    case Asked::anything: break;
  }
  return false;
}

void Scorer::place(const Extract& extract, Features& f) const {
  const auto& hits = extract.found->hit.passages;
  named(f, "passage_meaning") = named(f, "meaning_here") = std::numeric_limits<float>::quiet_NaN();
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].passage_id != extract.passage->id) continue;
    named(f, "passage_rank") = f32(1.0 / static_cast<double>(1 + i));
    const double best = hits.front().score;
    named(f, "passage_score") = best > 0 ? f32(std::clamp(hits[i].score / best, 0.0, 1.0)) : 0;
    named(f, "passage_meaning") = hits[i].meaning - best_meaning_;
    named(f, "meaning_here") = hits[i].meaning - best_meaning_of(hits);
  }
  named(f, "rank") = f32(1.0 / static_cast<double>(1 + extract.found->rank));
  named(f, "relevance") = f32(extract.found->hit.relevance);
  named(f, "hit_score") = f32(extract.found->hit.score);
  named(f, "introduction") = extract.passage_index == 0 ? 1 : 0;
  named(f, "first") = extract.order == 0 ? 1 : 0;
  named(f, "position") = f32(1.0 / static_cast<double>(1 + extract.order));
}

void Scorer::kind(const Extract& extract, Features& f) const {
  switch (block_of(extract).kind) {
    case BlockKind::paragraph: break;
    case BlockKind::list_item: named(f, "list_item") = 1; break;
    case BlockKind::table: named(f, "table") = 1; break;
    case BlockKind::warning: named(f, "warning") = 1; break;
    case BlockKind::note: named(f, "note") = 1; break;
    default: named(f, "other_block") = 1;
  }
  named(f, "leads") = extract.leads ? 1 : 0;
  named(f, "leans") = extract.leans ? 1 : 0;
  named(f, "question_kind") = extract.found->publication->kind == "question" && extract.passage_index == 0 ? 1 : 0;
}

void Scorer::asked(const Extract& extract, Features& f) {
  const auto words = pattern_words(extract.text);
  const auto facts = text::facts(extract.text);
  named(f, "asked") = answers_kind(reading_.asked, extract, words, facts) ? 1 : 0;
  named(f, "also_asked") = answers_kind(reading_.also, extract, words, facts) ? 1 : 0;
  named(f, "has_figure") = facts.empty() ? 0 : 1;
  for (const auto& fact : reading_.facts) {
    if (std::find(facts.begin(), facts.end(), fact) != facts.end()) named(f, "figure") = 1;
  }
  const bool opens = !words.empty() && (words.front() == "oui" || words.front() == "non");
  named(f, "yes_no") = reading_.yes_no && opens ? 1 : 0;
  named(f, "modal") = reading_.yes_no && answers_kind(Asked::permission, extract, words, facts) ? 1 : 0;
  const auto& sections = extract.passage->sections;
  if (!sections.empty() && section_for(reading_.asked, pattern_words(sections.back()))) named(f, "section_asked") = 1;
  named(f, "document_item") = reading_.asked == Asked::documents && block_of(extract).kind == BlockKind::list_item ? 1 : 0;
  named(f, "length") = f32(std::log(1.0 + static_cast<double>(words.size())) / 4);
  named(f, "very_short") = words.size() < 4 ? 1 : 0;
}

Features Scorer::features(std::size_t at) {
  const Extract& extract = pool_[at];
  const Words& words = words_[at];
  Features f{};
  const Mask title = mask_of(extract.found->publication->title);
  Mask sections = 0, conditions = 0;
  for (const auto& section : extract.passage->sections) sections |= mask_of(section);
  int unsaid = 0;
  for (const auto& condition : extract.passage->conditions) {
    const Mask mask = mask_of(condition);
    conditions |= mask;
    if ((mask & ~title) == 0 && !is_default_case(condition)) ++unsaid;
  }
  const Mask lead = extract.lead >= 0 ? words_[static_cast<std::size_t>(extract.lead)].mask : 0;
  const Mask near = words.mask | lead | sections | conditions;
  const Mask beyond = kSaid & ~(title | lexicon_.hinted(title));
  named(f, "cover") = f32(share(words.mask, kSaid));
  named(f, "cover_context") = f32(share(near | title, kSaid));
  named(f, "cover_beyond_title") = f32(share(near, beyond));
  named(f, "text_beyond_title") = f32(share(words.mask, beyond));
  const double meant = lexicon_.meant() == 0 ? 1.0 : static_cast<double>(lexicon_.meant());
  named(f, "meant") = f32(std::popcount(words.mask & kMeant) / std::min(meant, 4.0));
  named(f, "meant_context") = f32(std::popcount((near | title) & kMeant) / std::min(meant, 4.0));
  named(f, "precision") =
      f32((mass(words.mask) + kHintWorth * mass(lexicon_.hinted(words.mask))) / std::sqrt(3.0 + static_cast<double>(words.bits.size())));
  named(f, "pairs") = f32(pairs(words.bits));
  const Mask last = extract.passage->sections.empty() ? 0 : mask_of(extract.passage->sections.back());
  named(f, "section_cover") = f32(share(last, kSaid));
  named(f, "section_match") = f32(share(sections, beyond));
  named(f, "condition_cover") = f32(share(conditions & ~title, kSaid));
  named(f, "conditions") = static_cast<float>(std::min<std::size_t>(extract.passage->conditions.size(), 3)) / 3;
  named(f, "conditions_unsaid") = f32(std::min(unsaid, 3)) / 3;
  named(f, "title_cover") = f32(share(title, kSaid));
  const TitleWords& told = title_words(extract.found->publication->title);
  named(f, "title_said") = told.said;
  named(f, "title_other_case") = told.other_case;
  const Mask passage = passages_[extract.passage];
  named(f, "passage_cover") = f32(share(passage | sections | conditions, kSaid));
  named(f, "passage_beyond") = f32(share(passage | sections | conditions, beyond));
  named(f, "around") = f32(share(words.mask | neighbour(at, -1) | neighbour(at, 1), kSaid));
  place(extract, f);
  kind(extract, f);
  asked(extract, f);
  named(f, "asked_cover") = named(f, "asked") * named(f, "cover_context");
  return f;
}

}  // namespace

Scored features_of(const Reading& reading, std::span<const Extract> pool) { return Scorer(reading, pool).run(); }

}  // namespace beffroi::answers
