// The charter shipped: after the questions and answers of the CNIL on the use of generative AI (18 July 2024).
#include "compliance/charter.h"

namespace beffroi::compliance {

std::string_view shipped_charter() {
  return R"txt(# Charte d’usage de l’intelligence artificielle

Cette charte vaut pour toute personne qui utilise les fonctions de Beffroi où un modèle de langue écrit : agents, élus, et propriétaires d’une clé d’accès. Ce texte est fourni avec Beffroi ; la mairie peut le modifier, avec son délégué à la protection des données, puis publier sa propre version.

# Ce que fait l’outil

- Beffroi cherche dans des textes officiels et montre leurs phrases exactes, avec leur source et leur date.
- Un modèle de langue peut reformuler ces phrases ou proposer un brouillon. Il peut se tromper, oublier une condition, écrire une chose fausse avec assurance.
- Il ne décide de rien. La réponse faite à un habitant reste celle de la personne qui la signe.

# Usages permis

- Chercher une règle, une démarche, un document.
- Reformuler, résumer, préparer un brouillon qu’une personne relit avant tout envoi.
- Apprendre à se servir de ces outils, sur des exemples sans données personnelles.

# Usages interdits

- Écrire dans une demande des données personnelles qui ne sont pas nécessaires, et en aucun cas des données de santé, d’opinion, d’infraction, ou le dossier d’une personne.
- Faire prendre par l’outil une décision qui concerne une personne, ou s’en servir pour noter, classer, trier ou surveiller des personnes.
- Présenter un texte écrit par le modèle comme vérifié sans l’avoir relu et comparé à sa source.
- Confier à un outil public d’intelligence artificielle des informations de la mairie ou des habitants. Si un besoin n’est pas couvert ici, dites-le : c’est ainsi que l’outil s’améliore.
- Chercher à contourner les protections de l’outil, ou prêter son compte ou sa clé.

# Vos engagements

- Relire, vérifier la source et la date, corriger : vous répondez de ce que vous envoyez.
- Dire au lecteur qu’une intelligence artificielle a aidé, quand un texte est diffusé sans relecture humaine.
- Signaler toute erreur, tout doute, toute donnée personnelle apparue là où elle ne devait pas être.
- Éteindre ce dont on n’a pas besoin : une recherche suffit souvent, et consomme beaucoup moins.

# Ce qui est gardé

- Un journal dit qui a utilisé quelle fonction, quand, avec quelles sources et quel modèle. Il ne contient ni la question, ni la réponse.
- L’acceptation de cette charte est gardée : votre compte, la version, la date.
- Les durées de conservation sont dans le registre des traitements de la mairie. Vous pouvez demander l’accès à vos données et leur effacement au délégué à la protection des données de la mairie, puis, si sa réponse ne vous satisfait pas, saisir la CNIL.
)txt";
}

}  // namespace beffroi::compliance
