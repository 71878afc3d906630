// The answer, in the order of what matters: emergency, what to know first, the choice to make, the extracts with their sources,
// where to ask, what else was found, the reader's opinion.
#include <algorithm>

#include "usecases/assistant/page_parts.h"
#include "usecases/assistant/usage_json.h"

namespace beffroi::assistant {
namespace {

using answers::Answer;
using answers::Contact;
using answers::Sentence;
using answers::Source;

// « 3114 — Prévention du suicide »: the number it begins with can be called with a finger.
std::string address_of(const Contact& contact) {
  if (!contact.url.empty()) return contact.url;
  const std::size_t digits = contact.name.find_first_not_of("0123456789");
  return digits == 0 ? "" : "tel:" + contact.name.substr(0, digits);
}

// « 03 53 01 00 59 — 1 place du Beffroi »: a line each, telephone numbers called with a finger.
void write_details(Html& html, std::string_view details) {
  constexpr std::string_view kBetween = " — ";
  while (!details.empty()) {
    const std::size_t end = std::min(details.find(kBetween), details.size());
    const std::string_view line = details.substr(0, end);
    details.remove_prefix(std::min(end + kBetween.size(), details.size()));
    html.open("p", {{"class", "contact-detail"}});
    if (const std::string digits = telephone_digits(line); !digits.empty()) {
      html.element("a", {{"href", "tel:" + digits}}, line);
    } else {
      html.text(line);
    }
    html.close();
  }
}

void write_contact(Html& html, const Contact& contact) {
  html.open("li", {{"class", "contact"}});
  html.open("p", {{"class", "contact-name"}});
  const std::string address = address_of(contact);
  if (pages::is_safe_address(address)) {
    html.element("a", {{"href", address}}, contact.name);
  } else {
    html.text(contact.name);
  }
  html.close();
  write_details(html, contact.detail);
  html.close();
}

void write_emergency(Html& html, const std::vector<Contact>& contacts) {
  if (contacts.empty()) return;
  html.open("section", {{"class", "emergency"}, {"aria-labelledby", "urgence-titre"}});
  html.element("h2", {{"id", "urgence-titre"}}, "En cas d’urgence, appelez");
  html.open("ul");
  for (const Contact& contact : contacts) write_contact(html, contact);
  html.close().close();
}

void write_chosen(Html& html, const AnswerPage& page) {
  if (page.conditions.empty()) return;
  html.open("section", {{"class", "chosen"}, {"aria-labelledby", "situation-titre"}});
  html.element("h3", {{"id", "situation-titre"}}, "Votre situation");
  html.open("ul");
  for (std::size_t i = 0; i < page.conditions.size(); ++i) {
    std::vector<std::string> others = page.conditions;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    html.open("li").text(page.conditions[i] + " ");
    html.open("a", {{"href", question_path(page.question, others)}}).text("Retirer");
    html.element("span", {{"class", "visually-hidden"}}, " «\u00a0" + page.conditions[i] + "\u00a0»");
    html.close().close();
  }
  html.close().close();
}

void write_precision(Html& html, const AnswerPage& page) {
  const answers::Precision& precision = page.answer.precision;
  if (precision.choices.empty()) return;
  html.open("form", {{"class", "precision"}, {"method", "get"}, {"action", "/"}});
  html.single("input", {{"type", "hidden"}, {"name", "q"}, {"value", page.question}});
  for (const std::string& condition : page.conditions) {
    html.single("input", {{"type", "hidden"}, {"name", "condition"}, {"value", condition}});
  }
  html.open("fieldset");
  html.element("legend", precision.question);
  int number = 0;
  for (const answers::Choice& choice : precision.choices) {
    const std::string id = "choix-" + std::to_string(++number);
    html.open("div", {{"class", "choice"}});
    html.single("input", {{"type", "radio"}, {"id", id}, {"name", "condition"}, {"value", choice.condition}, flag("required", true)});
    html.element("label", {{"for", id}}, choice.label);
    html.close();
  }
  html.close();
  html.element("button", {{"class", "button button-main"}, {"type", "submit"}}, "Préciser");
  html.close();
}

bool same_place(const Source& a, const Source& b) {
  return a.publication_id == b.publication_id && a.section == b.section && a.conditions == b.conditions;
}

void write_source_head(Html& html, const Source& source) {
  html.element("h3", {{"class", "source-title"}}, source.title);
  html.open("p", {{"class", "source-date"}}).text("Fiche officielle, mise à jour le ");
  write_date(html, source.date);
  html.close();
}

void write_place(Html& html, const Source& source) {
  if (source.section.empty() && source.conditions.empty()) return;
  html.open("dl", {{"class", "place"}});
  if (!source.section.empty()) html.element("dt", "Rubrique").element("dd", source.section);
  if (!source.conditions.empty()) html.element("dt", "Situation").element("dd", joined(source.conditions));
  html.close();
}

void write_extract(Html& html, const Sentence& sentence) {
  html.open("li", {{"class", "extract"}});
  html.open("blockquote", {{"class", "extract-text"}}).element("p", sentence.text).close();
  html.open("p", {{"class", "extract-proof"}});
  if (!sentence.verbatim) html.element("span", {{"class", "reworded"}}, "Phrase reformulée à partir de la fiche. ");
  html.open("a", {{"class", "proof-link"}, {"href", sentence.source.link}}).text("Vérifier dans la fiche");
  html.element("span", {{"class", "visually-hidden"}}, "\u00a0: " + beginning_of(sentence.text));
  html.close().close().close();
}

// One card a publication, one list a place in it, in the order of the answer.
void write_sources(Html& html, const std::vector<Sentence>& sentences) {
  for (std::size_t i = 0; i < sentences.size();) {
    const Source& first = sentences[i].source;
    html.open("article", {{"class", "source"}});
    write_source_head(html, first);
    while (i < sentences.size() && sentences[i].source.publication_id == first.publication_id) {
      const Source& place = sentences[i].source;
      write_place(html, place);
      html.open("ul", {{"class", "extracts"}});
      for (; i < sentences.size() && same_place(sentences[i].source, place); ++i) write_extract(html, sentences[i]);
      html.close();
    }
    html.open("p", {{"class", "source-links"}});
    html.element("a", {{"href", publication_path(first.publication_id)}}, "Lire toute la fiche «\u00a0" + first.title + "\u00a0»");
    html.close().close();
  }
}

void write_provenance(Html& html, const Answer& answer) {
  if (answer.sentences.empty()) return;
  html.open("p", {{"class", "provenance"}});
  html.text("Réponse composée d’extraits choisis par un programme dans les fiches officielles. ");
  html.text("En cas de doute, lisez la fiche entière ou demandez à la mairie.");
  if (!answer.base_notice.empty()) html.text(" " + answer.base_notice);
  html.close();
}

void write_contacts(Html& html, const std::vector<Contact>& contacts) {
  if (contacts.empty()) return;
  html.open("section", {{"class", "contacts"}, {"aria-labelledby", "adresser-titre"}});
  html.element("h3", {{"id", "adresser-titre"}}, "Où s’adresser");
  html.open("ul");
  for (const Contact& contact : contacts) write_contact(html, contact);
  html.close().close();
}

void write_see_also(Html& html, const std::vector<Source>& sources) {
  if (sources.empty()) return;
  html.open("section", {{"class", "see-also"}, {"aria-labelledby", "voir-aussi-titre"}});
  html.element("h3", {{"id", "voir-aussi-titre"}}, "Voir aussi");
  html.open("ul");
  for (const Source& source : sources) {
    html.open("li").element("a", {{"href", publication_path(source.publication_id)}}, source.title);
    html.text(" ").open("span", {{"class", "quiet"}}).text("(");
    write_date(html, source.date);
    html.text(")").close().close();
  }
  html.close().close();
}

void write_opinion_form(Html& html, const PageContext& context, const AnswerPage& page) {
  if (page.answer.id.empty()) return;
  html.open("form", {{"class", "opinion"}, {"method", "post"}, {"action", "/avis"}});
  write_token(html, context);
  html.single("input", {{"type", "hidden"}, {"name", "answer_id"}, {"value", page.answer.id}});
  html.single("input", {{"type", "hidden"}, {"name", "question"}, {"value", page.question}});
  html.open("fieldset", {{"class", "opinion-choice"}});
  html.element("legend", "Cette réponse vous a-t-elle aidé\u00a0?");
  for (const auto& [value, label] : {std::pair{"oui", "Oui"}, std::pair{"non", "Non"}}) {
    const std::string id = std::string("utile-") + value;
    html.open("div", {{"class", "choice"}});
    html.single("input", {{"type", "radio"}, {"id", id}, {"name", "helpful"}, {"value", value}, flag("required", true)});
    html.element("label", {{"for", id}}, label);
    html.close();
  }
  html.close();
  html.element("label", {{"for", "motif"}}, "Qu’a-t-il manqué\u00a0? (facultatif, sans nom ni coordonnées)");
  html.element("textarea", {{"id", "motif"}, {"name", "reason"}, {"rows", "2"}, {"maxlength", "500"}}, "");
  html.open("div", {{"class", "choice"}});
  html.single("input", {{"type", "checkbox"}, {"id", "joindre"}, {"name", "with_question"}, {"value", "oui"}});
  html.element("label", {{"for", "joindre"}}, "Joindre ma question à cet avis");
  html.close();
  html.element("button", {{"class", "button"}, {"type", "submit"}}, "Envoyer mon avis");
  html.close();
}

void write_answer(Html& html, const PageContext& context, const AnswerPage& page) {
  const Answer& answer = page.answer;
  html.open("section", {{"class", "answer"}, {"aria-labelledby", "reponse-titre"}}).open("div", {{"class", "answer-main"}});
  html.element("h2", {{"id", "reponse-titre"}, {"class", "answer-status"}, {"data-status", answers::name_of(answer.status)}},
               label_of(answer.status));
  if (!answer.corrected.empty()) {
    html.open("p", {{"class", "corrected"}})
        .text("Mots cherchés, orthographe corrigée\u00a0: ")
        .element("strong", answer.corrected)
        .close();
  }
  if (!answer.message.empty()) html.element("p", {{"class", "answer-message"}}, answer.message);
  write_chosen(html, page);
  const bool choose_first = answer.status == answers::Status::needs_precision;
  if (choose_first) write_precision(html, page);
  write_sources(html, answer.sentences);
  if (!choose_first) write_precision(html, page);
  write_provenance(html, answer);
  if (page.can_be_thorough && answer.routing.route != answers::Route::none) write_thorough_form(html, context, page);
  if (page.can_reword && !answer.sentences.empty()) write_rewording_form(html, context, page);
  html.element("p", {{"class", "cost answer-cost"}},
               "Calcul demandé à un modèle de langue pour la réponse ci-dessus\u00a0: " + cost_line(answer.usage));
  html.close().open("div", {{"class", "answer-side"}});
  write_contacts(html, answer.contacts);
  write_see_also(html, answer.see_also);
  html.close();
  write_opinion_form(html, context, page);
  html.close();
}

}  // namespace

std::string render_answer(const PageContext& context, const AnswerPage& page) {
  const std::string title = std::string(label_of(page.answer.status)) + "\u00a0: " + page.question;
  return framed(context, {title, "/", !page.thorough}, [&](Html& html) {
    write_ai_notice(html, context);
    html.open("div", {{"id", "assistant"}});
    write_emergency(html, page.answer.emergency);
    html.element("h1", {{"class", "asked"}}, "«\u00a0" + page.question + "\u00a0»");
    write_box(html, {"/", "Votre question", "", "Demander", page.question});
    write_answer(html, context, page);
    html.close();
    if (!page.answer_json.empty()) html.json("reponse-json", page.answer_json);
  });
}

}  // namespace beffroi::assistant
