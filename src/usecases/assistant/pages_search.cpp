#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {
namespace {

void write_result(Html& html, const SearchResult& result) {
  html.open("li", {{"class", "result"}});
  html.open("h3", {{"class", "result-title"}}).element("a", {{"href", publication_path(result.id)}}, result.title).close();
  if (!result.description.empty()) html.element("p", result.description);
  html.open("p", {{"class", "quiet"}});
  if (!result.audience.empty()) html.text(result.audience + " – ");
  html.text("mise à jour le ");
  write_date(html, result.date);
  html.close().close();
}

void write_results(Html& html, const SearchPage& page) {
  html.open("section", {{"aria-labelledby", "resultats-titre"}});
  const std::size_t count = page.results.size();
  html.element("h2", {{"id", "resultats-titre"}},
               count == 0 ? "Aucune fiche trouvée"
                          : std::to_string(count) + (count == 1 ? " fiche" : " fiches") + " pour «\u00a0" + page.query + "\u00a0»");
  if (!page.corrected.empty()) html.open("p").text("Recherche corrigée\u00a0: ").element("strong", page.corrected).close();
  if (count == 0) {
    html.element("p", "Essayez avec d’autres mots, plus simples ou moins nombreux.");
  } else {
    html.open("ol", {{"class", "results"}});
    for (const SearchResult& result : page.results) write_result(html, result);
    html.close();
    html.open("p").element("a", {{"href", "/?q=" + percent_encoded(page.query)}}, "Poser plutôt la question à Beffroi").close();
  }
  html.close();
}

}  // namespace

std::string render_search(const PageContext& context, const SearchPage& page) {
  const std::string title = page.query.empty() ? "Chercher une fiche" : "Fiches pour «\u00a0" + page.query + "\u00a0»";
  return framed(context, {title, "/recherche"}, [&](Html& html) {
    html.element("h1", "Chercher une fiche officielle");
    write_box(html, {"/recherche", "Mots à chercher", "Par exemple\u00a0: carte grise, acte de naissance, permis de construire.",
                     "Chercher", page.query});
    if (!page.query.empty()) write_results(html, page);
    if (!page.query.empty() && page.results.empty()) write_town_hall(html, context.town_hall);
  });
}

}  // namespace beffroi::assistant
