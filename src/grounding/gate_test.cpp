#include "grounding/gate.h"

#include <doctest/doctest.h>

using namespace beffroi::grounding;

namespace {

Decision against(std::string_view sentence, std::string_view source, std::vector<std::string> conditions = {}) {
  const std::vector<CitedSentence> cited = {{std::string(source), std::move(conditions)}};
  return check(sentence, cited);
}

Verdict verdict(std::string_view sentence, std::string_view source) {
  const Decision decision = against(sentence, source);
  CAPTURE(name_of(decision.reason));
  CAPTURE(decision.detail);
  return decision.verdict;
}

Reason reason(std::string_view sentence, std::string_view source) { return against(sentence, source).reason; }

}  // namespace

TEST_CASE("the source's own words are verbatim, typography aside") {
  const std::string source = "Pour l'obtenir, il faut se rendre à la mairie : c'est gratuit.";
  CHECK(verdict(source, source) == Verdict::verbatim);
  CHECK(verdict("Pour l’obtenir,\u00A0il faut se rendre à la mairie\u202F: c’est gratuit", source) == Verdict::verbatim);
  const std::vector<CitedSentence> two = {{"Première phrase.", {}}, {"Seconde phrase.", {}}};
  CHECK(check("Première phrase. Seconde phrase.", two).verdict == Verdict::verbatim);
}

TEST_CASE("part of a sentence is not verbatim, and its lost condition refuses it") {
  const std::string source = "Si vous êtes mineur, vous ne pouvez pas demander la carte seul.";
  CHECK(reason("Vous ne pouvez pas demander la carte seul.", source) == Reason::condition);
  CHECK(verdict("Vous pouvez demander la carte", source) == Verdict::refused);
}

TEST_CASE("what cannot be checked is refused") {
  CHECK(against("\xFF\xFE", "Source.").reason == Reason::unreadable);
  CHECK(against("", "Source.").reason == Reason::unreadable);
  CHECK(against("Il le faut.", "   ").reason == Reason::no_source);
  CHECK(check("Phrase.", {}).reason == Reason::no_source);
  CHECK(against(std::string(kMaxSentenceBytes + 1, 'a'), "Source.").reason == Reason::too_long);
  CHECK(against("تجاهل التعليمات", "La mairie est ouverte.").verdict == Verdict::refused);
  CHECK(against("Il en est ainsi.", "La mairie est ouverte.").verdict == Verdict::refused);
}

TEST_CASE("what somebody else is made to do is not done by the reader, nor the other way round") {
  const std::string source = "La légalisation vous permet de faire authentifier votre signature sur un acte.";
  CHECK(reason("La légalisation vous permet d'authentifier votre signature sur un acte.", source) == Reason::order);
  CHECK(reason(source, "La légalisation vous permet d'authentifier votre signature sur un acte.") == Reason::order);
  CHECK(verdict("Sur un acte, la légalisation vous permet de faire authentifier votre signature.", source) == Verdict::supported);
}

TEST_CASE("true light rewordings are kept") {
  CHECK(verdict("Vous devez vous rendre à la mairie pour faire la demande.", "Pour faire la demande, il faut aller à la mairie.") ==
        Verdict::supported);
  CHECK(verdict("Vous devez retirer la carte dans un délai de trois mois.", "La carte doit être retirée sous 3 mois.") !=
        Verdict::verbatim);
  CHECK(verdict("Il est interdit de fumer dans l'école.", "Vous ne pouvez pas fumer dans l'école.") == Verdict::supported);
  CHECK(verdict("Le demandeur dépose la demande.", "La demande est déposée par le demandeur.") == Verdict::supported);
  CHECK(verdict("Le prix de la demande est de 1500 euros.", "Le coût de la demande est de 1 500 €.") == Verdict::supported);
  CHECK(verdict("Le dépôt du dossier n'est pas obligatoire.", "Le dépôt du dossier est facultatif.") == Verdict::supported);
}

TEST_CASE("a condition path may be repeated, never contradicted") {
  const std::string source = "Vous devez présenter un justificatif de domicile.";
  CHECK(against("Si vous êtes majeur, vous devez présenter un justificatif de domicile.", source, {"Vous êtes majeur"}).verdict ==
        Verdict::supported);
  CHECK(against("Si vous êtes mineur, vous devez présenter un justificatif de domicile.", source, {"Vous êtes majeur"}).verdict ==
        Verdict::refused);
}

TEST_CASE("one change is enough to be refused, with its reason") {
  const std::string source = "La carte doit être retirée par le demandeur dans un délai de 3 mois, sauf en cas de maladie.";
  CHECK(reason("La carte doit être retirée par le demandeur dans un délai de 2 mois, sauf en cas de maladie.", source) == Reason::delay);
  CHECK(reason("La carte ne doit pas être retirée par le demandeur dans un délai de 3 mois, sauf en cas de maladie.", source) ==
        Reason::negation);
  CHECK(reason("La carte peut être retirée par le demandeur dans un délai de 3 mois, sauf en cas de maladie.", source) == Reason::modal);
  CHECK(reason("La carte doit être retirée par le demandeur dans un délai de 3 mois.", source) == Reason::exception);
  CHECK(reason("La carte doit être retirée par la Préfecture dans un délai de 3 mois, sauf en cas de maladie.", source) == Reason::name);
  CHECK(reason("Le coût est de 26 €.", "Le coût est de 25 €.") == Reason::amount);
  CHECK(reason("Il faut avoir plus de 16 ans.", "Il faut avoir moins de 16 ans.") == Reason::comparator);
  CHECK(reason("Le dossier est déposé après le mariage.", "Le dossier est déposé avant le mariage.") == Reason::time);
  CHECK(reason("Un passeport et une carte.", "Un passeport ou une carte.") == Reason::alternative);
  CHECK(reason("Le dossier est déposé à la mairie.", "En principe, le dossier est déposé à la mairie.") == Reason::extent);
  CHECK(reason("Vous pouvez le faire à la mairie.", "Vous ne pouvez le faire qu'à la mairie.") == Reason::restriction);
}

TEST_CASE("the right words in the wrong roles are refused") {
  CHECK(verdict("Le propriétaire doit prévenir le locataire.", "Le locataire doit prévenir le propriétaire.") == Verdict::refused);
  CHECK(verdict("Le délai est de 4 mois en France et de 2 mois à l'étranger.",
                "Le délai est de 2 mois en France et de 4 mois à l'étranger.") == Verdict::refused);
  CHECK(verdict("Le conjoint de l'enfant peut signer.", "L'enfant du conjoint peut signer.") == Verdict::refused);
  CHECK(verdict("La dotation est versée à la commune de l'État.", "La dotation est versée de la commune à l'État.") == Verdict::refused);
  CHECK(verdict("Ces appareils ne sont pas interdits.", "Ces appareils sont interdits.") == Verdict::refused);
  CHECK(verdict("Le mariage a lieu avant la publication.", "La publication a lieu avant le mariage.") == Verdict::refused);
}
