// The addresses of the administration, each with the right it needs.
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::size_t kFormLimitBytes = 64 << 10;

}  // namespace

void add_routes(http::Router& router, const Services& services) {
  const auto action = [&services](PageAction of) {
    return [services, of](const people::Visitor& visitor, const http::Request& request) { return of({services, visitor, request}); };
  };
  const auto get = [&](const char* pattern, Right right, PageAction of) {
    router.add(people::route(services.door, http::Method::get, pattern, right, action(of)));
  };
  const auto post = [&](const char* pattern, Right right, PageAction of) {
    http::Route route = people::route(services.door, http::Method::post, pattern, right, action(of));
    route.body_limit_bytes = kFormLimitBytes;
    route.media_types = {"application/x-www-form-urlencoded"};
    router.add(std::move(route));
  };
  get("/administration", Right::see_health, show_home);

  get("/administration/personnes", Right::manage_people, show_people);
  post("/administration/personnes", Right::manage_people, add_person);
  get("/administration/personnes/{id}", Right::manage_people, show_person);
  post("/administration/personnes/{id}/nom", Right::manage_people, rename_person);
  post("/administration/personnes/{id}/roles", Right::manage_people, give_role);
  post("/administration/personnes/{id}/roles/retirer", Right::manage_people, take_role);
  get("/administration/personnes/{id}/suspendre", Right::manage_people, ask_suspend);
  post("/administration/personnes/{id}/suspendre", Right::manage_people, suspend);
  post("/administration/personnes/{id}/rouvrir", Right::manage_people, reopen);
  post("/administration/personnes/{id}/sessions/fermer", Right::manage_people, end_sessions);
  get("/administration/personnes/{id}/mot-de-passe", Right::manage_people, ask_password);
  post("/administration/personnes/{id}/mot-de-passe", Right::manage_people, new_password);

  get("/administration/groupes", Right::manage_people, show_groups);
  post("/administration/groupes", Right::manage_people, add_group);
  get("/administration/groupes/{id}", Right::manage_people, show_group);
  post("/administration/groupes/{id}", Right::manage_people, change_group);
  post("/administration/groupes/{id}/membres", Right::manage_people, add_member);
  post("/administration/groupes/{id}/membres/retirer", Right::manage_people, remove_member);
  get("/administration/groupes/{id}/supprimer", Right::manage_people, ask_remove_group);
  post("/administration/groupes/{id}/supprimer", Right::manage_people, remove_group);

  get("/administration/cles", Right::manage_keys, show_keys);
  post("/administration/cles", Right::manage_keys, add_key);
  get("/administration/cles/{id}/revoquer", Right::manage_keys, ask_revoke_key);
  post("/administration/cles/{id}/revoquer", Right::manage_keys, revoke_key);

  get("/administration/communes", Right::manage_communes, show_communes);
  post("/administration/communes", Right::manage_communes, add_commune);
  get("/administration/communes/{id}", Right::manage_communes, show_commune);
  post("/administration/communes/{id}/adresses", Right::manage_communes, add_host);
  post("/administration/communes/{id}/adresses/retirer", Right::manage_communes, remove_host);
  post("/administration/communes/{id}/administrateur", Right::manage_communes, add_first_administrator);
  post("/administration/communes/{id}/fonds", Right::manage_communes, share_corpus);
  post("/administration/communes/{id}/fonds/fermer", Right::manage_communes, unshare_corpus);
  get("/administration/communes/{id}/suspendre", Right::manage_communes, ask_suspend_commune);
  post("/administration/communes/{id}/suspendre", Right::manage_communes, suspend_commune);
  post("/administration/communes/{id}/rouvrir", Right::manage_communes, resume_commune);

  get("/administration/autorisations", Right::manage_grants, show_grants);
  post("/administration/autorisations", Right::manage_grants, give_grant);
  get("/administration/autorisations/{numero}/retirer", Right::manage_grants, ask_revoke_grant);
  post("/administration/autorisations/{numero}/retirer", Right::manage_grants, revoke_grant);

  get("/administration/mairie", Right::manage_settings, show_town_hall);
  post("/administration/mairie", Right::manage_settings, save_town_hall);

  get("/administration/taches", Right::manage_jobs, show_jobs);
  get("/administration/taches/{numero}/arreter", Right::manage_jobs, ask_stop_job);
  post("/administration/taches/{numero}/arreter", Right::manage_jobs, stop_job);
  post("/administration/taches/{numero}/reprendre", Right::manage_jobs, retry_job);
}

}  // namespace beffroi::administration
