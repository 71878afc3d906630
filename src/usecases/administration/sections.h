// The pages of administration, in the order of the menu. Only for this folder.
#pragma once

#include <vector>

#include "usecases/administration/call.h"

namespace beffroi::administration {

// Those that this visitor may open, of this use case.
[[nodiscard]] std::vector<Section> own_sections(const people::Visitor& visitor);

// Each reads its request, asks the rooms, writes HTML.
[[nodiscard]] Result<http::Reply> show_home(const Call& call);

[[nodiscard]] Result<http::Reply> show_people(const Call& call);       // /administration/personnes
[[nodiscard]] Result<http::Reply> add_person(const Call& call);
[[nodiscard]] Result<http::Reply> show_person(const Call& call);       // /administration/personnes/{id}
[[nodiscard]] Result<http::Reply> rename_person(const Call& call);
[[nodiscard]] Result<http::Reply> give_role(const Call& call);
[[nodiscard]] Result<http::Reply> take_role(const Call& call);
[[nodiscard]] Result<http::Reply> ask_suspend(const Call& call);
[[nodiscard]] Result<http::Reply> suspend(const Call& call);
[[nodiscard]] Result<http::Reply> reopen(const Call& call);
[[nodiscard]] Result<http::Reply> end_sessions(const Call& call);
[[nodiscard]] Result<http::Reply> ask_password(const Call& call);
[[nodiscard]] Result<http::Reply> new_password(const Call& call);

[[nodiscard]] Result<http::Reply> show_groups(const Call& call);       // /administration/groupes
[[nodiscard]] Result<http::Reply> add_group(const Call& call);
[[nodiscard]] Result<http::Reply> show_group(const Call& call);        // /administration/groupes/{id}
[[nodiscard]] Result<http::Reply> change_group(const Call& call);
[[nodiscard]] Result<http::Reply> add_member(const Call& call);
[[nodiscard]] Result<http::Reply> remove_member(const Call& call);
[[nodiscard]] Result<http::Reply> ask_remove_group(const Call& call);
[[nodiscard]] Result<http::Reply> remove_group(const Call& call);

[[nodiscard]] Result<http::Reply> show_keys(const Call& call);         // /administration/cles
[[nodiscard]] Result<http::Reply> add_key(const Call& call);
[[nodiscard]] Result<http::Reply> ask_revoke_key(const Call& call);
[[nodiscard]] Result<http::Reply> revoke_key(const Call& call);

[[nodiscard]] Result<http::Reply> show_communes(const Call& call);     // /administration/communes
[[nodiscard]] Result<http::Reply> add_commune(const Call& call);
[[nodiscard]] Result<http::Reply> show_commune(const Call& call);      // /administration/communes/{id}
[[nodiscard]] Result<http::Reply> add_host(const Call& call);
[[nodiscard]] Result<http::Reply> remove_host(const Call& call);
[[nodiscard]] Result<http::Reply> add_first_administrator(const Call& call);
[[nodiscard]] Result<http::Reply> share_corpus(const Call& call);
[[nodiscard]] Result<http::Reply> unshare_corpus(const Call& call);
[[nodiscard]] Result<http::Reply> ask_suspend_commune(const Call& call);
[[nodiscard]] Result<http::Reply> suspend_commune(const Call& call);
[[nodiscard]] Result<http::Reply> resume_commune(const Call& call);

[[nodiscard]] Result<http::Reply> show_grants(const Call& call);       // /administration/autorisations
[[nodiscard]] Result<http::Reply> give_grant(const Call& call);
[[nodiscard]] Result<http::Reply> ask_revoke_grant(const Call& call);
[[nodiscard]] Result<http::Reply> revoke_grant(const Call& call);

[[nodiscard]] Result<http::Reply> show_health(const Call& call);       // /administration/sante
[[nodiscard]] Result<http::Reply> show_models(const Call& call);       // /administration/modeles

[[nodiscard]] Result<http::Reply> show_town_hall(const Call& call);    // /administration/mairie
[[nodiscard]] Result<http::Reply> save_town_hall(const Call& call);

[[nodiscard]] Result<http::Reply> show_jobs(const Call& call);         // /administration/taches
[[nodiscard]] Result<http::Reply> ask_stop_job(const Call& call);
[[nodiscard]] Result<http::Reply> stop_job(const Call& call);
[[nodiscard]] Result<http::Reply> retry_job(const Call& call);

}  // namespace beffroi::administration
