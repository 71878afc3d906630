// /charte: the text in force, for everybody to read; whoever is signed in accepts it there, then goes back to what they were doing.
#include <fmt/format.h>

#include <charconv>

#include "compliance/charter.h"
#include "people/address.h"
#include "usecases/oversight/call.h"
#include "usecases/oversight/charter_html.h"

namespace beffroi::oversight {

namespace {

std::string next_of(const http::Parameters& from) {
  std::string next = people::checked_address(from.value("suite"));
  return next.starts_with("/charte") ? "/" : next;
}

std::int64_t version_in(const http::Parameters& form) {
  const std::string_view text = form.value("version");
  std::int64_t version = -1;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), version);
  return fault == std::errc{} && end == text.data() + text.size() ? version : -1;
}

std::string state_of(const compliance::Charter& charter) {
  if (charter.version == 0) return "Texte fourni avec Beffroi, en vigueur tant que la mairie n’en publie pas d’autre.";
  return fmt::format("Version {}, en vigueur depuis le {}.", charter.version, pages::french_moment(charter.in_force_ms));
}

void write_acceptance(Html& html, const Call& call, const compliance::Charter& charter, const std::string& next) {
  html.element("h2", {{"id", "accepter"}}, "Votre accord");
  html.element(
      "p",
      "Sans cet accord, vous gardez la recherche et les réponses par extraits\u00a0; seules les fonctions où un modèle de langue écrit ou "
      "choisit vous sont fermées, à vous et à vos clés. Votre accord est gardé\u00a0: votre compte, la version, la date.");
  pages::open_form(html, "/charte", call.visitor.csrf);
  pages::write_hidden(html, "version", std::to_string(charter.version));
  pages::write_hidden(html, "empreinte", charter.sha256);
  pages::write_hidden(html, "suite", next);
  pages::write_button(html, "J’ai lu cette charte et je l’accepte");
  html.close();
}

}  // namespace

Result<http::Reply> show_charter(const Call& call) {
  const compliance::Charter charter = BEFFROI_TRY(compliance::charter_in_force(call.tenant(), call.now_ms()));
  const bool is_person = call.visitor.kind == people::Visitor::Kind::person;
  const bool accepted = is_person && BEFFROI_TRY(compliance::has_accepted(call.visitor, call.now_ms()));
  const http::Parameters sent = call.request.method == http::Method::post ? BEFFROI_TRY(call.request.form()) : call.request.query;
  const std::string next = next_of(sent);
  return page(call, {"Charte d’usage", "/charte"}, [&](Html& html) {
    html.open("article", {{"class", "prose charter"}});
    if (is_person && !accepted && next != "/") {
      html.element("p", {{"class", "form-note"}, {"role", "status"}},
                   "Avant d’utiliser une fonction où un modèle de langue écrit, lisez cette charte et acceptez-la en bas de la page.");
    }
    write_charter(html, charter.text);
    html.element("p", {{"class", "quiet"}}, state_of(charter));
    if (is_person && !accepted) write_acceptance(html, call, charter, next);
    if (accepted) {
      html.element("p", {{"class", "form-note"}}, "Vous avez accepté cette version.");
      html.open("p").element("a", {{"class", "button button-main"}, {"href", next}}, "Continuer").close();
    }
    html.close();
  });
}

Result<http::Reply> accept_text(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const compliance::CharterRead read{version_in(form), std::string(form.value("empreinte"))};
  const std::string next = next_of(form);
  // Back to what one was doing; that page does not know of the charter, so /charte says it when there was none.
  const std::string then = next == "/" ? "/charte?fait=charte" : next;
  return after_form(call, compliance::accept_charter(call.visitor, read, call.now_ms()), then, show_charter);
}

}  // namespace beffroi::oversight
