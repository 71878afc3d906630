// /administration/communes: the communes of a syndicate, and numbers about each: never a word of their contents.
#include <fmt/format.h>

#include "llm/catalogue.h"
#include "usecases/administration/commune_forms.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::string_view kPath = "/administration/communes";

std::string backup_words(const tenants::Counts& counts) {
  return counts.last_backup_ms == 0 ? "Jamais" : pages::french_moment(counts.last_backup_ms);
}

void write_row(Html& html, const Call& call, const tenants::Node& node) {
  html.open("tr").open("th", {{"scope", "row"}});
  html.element("a", {{"class", "admin-row-link"}, {"href", std::string(kPath) + "/" + node.id}}, node.name);
  html.element("span", {{"class", "quiet admin-under"}},
               node.state == tenants::State::suspended ? "Suspendue" : node.hosts.empty() ? "Sans adresse" : node.hosts.front());
  html.close();
  const auto counts = call.services.directory->counts(call.tenant(), node.id);
  if (!counts) {
    for (int column = 0; column < 4; ++column) pages::write_number(html, "–");
    pages::write_cell(html, "Ne répond pas");
  } else {
    for (const std::int64_t number : {counts->people, counts->answers, counts->jobs_failed}) pages::write_number(html, number_words(number));
    pages::write_number(html, llm::readable_size(counts->database_bytes));
    pages::write_cell(html, backup_words(*counts));
  }
  html.close();
}

void write_form(Html& html, const Call& call) {
  html.element("h2", "Ajouter une commune");
  pages::open_form(html, kPath, call.visitor.csrf);
  const std::string name = call.typed("nom");
  const std::string id = call.typed("id");
  pages::write_field(html, {.id = "nom",
                            .label = "Nom",
                            .hint = "Tel que le public le lira, par exemple «\u00a0Mairie de Saint-Jean\u00a0».",
                            .value = name,
                            .fault = call.fault("nom"),
                            .most_characters = "200"});
  pages::write_field(html, {.id = "id",
                            .label = "Nom court",
                            .hint = "En minuscules sans accent, chiffres et tirets, par exemple «\u00a0saint-jean\u00a0». Il ne se change plus ensuite.",
                            .value = id,
                            .fault = call.fault("id"),
                            .most_characters = "40"});
  write_host_field(html, call);
  write_first_administrator_fields(html, call);
  pages::write_button(html, "Créer la commune");
  html.close();
}

}  // namespace

Result<http::Reply> show_communes(const Call& call) {
  const auto nodes = BEFFROI_TRY(call.services.directory->communes_of(call.tenant()));
  return page(call, {"Communes", kPath}, [&](Html& html) {
    write_secret(html, call, "Commune créée. Premier administrateur\u00a0: " + call.secret_of,
                 "Voici son mot de passe provisoire. Notez-le maintenant\u00a0: il ne sera plus jamais montré. Remettez-le en main propre.");
    html.element("h1", "Communes");
    html.element("p", "Vous voyez des nombres, jamais les contenus d’une commune. Une commune peut vous les ouvrir, par écrit et pour un temps.");
    if (nodes.empty()) html.element("p", "Aucune commune pour l’instant.");
    else {
      pages::open_table(html, "liste-communes",
                        fmt::format("{} de {}", counted(static_cast<std::int64_t>(nodes.size()), "commune", "communes"), call.tenant().name()));
      pages::write_heads(html, {"Commune", "Comptes", "Demandes", "Tâches en échec", "Taille", "Dernière sauvegarde"});
      html.open("tbody");
      for (const tenants::Node& node : nodes) write_row(html, call, node);
      html.close().close().close();
    }
    write_form(html, call);
  });
}

Result<http::Reply> add_commune(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const std::string id = trimmed(form.value("id"));
  const std::string name = trimmed(form.value("nom"));
  if (const Status good = tenants::check_name(name); !good) return again(call, good.error(), show_communes, "nom");
  if (!tenants::is_node_id(id, tenants::kMaxNewIdBytes)) {
    return again(call, {Code::invalid_argument, "Le nom court s’écrit en minuscules sans accent, chiffres et tirets.", {}}, show_communes, "id");
  }
  const auto host = tenants::host_name(trimmed(form.value("adresse")));
  if (!host) return again(call, host.error(), show_communes, "adresse");
  auto first = first_administrator(call, form);
  if (!first) return again(call, first.error(), show_communes, first.error().code == Code::invalid_argument ? "identifiant" : "");
  tenants::Directory& directory = *call.services.directory;
  if (const Status added = directory.add({id, tenants::Kind::commune, name, call.tenant().id()}); !added)
    return again(call, added.error(), show_communes, "id");
  BEFFROI_CHECK(note(call, audit::Action::setting_changed, "commune:" + id));
  Call shown = call;
  if (const Status named = directory.add_host(id, *host); !named) {
    shown.faults.push_back({"", "La commune est créée, mais sans adresse\u00a0: " + named.error().message});
  }
  const auto account = enter_first_administrator(call, id, std::move(first->account));
  if (!account) {
    shown.faults.push_back({"", "La commune est créée, mais sans administrateur\u00a0: " + account.error().message});
    return show_communes(shown);
  }
  shown.secret = first->password;
  shown.secret_of = fmt::format("{} ({})", account->name, account->login);
  return show_communes(shown);
}

}  // namespace beffroi::administration
