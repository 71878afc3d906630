#include "pages/frame.h"

namespace beffroi::pages {
namespace {

constexpr std::string_view kSite = "Beffroi";

void write_head(Html& html, const Surroundings& around, const Frame& frame) {
  html.open("head");
  html.single("meta", {{"charset", "utf-8"}});
  html.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.element("title", std::string(frame.title) + " – " + std::string(kSite) + " – " + around.town_hall);
  html.single("meta",
              {{"name", "description"},
               {"content", "Posez une question sur une démarche\u00a0: Beffroi montre les phrases exactes des fiches officielles."}});
  html.single("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.single("meta", {{"name", "referrer"}, {"content", "same-origin"}});
  if (!frame.ai_generated.empty()) html.single("meta", {{"name", "ai-generated"}, {"content", frame.ai_generated}});
  if (!around.csrf.empty()) html.single("meta", {{"name", "csrf"}, {"content", around.csrf}});  // for the interface's own requests
  if (!around.skin.logo.empty()) html.single("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", around.skin.logo}});
  if (!around.skin.style.empty()) {
    // The id tells react-aria that its one rule is already in our style sheet: the security policy bars inline styles.
    html.single("link", {{"rel", "stylesheet"}, {"href", around.skin.style}, {"id", "react-aria-pressable-style"}});
  }
  if (frame.interactive && !around.skin.script.empty()) {
    html.element("script", {{"type", "module"}, {"src", around.skin.script}}, "");
  }
  html.close();
}

void write_person(Html& html, const Surroundings& around) {
  if (around.person.empty()) return;
  html.open("div", {{"class", "site-person"}});
  html.element("a", {{"href", "/mon-compte"}}, around.person);
  html.open("form", {{"method", "post"}, {"action", "/deconnexion"}});
  html.single("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", around.csrf}});
  html.element("button", {{"class", "button button-quiet"}, {"type", "submit"}}, "Se déconnecter");
  html.close().close();
}

void write_header(Html& html, const Surroundings& around, const Frame& frame) {
  html.open("header", {{"class", "site-header"}}).open("div", {{"class", "site-header-inner"}});
  html.open("a", {{"class", "brand"}, {"href", "/"}});
  if (!around.skin.logo.empty()) {
    html.single("img", {{"class", "brand-logo"}, {"src", around.skin.logo}, {"alt", ""}, {"width", "40"}, {"height", "48"}});
  }
  html.open("span", {{"class", "brand-text"}});
  html.element("span", {{"class", "brand-name"}}, kSite).text(" ");
  html.element("span", {{"class", "brand-hall"}}, around.town_hall);
  html.close().close();
  html.open("nav", {{"class", "site-menu"}, {"aria-label", "Menu principal"}}).open("ul");
  for (const Entry& entry : around.menu) {
    html.open("li");
    html.element("a", {{"href", entry.path}, optional("aria-current", frame.current == entry.path ? "page" : "")}, entry.label);
    html.close();
  }
  html.close().close();
  write_person(html, around);
  html.close();
  if (!around.notice.empty()) {
    html.open("p", {{"class", "base-notice"}}).open("span", {{"class", "base-notice-inner"}});
    html.element("strong", "À savoir\u00a0: ").text(around.notice);
    html.close().close();
  }
  html.close();
}

void write_footer(Html& html, const Surroundings& around) {
  html.open("footer", {{"class", "site-footer"}}).open("div", {{"class", "site-footer-inner"}});
  if (around.foot) around.foot(html);
  html.open("ul", {{"class", "site-footer-links"}});
  html.open("li").element("a", {{"href", "/accessibilite"}}, "Accessibilité\u00a0: non conforme").close();
  html.open("li").element("a", {{"href", "/confidentialite"}}, "Confidentialité").close();
  html.open("li").element("a", {{"href", "/charte"}}, "Charte d’usage").close();
  if (around.person.empty()) html.open("li").element("a", {{"href", "/connexion"}}, "Espace des agents").close();
  html.close().close().close();
}

}  // namespace

std::string framed(const Surroundings& around, const Frame& frame, const std::function<void(Html&)>& body) {
  Html html;
  html.open("html", {{"lang", "fr"}});
  write_head(html, around, frame);
  html.open("body");
  html.element("a", {{"class", "skip-link"}, {"href", "#contenu"}}, "Aller au contenu");
  write_header(html, around, frame);
  html.open("main", {{"id", "contenu"}, {"class", "page"}, {"tabindex", "-1"}});
  body(html);
  html.close();
  write_footer(html, around);
  return "<!doctype html>\n" + html.take() + "\n";
}

}  // namespace beffroi::pages
