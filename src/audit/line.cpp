#include "audit/line.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "crypto/digest.h"

namespace beffroi::audit {

namespace {

struct ActorRow {
  Actor actor;
  std::string_view name, title;
};
constexpr std::array<ActorRow, 5> kActors{{
    {Actor::anonymous, "public", "Public"},
    {Actor::person, "person", "Personne"},
    {Actor::key, "key", "Clé d’API"},
    {Actor::console, "console", "Ligne de commande"},
    {Actor::program, "program", "Beffroi"},
}};

struct ActionRow {
  Action action;
  std::string_view name, title;
};
constexpr ActionRow kActions[] = {
    {Action::signed_in, "signed_in", "Connexion"},
    {Action::sign_in_refused, "sign_in_refused", "Connexion refusée"},
    {Action::signed_out, "signed_out", "Déconnexion"},
    {Action::password_changed, "password_changed", "Mot de passe changé"},
    {Action::account_added, "account_added", "Compte créé"},
    {Action::account_changed, "account_changed", "Compte modifié"},
    {Action::account_disabled, "account_disabled", "Compte désactivé"},
    {Action::account_erased, "account_erased", "Compte effacé"},
    {Action::key_issued, "key_issued", "Clé d’API créée"},
    {Action::key_revoked, "key_revoked", "Clé d’API révoquée"},
    {Action::answered, "answered", "Réponse par extraits"},
    {Action::reworded, "reworded", "Réponse reformulée"},
    {Action::generated, "generated", "Texte écrit par un modèle"},
    {Action::searched, "searched", "Recherche"},
    {Action::document_read, "document_read", "Document lu"},
    {Action::document_added, "document_added", "Document ajouté"},
    {Action::document_removed, "document_removed", "Document retiré"},
    {Action::setting_changed, "setting_changed", "Réglage changé"},
    {Action::charter_published, "charter_published", "Charte publiée"},
    {Action::charter_accepted, "charter_accepted", "Charte acceptée"},
    {Action::retention_changed, "retention_changed", "Durée de conservation changée"},
    {Action::audit_read, "audit_read", "Journal lu"},
    {Action::audit_exported, "audit_exported", "Journal exporté"},
    {Action::acceptances_exported, "acceptances_exported", "Acceptations de la charte exportées"},
    {Action::register_exported, "register_exported", "Registre des traitements exporté"},
    {Action::person_accessed, "person_accessed", "Données d’une personne remises"},
    {Action::person_erased, "person_erased", "Données d’une personne effacées"},
    {Action::purged, "purged", "Données purgées"},
    {Action::lines_purged, "lines_purged", "Lignes du journal purgées"},
    {Action::grant_given, "grant_given", "Accès accordé au syndicat"},
    {Action::grant_revoked, "grant_revoked", "Accès du syndicat retiré"},
    {Action::granted_read, "granted_read", "Lecture par le syndicat"},
    {Action::approved, "approved", "Approbation"},
    {Action::data_imported, "data_imported", "Données importées"},
    {Action::data_exported, "data_exported", "Données exportées"},
    {Action::role_given, "role_given", "Rôle donné"},
    {Action::role_removed, "role_removed", "Rôle retiré"},
    {Action::job_stopped, "job_stopped", "Travail arrêté"},
    {Action::job_retried, "job_retried", "Travail relancé"},
    {Action::order_decided, "order_decided", "Commande de repas décidée"},
    {Action::meals_recorded, "meals_recorded", "Repas servis enregistrés"},
    {Action::calendar_changed, "calendar_changed", "Calendrier des cantines changé"},
};

constexpr auto kAllActions = [] {
  std::array<Action, std::size(kActions)> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = kActions[i].action;
  return all;
}();

bool is_label(std::string_view text, std::size_t most) {
  return text.size() <= most && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

Status check_label(std::string_view text, std::string_view field) {
  if (is_label(text, kMostTextBytes)) return {};
  return fail(Code::invalid_argument, "Une ligne du journal ne peut pas tenir ce qui lui est donné.",
              fmt::format("audit field {} is not a short ASCII word", field));
}

// A word, and not the « @ » and the space that stand between words.
Result<std::string> text_of(const std::vector<Source>& sources) {
  std::string text;
  for (std::size_t i = 0; i < sources.size() && i < kMostSources; ++i) {
    const Source& source = sources[i];
    BEFFROI_CHECK(check_label(source.id, "source"));
    BEFFROI_CHECK(check_label(source.version, "version"));
    if (source.id.empty() || source.id.find('@') != std::string::npos || source.version.find('@') != std::string::npos) {
      return fail(Code::invalid_argument, "Une ligne du journal ne peut pas tenir ce qui lui est donné.", "audit source without an id");
    }
    text += (text.empty() ? "" : " ") + source.id + "@" + source.version;
  }
  return text;
}

void add(std::string& bytes, std::string_view field) { fmt::format_to(std::back_inserter(bytes), "{}:{},", field.size(), field); }
void add(std::string& bytes, std::int64_t field) { add(bytes, std::to_string(field)); }

template <class Rows>
std::string title_in(const Rows& rows, std::string_view name) {
  const auto found = std::find_if(std::begin(rows), std::end(rows), [&](const auto& row) { return row.name == name; });
  return std::string(found == std::end(rows) ? name : found->title);
}

}  // namespace

std::string_view name_of(Actor actor) {
  const auto found = std::find_if(kActors.begin(), kActors.end(), [&](const ActorRow& row) { return row.actor == actor; });
  return found == kActors.end() ? std::string_view{} : found->name;
}

std::string_view name_of(Action action) {
  const auto found = std::find_if(std::begin(kActions), std::end(kActions), [&](const ActionRow& row) { return row.action == action; });
  return found == std::end(kActions) ? std::string_view{} : found->name;
}

std::span<const Action> all_actions() { return kAllActions; }

std::string title_of_actor(std::string_view name) { return title_in(kActors, name); }
std::string title_of_action(std::string_view name) { return title_in(kActions, name); }

std::string word_of(std::string_view text) {
  std::string word(text.substr(0, kMostTextBytes));
  std::replace_if(word.begin(), word.end(), [](char c) { return c <= ' ' || c > '~'; }, '_');
  return word;
}

Result<Line> line_of(const Entry& entry, std::int64_t at_ms) {
  Line line;
  line.at_ms = at_ms;
  line.who_kind = name_of(entry.who.kind);
  line.who = entry.who.id;
  line.action = name_of(entry.action);
  line.object = entry.object;
  line.sources = BEFFROI_TRY(text_of(entry.sources));
  line.model = entry.model;
  line.model_sha256 = entry.model_sha256;
  line.passed = entry.verdicts.passed;
  line.refused = entry.verdicts.refused;
  line.outcome = entry.outcome;
  BEFFROI_CHECK(check_label(line.who, "who"));
  BEFFROI_CHECK(check_label(line.object, "object"));
  BEFFROI_CHECK(check_label(line.model, "model"));
  BEFFROI_CHECK(check_label(line.model_sha256, "model_sha256"));
  BEFFROI_CHECK(check_label(line.outcome, "outcome"));
  return line;
}

std::string first_hash(std::string_view commune) { return crypto::sha256_hex("beffroi.audit.1\n" + std::string(commune)); }

std::string chained(std::string_view former_hash, const Line& line) {
  std::string bytes;
  add(bytes, former_hash);
  add(bytes, line.number);
  add(bytes, line.at_ms);
  for (const std::string* field : {&line.who_kind, &line.who, &line.action, &line.object, &line.sources, &line.model, &line.model_sha256}) {
    add(bytes, *field);
  }
  add(bytes, line.passed);
  add(bytes, line.refused);
  add(bytes, line.outcome);
  return crypto::sha256_hex(bytes);
}

}  // namespace beffroi::audit
