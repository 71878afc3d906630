#include "answers/messages.h"

namespace beffroi::answers {

std::string message_for(Status status) {
  switch (status) {
    case Status::answered: return "Voici ce que dit la base officielle.";
    case Status::partial: return "Voici une partie de la réponse ; la fiche citée la donne en entier.";
    case Status::needs_precision: return "La réponse dépend de votre situation.";
    case Status::not_found: return "Je n’ai pas trouvé de réponse sûre dans la base officielle. La mairie peut vous renseigner.";
    case Status::out_of_scope:
      return "Cette question ne semble pas relever d’une mairie ni d’une démarche administrative : je n’y réponds pas.";
    case Status::needs_human: return "Votre situation demande une personne : contactez la mairie.";
    case Status::refused: return "Je ne peux pas répondre à cette demande.";
    case Status::busy: return "Trop de questions en ce moment : réessayez dans quelques instants.";
    case Status::error: break;
  }
  return "Une panne empêche de répondre. Réessayez, ou contactez la mairie.";
}

std::string message_for(Intent intent) {
  switch (intent) {
    case Intent::greeting: return "Bonjour. Posez votre question sur une démarche ou un droit : je réponds avec la base officielle.";
    case Intent::override_rules:
      return "Je suis l’assistant de la mairie : je réponds aux questions sur les démarches, avec la base officielle, et rien ne change ces règles.";
    case Intent::personal_data:
      return "Je ne donne et ne garde aucune donnée personnelle. N’écrivez pas ici de numéro ou de renseignement personnel.";
    case Intent::political:
      return "Je reste neutre : je ne donne pas d’avis sur les élus, les partis ou les votes, et je n’écris pas de texte politique.";
    case Intent::illegal:
      return "Je n’aide pas à contourner la loi, à discriminer ni à inventer des références. La mairie peut vous indiquer la règle applicable.";
    case Intent::own_case: return "Je n’ai accès à aucun dossier et ne prends pas de décision : la mairie peut suivre votre demande.";
    case Intent::distress:
      return "Vous n’êtes pas seul : une personne peut vous écouter et vous aider. Contactez la mairie ou son service social.";
    case Intent::local:
      return "Ce renseignement est propre à la commune et ne figure pas dans la base nationale : la mairie peut vous le donner.";
    case Intent::foreign: return "Je réponds aux questions posées en français. La mairie peut vous aider.";
    case Intent::question: break;
  }
  return {};
}

std::string message_for_emergency() {
  return "Si quelqu’un est en danger, appelez tout de suite l’un des numéros ci-dessus. Les appels d’urgence sont gratuits.";
}

std::string message_without_model(const Error* fault) {
  if (fault == nullptr) return "Le modèle de langue n’avait aucun passage à relire : la réponse est faite sans lui.";
  if (fault->code == Code::busy) {
    return "Le modèle de langue est occupé : trop de demandes l’attendent déjà. La réponse est faite sans lui ; réessayez dans une minute.";
  }
  if (fault->code == Code::too_large) {
    return "La question et les passages sont trop longs pour le modèle de langue. La réponse est faite sans lui ; une question plus courte peut l’aider.";
  }
  if (fault->code == Code::timeout) {
    return "Le modèle de langue n’a pas répondu à temps. La réponse est faite sans lui ; réessayez dans une minute.";
  }
  return "Le modèle de langue s’est arrêté avant la fin. La réponse est faite sans lui ; vous pouvez réessayer.";
}

std::string notice_of(const knowledge::CorpusInfo& info) {
  if (!info.notice.empty()) return info.notice;
  std::string notice = "Base « " + (info.name.empty() ? std::string("Vos droits et démarches") : info.name) + " »";
  if (!info.newest_date.empty()) notice += ", fiche la plus récente du " + info.newest_date;
  return notice + ".";
}

}  // namespace beffroi::answers
