// /conformite/personnes: access and erasure asked by somebody who has an account.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "audit/journal.h"
#include "compliance/persons.h"
#include "compliance/retention.h"
#include "usecases/oversight/call.h"

namespace beffroi::oversight {

namespace {

std::string path_of(const people::Account& account) { return "/conformite/personnes/" + account.id; }

Result<people::Account> account_asked(const Call& call) { return people::account_of(call.tenant(), call.request.captured.value("id")); }

void write_held(Html& html, const Call& call) {
  html.element("h2", "Ce que Beffroi garde de cette personne");
  html.open("ul");
  for (const compliance::Keeper& keeper : call.services.keepers) {
    if (!keeper.access && !keeper.erase) continue;
    html.open("li").element("strong", keeper.title).text("\u00a0: " + keeper.contents);
    if (!keeper.why_kept.empty()) html.element("p", {{"class", "quiet"}}, keeper.why_kept);
    html.close();
  }
  html.close();
  html.element(
      "p", {{"class", "quiet"}},
      "Les questions posées par les habitants et les avis ne mènent à aucun compte\u00a0: il n’y a rien à remettre ni à effacer (RGPD, article 11).");
}

// Written before accounts were noted: whoever answers the request says whose they are.
void write_same_names(Html& html, const Call& call, const people::Account& account, const std::vector<compliance::SameName>& all) {
  if (all.empty()) return;
  const std::vector<std::string> chosen = call.request.form().value_or(http::Parameters{}).all("ligne");
  html.open("fieldset")
      .element("legend", fmt::format("Ces lignes portent le nom «\u00a0{}\u00a0», sans dire de quel compte", account.name));
  html.element(
      "p", {{"class", "field-hint"}},
      "Elles peuvent être d’un homonyme. Cochez celles qui sont de cette personne\u00a0: son nom y sera effacé. Les autres restent.");
  for (const compliance::SameName& one : all) {
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), one.id) != chosen.end();
    pages::write_choice(html, {.name = "ligne", .value = one.id, .label = one.words, .chosen = is_chosen});
  }
  html.close();
}

void write_erasure_form(Html& html, const Call& call, const people::Account& account, const std::vector<compliance::SameName>& same_names) {
  html.element("h2", "Effacer");
  if (account.id == call.visitor.account) {
    html.element("p",
                 "C’est le compte avec lequel vous êtes connecté\u00a0: demandez à une autre personne qui en a le droit de l’effacer.");
    return;
  }
  html.element(
      "p",
      "Le compte, ses rôles, ses sessions, ses clés et ses acceptations disparaissent tout de suite. Rien ne permet de revenir en arrière.");
  pages::open_form(html, path_of(account) + "/effacement", call.visitor.csrf);
  write_same_names(html, call, account, same_names);
  pages::write_field(html, {.id = "confirmation",
                            .label = fmt::format("Pour confirmer, écrivez l’identifiant\u00a0: {}", account.login),
                            .fault = pages::fault_of(call.faults, "confirmation"),
                            .most_characters = "254"});
  pages::write_button(html, "Effacer définitivement");
  html.close();
}

Result<http::Reply> person_page(const Call& call, const people::Account& account) {
  const auto same_names = BEFFROI_TRY(compliance::same_names(call.tenant(), call.services.keepers, account.id));
  return page(call, {account.name, "/conformite/personnes"}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.element("h1", account.name);
    html.element("p", fmt::format("Identifiant\u00a0: {}. Compte ouvert le {}{}.", account.login, pages::french_moment(account.created_ms),
                                  account.disabled ? ", aujourd’hui fermé" : ""));
    html.element("h2", "Remettre ses données");
    html.element(
        "p",
        "Un fichier qui contient tout ce qui mène à cette personne, avec la raison et la durée de conservation. Sa remise est inscrite au journal.");
    pages::open_form(html, path_of(account) + "/donnees", call.visitor.csrf);
    pages::write_button(html, "Télécharger ses données (JSON)");
    html.close();
    write_held(html, call);
    write_erasure_form(html, call, account, same_names);
    html.close();
  });
}

std::int64_t rows_of(const std::vector<compliance::SameName>& all) {
  return std::accumulate(all.begin(), all.end(), std::int64_t{0},
                         [](std::int64_t sum, const compliance::SameName& one) { return sum + one.rows; });
}

