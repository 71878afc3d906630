// /administration/communes/{id}: one commune of the syndicate: numbers, addresses, first administrator, shared corpora, suspension.
#include <fmt/format.h>

#include <algorithm>

#include "llm/catalogue.h"
#include "usecases/administration/commune_forms.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using tenants::CorpusShare;
using tenants::Node;
using tenants::State;

constexpr std::string_view kPath = "/administration/communes";

std::string path_of(const Call& call) { return std::string(kPath) + "/" + call.captured("id"); }

// A commune of this syndicate and of no other.
Result<Node> find(const Call& call) {
  for (Node& node : BEFFROI_TRY(call.services.directory->communes_of(call.tenant()))) {
    if (node.id == call.captured("id")) return std::move(node);
  }
  return fail(Code::not_found, "Cette commune n’est pas de votre syndicat.");
}

void write_fact(Html& html, std::string_view what, std::string_view value) {
  html.open("div").element("dt", what).element("dd", value).close();
}

void write_counts(Html& html, const tenants::Counts& counts) {
  html.element("h2", "En nombres");
  html.open("dl", {{"class", "facts"}});
  write_fact(html, "Comptes ouverts", number_words(counts.people));
  write_fact(html, "Demandes comptées", number_words(counts.answers));
  write_fact(html, "Tâches en échec", number_words(counts.jobs_failed));
  write_fact(html, "Taille de la base", llm::readable_size(counts.database_bytes));
  html.close();
}

void write_hosts(Html& html, const Call& call, const Node& node) {
  html.element("h2", "Adresses de ses pages");
  if (node.hosts.empty()) html.element("p", "Aucune\u00a0: personne ne peut encore ouvrir ses pages.");
  else html.open("ul", {{"class", "admin-list"}});
  for (const std::string& host : node.hosts) {
    html.open("li").element("span", host);
    pages::open_form(html, path_of(call) + "/adresses/retirer", call.visitor.csrf);
    pages::write_hidden(html, "retire", host);
    pages::write_quiet_button(html, "Retirer", "l’adresse " + host);
    html.close().close();
  }
  if (!node.hosts.empty()) html.close();
  pages::open_form(html, path_of(call) + "/adresses", call.visitor.csrf);
  write_host_field(html, call);
  pages::write_quiet_button(html, "Ajouter cette adresse");
  html.close();
}

void write_first(Html& html, const Call& call) {
  html.element("h2", "Premier administrateur");
  html.element("p", "Cette commune n’a encore aucun compte. Donnez-en un à la personne qui créera les autres.");
  pages::open_form(html, path_of(call) + "/administrateur", call.visitor.csrf);
  write_first_administrator_fields(html, call);
  pages::write_button(html, "Créer ce compte");
  html.close();
}

void write_shares(Html& html, const Call& call, const std::vector<CorpusShare>& shares) {
  html.element("h2", "Fonds partagés");
  html.element("p", "Les textes que le syndicat, ou l’installation, laisse lire à cette commune.");
  bool any = false;
  for (const CorpusShare& share : shares) {
    const bool ours = share.owner == call.tenant().id();
    if (!share.owner.empty() && !ours) continue;
    if (!share.target.empty() && share.target != call.captured("id")) continue;
    if (!any) html.open("ul", {{"class", "admin-list"}});
    any = true;
    html.open("li").element("span", fmt::format("{} – {}{}", share.corpus == "vosdroits" ? "Base officielle «\u00a0Vos droits et démarches\u00a0»" : share.corpus,
                                                ours ? "ouvert par le syndicat" : "ouvert par l’installation", share.target.empty() ? " à toutes les communes" : ""));
    if (ours && !share.target.empty()) {
      pages::open_form(html, path_of(call) + "/fonds/fermer", call.visitor.csrf);
      pages::write_hidden(html, "ferme", share.corpus);
      pages::write_quiet_button(html, "Fermer", "le fonds " + share.corpus);
      html.close();
    }
    html.close();
  }
  if (any) html.close();
  else html.element("p", "Aucun.");
  pages::open_form(html, path_of(call) + "/fonds", call.visitor.csrf);
  const std::string corpus = call.typed("fonds");
  pages::write_field(html, {.id = "fonds",
                            .label = "Ouvrir un fonds du syndicat",
                            .hint = "Le nom court du fonds.",
                            .value = corpus,
                            .fault = call.fault("fonds"),
                            .most_characters = "63"});
  pages::write_quiet_button(html, "Ouvrir ce fonds");
  html.close();
}

