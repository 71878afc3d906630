// /administration/mairie: what the town hall says of itself on the pages of the public.
#include "tenants/settings.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::string_view kPath = "/administration/mairie";

struct HallField {
  const tenants::TextSetting* setting;
  std::string tenants::TownHall::* member;
  std::string_view id, label, hint, type;
};
const HallField kFields[] = {
    {&tenants::kTelephone, &tenants::TownHall::telephone, "telephone", "Téléphone", "Tel qu’on le compose, par exemple 03 53 01 00 59.",
     "tel"},
    {&tenants::kAddress, &tenants::TownHall::address, "adresse", "Adresse", "", "text"},
    {&tenants::kHours, &tenants::TownHall::hours, "horaires", "Horaires",
     "Comme on le dirait\u00a0: «\u00a0du lundi au vendredi, de 9 h à 12 h\u00a0».", "text"},
    {&tenants::kUrl, &tenants::TownHall::url, "site", "Site de la mairie", "Commence par https://", "url"},
};

Status check_url(const std::string& url) {
  if (url.empty() || url.starts_with("https://") || url.starts_with("http://")) return {};
  return fail(Code::invalid_argument, "L’adresse du site doit commencer par https://");
}

}  // namespace

Result<http::Reply> show_town_hall(const Call& call) {
  const tenants::TownHall hall = BEFFROI_TRY(call.services.directory->town_hall(call.tenant()));
  return page(call, {"Mairie", kPath}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.element("h1", "La mairie, telle que le public la voit");
    html.element("p", "Quand Beffroi n’a pas la réponse, il donne ces coordonnées. Vérifiez-les\u00a0: des gens appelleront ce numéro.");
    pages::open_form(html, kPath, call.visitor.csrf);
    const std::string name = call.typed("nom", hall.name);
    pages::write_field(html, {.id = "nom",
                              .label = "Nom",
                              .hint = "En tête de chaque page, par exemple «\u00a0Mairie de Saint-Jean\u00a0».",
                              .value = name,
                              .fault = call.fault("nom"),
                              .most_characters = "200"});
    for (const HallField& field : kFields) {
      const std::string value = call.typed(field.id, hall.*field.member);
      const std::string most = std::to_string(field.setting->most_bytes);
      pages::write_field(html, {.id = field.id,
                                .label = field.label,
                                .hint = field.hint,
                                .type = field.type,
                                .value = value,
                                .fault = call.fault(field.id),
                                .required = false,
                                .most_characters = most});
    }
    pages::write_button(html, "Enregistrer");
    html.close().close();
  });
}

Result<http::Reply> save_town_hall(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  if (const Status good = check_url(trimmed(form.value("site"))); !good) return again(call, good.error(), show_town_hall, "site");
  const std::string name = trimmed(form.value("nom"));
  std::string_view at = "nom";  // the field that is being written
  const Status written = in_writing(call, audit::Action::setting_changed, "town_hall", [&]() -> Status {
    if (name != call.tenant().name()) BEFFROI_CHECK(call.services.directory->rename(call.tenant().id(), name));
    for (const HallField& field : kFields) {
      at = field.id;
      BEFFROI_CHECK(tenants::write(call.tenant(), *field.setting, trimmed(form.value(field.id))));
    }
    return {};
  });
  if (!written) return again(call, written.error(), show_town_hall, at);
  return http::see_other(std::string(kPath) + "?fait=mairie");
}

}  // namespace beffroi::administration
