#include "compliance/register.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/csv.h"
#include "json/writer.h"

namespace beffroi::compliance {

namespace {

constexpr const char* kAgents = "Agents et élus qui ont un compte";
constexpr const char* kNobodyElse = "Personne hors de la mairie";
constexpr const char* kNoTransfer = "Aucun";

class Durations {
 public:
  Durations(const std::vector<Keeper>& keepers, const std::vector<Retention>& retentions) : keepers_(keepers), retentions_(retentions) {}

  // « Avis sur les réponses : 365 jours. Journal : 365 jours. »
  [[nodiscard]] std::string of(std::string_view processing) const {
    const auto kept =
        std::find_if(kinds_kept().begin(), kinds_kept().end(), [&](const KindsKept& one) { return one.processing == processing; });
    std::string text;
    for (const std::string_view kind : kept->kinds) {
      const Keeper* keeper = keeper_of(keepers_, kind);
      const auto set = std::find_if(retentions_.begin(), retentions_.end(), [&](const Retention& one) { return one.kind == kind; });
      if (keeper == nullptr || set == retentions_.end()) continue;
      text += fmt::format("{}{}\u00a0: {}.", text.empty() ? "" : " ", keeper->title, readable_days(*keeper, set->days));
    }
    return text;
  }

 private:
  const std::vector<Keeper>& keepers_;
  const std::vector<Retention>& retentions_;
};

std::string security_of(const Facts& facts) {
  return fmt::format(
      "Une base ({}) par commune, ouverte pour elle seule\u00a0; rôles et refus par défaut\u00a0; mots de passe Argon2id\u00a0; journal chaîné qui ne "
      "contient aucun contenu\u00a0; aucune connexion sortante que l’administrateur n’a pas écrite.",
      facts.store);
}

Processing questions(const Facts& facts, const Durations& durations) {
  Processing made{.id = "questions", .title = "Répondre aux questions sur les démarches"};
  made.purpose = "Montrer aux habitants et aux agents les phrases des fiches officielles qui répondent à leur question.";
  made.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  made.persons = "Habitants et agents qui posent une question";
  made.data =
      fmt::format("La question, le temps d’y répondre, en mémoire\u00a0: elle n’est pas gardée.{} Un avis, si la personne en donne un.",
                  facts.semantic_search ? " Un modèle d’empreintes, sur la machine, la transforme en nombres." : "");
  made.recipients = kNobodyElse;
  made.transfers = kNoTransfer;
  made.retention = durations.of(made.id);
  made.security = security_of(facts);
  return made;
}

Processing rewording(const Facts& facts, const Durations& durations) {
  Processing made{.id = "rewording", .title = "Faire reformuler ou écrire par un modèle de langue"};
  made.purpose = "Dire plus simplement des phrases officielles, préparer un brouillon qu’une personne relit.";
  made.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  made.persons = "Habitants qui le demandent\u00a0; agents et élus qui ont accepté la charte d’usage";
  made.data = fmt::format("Ce qui est envoyé au modèle {}{}, le temps de la réponse.", facts.model.id,
                          facts.model.sha256.empty() ? "" : " (SHA-256 " + facts.model.sha256 + ")");
  if (facts.model.upstream_url.empty()) {
    made.recipients = kNobodyElse + std::string("\u00a0: le modèle tourne sur la machine.");
    made.transfers = kNoTransfer;
  } else {
    made.recipients = fmt::format("Sous-traitant\u00a0: l’hébergeur du modèle, {}. {}", facts.model.upstream_url,
                                  facts.masks_upstream ? "Les données personnelles reconnues sont remplacées avant l’envoi."
                                                       : "Un envoi qui contient des données personnelles reconnues est refusé.");
    made.transfers = fmt::format("À dire par la mairie selon le lieu de {}", facts.model.upstream_url);
  }
  made.retention = durations.of(made.id);
  made.security = security_of(facts);
  return made;
}

Processing people(const Facts& facts, const Durations& durations) {
  Processing made{.id = "people", .title = "Gérer les comptes et les accès"};
  made.purpose = "Ouvrir à chaque agent ce que sa fonction demande, tracer ce qui est fait.";
  made.legal_basis = "Mission d’intérêt public et obligation de sécurité (RGPD, articles 6-1-e, 6-1-c et 32)";
  made.persons = kAgents;
  made.data = "Identifiant de connexion, nom, rôles, groupes, empreinte du mot de passe, sessions, clés d’API, acceptations de la charte.";
  made.recipients = facts.oidc ? "Le fournisseur d’identité de la collectivité, à la connexion" : kNobodyElse;
  made.transfers = kNoTransfer;
  made.retention = durations.of(made.id);
  made.security = security_of(facts);
  return made;
}

Processing api(const Facts& facts, const Durations& durations) {
  Processing made{.id = "api", .title = "Ouvrir une API aux logiciels de la mairie"};
  made.purpose = "Permettre à d’autres logiciels de chercher et de faire écrire, sous les mêmes règles.";
  made.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  made.persons = "Personnes dont parlent les textes envoyés\u00a0; propriétaires des clés";
  made.data = "Les textes envoyés, le temps de la réponse\u00a0; la clé, ses droits, les nombres de la mesure.";
  made.recipients = facts.model.upstream_url.empty() ? kNobodyElse : "L’hébergeur du modèle, " + facts.model.upstream_url;
  made.transfers = facts.model.upstream_url.empty() ? kNoTransfer : "À dire par la mairie selon le lieu de l’hébergeur";
  made.retention = durations.of(made.id);
  made.security = security_of(facts);
  return made;
}

Processing canteens(const Facts& facts, const Durations& durations) {
  Processing made{.id = "canteens", .title = "Prévoir les repas des cantines"};
  made.purpose = "Commander le bon nombre de repas.";
  made.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  made.persons = kAgents;
  made.data = "Des effectifs par cantine et par jour\u00a0: aucun nom d’enfant. L’agent qui commande.";
  made.recipients = kNobodyElse;
  made.transfers = kNoTransfer;
  made.retention = durations.of(made.id);
  made.security = security_of(facts);
  return made;
}

std::string markdown(const Facts& facts, const std::vector<Processing>& all, std::string_view day) {
  std::string text = fmt::format("# Registre des activités de traitement\n\nResponsable du traitement\u00a0: {}", facts.town_hall);
  if (!facts.address.empty()) text += ", " + facts.address;
  if (!facts.telephone.empty()) text += ", " + facts.telephone;
  text += fmt::format(
      ".\n\nDélégué à la protection des données\u00a0: {}.\n\nÉtabli le {} à partir de la configuration de "
      "Beffroi. Sauvegardes connues\u00a0: {}.\n",
      facts.delegate.name.empty() ? "à compléter par la mairie" : facts.delegate.words(), day, facts.backups);
  for (const Processing& one : all) {
    text += fmt::format("\n## {}\n\n", one.title);
    const std::pair<std::string_view, const std::string&> lines[] = {
        {"Finalité", one.purpose},       {"Base légale", one.legal_basis},  {"Personnes concernées", one.persons},
        {"Données", one.data},           {"Destinataires", one.recipients}, {"Transferts hors de l’Union européenne", one.transfers},
        {"Conservation", one.retention}, {"Sécurité", one.security},
    };
    for (const auto& [name, value] : lines) text += fmt::format("- {}\u00a0: {}\n", name, value);
  }
  return text;
}

std::string as_json(const Facts& facts, const std::vector<Processing>& all, std::string_view day) {
  json::Writer out;
  out.begin_object().field("commune", facts.commune).field("controller", facts.town_hall).field("address", facts.address);
  out.key("delegate").begin_object().field("name", facts.delegate.name).field("contact", facts.delegate.contact).end_object();
  out.field("telephone", facts.telephone).field("made", day).field("store", facts.store).field("backups", facts.backups);
  out.key("model").begin_object().field("id", facts.model.id).field("sha256", facts.model.sha256);
  out.field("upstream", facts.model.upstream_url).end_object();
  out.key("processings").begin_array();
  for (const Processing& one : all) {
    out.begin_object().field("id", one.id).field("title", one.title).field("purpose", one.purpose).field("legal_basis", one.legal_basis);
    out.field("persons", one.persons).field("data", one.data).field("recipients", one.recipients).field("transfers", one.transfers);
    out.field("retention", one.retention).field("security", one.security).end_object();
  }
  out.end_array().end_object();
  return std::move(out).text() + "\n";
}

std::string as_csv(const std::vector<Processing>& all) {
  std::string text(audit::kCsvBeginning);
  audit::add_csv_row(text, {"traitement", "finalité", "base légale", "personnes concernées", "données", "destinataires",
                            "transferts hors UE", "conservation", "sécurité"});
  for (const Processing& one : all) {
    audit::add_csv_row(
        text, {one.title, one.purpose, one.legal_basis, one.persons, one.data, one.recipients, one.transfers, one.retention, one.security});
  }
  return text;
}

}  // namespace

const std::vector<KindsKept>& kinds_kept() {
  static const std::vector<KindsKept> kKept = {
      {"questions", {"opinions", "routes", "audit"}},
      {"rewording", {"metering", "audit", "acceptances"}},
      {"people", {"accounts", "sessions", "keys", "acceptances", "settings", "audit"}},
      {"api", {"keys", "api_use", "metering", "audit"}},
      {"canteens", {"canteens", "audit"}},
  };
  return kKept;
}

std::vector<Processing> processings(const Facts& facts, const std::vector<Keeper>& keepers, const std::vector<Retention>& retentions) {
  const Durations durations(keepers, retentions);
  std::vector<Processing> all{questions(facts, durations)};
  if (!facts.model.id.empty()) all.push_back(rewording(facts, durations));
  all.push_back(people(facts, durations));
  if (facts.api) all.push_back(api(facts, durations));
  if (facts.canteens) all.push_back(canteens(facts, durations));
  return all;
}

std::optional<RegisterFormat> register_format_named(std::string_view name) {
  if (name == "md") return RegisterFormat::markdown;
  if (name == "json") return RegisterFormat::json;
  if (name == "csv") return RegisterFormat::csv;
  return std::nullopt;
}

std::string register_text(const Facts& facts, const std::vector<Processing>& all, RegisterFormat format, std::string_view day) {
  switch (format) {
    case RegisterFormat::markdown: return markdown(facts, all, day);
    case RegisterFormat::json: return as_json(facts, all, day);
    case RegisterFormat::csv: break;
  }
  return as_csv(all);
}

}  // namespace beffroi::compliance
