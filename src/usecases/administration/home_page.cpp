// /administration: what needs attention first, then where to go.
#include <fmt/format.h>

#include <algorithm>

#include "jobs/queue.h"
#include "llm/catalogue.h"
#include "people/account.h"
#include "usecases/administration/health.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

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
    {Right::manage_people, "/administration/personnes", "Personnes",
     "Donner un compte, des rôles, un nouveau mot de passe\u00a0; suspendre."},
    {Right::manage_people, "/administration/groupes", "Groupes", "Donner les mêmes rôles à plusieurs personnes."},
    {Right::manage_keys, "/administration/cles", "Clés", "Laisser un autre programme se servir de Beffroi."},
    {Right::manage_settings, "/administration/mairie", "Mairie", "Téléphone, adresse et horaires que le public voit."},
    {Right::manage_grants, "/administration/autorisations", "Autorisations",
     "Ouvrir des contenus au syndicat, par écrit et pour un temps."},
    {Right::manage_settings, "/administration/modeles", "Modèles", "Les modèles de langue, et où vont les textes."},
    {Right::see_health, "/administration/sante", "Santé", "La base officielle, le disque, les sauvegardes, les erreurs."},
    {Right::manage_jobs, "/administration/taches", "Tâches", "Suivre, arrêter, recommencer le travail en arrière-plan."},
};

void concern_backups(const Call& call, const std::vector<tenants::BackupMade>& backups, std::vector<Concern>& concerns) {
  if (backups.empty()) {
    concerns.push_back({"Aucune sauvegarde n’a encore été faite. Demandez-en une à la personne qui tient la machine.", "", ""});
  } else if (backup_is_old(backups, call.now_ms())) {
    concerns.push_back(
        {fmt::format("La dernière sauvegarde date du {}\u00a0: elle a plus d’une semaine. Prévenez la personne qui tient la machine.",
                     pages::french_moment(backups.front().at_ms)),
         "", ""});
  }
}

void concern_machine(const Call& call, std::vector<Concern>& concerns) {
  const Machine& machine = call.services.machine;
  const auto corpus = machine.corpus ? machine.corpus() : nullptr;
  const auto age = corpus ? base_age_days(corpus->info(), call.now_ms()) : std::nullopt;
  if (corpus == nullptr) {
    concerns.push_back(
        {"La base officielle manque\u00a0: Beffroi ne peut pas répondre.", "/administration/sante", "Voir la santé du service"});
  } else if (!age || *age > kBaseOldDays) {
    concerns.push_back(
        {fmt::format("La base officielle date du {}\u00a0: elle n’est plus à jour.", pages::french_date(corpus->info().newest_date)),
         "/administration/sante", "Voir la santé du service"});
  }
  if (const auto disk = disk_of(machine.home); disk && disk->nearly_full()) {
    concerns.push_back({fmt::format("Le disque est presque plein\u00a0: il reste {}.", llm::readable_size(disk->free_bytes)),
                        "/administration/sante", "Voir la santé du service"});
  }
  if (!machine.why_no_model.empty()) {
    const bool may = call.visitor.may(Right::manage_settings);
    concerns.push_back(
        {"Aucun modèle de langue ne sert\u00a0: Beffroi répond par les phrases exactes des fiches, sans les redire plus simplement.",
         may ? "/administration/modeles" : "", may ? "Voir les modèles" : ""});
  }
  const auto worker = machine.worker ? machine.worker() : std::nullopt;
  if (worker && !worker->well) {
    concerns.push_back(
        {"Le moteur de langue s’est arrêté\u00a0: " + worker->words + ".", "/administration/sante", "Voir la santé du service"});
  }
}

Status concern_jobs(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_jobs)) return {};
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  auto counts = BEFFROI_TRY(jobs::Queue(database, call.services.now_ms).counts());
  const std::int64_t failed = counts[jobs::State::failed];
  if (failed > 0)
    concerns.push_back({counted(failed, "tâche a échoué.", "tâches ont échoué."), "/administration/taches", "Voir les tâches"});
  return {};
}

Status concern_people(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_people)) return {};
  const auto all = BEFFROI_TRY(people::accounts(call.tenant()));
  const auto waiting = std::count_if(all.begin(), all.end(), [](const people::Account& one) { return one.must_change && !one.disabled; });
  if (waiting > 0) {
    concerns.push_back(
        {counted(waiting, "personne n’a pas encore choisi son mot de passe.", "personnes n’ont pas encore choisi leur mot de passe."),
         "/administration/personnes", "Voir les personnes"});
  }
  return {};
}

Status concern_town_hall(const Call& call, std::vector<Concern>& concerns) {
  if (!call.visitor.may(Right::manage_settings) || call.tenant().kind() != tenants::Kind::commune) return {};
  const tenants::TownHall hall = BEFFROI_TRY(call.services.directory->town_hall(call.tenant()));
  if (hall.telephone.empty()) {
    concerns.push_back(
        {"Le public ne voit aucun numéro de téléphone de la mairie.", "/administration/mairie", "Compléter les coordonnées"});
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

std::vector<Section> own_sections(const people::Visitor& visitor) {
  std::vector<Section> sections;
  for (const OwnSection& section : kSections) {
    if (!visitor.may(section.right)) continue;
    sections.push_back({section.right, std::string(section.path), std::string(section.label), std::string(section.sentence)});
  }
  return sections;
}

Result<http::Reply> show_home(const Call& call) {
  std::vector<Concern> concerns;
  concern_machine(call, concerns);
  concern_backups(call, BEFFROI_TRY(call.services.directory->backups()), concerns);
  BEFFROI_CHECK(concern_jobs(call, concerns));
  BEFFROI_CHECK(concern_people(call, concerns));
  BEFFROI_CHECK(concern_town_hall(call, concerns));
  std::vector<Section> sections = own_sections(call.visitor);
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
