#include "usecases/gateway/privacy_page.h"

#include <fmt/format.h>

#include "privacy/detect.h"
#include "privacy/pseudonyms.h"

namespace beffroi::gateway {

namespace {

using pages::Html;
using privacy::Label;

std::string_view words_of(Label label) {
  switch (label) {
    case Label::person: return "nom";
    case Label::address: return "adresse";
    case Label::city: return "ville";
    case Label::phone: return "téléphone";
    case Label::email: return "adresse électronique";
    case Label::nir: return "numéro de sécurité sociale";
    case Label::iban: return "compte bancaire";
    case Label::plate: return "plaque d’immatriculation";
    case Label::birth_date: return "date de naissance";
    case Label::date: return "date";
    case Label::file_number: return "numéro de dossier";
  }
  return "donnée personnelle";
}

bool is_local(const Sending& sending) { return sending.destination == privacy::Destination::local; }

std::string policy_words(const Sending& sending) {
  if (sending.place.empty())
    return "Aucun modèle de langue n’est en service\u00a0: rien ne serait envoyé. Voici ce que Beffroi masquerait.";
  if (is_local(sending)) {
    return fmt::format(
        "Destination\u00a0: le modèle de cette machine ({}). Rien ne la quitte\u00a0: le texte lui serait donné tel quel, et vous en seriez "
        "averti.",
        sending.place);
  }
  const std::string_view rule = sending.policy.upstream == privacy::Upstream::mask
                                    ? "les données personnelles sont remplacées par des repères, et remises dans la réponse à son retour."
                                    : "un texte qui contient des données personnelles n’est pas envoyé.";
  return fmt::format("Destination\u00a0: un modèle servi ailleurs ({}). Règle\u00a0: {}", sending.place, rule);
}

// Each datum between marks, with its kind in words: colour is not needed to see it.
void write_marked(Html& html, const Seen& seen) {
  html.open("p", {{"class", "privacy-text"}});
  std::size_t at = 0;
  const std::string_view text = seen.text;
  for (const privacy::Span& span : seen.found) {
    html.text(text.substr(at, span.begin - at));
    html.open("mark").text(text.substr(span.begin, span.end - span.begin));
    html.element("small", {{"class", "privacy-kind"}}, fmt::format(" [{}]", words_of(span.label))).close();
    at = span.end;
  }
  html.text(text.substr(at)).close();
}

void write_table(Html& html, const Seen& seen) {
  html.open("div", {{"class", "table-frame"}, {"role", "region"}, {"aria-labelledby", "tableau-donnees"}, {"tabindex", "0"}});
  html.open("table").element("caption", {{"id", "tableau-donnees"}}, "Données trouvées, et ce qui prendrait leur place");
  html.open("thead").open("tr");
  for (const std::string_view head : {"Donnée", "Sorte", "Repère"}) html.element("th", {{"scope", "col"}}, head);
  html.close().close().open("tbody");
  for (std::size_t i = 0; i < seen.found.size(); ++i) {
    const privacy::Span& span = seen.found[i];
    html.open("tr").element("th", {{"scope", "row"}}, std::string_view(seen.text).substr(span.begin, span.end - span.begin));
    html.element("td", words_of(span.label)).open("td").element("code", seen.hidden_as[i]).close().close();
  }
  html.close().close().close();
}

void write_sent(Html& html, const Sending& sending, const Seen& seen) {
  html.element("h2", sending.place.empty() ? "Le texte masqué" : "Ce qui serait envoyé");
  if (seen.refused) {
    html.element("p", {{"class", "form-note"}},
                 "Rien\u00a0: ce texte contient des données personnelles, et la règle de la commune est de ne pas les envoyer.");
    return;
  }
  html.element("p", {{"class", "privacy-text"}}, seen.sent);
}

void write_seen(Html& html, const Sending& sending, const Seen& seen) {
  html.open("section", {{"aria-labelledby", "trouve"}}).element("h2", {{"id", "trouve"}}, "Ce que Beffroi a trouvé");
  if (seen.found.empty()) {
    html.element(
        "p", {{"role", "status"}},
        "Aucune donnée personnelle n’a été reconnue. Relisez tout de même\u00a0: un détail peut désigner quelqu’un sans le nommer.");
  } else {
    html.element("p", {{"role", "status"}}, privacy::in_french(seen.found) + ".");
    write_marked(html, seen);
    write_table(html, seen);
  }
  write_sent(html, sending, seen);
  html.close();
}

void write_box(Html& html, const PrivacyPage& page, std::string_view csrf) {
  const std::string_view fault = pages::fault_of(page.faults, "texte");
  pages::open_form(html, "/donnees-personnelles", csrf);
  html.open("div", {{"class", "field"}}).element("label", {{"for", "texte"}}, "Texte à vérifier");
  html.element("p", {{"class", "field-hint"}, {"id", "texte-aide"}},
               "Une lettre, un message, une question. Il n’est ni envoyé, ni conservé.");
  if (!fault.empty()) html.element("p", {{"class", "field-fault"}, {"id", "texte-erreur"}}, fault);
  html.element("textarea",
               {{"id", "texte"},
                {"name", "texte"},
                {"rows", "8"},
                {"autocomplete", "off"},
                {"spellcheck", "false"},
                {"aria-describedby", fault.empty() ? "texte-aide" : "texte-aide texte-erreur"},
                pages::optional("aria-invalid", fault.empty() ? "" : "true"),
                pages::flag("required", true)},
               page.typed);
  html.close();
  pages::write_button(html, "Vérifier");
  html.close();
}

}  // namespace

Result<Seen> look_at(std::string_view text, const Sending& sending) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return fail(Code::invalid_argument, "Collez un texte à vérifier.");
  if (text.size() > kMostPastedBytes)
    return fail(Code::too_large, fmt::format("Ce texte est trop long\u00a0: {} octets au plus.", kMostPastedBytes));
  const privacy::Gate gate(sending.policy);
  privacy::Pseudonyms pseudonyms;
  // Masked in any case, to show what stands for what; the policy then says what would leave.
  privacy::Outgoing masked = BEFFROI_TRY(gate.hide(text, privacy::Document::personal, pseudonyms));
  Seen seen{std::string(text), std::move(masked.found), {}, std::move(masked.text), false};
  for (const privacy::Span& span : seen.found) {
    const std::size_t begin = span.begin + span.civility_bytes;  // as privacy::mask replaces it: the same token again
    seen.hidden_as.push_back(pseudonyms.token(span.label, std::string_view(seen.text).substr(begin, span.end - begin), span.sex));
  }
  if (sending.place.empty()) return seen;
  if (is_local(sending)) seen.sent = seen.text;
  seen.refused = !is_local(sending) && sending.policy.upstream == privacy::Upstream::refuse && !seen.found.empty();
  if (seen.refused) seen.sent.clear();
  return seen;
}

std::string render_privacy(const pages::Surroundings& around, const PrivacyPage& page) {
  const std::string title = std::string(page.faults.empty() ? "" : "Erreur\u00a0: ") + "Données personnelles";
  return pages::framed(around, {.title = title, .current = "/donnees-personnelles"}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    pages::write_faults(html, page.faults);
    html.element("h1", "Données personnelles\u00a0: ce qui partirait");
    html.element("p", policy_words(page.sending));
    if (page.seen != nullptr) write_seen(html, page.sending, *page.seen);
    write_box(html, page, around.csrf);
    html.close();
  });
}

}  // namespace beffroi::gateway
