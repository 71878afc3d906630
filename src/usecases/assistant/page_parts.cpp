#include "usecases/assistant/page_parts.h"

#include <array>
#include <cctype>

#include "compliance/ai_mark.h"
#include "pages/form.h"

namespace beffroi::assistant {
namespace {

void write_foot(Html& html, const knowledge::CorpusInfo& base) {
  html.open("p").text("Textes\u00a0: «\u00a0" + base.name + "\u00a0», " + base.publisher + ", " + base.licence + ".");
  if (!base.newest_date.empty()) {
    html.text(" Fiche la plus récente de la base\u00a0: ");
    write_date(html, base.newest_date);
    html.text(".");
  }
  html.close();
}

}  // namespace

std::string framed(const PageContext& context, const pages::Frame& frame, const std::function<void(Html&)>& body) {
  pages::Surroundings around = context.around;
  around.town_hall = context.town_hall.name;
  around.notice = context.base.notice;
  around.foot = [&context](Html& html) { write_foot(html, context.base); };
  return pages::framed(around, frame, body);
}

void write_box(Html& html, const Box& box) {
  html.open("form", {{"class", "ask"}, {"role", "search"}, {"method", "get"}, {"action", box.action}});
  html.element("label", {{"class", "ask-label"}, {"for", "question"}}, box.label);
  if (!box.hint.empty()) html.element("p", {{"class", "ask-hint"}, {"id", "question-aide"}}, box.hint);
  html.open("div", {{"class", "ask-line"}});
  html.single("input", {{"class", "ask-input"},
                        {"id", "question"},
                        {"type", "text"},
                        {"name", "q"},
                        {"value", box.value},
                        {"maxlength", "500"},
                        {"autocomplete", "off"},
                        {"enterkeyhint", "search"},
                        optional("aria-describedby", box.hint.empty() ? "" : "question-aide"),
                        flag("required", true)});
  html.element("button", {{"class", "button button-main"}, {"type", "submit"}}, box.button);
  html.close().close();
}

void write_ai_notice(Html& html, const PageContext& context) {
  if (context.model_offered) html.element("p", {{"class", "ai-notice"}}, compliance::kAiNotice);
}

void write_token(Html& html, const PageContext& context) {
  if (!context.around.csrf.empty()) pages::write_hidden(html, "csrf", context.around.csrf);
}

void write_town_hall(Html& html, const answers::TownHall& town_hall) {
  html.open("section", {{"class", "town-hall"}, {"aria-labelledby", "mairie-titre"}});
  html.element("h2", {{"id", "mairie-titre"}}, "Parler à une personne");
  html.open("address");
  html.element("p", {{"class", "town-hall-name"}}, town_hall.name);
  if (!town_hall.telephone.empty()) {
    const std::string digits = telephone_digits(town_hall.telephone);
    html.open("p").text("Téléphone\u00a0: ");
    html.element("a", {optional("href", digits.empty() ? "" : "tel:" + digits)}, town_hall.telephone).close();
  }
  if (!town_hall.address.empty()) html.element("p", "Adresse\u00a0: " + town_hall.address);
  if (!town_hall.hours.empty()) html.element("p", "Horaires\u00a0: " + town_hall.hours);
  if (!town_hall.url.empty()) html.open("p").element("a", {{"href", town_hall.url}}, "Site de la mairie").close();
  html.close().close();
}

std::string telephone_digits(std::string_view text) {
  constexpr std::size_t kFrench = 10, kShort = 4, kWithCountry = 12;  // "0353010059", "3939", "+33353010059"
  std::string digits;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if ((c >= '0' && c <= '9') || (c == '+' && at == 0)) {
      digits += c;
    } else if (text.substr(at, 2) == "\u00a0") {
      ++at;
    } else if (c != ' ' && c != '.') {
      return "";
    }
  }
  return digits.size() == kFrench || digits.size() == kShort || digits.size() == kWithCountry ? digits : "";
}

std::string_view label_of(answers::Status status) {
  switch (status) {
    case answers::Status::answered: return "Réponse";
    case answers::Status::partial: return "Réponse partielle";
    case answers::Status::needs_precision: return "À préciser";
    case answers::Status::not_found: return "Pas de réponse";
    case answers::Status::out_of_scope: return "Hors du domaine";
    case answers::Status::needs_human: return "Une personne doit vous répondre";
    case answers::Status::refused: return "Demande refusée";
    case answers::Status::busy: return "Service occupé";
    case answers::Status::error: return "Erreur";
  }
  return "Erreur";
}

std::string publication_path(std::string_view id) { return "/fiches/" + percent_encoded(id); }

std::string question_path(const std::string& question, const std::vector<std::string>& conditions) {
  std::string path = "/?q=" + percent_encoded(question);
  for (const std::string& condition : conditions) path += "&condition=" + percent_encoded(condition);
  return path;
}

std::string beginning_of(std::string_view text) {
  constexpr std::size_t kCharacters = 48;
  std::size_t characters = 0, limit = std::string_view::npos;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) continue;
    if (characters++ == kCharacters) limit = at;
  }
  if (limit == std::string_view::npos) return std::string(text);
  const std::size_t end = text.rfind(' ', limit);
  return end == std::string_view::npos || end == 0 ? "" : std::string(text.substr(0, end)) + "…";
}

std::string joined(const std::vector<std::string>& conditions) {
  std::string path;
  for (const std::string& condition : conditions) path += (path.empty() ? "" : " › ") + condition;
  return path;
}

}  // namespace beffroi::assistant