void write_state(Html& html, const Call& call, const Node& node) {
  html.element("h2", "Ouverture");
  if (node.state == State::suspended) {
    html.element("p", "La commune est suspendue\u00a0: ses pages ne répondent plus, ses données sont gardées.");
    write_act(html, call, path_of(call) + "/rouvrir", "Rouvrir la commune");
    return;
  }
  html.element("p", "La commune est ouverte.");
  write_link_button(html, path_of(call) + "/suspendre", "Suspendre la commune");
}

CorpusShare share_of(const Call& call, std::string_view corpus) { return {trimmed(corpus), call.tenant().id(), call.captured("id"), 0}; }

}  // namespace

Result<http::Reply> show_commune(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  tenants::Directory& directory = *call.services.directory;
  const auto counts = directory.counts(call.tenant(), node.id);
  const auto shares = BEFFROI_TRY(directory.shares());
  return page(call, {node.name, kPath}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    write_secret(html, call, "Compte créé\u00a0: " + call.secret_of,
                 "Voici son mot de passe provisoire. Notez-le maintenant\u00a0: il ne sera plus jamais montré. Remettez-le en main propre.");
    html.open("p").element("a", {{"href", kPath}}, "Toutes les communes").close();
    html.element("h1", node.name).element("p", "Nom court\u00a0: " + node.id + ".");
    if (counts) write_counts(html, *counts);
    if (counts && counts->people == 0 && node.state == State::active && call.secret.empty()) write_first(html, call);
    write_hosts(html, call, node);
    write_shares(html, call, shares);
    write_state(html, call, node);
    html.close();
  });
}

Result<http::Reply> add_host(const Call& call) {
  BEFFROI_TRY(find(call));
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const Status added = call.services.directory->add_host(call.captured("id"), trimmed(form.value("adresse")));
  if (!added) return again(call, added.error(), show_commune, "adresse");
  BEFFROI_CHECK(note(call, audit::Action::setting_changed, "commune:" + call.captured("id")));
  return http::see_other(path_of(call) + "?fait=hotes");
}

Result<http::Reply> remove_host(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const Status removed = call.services.directory->remove_host(node.id, form.value("retire"));
  if (removed) BEFFROI_CHECK(note(call, audit::Action::setting_changed, "commune:" + node.id));
  return after_form(call, removed, path_of(call) + "?fait=hotes", show_commune);
}

Result<http::Reply> add_first_administrator(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  auto first = first_administrator(call, BEFFROI_TRY(call.request.form()));
  if (!first) return again(call, first.error(), show_commune, "identifiant");
  const auto added = enter_first_administrator(call, node.id, std::move(first->account));
  if (!added) return again(call, added.error(), show_commune);
  Call shown = call;
  shown.secret = first->password;
  shown.secret_of = fmt::format("{} ({})", added->name, added->login);
  return show_commune(shown);
}

Result<http::Reply> share_corpus(const Call& call) {
  BEFFROI_TRY(find(call));
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const CorpusShare share = share_of(call, form.value("fonds"));
  if (const Status shared = call.services.directory->share(share); !shared) return again(call, shared.error(), show_commune, "fonds");
  BEFFROI_CHECK(note(call, audit::Action::setting_changed, "corpus:" + share.corpus));
  return http::see_other(path_of(call) + "?fait=partage");
}

Result<http::Reply> unshare_corpus(const Call& call) {
  BEFFROI_TRY(find(call));
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const CorpusShare share = share_of(call, form.value("ferme"));
  const Status closed = call.services.directory->unshare(share);
  if (closed) BEFFROI_CHECK(note(call, audit::Action::setting_changed, "corpus:" + share.corpus));
  return after_form(call, closed, path_of(call) + "?fait=partage", show_commune);
}

Result<http::Reply> ask_suspend_commune(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  return confirm(call, kPath,
                 {fmt::format("Suspendre {}\u00a0?", node.name),
                  "Ses pages ne répondront plus, ni au public ni à ses agents. Ses données sont gardées\u00a0: vous pourrez la rouvrir.",
                  "Oui, suspendre la commune", path_of(call) + "/suspendre", path_of(call)});
}

Result<http::Reply> suspend_commune(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  BEFFROI_CHECK(call.services.directory->set_state(node.id, State::suspended));
  BEFFROI_CHECK(note(call, audit::Action::setting_changed, "commune:" + node.id));
  return http::see_other(path_of(call) + "?fait=etat");
}

Result<http::Reply> resume_commune(const Call& call) {
  const Node node = BEFFROI_TRY(find(call));
  BEFFROI_CHECK(call.services.directory->set_state(node.id, State::active));
  BEFFROI_CHECK(note(call, audit::Action::setting_changed, "commune:" + node.id));
  return http::see_other(path_of(call) + "?fait=etat");
}

}  // namespace beffroi::administration
