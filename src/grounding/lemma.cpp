#include "grounding/lemma.h"

#include <unordered_map>
#include <unordered_set>

namespace beffroi::grounding {
namespace {

// Forms that rules cannot relate, and synonyms that change nothing for a reader of administrative French.
const std::unordered_map<std::string_view, std::string_view>& irregular() {
  // clang-format off: a table, one verb or one noun after another
  static const std::unordered_map<std::string_view, std::string_view> kForms = {
      // « mairie » must not meet « maire » when endings fall.
      {"mairie", "=mairie"}, {"mairies", "=mairie"}, {"maire", "=maire"}, {"maires", "=maire"},
      {"part", "=part"}, {"parts", "=part"}, {"partie", "=partie"}, {"parties", "=partie"}, {"parti", "=parti"}, {"partis", "=parti"},
      {"nouveau", "nouveau"}, {"nouvelle", "nouveau"}, {"nouveaux", "nouveau"}, {"nouvelles", "nouveau"}, {"nouvel", "nouveau"},
      {"oeil", "oeil"}, {"yeux", "oeil"}, {"travaux", "travail"},
      // irregular verbs
      {"va", "aller"}, {"vont", "aller"}, {"allez", "aller"}, {"ira", "aller"}, {"irez", "aller"}, {"aller", "aller"}, {"aille", "aller"},
      {"rendre", "aller"}, {"rend", "aller"}, {"rendez", "aller"}, {"rendent", "aller"}, {"rendra", "aller"}, {"rendu", "aller"},
      {"vient", "venir"}, {"viennent", "venir"}, {"venez", "venir"}, {"viendra", "venir"}, {"venir", "venir"}, {"venu", "venir"},
      {"devient", "devenir"}, {"deviennent", "devenir"}, {"devenez", "devenir"}, {"devenir", "devenir"}, {"devenu", "devenir"},
      {"obtient", "obtenir"}, {"obtiennent", "obtenir"}, {"obtenez", "obtenir"}, {"obtenir", "obtenir"}, {"obtenu", "obtenir"},
      {"obtenue", "obtenir"}, {"obtenus", "obtenir"}, {"obtenues", "obtenir"}, {"obtiendrez", "obtenir"}, {"obtention", "obtenir"},
      {"recoit", "recevoir"}, {"recoivent", "recevoir"}, {"recevez", "recevoir"}, {"recevoir", "recevoir"}, {"recu", "recevoir"},
      {"recue", "recevoir"}, {"recus", "recevoir"}, {"recues", "recevoir"}, {"recevra", "recevoir"}, {"recevrez", "recevoir"},
      {"prend", "prendre"}, {"prennent", "prendre"}, {"prenez", "prendre"}, {"prendre", "prendre"}, {"pris", "prendre"},
      {"prise", "prendre"}, {"prises", "prendre"}, {"prendra", "prendre"},
      {"met", "mettre"}, {"mettent", "mettre"}, {"mettez", "mettre"}, {"mettre", "mettre"}, {"mis", "mettre"}, {"mise", "mettre"},
      {"permet", "permettre"}, {"permettent", "permettre"}, {"permettre", "permettre"},
      {"inscrit", "inscrire"}, {"inscrite", "inscrire"}, {"inscrits", "inscrire"}, {"inscrites", "inscrire"}, {"inscrire", "inscrire"},
      {"inscrivez", "inscrire"}, {"inscrivent", "inscrire"}, {"inscription", "inscrire"}, {"inscriptions", "inscrire"},
      {"ecrit", "ecrire"}, {"ecrite", "ecrire"}, {"ecrits", "ecrire"}, {"ecrire", "ecrire"}, {"ecrivez", "ecrire"},
      {"voit", "voir"}, {"voient", "voir"}, {"voyez", "voir"}, {"vu", "voir"}, {"voir", "voir"},
      {"fait", "faire"}, {"faites", "faire"}, {"font", "faire"}, {"faire", "faire"},
      {"vit", "vivre"}, {"vivent", "vivre"}, {"vivez", "vivre"}, {"vivre", "vivre"},
      {"suit", "suivre"}, {"suivez", "suivre"}, {"suivent", "suivre"}, {"suivre", "suivre"},
      {"payer", "payer"}, {"paye", "payer"}, {"paie", "payer"}, {"paient", "payer"}, {"payez", "payer"}, {"payee", "payer"},
      {"payes", "payer"}, {"paiement", "payer"}, {"paiements", "payer"}, {"regler", "payer"}, {"reglez", "payer"},
      {"envoie", "envoyer"}, {"envoient", "envoyer"}, {"envoyez", "envoyer"}, {"envoye", "envoyer"}, {"envoyee", "envoyer"},
      {"envoyer", "envoyer"}, {"envoi", "envoyer"}, {"envoyes", "envoyer"}, {"transmettre", "envoyer"}, {"transmettez", "envoyer"},
      {"transmis", "envoyer"}, {"transmise", "envoyer"}, {"transmet", "envoyer"}, {"transmission", "envoyer"},
      {"ouvre", "ouvrir"}, {"ouvert", "ouvrir"}, {"ouverte", "ouvrir"}, {"ouverts", "ouvrir"}, {"ouvrir", "ouvrir"}, {"ouverture", "ouvrir"},
      {"perdu", "perdre"}, {"perdue", "perdre"}, {"perdus", "perdre"}, {"perdre", "perdre"}, {"perdez", "perdre"}, {"perte", "perdre"},
      {"depose", "deposer"}, {"depot", "deposer"}, {"deposer", "deposer"}, {"deposez", "deposer"}, {"deposee", "deposer"},
      {"deposes", "deposer"}, {"deposees", "deposer"}, {"deposent", "deposer"},
      {"decede", "deces"}, {"decedee", "deces"}, {"deces", "deces"}, {"mort", "deces"},
      {"renouvelle", "renouveler"}, {"renouvellement", "renouveler"}, {"renouvelee", "renouveler"}, {"renouvele", "renouveler"},
      {"renouveler", "renouveler"}, {"renouvelez", "renouveler"},
      {"traduit", "traduire"}, {"traduits", "traduire"}, {"traduite", "traduire"}, {"traduites", "traduire"}, {"traduire", "traduire"},
      {"elu", "elire"}, {"elus", "elire"}, {"elue", "elire"}, {"elues", "elire"}, {"elisent", "elire"}, {"elit", "elire"}, {"elire", "elire"},
      {"construit", "construire"}, {"construite", "construire"}, {"construire", "construire"}, {"detruit", "detruire"},
      {"detruite", "detruire"}, {"detruire", "detruire"}, {"conclu", "conclure"}, {"conclue", "conclure"}, {"conclut", "conclure"},
      {"conclure", "conclure"}, {"soumis", "soumettre"}, {"soumise", "soumettre"}, {"soumettre", "soumettre"}, {"soumet", "soumettre"},
      {"etablit", "etablir"}, {"etabli", "etablir"}, {"etablie", "etablir"}, {"etablissez", "etablir"}, {"etablir", "etablir"},
      {"delivrance", "delivrer"}, {"delivre", "delivrer"}, {"delivree", "delivrer"}, {"delivrer", "delivrer"}, {"delivrees", "delivrer"},
      // synonyms
      {"fournir", "fournir"}, {"fournissez", "fournir"}, {"fournit", "fournir"}, {"fournissent", "fournir"}, {"fourni", "fournir"},
      {"fournie", "fournir"}, {"fournis", "fournir"}, {"fournies", "fournir"}, {"presenter", "fournir"}, {"presentez", "fournir"},
      {"presente", "fournir"}, {"presentee", "fournir"}, {"presentes", "fournir"}, {"presentees", "fournir"}, {"presentent", "fournir"},
      {"produire", "fournir"}, {"produisez", "fournir"}, {"apporter", "fournir"}, {"apportez", "fournir"}, {"donner", "fournir"},
      {"donnez", "fournir"},
      {"piece", "document"}, {"pieces", "document"}, {"document", "document"}, {"documents", "document"},
      {"prix", "prix"}, {"tarif", "prix"}, {"tarifs", "prix"}, {"cout", "prix"}, {"couts", "prix"}, {"coute", "prix"}, {"coutent", "prix"},
      {"internet", "internet"}, {"ligne", "internet"}, {"web", "internet"},
      {"telephone", "telephone"}, {"telephoner", "telephone"}, {"telephonez", "telephone"}, {"appeler", "telephone"},
      {"contacter", "contacter"}, {"contactez", "contacter"}, {"contact", "contacter"}, {"joindre", "joindre"},
      {"courrier", "courrier"}, {"lettre", "courrier"}, {"lettres", "courrier"}, {"courriers", "courrier"},
      {"puis", "ensuite"}, {"ensuite", "ensuite"}, {"mail", "courriel"}, {"e-mail", "courriel"}, {"courriel", "courriel"},
      {"email", "courriel"}, {"mel", "courriel"},
  };
  // clang-format on
  return kForms;
}

bool ends(std::string_view word, std::string_view tail, std::size_t keep) {
  return word.size() >= tail.size() + keep && word.ends_with(tail);
}

std::string without_number_and_gender(std::string_view word) {
  std::string out(word);
  if (out.size() <= 3) return out;
  if (ends(out, "eaux", 2)) out.pop_back();
  else if (ends(out, "aux", 3)) out.replace(out.size() - 3, 3, "al");
  else if (out.back() == 's' || out.back() == 'x') out.pop_back();
  if (ends(out, "trice", 3)) out.replace(out.size() - 5, 5, "teur");
  else if (ends(out, "ive", 3)) out.replace(out.size() - 3, 3, "if");
  else if (ends(out, "enne", 3) || ends(out, "elle", 3) || ends(out, "onne", 4)) out.resize(out.size() - 2);
  else if (ends(out, "ee", 3)) out.resize(out.size() - 2);
  else if (ends(out, "e", 3)) out.pop_back();
  return out;
}

std::string without_verb_ending(std::string_view word) {
  // clang-format off: a table, longest first
  static constexpr std::array<std::string_view, 38> kEndings = {
      "issaient", "issent", "issions", "issez", "issait", "issant", "eraient", "eriez", "erions", "eront", "erait", "erons", "ations",
      "ation",    "aient",  "erez",    "irez",  "iront",  "eras",   "erai",    "ions",  "iez",    "ait",   "era",   "ira",   "ant",
      "ent",      "ees",    "ons",     "ee",    "es",     "er",     "ez",      "ir",    "it",     "is",    "ie",    "e"};
  // clang-format on
  for (const auto ending : kEndings) {
    if (ends(word, ending, 4)) return std::string(word.substr(0, word.size() - ending.size()));
  }
  return {};
}

}  // namespace

Lemma lemma_of(std::string_view word) {
  if (const auto found = irregular().find(word); found != irregular().end()) return {{std::string(found->second), {}}};
  return {{without_number_and_gender(word), without_verb_ending(word)}};
}

bool same_word(const Lemma& a, const Lemma& b) {
  for (const auto& left : a.forms) {
    if (left.empty()) continue;
    for (const auto& right : b.forms) {
      if (left == right) return true;
    }
  }
  return false;
}

bool is_function_word(std::string_view word) {
  // clang-format off: a list of words
  static const std::unordered_set<std::string_view> kWords = {
      "le", "la", "les", "l'", "un", "une", "des", "de", "du", "d'", "au", "aux", "a", "en", "y", "ce", "c'", "cet", "cette", "ces", "cela",
      "ca", "ceci", "celui", "celle", "ceux", "celles", "celui-ci", "celle-ci", "ceux-ci", "celles-ci", "que", "qu'", "qui", "quoi", "dont",
      "ou\x01", "lequel", "laquelle", "lesquels", "lesquelles", "auquel", "duquel", "je", "j'", "tu", "il", "elle", "on", "nous", "vous",
      "ils", "elles", "me", "m'", "te", "t'", "se", "s'", "lui", "leur", "leurs", "soi", "eux", "mon", "ma", "mes", "ton", "ta", "tes",
      "son", "sa", "ses", "notre", "nos", "votre", "vos", "et", "dans", "sur", "avec", "chez", "vers", "par", "pour", "entre", "comme",
      "est", "sont", "etre", "etes", "ete", "etait", "etaient", "sera", "seront", "serez", "soit", "soient", "soyez", "suis", "es", "sommes",
      "etant", "ai", "as", "ont", "avez", "avons", "avoir", "aura", "auront", "aurez", "ait", "aient", "ayez", "eu", "eue", "ayant", "avait",
      "faire", "fait", "faite", "faites", "faits", "fera", "font", "fasse", "faisant", "effectuer", "effectue", "effectuee", "effectuez",
      "effectuent", "effectuees", "realiser", "realisee", "realise", "realisez", "accomplir", "accomplissez", "proceder", "procede",
      "procedez", "ainsi", "donc", "alors", "egalement", "aussi", "mais", "toutefois", "cependant", "neanmoins", "or", "car", "puisque",
      "ainsi", "bien", "tres", "meme", "memes", "tel", "telle", "tels", "telles", "etc", "ci-dessous", "suivant", "suivante", "suivants",
      "suivantes", "agit", "voici", "attention", "savoir", "noter", "rappel", "effet", "ailleurs", "outre", "afin", "la-bas", "ici"};
  // clang-format on
  return kWords.contains(word);
}

}  // namespace beffroi::grounding