http::Reply erased_page(const Call& call, const people::Account& account, const compliance::ErasureReport& report,
                        const audit::Head& head) {
  return page(call, {"Effacement", "/conformite/personnes"}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.element("h1", "Effacement fait");
    html.element(
        "p", {{"class", "form-note"}, {"role", "status"}},
        fmt::format("Les données de {} sont effacées. Imprimez ou copiez cette page\u00a0: c’est la réponse à donner à la personne.",
                    account.name));
    pages::open_table(html, "efface", "Ce qui a été effacé");
    pages::write_heads(html, {"Données", "Effacé", "Gardé"});
    html.open("tbody");
    for (const compliance::Erased& kind : report.kinds) {
      html.open("tr").element("th", {{"scope", "row"}}, kind.title);
      pages::write_cell(html, kind.why_kept.empty() ? "oui" : "non");
      pages::write_cell(html, kind.why_kept.empty() ? "rien" : kind.why_kept);
      html.close();
    }
    html.close().close().close();
    if (!report.left.empty()) {
      html.element("p", fmt::format("Restent, parce qu’elles portent le même nom et que vous ne les avez pas cochées\u00a0: {} lignes.",
                                    rows_of(report.left)));
    }
    html.element("p", report.traces_left
                          ? "Quelqu’un lisait la base\u00a0: la prochaine purge, chaque jour, finira de nettoyer les fichiers."
                          : "Plus aucune trace dans les fichiers de la base\u00a0: les pages libérées ont été récrites.");
    html.element("p", backups_words(report.backups));
    html.element("p", fmt::format("Preuve\u00a0: journal de la commune, jusqu’à la ligne {}, empreinte\u00a0:", head.lines));
    html.open("p").element("code", {{"class", "secret"}}, head.hash).close();
    html.open("p", {{"class", "oversight-tools"}})
        .element("a", {{"class", "button"}, {"href", "/conformite/personnes"}}, "Toutes les personnes")
        .close();
    html.close();
  });
}

}  // namespace

Result<http::Reply> show_persons(const Call& call) {
  const auto accounts = BEFFROI_TRY(people::accounts(call.tenant()));
  return page(call, {"Demandes des personnes", "/conformite/personnes"}, [&](Html& html) {
    html.element("h1", "Demandes des personnes");
    html.element(
        "p",
        "Quelqu’un demande ce que vous gardez de lui, ou que vous l’effaciez\u00a0: choisissez son compte. Vous avez un mois pour répondre (RGPD, "
        "article 12). Un habitant sans compte ne laisse rien qui mène à lui.");
    pages::open_table(html, "personnes", "Personnes qui ont un compte");
    pages::write_heads(html, {"Nom", "Identifiant", "État"});
    html.open("tbody");
    for (const people::Account& account : accounts) {
      html.open("tr").open("th", {{"scope", "row"}}).element("a", {{"href", path_of(account)}}, account.name).close();
      pages::write_cell(html, account.login);
      pages::write_cell(html, account.disabled ? "fermé" : "ouvert");
      html.close();
    }
    html.close().close().close();
  });
}

Result<http::Reply> show_person(const Call& call) { return person_page(call, BEFFROI_TRY(account_asked(call))); }

Result<http::Reply> hand_over(const Call& call) {
  const people::Account account = BEFFROI_TRY(account_asked(call));
  std::string data = BEFFROI_TRY(compliance::access_data(call.tenant(), call.services.keepers, account.id, call.order()));
  return file(std::move(data), "donnees-" + account.id, "json");
}

Result<http::Reply> erase(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const people::Account account = BEFFROI_TRY(account_asked(call));
  Call again = call;
  const auto typed = people::login_of(form.value("confirmation"));
  if (!typed || *typed != account.login)
    again.faults.push_back({"confirmation", "Ce n’est pas l’identifiant de cette personne\u00a0: rien n’a été effacé."});
  if (account.id == call.visitor.account)
    again.faults.push_back({"", "Vous ne pouvez pas effacer le compte avec lequel vous êtes connecté."});
  if (!again.faults.empty()) return person_page(again, account);
  const auto report =
      BEFFROI_TRY(compliance::erase_person(call.tenant(), call.services.keepers, account.id, call.order(), form.all("ligne")));
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  return erased_page(call, account, report, BEFFROI_TRY(audit::head_of(database, call.tenant().id())));
}

}  // namespace beffroi::oversight
