// /conformite: where things stand, at a glance, and what is to be done.
#include <fmt/format.h>

#include <algorithm>

#include "audit/journal.h"
#include "compliance/charter.h"
#include "usecases/oversight/call.h"

namespace beffroi::oversight {

namespace {

struct Standing {
  compliance::Charter charter;
  std::size_t accounts = 0, accepted = 0;  // accounts that are open; those that accepted the version in force
  audit::Head journal;
  compliance::PurgeState purge;
};

Result<Standing> standing_of(const Call& call) {
  Standing now;
  now.charter = BEFFROI_TRY(compliance::charter_in_force(call.tenant(), call.now_ms()));
  const auto given = BEFFROI_TRY(compliance::acceptances(call.tenant()));
  for (const people::Account& account : BEFFROI_TRY(people::accounts(call.tenant()))) {
    if (account.disabled) continue;
    ++now.accounts;
    now.accepted += std::any_of(given.begin(), given.end(), [&](const compliance::Acceptance& one) {
      return one.account == account.id && one.version == now.charter.version && one.sha256 == now.charter.sha256;
    });
  }
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  now.journal = BEFFROI_TRY(audit::head_of(database, call.tenant().id()));
  now.purge = BEFFROI_TRY(compliance::purge_state(database));
  return now;
}

struct Card {
  people::Right right;
  std::string_view path, title;
  std::string state, what;
};

std::vector<Card> cards_of(const Standing& now) {
  using people::Right;
  const std::string version = now.charter.version == 0 ? "Texte fourni avec Beffroi" : fmt::format("Version {}", now.charter.version);
  return {
      {Right::see_audit, "/conformite/journal", "Journal",
       fmt::format("{} ligne{} depuis le début.", now.journal.lines, now.journal.lines > 1 ? "s" : ""),
       "Qui a fait quoi, jamais les contenus. Vérifier qu’il est entier, l’exporter."},
      {Right::see_register, "/conformite/registre", "Registre des traitements", "Rempli à partir de la configuration d’aujourd’hui.",
       "L’article 30 du RGPD\u00a0: à lire, à compléter du nom de votre délégué, à imprimer."},
      {Right::serve_requests, "/conformite/personnes", "Demandes des personnes",
       fmt::format("{} compte{} ouvert{}.", now.accounts, now.accounts > 1 ? "s" : "", now.accounts > 1 ? "s" : ""),
       "Remettre à quelqu’un ce qui est gardé de lui, ou l’effacer avec une preuve."},
      {Right::manage_retention, "/conformite/conservation", "Conservation",
       now.purge.looked_ms == 0 ? "Aucune purge n’a encore eu lieu."
                                : "Dernière purge\u00a0: " + pages::french_moment(now.purge.looked_ms) + ".",
       "Combien de temps chaque donnée est gardée\u00a0; purger maintenant."},
      {Right::see_register, "/conformite/acceptations", "Acceptations de la charte",
       fmt::format("{} compte{} sur {} {} accepté la version en vigueur.", now.accepted, now.accepted > 1 ? "s" : "", now.accounts,
                   now.accepted > 1 ? "ont" : "a"),
       "Qui a accepté, qui ne l’a pas encore fait."},
      {Right::manage_charter, "/conformite/charte", "Charte d’usage", version + " en vigueur.",
       "Lire les versions, en publier une nouvelle."},
  };
}

}  // namespace

Result<http::Reply> show_hub(const Call& call) {
  const Standing now = BEFFROI_TRY(standing_of(call));
  return page(call, {"Vue d’ensemble", "/conformite"}, [&](Html& html) {
    html.element("h1", "Conformité");
    html.element("p", {{"class", "lead"}}, "Ce que Beffroi garde, ce qui a été fait, et les droits des personnes.");
    html.open("ul", {{"class", "oversight-cards"}});
    for (const Card& card : cards_of(now)) {
      if (!call.visitor.may(card.right)) continue;
      html.open("li", {{"class", "card"}}).open("h2").element("a", {{"href", card.path}}, card.title).close();
      html.element("p", card.state);
      html.element("p", {{"class", "quiet"}}, card.what);
      html.close();
    }
    html.close();
  });
}

}  // namespace beffroi::oversight
