// What the town hall owes its visitors: the accessibility statement, what happens to their data, and plain error pages.
#include <initializer_list>

#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {
namespace {

void write_list(Html& html, std::initializer_list<std::string_view> items) {
  html.open("ul");
  for (const std::string_view item : items) html.element("li", item);
  html.close();
}

}  // namespace

std::string render_accessibility(const PageContext& context) {
  return framed(context, {"Accessibilité", ""}, [&](Html& html) {
    html.open("article", {{"class", "prose"}});
    html.element("h1", "Déclaration d’accessibilité");
    html.element("p",
                 context.town_hall.name +
                     " s’engage à rendre ce service accessible, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005.");
    html.element("h2", "État de conformité");
    html.element("p",
                 "Ce service n’a pas encore été audité par une personne selon le référentiel général d’amélioration de l’accessibilité "
                 "(RGAA, version 4.1). Faute d’audit, il doit être déclaré non conforme.");
    html.element("h2", "Ce qui a été vérifié");
    html.element("p", "Ces essais sont rejoués à chaque modification du programme, dans le navigateur Chromium\u00a0:");
    write_list(
        html,
        {"l’outil automatique axe-core sur chaque page et chaque état de la réponse, en clair et en sombre, sur ordinateur et sur téléphone\u00a0;",
         "tout le parcours au clavier seul\u00a0: question, réponse, preuve, choix d’une situation, avis\u00a0;",
         "l’ordre du focus, son retour après la fermeture de la preuve, et l’annonce de la réponse aux lecteurs d’écran\u00a0;",
         "un agrandissement à 400\u00a0% sans défilement horizontal\u00a0;", "le service entier sans JavaScript."});
    html.element("h2", "Ce qui n’a pas été vérifié");
    write_list(html, {"l’usage réel avec un lecteur d’écran (NVDA, JAWS, VoiceOver, TalkBack)\u00a0;",
                      "d’autres navigateurs que Chromium\u00a0;", "la compréhension par des personnes concernées\u00a0;",
                      "la simplicité de la langue\u00a0: les textes sont ceux des fiches officielles, reproduits sans changement."});
    html.element("h2", "Signaler une difficulté");
    html.element("p", "Si une page vous résiste, dites-le à la mairie\u00a0: elle vous répondra ou vous donnera l’information autrement.");
    html.close();
    write_town_hall(html, context.town_hall);
    html.open("article", {{"class", "prose"}});
    html.element("h2", "Si la réponse ne vient pas");
    html.element("p", "Vous pouvez écrire au Défenseur des droits ou à son délégué dans votre département.");
    html.open("p").element("a", {{"href", "https://www.defenseurdesdroits.fr/"}}, "Site du Défenseur des droits").close();
    html.close();
  });
}

std::string render_privacy(const PageContext& context) {
  return framed(context, {"Confidentialité", ""}, [&](Html& html) {
    html.open("article", {{"class", "prose"}});
    html.element("h1", "Confidentialité");
    html.element("p", {{"class", "lead"}}, "Votre question est lue par un programme, sur une machine de la collectivité, puis oubliée.");
    html.element("h2", "Votre question");
    write_list(
        html,
        {"Elle n’est ni enregistrée, ni journalisée, ni envoyée à une autre société.",
         "Elle apparaît dans l’adresse de la page de réponse, donc dans l’historique de votre navigateur\u00a0: effacez-le sur un ordinateur partagé.",
         "N’y écrivez ni nom, ni adresse, ni numéro de dossier\u00a0: la réponse n’en a pas besoin.",
         "La commune compte par jour les réponses, les demandes «\u00a0Chercher plus à fond\u00a0» et le calcul qu’elles ont coûté, sans votre "
         "question ni rien qui vous désigne."});
    html.element("h2", "Votre avis sur une réponse");
    write_list(html, {"Sont gardés dans la commune\u00a0: votre choix (oui ou non), la date, et le motif si vous en écrivez un.",
                      "Votre question n’y est jointe que si vous cochez la case prévue.",
                      "Votre nom et votre adresse informatique ne sont pas gardés."});
    html.element("h2", "Ce qu’il n’y a pas");
    write_list(html, {"Aucun cookie pour qui pose une question, aucun traceur, aucune mesure d’audience.",
                      "Aucune image, police ou programme venant d’un autre site.", "Aucun compte à créer."});
    html.element("h2", "Les agents qui se connectent");
    write_list(html,
               {"Deux cookies, sans lesquels on ne peut pas se connecter\u00a0: celui de la session, qui disparaît avec le navigateur, et "
                "celui qui dit que ce navigateur s’est déjà connecté, gardé 180 jours.",
                "Sont gardés dans la commune\u00a0: identifiant, nom, rôles, mot de passe sous une forme illisible, et pour chaque session "
                "le navigateur en deux mots et ses heures."});
    html.element("h2", "Vos droits");
    html.element(
        "p",
        "Pour toute question sur vos données, adressez-vous à la mairie ou à son délégué à la protection des données. Vous pouvez aussi "
        "saisir la Commission nationale de l’informatique et des libertés (CNIL).");
    html.open("p").element("a", {{"href", "https://www.cnil.fr/"}}, "Site de la CNIL").close();
    html.close();
    write_town_hall(html, context.town_hall);
  });
}

std::string render_thanks(const PageContext& context) {
  return framed(context, {"Merci de votre avis", ""}, [&](Html& html) {
    html.open("article", {{"class", "prose"}});
    html.element("h1", "Merci de votre avis");
    html.element("p", "Il est gardé dans la commune, sans votre nom. Il sert à corriger ce qui manque.");
    html.open("p").element("a", {{"class", "button"}, {"href", "/"}}, "Poser une autre question").close();
    html.close();
  });
}

std::string render_error(const PageContext& context, const ErrorPage& error) {
  return framed(context, {error.title, ""}, [&](Html& html) {
    html.open("article", {{"class", "prose"}});
    html.element("p", {{"class", "quiet"}}, "Erreur " + std::to_string(error.status));
    html.element("h1", error.title);
    html.element("p", {{"class", "lead"}}, error.detail);
    html.open("p").element("a", {{"class", "button"}, {"href", "/"}}, "Poser une question").text(" ");
    html.element("a", {{"class", "button"}, {"href", "/recherche"}}, "Chercher une fiche").close();
    html.close();
    write_town_hall(html, context.town_hall);
  });
}

}  // namespace beffroi::assistant
