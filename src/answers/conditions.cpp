#include "answers/conditions.h"

#include <algorithm>
#include <array>
#include <optional>

#include "answers/patterns.h"
#include "text/analysis.h"
#include "text/facts.h"
#include "text/tokens.h"

namespace beffroi::answers {
namespace {

// Ages and durations that a label bounds, in its own unit.
struct Range {
  double from = 0, to = 1e9;
  std::string unit;
};

std::optional<double> amount_in(const text::Fact& fact, std::string& unit) {
  const std::size_t space = fact.value.find(' ');
  if (fact.kind != text::FactKind::duration && fact.kind != text::FactKind::amount && fact.kind != text::FactKind::number)
    return std::nullopt;
  unit = space == std::string::npos ? "" : fact.value.substr(space + 1);
  return std::stod(fact.value.substr(0, space));
}

std::optional<Range> range_of(std::string_view label) {
  static const Pattern kLess("moins de|avant|inferieur*|jusqu'a|au plus|maximum"),
      kMore("plus de|a partir de|des|superieur*|au moins|ou plus|et plus|depasse");
  const auto facts = text::facts(label);
  const auto words = pattern_words(label);
  if (facts.empty()) return std::nullopt;
  Range range;
  std::vector<double> bounds;
  for (const auto& fact : facts) {
    if (const auto value = amount_in(fact, range.unit)) bounds.push_back(*value);
  }
  if (bounds.empty()) return std::nullopt;
  if (bounds.size() >= 2) {
    range.from = bounds[0];
    range.to = bounds[1];
  } else if (kLess.found(words)) {
    range.to = bounds[0] - 0.001;
  } else if (kMore.found(words) || label.starts_with('+')) {
    range.from = bounds[0];
  } else {
    return std::nullopt;
  }
  // « Entre 15 et 17 ans »: seventeen years and eleven months is still seventeen.
  if (range.unit == "month" && bounds.size() >= 2) range.to += 11.9;
  return range;
}

struct Opposites {
  Pattern asked;
  Pattern agrees;
  Pattern contradicts;
};

const std::vector<Opposites>& opposites() {
  static const std::vector<Opposites> kOpposites = {
      {Pattern("mineur*|mon fils|ma fille|mon enfant|mes enfants|bebe|ado|adolescent*|gamin|petit garcon"), Pattern("mineur*|enfant"),
       Pattern("majeur*|adulte")},
      {Pattern("majeur*|adulte"), Pattern("majeur*|adulte"), Pattern("mineur*|enfant")},
      {Pattern("a l'etranger|hors de france|expatrie*|consulat|ambassade"), Pattern("a l'etranger|etranger"), Pattern("en france")},
      {Pattern("locataire*|loue|je loue"), Pattern("locataire|location"), Pattern("proprietaire")},
      {Pattern("proprietaire*"), Pattern("proprietaire"), Pattern("locataire|location")},
      {Pattern("guadeloupe"), Pattern("guadeloupe|outre-mer"),
       Pattern("metropole|france metropolitaine|guyane|martinique|mayotte|reunion")},
      {Pattern("guyane"), Pattern("guyane|outre-mer"), Pattern("metropole|france metropolitaine|guadeloupe|martinique|mayotte|reunion")},
      {Pattern("martinique"), Pattern("martinique|outre-mer"),
       Pattern("metropole|france metropolitaine|guyane|guadeloupe|mayotte|reunion")},
      {Pattern("mayotte"), Pattern("mayotte|outre-mer"), Pattern("metropole|france metropolitaine|guyane|martinique|guadeloupe|reunion")},
      {Pattern("la reunion"), Pattern("reunion|outre-mer"),
       Pattern("metropole|france metropolitaine|guyane|martinique|mayotte|guadeloupe")},
      {Pattern("alsace|moselle|alsace-moselle|strasbourg|colmar|metz|mulhouse"), Pattern("alsace*"), Pattern("cas general")},
      {Pattern("paris|parisien*"), Pattern("paris"), Pattern("hors paris")},
      {Pattern("marie|mariee|maries|mon mari|ma femme|mon epoux"), Pattern("marie*"), Pattern("celibataire*|non marie*")},
      {Pattern("celibataire"), Pattern("celibataire*"), Pattern("marie*|couple")}};
  return kOpposites;
}

bool any_label(const std::vector<std::string>& labels, const Pattern& pattern) {
  return std::any_of(labels.begin(), labels.end(), [&](const std::string& label) { return pattern.found(pattern_words(label)); });
}

}  // namespace

bool is_default_case(std::string_view label) {
  static const Pattern kDefault(
      "cas general|en france|en metropole|france metropolitaine|metropole|demande en france|vous vivez en france|si l'enfant vit en france|"
      "en general|autres cas|situation generale|vous habitez en france|naissance en france|deces en france|regle generale|dans un autre departement|"
      "jeune vivant en france|france - hors de france");
  return kDefault.found(pattern_words(label));
}

bool tells_other_case(std::string_view title, const Reading& reading) {
  struct Particular {
    Pattern title;
    std::vector<std::string> said;  // stems, any of which tells the case
  };
  static const std::vector<Particular> kParticulars = [] {
    const auto stems = [](std::string_view words) { return text::terms(words); };
    std::vector<Particular> out;
    out.push_back(
        {Pattern("mineur|mineure|mineurs|enfant|enfants"),
         stems(
             "mineur enfant fils fille bébé ado adolescent école cantine crèche naissance scolaire élève parents père mère collège lycée garde")});
    out.push_back({Pattern("fonction publique|fonctionnaire*|agent public|agents publics|agent contractuel|militaire*"),
                   stems("fonctionnaire fonction publique agent titulaire contractuel militaire")});
    out.push_back({Pattern("a l'etranger|expatri*|etranger"), stems("étranger expatrié consulat ambassade pays visa europe européen")});
    out.push_back({Pattern("handicap*"), stems("handicap handicapé invalidité mdph aah invalide")});
    out.push_back({Pattern("etudiant*|apprenti*"), stems("étudiant apprenti fac université alternance apprentissage stage")});
    out.push_back({Pattern("outre-mer|mayotte|guyane|reunion|guadeloupe|martinique"),
                   stems("outre-mer mayotte guyane réunion guadeloupe martinique dom")});
    out.push_back({Pattern("agricole|agriculteur*|msa"), stems("agricole agriculteur msa exploitant ferme")});
    return out;
  }();
  const auto words = pattern_words(title);
  return std::any_of(kParticulars.begin(), kParticulars.end(), [&](const Particular& one) {
    return one.title.found(words) && std::none_of(one.said.begin(), one.said.end(), [&](const std::string& stem) {
             return std::find(reading.terms.begin(), reading.terms.end(), stem) != reading.terms.end();
           });
  });
}

int fit(std::string_view label, const Reading& reading, std::string_view question) {
  if (const auto range = range_of(label)) {
    for (const auto& fact : reading.facts) {
      std::string unit;
      const auto value = amount_in(fact, unit);
      if (!value || unit != range->unit) continue;
      return *value >= range->from && *value <= range->to ? 1 : -1;
    }
  }
  const auto words = pattern_words(question);
  const auto label_words = pattern_words(label);
  for (const auto& pair : opposites()) {
    if (!pair.asked.found(words)) continue;
    if (pair.contradicts.found(label_words) && !pair.agrees.found(label_words)) return -1;
    if (pair.agrees.found(label_words)) return 1;
  }
  // The words that make the label, said by the question.
  const auto stems = text::terms(label);
  if (stems.empty() || is_default_case(label)) return 0;
  const auto said = static_cast<std::size_t>(std::count_if(stems.begin(), stems.end(), [&](const std::string& stem) {
    return std::find(reading.terms.begin(), reading.terms.end(), stem) != reading.terms.end();
  }));
  return said * 3 >= stems.size() * 2 ? 1 : 0;
}

Precision precision_among(const std::vector<std::string>& labels) {
  static const Pattern kMajor("majeur*|mineur*"), kAge("ans|an|mois"),
      kPlace("france|etranger|metropole|outre-mer|guyane|guadeloupe|mayotte|paris|alsace*|departement|commune"), kChild("l'enfant|enfant"),
      kWhen("avant|apres|depuis|delivree|date"),
      kYou("vous etes|vous avez|vous n'|vous habitez|vous vivez|vous etiez|vous demandez|vous travaillez|votre");
  Precision precision;
  for (const auto& label : labels) precision.choices.push_back({label, label});
  const bool all_age = std::all_of(labels.begin(), labels.end(), [](const std::string& label) {
    return kAge.found(pattern_words(label)) && !text::facts(label).empty();
  });
  if (labels.size() == 2 && any_label(labels, Pattern("majeur*")) && any_label(labels, Pattern("mineur*"))) {
    precision.question = any_label(labels, kYou) ? "Êtes-vous majeur ?" : "La personne concernée est-elle majeure ?";
  } else if (all_age && !any_label(labels, Pattern("expiration|perime*|delivr*|depuis"))) {
    precision.question = any_label(labels, Pattern("duree|validite|valable|contrat|anciennete"))
                             ? "De quelle durée s’agit-il ?"
                             : "Quel est l’âge de la personne concernée ?";
  } else if (any_label(labels, kYou)) {
    precision.question = "Dans quel cas êtes-vous ?";
  } else if (any_label(labels, kPlace)) {
    precision.question = "Où se passe la démarche ?";
  } else if (any_label(labels, kChild)) {
    precision.question = "Quelle est la situation de l’enfant ?";
  } else {
    precision.question = any_label(labels, kWhen) ? "De quelle situation s’agit-il ?" : "Dans quel cas êtes-vous ?";
  }
  return precision;
}

}  // namespace beffroi::answers
