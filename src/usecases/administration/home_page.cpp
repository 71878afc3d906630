// /administration: what needs attention first, then where to go.
#include <fmt/format.h>

#include <algorithm>

#include "jobs/queue.h"
#include "people/account.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;
constexpr int kJobsLooked = 200;

// Something to do: a sentence, and the page where it is done.
struct Concern {
  std::string sentence;
  std::string path;   // empty: nowhere on these pages
  std::string label;  // of the link
};

struct OwnSection {
  Right right;
  std::string_view path, label, sentence;
};
constexpr OwnSection kSections[] = {
    {Right::manage_communes, "/administration/communes", "Communes", "Ajouter une commune, ses adresses, son premier administrateur."},
    {Right::manage_people, "/administration/personnes", "Personnes", "Donner un compte, des rôles, un nouveau mot de passe\u00a0; suspendre."},
    {Right::manage_people, "/administration/groupes", "Groupes", "Donner les mêmes rôles à plusieurs personnes."},
    {Right::manage_keys, "/administration/cles", "Clés", "Laisser un autre programme se servir de Beffroi."},
    {Right::manage_settings, "/administration/mairie", "Mairie", "Téléphone, adresse et horaires que le public voit."},
    {Right::manage_grants, "/administration/autorisations", "Autorisations", "Ouvrir des contenus au syndicat, par écrit et pour un temps."},
    {Right::manage_jobs, "/administration/taches", "Tâches", "Suivre, arrêter, recommencer le travail en arrière-plan."},
};

void concern_backups(const Call& call, const std::vector<tenants::BackupMade>& backups, std::vector<Concern>& concerns) {
  if (backups.empty()) {
    concerns.push_back({"Aucune sauvegarde n’a encore été faite. Demandez-en une à la personne qui tient la machine.", "", ""});
  } else if (call.now_ms() - backups.front().at_ms > kWeekMs) {
    concerns.push_back({fmt::format("La dernière sauvegarde date du {}\u00a0: elle a plus d’une semaine. Prévenez la personne qui tient la machine.",
                                    pages::french_moment(backups.front().at_ms)),
                        "", ""});
  }
}

Status concern_jobs(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_jobs)) return {};
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const auto all = BEFFROI_TRY(jobs::Queue(database, call.services.now_ms).list(kJobsLooked));
  const auto failed = std::count_if(all.begin(), all.end(), [](const jobs::Job& job) { return job.state == jobs::State::failed; });
  if (failed > 0) concerns.push_back({counted(failed, "tâche a échoué.", "tâches ont échoué."), "/administration/taches", "Voir les tâches"});
  return {};
}

Status concern_people(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_people)) return {};
  const auto all = BEFFROI_TRY(people::accounts(call.tenant()));
  const auto waiting = std::count_if(all.begin(), all.end(), [](const people::Account& one) { return one.must_change && !one.disabled; });
  if (waiting > 0) {
    concerns.push_back({counted(waiting, "personne n’a pas encore choisi son mot de passe.", "personnes n’ont pas encore choisi leur mot de passe."),
                        "/administration/personnes", "Voir les personnes"});
  }
  return {};
}

Status concern_town_hall(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_settings) || call.tenant().kind() != tenants::Kind::commune) return {};
  const tenants::TownHall hall = BEFFROI_TRY(call.services.directory->town_hall(call.tenant()));
  if (hall.telephone.empty()) {
    concerns.push_back({"Le public ne voit aucun numéro de téléphone de la mairie.", "/administration/mairie", "Compléter les coordonnées"});
  }
  return {};
}

void write_concerns(Html& html, const std::vector<Concern>& concerns) {
  html.element("h2", "À regarder");
  if (concerns.empty()) {
    html.element("p", {{"class", "form-note"}}, "Rien ne demande votre attention.");
    return;
  }
  html.open("ul", {{"class", "admin-concerns"}});
  for (const Concern& concern : concerns) {
    html.open("li").text(concern.sentence);
    if (!concern.path.empty()) html.text(" ").element("a", {{"href", concern.path}}, concern.label);
    html.close();
  }
  html.close();
}

}  // namespace

std::vector<Section> own_sections(const Call& call) {
  std::vector<Section> sections;
  for (const OwnSection& section : kSections) {
    if (!call.visitor.may(section.right)) continue;
    sections.push_back({section.right, std::string(section.path), std::string(section.label), std::string(section.sentence)});
  }
  return sections;
}

Result<http::Reply> show_home(const Call& call) {
  std::vector<Concern> concerns;
  concern_backups(call, BEFFROI_TRY(call.services.directory->backups()), concerns);
  BEFFROI_CHECK(concern_jobs(call, concerns));
  BEFFROI_CHECK(concern_people(call, concerns));
  BEFFROI_CHECK(concern_town_hall(call, concerns));
  std::vector<Section> sections = own_sections(call);
  for (const Section& section : call.services.others) {
    if (call.visitor.may(section.right)) sections.push_back(section);
  }
  return page(call, {"Vue d’ensemble", "/administration"}, [&](Html& html) {
    html.element("h1", "Administration");
    write_concerns(html, concerns);
    html.element("h2", "Que voulez-vous faire\u00a0?");
    html.open("ul", {{"class", "admin-cards"}});
    for (const Section& section : sections) {
      html.open("li", {{"class", "card"}}).open("h3").element("a", {{"href", section.path}}, section.label).close();
      html.element("p", section.sentence).close();
    }
    html.close();
  });
}

}  // namespace beffroi::administration
