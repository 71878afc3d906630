#include "usecases/assistant/page_parts.h"

#include <array>
#include <cctype>

namespace beffroi::assistant {
namespace {

constexpr std::string_view kSite = "Beffroi";

void write_head(Html& html, const PageContext& context, const Frame& frame) {
  html.open("head");
  html.single("meta", {{"charset", "utf-8"}});
  html.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", std::string(frame.title) + " – " + std::string(kSite) + " – " + context.town_hall.name);
  html.single("meta",
              {{"name", "description"},
               {"content", "Posez une question sur une démarche\u00a0: Beffroi montre les phrases exactes des fiches officielles."}});
  html.single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.single("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  if (!context.skin.logo.empty()) html.single("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", context.skin.logo}});
  if (!context.skin.style.empty()) {
    // The id tells react-aria that its one rule is already in our style sheet: the security policy bars inline styles.
    html.single("link", {{"rel", "stylesheet"}, {"href", context.skin.style}, {"id", "react-aria-pressable-style"}});
  }
  if (frame.interactive && !context.skin.script.empty()) {
    html.element("script", {{"type", "module"}, {"src", context.skin.script}}, "");
  }
  html.close();
}

void write_menu_entry(Html& html, const Frame& frame, std::string_view path, std::string_view label) {
  html.open("li");
  html.element("a", {{"href", path}, optional("aria-current", frame.current == path ? "page" : "")}, label);
  html.close();
}

void write_header(Html& html, const PageContext& context, const Frame& frame) {
  html.open("header", {{"class", "site-header"}}).open("div", {{"class", "site-header-inner"}});
  html.open("a", {{"class", "brand"}, {"href", "/"}});
  if (!context.skin.logo.empty()) {
    html.single("img", {{"class", "brand-logo"}, {"src", context.skin.logo}, {"alt", ""}, {"width", "40"}, {"height", "48"}});
  }
  html.open("span", {{"class", "brand-text"}});
  html.element("span", {{"class", "brand-name"}}, kSite).text(" ");
  html.element("span", {{"class", "brand-hall"}}, context.town_hall.name);
  html.close().close();
  html.open("nav", {{"class", "site-menu"}, {"aria-label", "Menu principal"}}).open("ul");
  write_menu_entry(html, frame, "/", "Poser une question");
  write_menu_entry(html, frame, "/recherche", "Chercher une fiche");
  html.close().close().close();
  write_base_notice(html, context.base.notice);
  html.close();
}

void write_footer(Html& html, const PageContext& context) {
  html.open("footer", {{"class", "site-footer"}}).open("div", {{"class", "site-footer-inner"}});
  html.open("p");
  html.text("Textes\u00a0: «\u00a0" + context.base.name + "\u00a0», " + context.base.publisher + ", " + context.base.licence + ".");
  if (!context.base.newest_date.empty()) {
    html.text(" Fiche la plus récente de la base\u00a0: ");
    write_date(html, context.base.newest_date);
    html.text(".");
  }
  html.close();
  html.open("ul", {{"class", "site-footer-links"}});
  html.open("li").element("a", {{"href", "/accessibilite"}}, "Accessibilité\u00a0: non conforme").close();
  html.open("li").element("a", {{"href", "/confidentialite"}}, "Confidentialité").close();
  html.close().close().close();
}

}  // namespace

std::string framed(const PageContext& context, const Frame& frame, const std::function<void(Html&)>& body) {
  Html html;
  html.open("html", {{"lang", "fr"}});
  write_head(html, context, frame);
  html.open("body");
  html.element("a", {{"class", "skip-link"}, {"href", "#contenu"}}, "Aller au contenu");
  write_header(html, context, frame);
  html.open("main", {{"id", "contenu"}, {"class", "page"}, {"tabindex", "-1"}});
  body(html);
  html.close();
  write_footer(html, context);
  return "<!doctype html>\n" + html.take() + "\n";
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

std::string french_date(std::string_view iso) {
  static constexpr std::array<std::string_view, 12> kMonths = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                                               "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
  const auto digit = [&](std::size_t at) { return std::isdigit(static_cast<unsigned char>(iso[at])) != 0; };
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::string(iso);
  for (const std::size_t at : {0, 1, 2, 3, 5, 6, 8, 9}) {
    if (!digit(at)) return std::string(iso);
  }
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  const int day = (iso[8] - '0') * 10 + (iso[9] - '0');
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::string(iso);
  return (day == 1 ? "1er" : std::to_string(day)) + " " + std::string(kMonths[static_cast<std::size_t>(month - 1)]) + " " +
         std::string(iso.substr(0, 4));
}

void write_date(Html& html, std::string_view iso) {
  const std::string words = french_date(iso);
  if (words == iso) {
    html.text(words);
  } else {
    html.element("time", {{"datetime", iso}}, words);
  }
}

void write_base_notice(Html& html, std::string_view notice) {
  if (notice.empty()) return;
  html.open("p", {{"class", "base-notice"}}).open("span", {{"class", "base-notice-inner"}});
  html.element("strong", "À savoir\u00a0: ").text(notice);
  html.close().close();
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
