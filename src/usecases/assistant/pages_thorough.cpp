// « Chercher plus à fond »: the reader asks the model to read the passages again. The same words as Thorough.tsx.
#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {

void write_thorough_form(Html& html, const PageContext& context, const AnswerPage& page) {
  const answers::Answer& answer = page.answer;
  html.open("section", {{"class", "thorough"}, {"aria-labelledby", "approfondir-titre"}});
  html.element("h3", {{"id", "approfondir-titre"}}, "Chercher plus à fond");
  if (answer.routing.route == answers::Route::model) {
    html.element(
        "p", {{"class", "quiet"}},
        "Un modèle de langue a relu les passages trouvés et aidé à choisir les extraits. Il n’a rien écrit\u00a0: ce sont les mots "
        "des fiches.");
    html.close();
    return;
  }
  if (answer.routing.more_advised) {
    html.element("p", {{"class", "thorough-advice"}}, "Ces extraits ne répondent peut-être pas entièrement à votre question.");
  }
  html.element("p", {{"class", "quiet"}},
               "Un modèle de langue peut relire les passages trouvés et mieux choisir les extraits. Il n’écrit rien. Comptez de quelques "
               "secondes à une minute.");
  if (!answer.model_notice.empty()) html.element("p", {{"class", "fault"}}, answer.model_notice);
  html.open("form", {{"method", "post"}, {"action", "/recherche-approfondie"}});
  write_token(html, context);
  html.single("input", {{"type", "hidden"}, {"name", "q"}, {"value", page.question}});
  for (const std::string& condition : page.conditions) {
    html.single("input", {{"type", "hidden"}, {"name", "condition"}, {"value", condition}});
  }
  html.element("button", {{"class", "button"}, {"type", "submit"}}, "Chercher plus à fond");
  html.close().close();
}

}  // namespace beffroi::assistant
