// /administration/modeles: the models of the catalogue, those that are here, where texts may go and under which rule. No secret is here.
#include <fmt/format.h>

#include "llm/model_store.h"
#include "usecases/administration/facts.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::string_view kPath = "/administration/modeles";

std::string presence_words(const llm::ModelState& state, bool in_use) {
  switch (state.presence) {
    case llm::Presence::installed: return in_use ? "Installé, il sert en ce moment" : "Installé";
    case llm::Presence::partial: return "Arrivé en partie";
    case llm::Presence::unverified: return "Présent, pas encore vérifié";
    case llm::Presence::absent: return "Absent";
  }
  return {};
}

void write_destinations(Html& html, const Call& call) {
  const Machine& machine = call.services.machine;
  html.element("h2", "Où vont les textes");
  if (!machine.why_no_model.empty()) html.element("p", {{"class", "admin-alert"}}, machine.why_no_model);
  const auto destinations = machine.destinations ? machine.destinations() : std::vector<Destination>{};
  if (destinations.empty()) {
    html.element("p", "Nulle part\u00a0: sans modèle de langue, Beffroi répond par les phrases exactes des fiches officielles.");
    return;
  }
  for (const Destination& destination : destinations) {
    html.open("section", {{"class", "card"}}).element("h3", destination.name).open("dl", {{"class", "admin-facts"}});
    write_fact(html, "Modèle", destination.model);
    write_fact(html, "Données personnelles", destination.policy);
    if (destination.health) write_verdict(html, "État", true, "répond");
    else write_verdict(html, "État", false, destination.health.error().message);
    html.close().close();
  }
}

void write_catalogue(Html& html, const Call& call) {
  const auto& store = call.services.machine.models;
  html.element("h2", "Modèles qui peuvent servir ici");
  if (store == nullptr || store->catalogue().empty()) {
    html.element("p", "Aucun modèle n’est au catalogue.");
    return;
  }
  pages::open_table(html, "catalogue", "Le catalogue de cette installation");
  pages::write_heads(html, {"Modèle", "État", "Taille", "Mémoire", "Licence"});
  html.open("tbody");
  for (const llm::CatalogueEntry& model : store->catalogue()) {
    html.open("tr").open("th", {{"scope", "row"}}).text(model.name);
    html.element("span", {{"class", "quiet admin-under"}}, model.id).close();
    pages::write_cell(html, presence_words(store->state_of(model), model.id == call.services.machine.model_in_use));
    pages::write_number(html, llm::readable_size(model.size_bytes));
    pages::write_number(html, model.memory_bytes > 0 ? llm::readable_size(model.memory_bytes) : "inconnue");
    pages::write_cell(html, model.licence);
    html.close();
  }
  html.close().close().close();
  html.element(
      "p", {{"class", "quiet"}},
      "Un modèle pèse plus d’un gigaoctet\u00a0: il s’installe sur la machine, avec «\u00a0beffroi models install\u00a0», par la personne qui la tient.");
}

}  // namespace

Result<http::Reply> show_models(const Call& call) {
  return page(call, {"Modèles", kPath}, [&](Html& html) {
    html.element("h1", "Modèles de langue");
    html.element(
        "p",
        "Un modèle de langue redit avec d’autres mots ce que disent les fiches. Il ne sait rien par lui-même, et Beffroi vérifie chacune de "
        "ses phrases.");
    write_destinations(html, call);
    write_catalogue(html, call);
  });
}

}  // namespace beffroi::administration
