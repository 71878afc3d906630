#include "pages/form.h"

#include <doctest/doctest.h>

using namespace beffroi::pages;

namespace {
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }
}  // namespace

TEST_CASE("a field is tied to its label, its hint and its fault") {
  Html html;
  write_field(
      html,
      {.id = "login", .label = "Identifiant", .hint = "Une adresse", .value = "<b>", .autocomplete = "username", .fault = "Il manque."});
  const std::string text = html.take();
  CHECK(has(text, R"(<label for="login">Identifiant</label>)"));
  CHECK(has(text, R"(<p class="field-hint" id="login-aide">Une adresse</p>)"));
  CHECK(has(text, R"(id="login-erreur")"));
  CHECK(has(text, R"(aria-describedby="login-aide login-erreur")"));
  CHECK(has(text, R"(aria-invalid="true")"));
  CHECK(has(text, R"(value="&lt;b&gt;")"));
  CHECK(has(text, R"(autocomplete="username")"));
  CHECK(has(text, " required>"));
}

TEST_CASE("a password is never written back") {
  Html html;
  write_field(html, {.id = "password", .label = "Mot de passe", .type = "password", .value = "secret", .required = false});
  const std::string text = html.take();
  CHECK_FALSE(has(text, "secret"));
  CHECK(has(text, "(facultatif)"));
  CHECK_FALSE(has(text, "required"));
}

TEST_CASE("faults come first, announced, each leading to its field") {
  Html html;
  const std::vector<Fault> faults{{"login", "Donnez un identifiant."}, {"", "Trop d’essais."}};
  write_faults(html, {});
  CHECK(html.take().empty());
  write_faults(html, faults);
  const std::string text = html.take();
  CHECK(has(text, R"(role="alert")"));
  CHECK(has(text, R"(<a href="#login">Donnez un identifiant.</a>)"));
  CHECK(has(text, "<li>Trop d’essais.</li>"));
  CHECK(fault_of(faults, "login") == "Donnez un identifiant.");
  CHECK(fault_of(faults, "name").empty());
}

TEST_CASE("a form carries the session's token, when there is a session") {
  Html html;
  open_form(html, "/connexion", "");
  html.close();
  open_form(html, "/mon-compte", "jeton");
  write_choice(html, {"droits", "ask", "Poser des questions", true});
  write_select(html, {.id = "jours", .label = "Durée", .value = "90"}, std::vector<Option>{{"30", "30 jours"}, {"90", "90 jours"}});
  write_quiet_button(html, "Révoquer", "la clé « Site »");
  html.close();
  CHECK(
      html.take() ==
      R"(<form class="form" method="post" action="/connexion"></form>)"
      R"(<form class="form" method="post" action="/mon-compte"><input type="hidden" name="csrf" value="jeton">)"
      R"(<div class="choice"><input id="droits-ask" type="checkbox" name="droits" value="ask" checked><label for="droits-ask">Poser des questions</label></div>)"
      R"(<div class="field"><label for="jours">Durée</label><select id="jours" name="jours"><option value="30">30 jours</option>)"
      R"(<option value="90" selected>90 jours</option></select></div>)"
      R"(<button class="button" type="submit">Révoquer<span class="visually-hidden"> la clé « Site »</span></button></form>)");
}
