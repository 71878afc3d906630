// Everything that is kept, but for what a use case adds.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "audit/export.h"
#include "audit/journal.h"
#include "compliance/charter.h"
#include "compliance/keeper.h"
#include "json/writer.h"
#include "people/account.h"
#include "people/group.h"
#include "people/key.h"
#include "people/session.h"

namespace beffroi::compliance {

namespace {

constexpr std::int64_t kYear = 365;
constexpr int kMostLines = 100'000;  // of the journal, in what is handed over

constexpr const char* kPublicTask = "Mission d’intérêt public (RGPD, article 6-1-e)";
constexpr const char* kSecurity = "Obligation de sécurité (RGPD, articles 6-1-c et 32) et mission d’intérêt public (6-1-e)";

Keeper opinions() {
  Keeper keeper{.kind = "opinions", .title = "Avis sur les réponses"};
  keeper.contents =
      "L’identifiant aléatoire de la réponse, oui ou non, le jour\u00a0; le motif et la question si la personne les a écrits.";
  keeper.purpose = "Améliorer les réponses.";
  keeper.legal_basis = kPublicTask;
  keeper.days = kYear;
  keeper.most_days = 3 * kYear;
  keeper.tables = {"assistant_feedback"};
  keeper.purge = purge_rows("assistant_feedback", "day", Age::day);
  return keeper;
}

Keeper routes() {
  Keeper keeper{.kind = "routes", .title = "Comptes des chemins de réponse"};
  keeper.contents = "Des nombres par jour\u00a0: réponses par extraits, recherches approfondies. Rien ne mène à une personne.";
  keeper.purpose = "Régler le seuil à partir duquel le modèle est proposé.";
  keeper.legal_basis = kPublicTask;
  keeper.personal = false;
  keeper.days = 3 * kYear;
  keeper.most_days = 10 * kYear;
  keeper.tables = {"assistant_route"};
  keeper.purge = purge_rows("assistant_route", "day", Age::day);
  return keeper;
}

Keeper metering() {
  Keeper keeper{.kind = "metering", .title = "Mesure de la consommation"};
  keeper.contents =
      "Une ligne par demande\u00a0: le jour, le service, le modèle, des nombres (jetons, secondes, joules). Rien ne mène à une personne.";
  keeper.purpose = "Rendre compte du coût et de l’énergie.";
  keeper.legal_basis = kPublicTask;
  keeper.personal = false;
  keeper.days = 3 * kYear;
  keeper.most_days = 10 * kYear;
  keeper.tables = {"metering_line"};
  keeper.purge = purge_rows("metering_line", "day", Age::day);
  return keeper;
}

void write_memberships(json::Writer& out, const std::vector<people::Membership>& memberships) {
  out.begin_array();
  for (const people::Membership& member : memberships) {
    out.begin_object().field("role", people::name_of(member.role)).field("service", member.service).end_object();
  }
  out.end_array();
}

Result<std::string> account_json(const tenants::Tenant& tenant, std::string_view id) {
  const auto account = people::account_of(tenant, id);
  if (!account && account.error().code == Code::not_found) return "null";
  if (!account) return tl::unexpected(account.error());
  json::Writer out;
  out.begin_object().field("id", account->id).field("login", account->login).field("name", account->name);
  out.field("disabled", account->disabled)
      .field("has_password", account->has_password)
      .field("created", audit::utc_text(account->created_ms));
  out.key("roles");
  write_memberships(out, account->memberships);
  out.key("groups").begin_array();
  for (const people::Group& group : BEFFROI_TRY(people::groups(tenant))) {
    if (std::find(group.accounts.begin(), group.accounts.end(), id) != group.accounts.end()) out.value(group.name);
  }
  out.end_array().end_object();
  return std::move(out).text();
}

Keeper accounts() {
  Keeper keeper{.kind = "accounts", .title = "Comptes des agents et des élus"};
  keeper.contents = "L’identifiant de connexion, le nom, le mot de passe sous forme d’empreinte Argon2id, les rôles et les groupes.";
  keeper.purpose = "Ouvrir à chacun ce que sa fonction demande, et rien d’autre.";
  keeper.legal_basis = kPublicTask;
  keeper.tables = {"people_account", "people_identity", "people_membership", "people_group_member", "people_group", "people_group_role"};
  keeper.access = account_json;
  keeper.erase = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::int64_t> {
    const Status erased = people::erase_account(tenant, account);
    if (erased) return 1;
    if (erased.error().code == Code::not_found) return 0;
    return tl::unexpected(erased.error());
  };
  return keeper;
}

Keeper sessions() {
  Keeper keeper{.kind = "sessions", .title = "Sessions ouvertes"};
  keeper.contents = "L’empreinte du secret, le compte, le navigateur («\u00a0Firefox, Linux\u00a0»), l’ouverture et la dernière demande.";
  keeper.purpose = "Rester connecté, voir et fermer ses sessions.";
  keeper.legal_basis = kSecurity;
  keeper.days = 7;
  keeper.most_days = kYear;
  keeper.tables = {"people_session", "people_oidc_session", "people_oidc_used"};
  keeper.purge = purge_rows("people_session", "ends_ms", Age::time_ms);
  keeper.access = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::string> {
    json::Writer out;
    out.begin_array();
    for (const people::Session& session : BEFFROI_TRY(people::sessions_of(tenant, account, now_ms()))) {
      out.begin_object().field("method", session.method).field("browser", session.browser);
      out.field("created", audit::utc_text(session.created_ms)).field("seen", audit::utc_text(session.seen_ms)).end_object();
    }
    out.end_array();
    return std::move(out).text();
  };
  return keeper;  // erased with the account
}

Keeper keys() {
  Keeper keeper{.kind = "keys", .title = "Clés d’API"};
  keeper.contents = "L’empreinte du secret, le compte, le nom donné à la clé, ses droits, sa fin, le dernier jour où elle a servi.";
  keeper.purpose = "Ouvrir l’API aux logiciels de la mairie.";
  keeper.legal_basis = kSecurity;
  keeper.days = kYear;
  keeper.most_days = 3 * kYear;
  keeper.tables = {"people_key"};
  keeper.purge = purge_rows("people_key", "ends_ms", Age::time_ms);
  keeper.access = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::string> {
    json::Writer out;
    out.begin_array();
    for (const people::Key& key : BEFFROI_TRY(people::keys_of(tenant, account))) {
      out.begin_object().field("id", key.id).field("name", key.name).field("created", audit::utc_text(key.created_ms));
      out.field("ends", audit::utc_text(key.ends_ms)).field("last_used_day", key.last_used_day).field("revoked", key.revoked).end_object();
    }
    out.end_array();
    return std::move(out).text();
  };
  return keeper;  // erased with the account
}

Keeper acceptances_keeper() {
  Keeper keeper{.kind = "acceptances", .title = "Acceptations de la charte"};
  keeper.contents = "Le compte, la version acceptée, la date. Celle de la version en vigueur reste tant que le compte existe.";
  keeper.purpose = "Montrer que chacun a lu les règles d’usage.";
  keeper.legal_basis = kPublicTask;
  keeper.days = 3 * kYear;
  keeper.most_days = 10 * kYear;
  keeper.tables = {"compliance_acceptance"};
  keeper.purge = purge_rows("compliance_acceptance", "accepted_ms", Age::time_ms,
                            "version < (SELECT coalesce(max(version), 0) FROM compliance_charter)");
  keeper.access = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::string> {
    json::Writer out;
    out.begin_array();
    for (const Acceptance& acceptance : BEFFROI_TRY(acceptances_of(tenant, account))) {
      out.begin_object().field("version", acceptance.version).field("sha256", acceptance.sha256);
      out.field("accepted", audit::utc_text(acceptance.accepted_ms)).end_object();
    }
    out.end_array();
    return std::move(out).text();
  };
  keeper.erase = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::int64_t> {
    db::Database database = BEFFROI_TRY(tenant.connect());
    db::Statement erase = BEFFROI_TRY(database.prepare("DELETE FROM compliance_acceptance WHERE account = ?"));
    BEFFROI_CHECK(erase.bind(1, account));
    BEFFROI_CHECK(erase.run());
    return database.changes();
  };
  return keeper;
}

Keeper jobs() {
  Keeper keeper{.kind = "jobs", .title = "Travaux terminés"};
  keeper.contents = "Le genre du travail, ses dates, son issue. Rien ne mène à une personne.";
  keeper.purpose = "Suivre les travaux de fond et leurs échecs.";
  keeper.legal_basis = kPublicTask;
  keeper.personal = false;
  keeper.days = 90;
  keeper.most_days = kYear;
  keeper.tables = {"jobs_job"};
  keeper.purge = purge_rows("jobs_job", "finished_ms", Age::time_ms, "finished_ms > 0 AND state IN ('done', 'failed', 'stopped')");
  return keeper;
}

// Keys are gone from what is looked for once they are purged: their lines then lead to nobody.
Result<std::vector<std::string>> ids_of(const tenants::Tenant& tenant, std::string_view account) {
  std::vector<std::string> ids{std::string(account)};
  for (const people::Key& key : BEFFROI_TRY(people::keys_of(tenant, account))) ids.push_back(key.id);
  return ids;
}

Keeper journal() {
  Keeper keeper{.kind = "audit", .title = "Journal"};
  keeper.contents =
      "Qui (identifiant opaque du compte ou de la clé), quand, quelle fonction, quelles sources, quel modèle, quel contrôle. Ni question, ni "
      "réponse, ni nom, ni adresse.";
  keeper.purpose = "Pouvoir dire ce qui a été fait, et prouver que le récit n’a pas été changé.";
  keeper.legal_basis = kSecurity;
  keeper.days = kYear;
  keeper.least_days = 180;
  keeper.most_days = 3 * kYear;
  keeper.tables = {"audit_line", "audit_head"};
  keeper.purge = [](db::Database& database, const Purging& purging) -> Result<std::int64_t> {
    return BEFFROI_TRY(audit::purge_within(database, {purging.commune, purging.before_ms, purging.who, purging.now_ms})).lines;
  };
  keeper.access = [](const tenants::Tenant& tenant, std::string_view account) -> Result<std::string> {
    json::Writer out;
    out.begin_array();
    const std::vector<std::string> ids = BEFFROI_TRY(ids_of(tenant, account));
    for (const audit::Line& line : BEFFROI_TRY(audit::lines_by(tenant, ids, kMostLines))) {
      out.begin_object().field("number", line.number).field("time", audit::utc_text(line.at_ms)).field("action", line.action);
      out.field("object", line.object)
          .field("sources", line.sources)
          .field("model", line.model)
          .field("outcome", line.outcome)
          .end_object();
    }
    out.end_array();
    return std::move(out).text();
  };
  keeper.why_kept =
      "Le journal garde l’identifiant opaque du compte, qui ne mène plus à personne une fois le compte effacé\u00a0: le changer détruirait la "
      "preuve (RGPD, articles 17-3-b et e). Ses lignes s’effacent au bout de leur durée.";
  return keeper;
}

Keeper settings() {
  Keeper keeper{.kind = "settings", .title = "Réglages et décisions de la commune"};
  keeper.contents =
      "Les réglages, les versions de la charte, les durées décidées, les ouvertures écrites au syndicat\u00a0; l’identifiant du compte qui a "
      "décidé, le nom de qui a signé une ouverture.";
  keeper.purpose = "Faire ce que la commune a décidé, et pouvoir dire qui l’a décidé.";
  keeper.legal_basis = kPublicTask;
  keeper.kept = "tant que la commune utilise Beffroi";
  keeper.tables = {"tenants_setting",      "tenants_grant",    "compliance_charter",
                   "compliance_retention", "compliance_purge", "compliance_erasure"};
  return keeper;
}

}  // namespace

std::function<Result<std::int64_t>(db::Database&, const Purging&)> purge_rows(std::string table, std::string column, Age age,
                                                                              std::string also) {
  const std::string sql = fmt::format("DELETE FROM {} WHERE {} < ?{}{}", table, column, also.empty() ? "" : " AND ", also);
  return [sql, age](db::Database& database, const Purging& purging) -> Result<std::int64_t> {
    db::Statement erase = BEFFROI_TRY(database.prepare(sql));
    BEFFROI_CHECK(age == Age::day ? erase.bind(1, std::string_view(purging.before_day)) : erase.bind(1, purging.before_ms));
    BEFFROI_CHECK(erase.run());
    return database.changes();
  };
}

const Keeper* keeper_of(const std::vector<Keeper>& keepers, std::string_view kind) {
  const auto found = std::find_if(keepers.begin(), keepers.end(), [&](const Keeper& keeper) { return keeper.kind == kind; });
  return found == keepers.end() ? nullptr : &*found;
}

std::vector<Keeper> common_keepers() {
  return {opinions(), routes(), metering(), accounts(), sessions(), keys(), acceptances_keeper(), jobs(), journal(), settings()};
}

}  // namespace beffroi::compliance
