#include <array>

#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {
namespace {

constexpr std::array<std::string_view, 5> kExamples = {
    "J’ai perdu ma carte d’identité, que faire ?",
    "Quel délai pour déclarer une naissance ?",
    "Comment s’inscrire sur les listes électorales ?",
    "Faut-il une autorisation pour construire un abri de jardin ?",
    "Quels papiers pour se marier ?",
};

struct Promise {
  std::string_view title, text;
};
constexpr std::array<Promise, 3> kPromises = {{
    {"Les mots de la source",
     "La réponse est faite de phrases recopiées des fiches officielles. Le programme les choisit\u00a0; il n’en écrit pas."},
    {"Chaque phrase se vérifie",
     "Sous chaque extrait\u00a0: la fiche, la rubrique, la date, et un lien vers la phrase surlignée à sa place."},
    {"Pas de réponse au hasard", "Si les fiches ne disent rien, Beffroi l’écrit et vous indique à qui vous adresser."},
}};

void write_examples(Html& html) {
  html.open("section", {{"class", "examples"}, {"aria-labelledby", "exemples-titre"}});
  html.element("h2", {{"id", "exemples-titre"}}, "Par exemple");
  html.open("ul");
  for (const std::string_view example : kExamples) {
    html.open("li").element("a", {{"href", "/?q=" + percent_encoded(example)}}, example).close();
  }
  html.close().close();
}

void write_promises(Html& html) {
  html.open("section", {{"class", "promises"}, {"aria-labelledby", "promesses-titre"}});
  html.element("h2", {{"id", "promesses-titre"}}, "Ce que fait Beffroi");
  html.open("ul", {{"class", "promise-list"}});
  for (const Promise& promise : kPromises) {
    html.open("li", {{"class", "promise"}});
    html.element("h3", promise.title).element("p", promise.text);
    html.close();
  }
  html.close();
  html.open("p", {{"class", "quiet"}});
  html.text("Votre question n’est pas conservée. ").element("a", {{"href", "/confidentialite"}}, "Ce que nous faisons de vos données");
  html.close().close();
}

}  // namespace

std::string render_home(const PageContext& context) {
  return framed(context, {"Poser une question", "/", true}, [&](Html& html) {
    write_ai_notice(html, context);
    html.open("div", {{"id", "assistant"}});
    html.open("div", {{"class", "welcome"}});
    html.element("h1", "Une question sur une démarche\u00a0?");
    html.element(
        "p", {{"class", "lead"}},
        "Écrivez-la comme vous la poseriez au guichet. Beffroi cherche dans les fiches officielles et vous montre les phrases qui y "
        "répondent.");
    write_box(html, {"/", "Votre question", "N’écrivez ni nom, ni adresse, ni numéro de dossier\u00a0: la réponse n’en a pas besoin.",
                     "Demander", ""});
    html.close();
    write_examples(html);
    html.close();
    html.open("div", {{"id", "accueil"}});  // the interface hides it once a question is asked
    write_promises(html);
    write_town_hall(html, context.town_hall);
    html.close();
  });
}

}  // namespace beffroi::assistant
