// /conformite/registre: the activities of processing, filled from what is configured; to read, to print, to keep.
#include <array>
#include <utility>

#include "audit/export.h"
#include "audit/journal.h"
#include "compliance/register.h"
#include "compliance/retention.h"
#include "compliance/who.h"
#include "text/utf8.h"
#include "usecases/oversight/call.h"

namespace beffroi::oversight {

namespace {

constexpr std::array<std::string_view, 3> kFormats{"csv", "json", "md"};

struct Register {
  compliance::Facts facts;
  std::vector<compliance::Processing> processings;
};

Result<Register> register_of(const Call& call) {
  Register made{BEFFROI_TRY(call.services.facts(call.tenant())), {}};
  const auto durations = BEFFROI_TRY(compliance::retentions(call.tenant(), call.services.keepers));
  made.processings = compliance::processings(made.facts, call.services.keepers, durations);
  return made;
}

compliance::Delegate typed_in(const http::Parameters& form) {
  return {text::squeeze_spaces(form.value("nom")), text::squeeze_spaces(form.value("contact"))};
}

std::string day_of(std::int64_t now_ms) { return audit::utc_text(now_ms).substr(0, 10); }

void write_processing(Html& html, const compliance::Processing& one) {
  html.open("section", {{"class", "processing"}, {"aria-labelledby", "traitement-" + one.id}});
  html.element("h2", {{"id", "traitement-" + one.id}}, one.title);
  html.open("dl");
  const std::pair<std::string_view, const std::string&> lines[] = {
      {"Finalité", one.purpose},       {"Base légale", one.legal_basis},  {"Personnes concernées", one.persons},
      {"Données", one.data},           {"Destinataires", one.recipients}, {"Transferts hors de l’Union européenne", one.transfers},
      {"Conservation", one.retention}, {"Sécurité", one.security},
  };
  for (const auto& [name, value] : lines) html.element("dt", name).element("dd", value);
  html.close().close();
}

void write_delegate_form(Html& html, const Call& call, const compliance::Delegate& named) {
  const bool sent = call.request.method == http::Method::post;
  const compliance::Delegate shown = sent ? typed_in(call.request.form().value_or(http::Parameters{})) : named;
  html.open("section", {{"class", "oversight-tools"}, {"aria-labelledby", "delegue-titre"}});
  html.element("h2", {{"id", "delegue-titre"}}, "Nommer le délégué à la protection des données");
  pages::open_form(html, "/conformite/registre", call.visitor.csrf);
  pages::write_field(html, {.id = "nom",
                            .label = "Nom",
                            .hint = "La personne, ou l’organisme qui vous sert de délégué, par exemple le centre de gestion.",
                            .value = shown.name,
                            .required = false,
                            .most_characters = "200"});
  pages::write_field(html, {.id = "contact",
                            .label = "Comment lui écrire",
                            .hint = "Une adresse électronique, un téléphone ou une adresse.",
                            .value = shown.contact,
                            .required = false,
                            .most_characters = "200"});
  pages::write_button(html, "Enregistrer le délégué");
  html.close().close();
}

}  // namespace

Result<http::Reply> show_register(const Call& call) {
  const Register made = BEFFROI_TRY(register_of(call));
  return page(call, {"Registre", "/conformite/registre"}, [&](Html& html) {
    html.open("article", {{"class", "prose"}});
    html.element("h1", "Registre des activités de traitement");
    html.element("p", "RGPD, article 30. Établi le " + pages::french_date(day_of(call.now_ms())) +
                          " à partir de ce qui est vraiment configuré\u00a0: il change quand la configuration change.");
    html.open("dl");
    html.element("dt", "Responsable du traitement");
    html.element("dd", made.facts.town_hall + (made.facts.address.empty() ? "" : ", " + made.facts.address));
    html.element("dt", "Délégué à la protection des données")
        .element("dd", made.facts.delegate.name.empty() ? "À compléter par la mairie." : made.facts.delegate.words());
    html.element("dt", "Modèle de langue").element("dd", made.facts.model.id.empty() ? "Aucun en service." : made.facts.model.id);
    html.close();
    html.element("p", {{"class", "quiet oversight-tools"}},
                 "Pour l’imprimer, utilisez l’impression de votre navigateur\u00a0: les menus ne sortent pas sur le papier.");
    write_downloads(html, "/conformite/registre/export", kFormats);
    if (call.visitor.may(people::Right::name_delegate)) write_delegate_form(html, call, made.facts.delegate);
    for (const compliance::Processing& one : made.processings) write_processing(html, one);
    html.close();
  });
}

Result<http::Reply> save_delegate(const Call& call) {
  const compliance::Delegate delegate = typed_in(BEFFROI_TRY(call.request.form()));
  const Status named = compliance::name_delegate(call.tenant(), delegate, call.who(), call.now_ms());
  return after_form(call, named, "/conformite/registre?fait=delegue", show_register);
}

Result<http::Reply> export_register(const Call& call) {
  const std::string_view name = call.request.captured.value("format");
  const auto format = compliance::register_format_named(name);
  if (!format) return fail(Code::not_found, "Le registre est en texte (md), en CSV ou en JSON.");
  const Register made = BEFFROI_TRY(register_of(call));
  BEFFROI_TRY(audit::append(call.tenant(), compliance::entry_of(call.visitor, audit::Action::register_exported), call.now_ms()));
  return file(compliance::register_text(made.facts, made.processings, *format, day_of(call.now_ms())), "registre-" + call.tenant().id(),
              name);
}

}  // namespace beffroi::oversight
