#include "answers/reading.h"

#include <algorithm>
#include <array>

#include "answers/patterns.h"
#include "search/synonyms.h"
#include "text/analysis.h"
#include "text/tokens.h"

namespace beffroi::answers {
namespace {

struct Kind {
  Asked asked;
  Pattern pattern;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> kKinds = [] {
    std::vector<Kind> kinds;
    kinds.push_back(
        {Asked::documents,
         Pattern(
             "quel papier|quels papiers|quelle piece|quelles pieces|quel document|quels documents|quel justificatif|quels justificatifs|"
             "papiers pour|pieces a fournir|pieces justificatives|documents a fournir|que fournir|dois-je fournir|faut-il fournir|que dois-je apporter|"
             "qu'est-ce que j'apporte|j'apporte quoi|apporter quoi|faut apporter|faut-il apporter|faut ramener|dois-je presenter|que lui faut-il|"
             "quelle facture|quelles factures|quoi apporter|dois apporter|dois fournir|me faut-il pour|faut-il comme papiers|quel certificat")});
    kinds.push_back(
        {Asked::amount,
         Pattern(
             "combien coute*|combien ca coute|ca coute combien|coute combien|quel prix|quel tarif|quel cout|quel montant|prix du|prix de|prix d'|tarif du|"
             "tarif de|tarif d'|cout du|cout de|cout d'|montant du|montant de|combien payer|combien je paie|combien dois-je payer|combien je vais payer|"
             "combien faut-il payer|c'est combien|est-ce payant|c'est payant|est-ce gratuit|c'est gratuit|combien d'argent|quelle amende|combien vais-je toucher|"
             "combien touche*|combien est rembourse|combien gagne*|a combien s'eleve|ca coute|coute cher|combien vaut|quelle somme|est-il payant|est-elle payante|gratuit|payant|payante")});
    kinds.push_back(
        {Asked::delay,
         Pattern(
             "combien de temps|combien de jours|combien de mois|combien d'annees|combien d'ans|combien de semaines|quel delai|quels delais|sous combien|dans combien|"
             "en combien|delai pour|delai de|delais de|quelle duree|duree de|pendant combien|depuis combien|jusqu'a quand|jusqu'a combien|valable combien|"
             "valable|valide combien|est valide|trop tard|preavis|avant combien")});
    kinds.push_back(
        {Asked::quantity,
         Pattern("combien de|combien d'|quel age|quelle taille|quelle hauteur|quelle distance|quelle surface|quel nombre|quel taux|"
                 "quel pourcentage|quelle quantite|quel plafond|quel seuil|combien")});
    kinds.push_back(
        {Asked::date,
         Pattern(
             "quand|a quelle date|quelle date|quel jour|a partir de quand|avant quelle date|a quel moment|date limite|a quelle heure|quelle periode")});
    kinds.push_back(
        {Asked::definition,
         Pattern(
             "qu'est-ce qu'un|qu'est-ce qu'une|qu'est-ce que le|qu'est-ce que la|qu'est-ce que l'|qu'est-ce que c'est|c'est quoi|a quoi sert|"
             "definition|que signifie|que veut dire|ca veut dire quoi|quelle difference|en quoi consiste")});
    kinds.push_back(
        {Asked::person,
         Pattern(
             "qui peut|qui doit|qui a|qui est|qui fixe|qui decide|qui paie|qui paye|qui regle|qui delivre|qui contacter|qui s'occupe|qui signe|qui va|"
             "c'est qui|c'est a qui|a qui|pour qui|par qui|qui")});
    kinds.push_back(
        {Asked::permission,
         Pattern(
             "peut-on|puis-je|peux-je|peut-il|peut-elle|peuvent-ils|peut-elles|on peut|je peux|j'ai le droit|a-t-on le droit|ai-je le droit|ai-je droit|a-t-il droit|"
             "a-t-elle droit|a-t-on droit|est-il possible|est-ce possible|c'est possible|est-il obligatoire|est-elle obligatoire|est-ce obligatoire|obligatoire|"
             "obligation|dois-je|doit-on|faut-il|doit-il|doit-elle|faut il|il faut|oblige|obligee|suis-je oblige|suis-je obligee|est-il interdit|est-ce interdit|interdit|"
             "autorise|autorisee|permis d'|est-ce permis|est-ce legal|est-ce que|est-ce qu'|a-t-elle le droit|a-t-il le droit|peut")});
    kinds.push_back(
        {Asked::manner,
         Pattern(
             "comment|quelle demarche|quelles demarches|quelle procedure|que faire|que dois-je faire|quoi faire|de quelle maniere|quelles etapes|"
             "que puis-je faire|quel recours|demarche pour|je fais comment|on fait comment")});
    return kinds;
  }();
  return kKinds;
}

// « Où » loses its accent when folded: only the written word tells it from « ou ».
bool asks_where(std::string_view question, const std::vector<std::string>& words) {
  static const Pattern kWhere(
      "dans quelle mairie|quelle mairie|dans quelle commune|a quelle mairie|aupres de qui|aupres de quel*|a quel service|quel service|a qui s'adresser|"
      "a qui m'adresser|a quel endroit|quel guichet|quelle administration|c'est ou|ou va-t-on|ou aller|ou dois-je|ou faut-il|ou puis-je|ou peut-on|"
      "a la mairie ou");
  if (kWhere.found(words)) return true;
  for (const std::string_view where : {"où", "Où", "OÙ"}) {
    if (question.find(where) != std::string_view::npos) return true;
  }
  return !words.empty() && words.front() == "ou";
}

void add_stems(const std::vector<std::string>& words, std::vector<std::string>& terms) {
  for (const auto& word : words) {
    std::string stem = text::stem(word);
    if (std::find(terms.begin(), terms.end(), stem) == terms.end()) terms.push_back(std::move(stem));
  }
}

std::vector<std::string> names_in(std::string_view question) {
  std::vector<std::string> names;
  bool first = true;
  for (const auto& token : text::tokens(question)) {
    if (token.kind == text::TokenKind::letters && token.capital && !first) names.push_back(token.folded);
    // After a stop or an opening quote, a capital says nothing.
    first = token.kind == text::TokenKind::mark && token.folded != "," && token.folded != "'";
  }
  return names;
}

// A meaning belongs to the term that has it alone, else to the last term of the words said together.
void add_meanings(Reading& reading) {
  const auto& synonyms = search::Synonyms::built_in();
  const auto add = [&](std::vector<std::string> stems, std::size_t term) {
    for (auto& stem : stems) {
      const bool said = std::find(reading.terms.begin(), reading.terms.end(), stem) != reading.terms.end();
      const bool known =
          std::any_of(reading.meant.begin(), reading.meant.end(), [&](const Reading::Meant& one) { return one.stem == stem; });
      if (!said && !known) reading.meant.push_back({std::move(stem), term});
    }
  };
  for (std::size_t term = 0; term < reading.terms.size(); ++term) add(synonyms.expand(std::span(reading.terms).subspan(term, 1)), term);
  for (std::size_t end = 2; end <= reading.terms.size(); ++end) add(synonyms.expand(std::span(reading.terms).first(end)), end - 1);
}

}  // namespace

Reading read_question(std::string_view question) {
  Reading reading;
  const auto words = pattern_words(question);
  add_stems(text::question_words(question), reading.terms);
  add_meanings(reading);
  reading.facts = text::facts(question);
  if (asks_where(question, words)) reading.asked = Asked::place;
  static const Pattern kPersonal(
      "je|j'|me|m'|moi|mon|ma|mes|nous|notre|nos|on|puis-je|dois-je|faut|faut-il|peut-on|doit-on|obligatoire|interdit|droit|ai|suis|demarche*|demande*|"
      "declar*|inscri*|mairie|commune|beneficier|obtenir");
  static const Pattern kPast(
      "etait|etaient|fut|furent|fut-il|a ete|ont ete|a-t-il ete|a-t-elle ete|eut lieu|a eu lieu|naquit|est ne|est nee|est mort|est morte|sont-ils nes|ne en|mort en");
  reading.personal = kPersonal.found(words);
  static const Pattern kFirstPerson("je|j'|me|m'|moi|mon|ma|mes|nous|notre|nos");
  reading.past = kPast.found(words) && !kFirstPerson.found(words);
  reading.names = names_in(question);
  for (const auto& kind : kinds()) {
    if (!kind.pattern.found(words)) continue;
    if (kind.asked == Asked::permission) reading.yes_no = true;
    if (reading.asked == Asked::anything) reading.asked = kind.asked;
    else if (reading.also == Asked::anything && kind.asked != reading.asked) reading.also = kind.asked;
  }
  return reading;
}

}  // namespace beffroi::answers
