// The answer said otherwise: each sentence says whose words it has, and shows those of the fiche when they are not its own.
#include <array>
#include <utility>

#include "compliance/ai_mark.h"
#include "usecases/assistant/page_parts.h"
#include "usecases/assistant/rewording_json.h"
#include "usecases/assistant/usage_json.h"

namespace beffroi::assistant {

namespace {

constexpr std::array<std::pair<answers::Style, std::string_view>, 3> kStyles{{
    {answers::Style::plain, "Plus simplement"},
    {answers::Style::falc, "Facile à lire"},
    {answers::Style::letter_paragraph, "Rédiger pour un courrier"},
}};

std::string_view label_of(answers::Style style) {
  for (const auto& [known, label] : kStyles) {
    if (known == style) return label;
  }
  return kStyles[0].second;
}

void write_sentence(Html& html, const answers::Sentence& sentence) {
  html.open("li", {{"class", "extract"}});
  html.open("p", {{"class", "reworded-mark"}}).element("strong", sentence.verbatim ? "Texte officiel" : "Reformulé").close();
  html.element("p", {{"class", "reworded-text"}}, sentence.text);
  if (!sentence.source.conditions.empty()) {
    html.element("p", {{"class", "quiet"}}, "Situation\u00a0: " + joined(sentence.source.conditions));
  }
  if (!sentence.verbatim) {
    html.open("details", {{"class", "original"}}).element("summary", "Voir le texte officiel");
    html.open("blockquote").element("p", sentence.original).close().close();
  }
  html.open("p", {{"class", "extract-proof"}});
  html.open("a", {{"class", "proof-link"}, {"href", sentence.source.link}}).text("Vérifier dans la fiche");
  html.element("span", {{"class", "visually-hidden"}}, "\u00a0: " + beginning_of(sentence.text));
  html.close().close().close();
}

// The fiches the sentences come from, each with its date.
void write_fiches(Html& html, const std::vector<answers::Sentence>& sentences) {
  std::string former;
  for (const answers::Sentence& sentence : sentences) {
    if (sentence.source.publication_id == former) continue;
    former = sentence.source.publication_id;
    html.open("p", {{"class", "source-date"}}).text("D’après la fiche officielle ");
    html.element("a", {{"href", publication_path(former)}}, "«\u00a0" + sentence.source.title + "\u00a0»");
    html.text(", mise à jour le ");
    write_date(html, sentence.source.date);
    html.close();
  }
}

void write_letter(Html& html, const RewordingPage& page) {
  if (page.style != answers::Style::letter_paragraph || page.rewording.sentences.empty()) return;
  html.element("label", {{"for", "courrier"}}, "Paragraphe à relire et à copier");
  html.element("textarea", {{"id", "courrier"}, {"rows", "10"}, flag("readonly", true)},
               letter_paragraph(page.rewording.sentences, page.model));
}

}  // namespace

void write_rewording_form(Html& html, const PageContext& context, const AnswerPage& page) {
  html.open("section", {{"class", "rewording"}, {"aria-labelledby", "reformuler-titre"}});
  html.element("h3", {{"id", "reformuler-titre"}}, "Lire cette réponse autrement");
  html.element(
      "p", {{"class", "quiet"}},
      "Un modèle de langue peut reformuler ces extraits. Un programme compare chaque phrase à la fiche\u00a0; ce qui ne passe pas reste "
      "dans les mots de la fiche.");
  html.open("form", {{"class", "rewording-choices"}, {"method", "post"}, {"action", "/reformulation"}});
  write_token(html, context);
  html.single("input", {{"type", "hidden"}, {"name", "q"}, {"value", page.question}});
  if (page.thorough) html.single("input", {{"type", "hidden"}, {"name", "thorough"}, {"value", "oui"}});
  for (const std::string& condition : page.conditions)
    html.single("input", {{"type", "hidden"}, {"name", "condition"}, {"value", condition}});
  for (const auto& [style, label] : kStyles) {
    html.element("button", {{"class", "button"}, {"type", "submit"}, {"name", "style"}, {"value", answers::name_of(style)}}, label);
  }
  html.close();
  html.close();
}

std::string render_rewording(const PageContext& context, const RewordingPage& page) {
  const std::string label(label_of(page.style));
  const std::string title = label + "\u00a0: " + page.question;
  const std::string mark = page.rewording.reworded > 0 ? compliance::meta_mark({page.model}) : "";
  return framed(context, {.title = title, .current = "", .ai_generated = mark}, [&](Html& html) {
    html.element("h1", {{"class", "asked"}}, "«\u00a0" + page.question + "\u00a0»");
    html.open("section", {{"class", "answer-main rewording-result"}, {"aria-labelledby", "reformulation-titre"}});
    html.element("h2", {{"id", "reformulation-titre"}}, label);
    html.element("p", {{"class", "callout callout-note"}},
                 "Texte reformulé par un modèle de langue. Chaque phrase porte sa marque\u00a0: «\u00a0Reformulé\u00a0» ou "
                 "«\u00a0Texte officiel\u00a0».");
    html.element("p", {{"class", "answer-message"}}, page.rewording.message);
    write_fiches(html, page.rewording.sentences);
    html.open("ul", {{"class", "extracts"}});
    for (const answers::Sentence& sentence : page.rewording.sentences) write_sentence(html, sentence);
    html.close();
    write_letter(html, page);
    if (page.rewording.reworded > 0) html.element("p", {{"class", "quiet"}}, compliance::mention({page.model}));
    html.element("p", {{"class", "cost"}}, cost_line(page.rewording.usage));
    html.open("p").element("a", {{"href", question_path(page.question, page.conditions)}}, "Revenir à la réponse").close();
    html.close();
  });
}

}  // namespace beffroi::assistant
