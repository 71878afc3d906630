// beffroi charter, compliance, person: the charter, the register, the retention, the rights of persons. What the pages of oversight do, typed.
#include <fmt/format.h>

#include "app/at_commune.h"
#include "app/compliance_commands.h"
#include "app/handed_file.h"
#include "app/oversight.h"
#include "audit/export.h"
#include "base/clock.h"
#include "base/files.h"
#include "compliance/acceptances_export.h"
#include "compliance/charter.h"
#include "compliance/persons.h"
#include "compliance/retention.h"
#include "json/writer.h"
#include "people/account.h"

namespace beffroi::app {

namespace {

using tenants::Tenant;

compliance::PurgeOrder order_of(const std::shared_ptr<tenants::Directory>& directory, bool date_confirmed = false) {
  compliance::PurgeOrder order;
  order.now_ms = now_ms();
  order.date_confirmed = date_confirmed;
  order.who = console_user();
  order.backups = backups_of(directory);
  return order;
}

// Opens the installation and the commune, does one thing, and says how it went.
template <class Act>
int in_commune(const Config& config, const ComplianceOptions& options, const Act& act) {
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());
  const auto tenant = (*directory)->tenant(options.commune);
  if (!tenant) return say_fault(tenant.error());
  const Status done = act(*directory, *tenant);
  return done ? kDone : say_fault(done.error());
}

Status publish(const Tenant& tenant, const ComplianceOptions& options) {
  compliance::NewCharter wanted{BEFFROI_TRY(read_file(options.file, compliance::kMostCharterBytes)), 0};
  if (!options.day.empty()) wanted.in_force_ms = BEFFROI_TRY(audit::midnight_of(options.day));
  const auto charter = BEFFROI_TRY(compliance::publish_charter(tenant, wanted, console_user(), now_ms()));
  fmt::print("Version {} de la charte de {} publiée, en vigueur à partir du {}. SHA-256\u00a0: {}\n", charter.version, tenant.id(),
             audit::utc_text(charter.in_force_ms), charter.sha256);
  return {};
}

void say_backups(const std::vector<compliance::BackupHeld>& backups) {
  for (const compliance::BackupHeld& backup : backups) {
    fmt::print("Sauvegarde qui peut encore le contenir\u00a0: {} ({})\n", backup.file, audit::utc_text(backup.made_ms));
  }
}

void write_backups(json::Writer& out, const std::vector<compliance::BackupHeld>& backups) {
  out.key("backups").begin_array();
  for (const compliance::BackupHeld& backup : backups) {
    out.begin_object().field("file", backup.file).field("made", audit::utc_text(backup.made_ms)).end_object();
  }
  out.end_array();
}

Status retention(const Tenant& tenant, const ComplianceOptions& options) {
  const auto keepers = program_keepers();
  if (!options.kind.empty() && options.days >= 0)
    BEFFROI_CHECK(compliance::set_retention(tenant, keepers, {options.kind, options.days}, console_user(), now_ms()));
  const auto durations = BEFFROI_TRY(compliance::retentions(tenant, keepers));
  json::Writer out;
  out.begin_array();
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    const std::string kept = compliance::readable_days(keepers[i], durations[i].days);
    if (!options.json)
      fmt::print("{:12} {}\u00a0: {}{}\n", keepers[i].kind, keepers[i].title, kept, durations[i].decided ? " (décidé par la commune)" : "");
    out.begin_object().field("kind", keepers[i].kind).field("title", keepers[i].title).field("days", durations[i].days).field("kept", kept);
    out.field("least_days", keepers[i].least_days)
        .field("most_days", keepers[i].most_days)
        .field("decided", durations[i].decided)
        .end_object();
  }
  if (options.json) fmt::print("{}\n", out.end_array().text());
  return {};
}

Status purge(const std::shared_ptr<tenants::Directory>& directory, const Tenant& tenant, const ComplianceOptions& options) {
  const auto report = BEFFROI_TRY(compliance::purge(tenant, program_keepers(), order_of(directory, options.confirmed)));
  if (options.json) {
    json::Writer out;
    out.begin_object().field("first_look", report.first_look).field("rows", report.rows).field("traces_left", report.traces_left);
    out.key("kinds").begin_array();
    for (const compliance::PurgedKind& kind : report.kinds) {
      out.begin_object()
          .field("kind", kind.kind)
          .field("days", kind.days)
          .field("before", kind.before_day)
          .field("rows", kind.rows)
          .end_object();
    }
    out.end_array();
    write_backups(out, report.backups);
    fmt::print("{}\n", out.end_object().text());
    return {};
  }
  if (report.first_look)
    fmt::print("Première lecture de l’horloge\u00a0: rien n’a été effacé. Vérifiez la date, puis recommencez avec --now.\n");
  for (const compliance::PurgedKind& kind : report.kinds) {
    fmt::print("{}\u00a0: {} lignes, avant le {}\n", kind.title, kind.rows, kind.before_day);
  }
  if (report.traces_left) fmt::print("Quelqu’un lisait la base\u00a0: la prochaine purge finira de nettoyer les fichiers.\n");
  else if (!report.first_look) fmt::print("Plus aucune trace dans les fichiers.\n");
  say_backups(report.backups);
  return {};
}

Status erase(const std::shared_ptr<tenants::Directory>& directory, const Tenant& tenant, const ComplianceOptions& options) {
  const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.person));
  if (!options.confirmed) {
    return fail(Code::invalid_argument,
                fmt::format("{} ({}) et tout ce qui lui appartient seraient effacés, sans retour possible. Ajoutez --yes pour le faire.",
                            account.name, account.login));
  }
  const auto same_names = BEFFROI_TRY(compliance::same_names(tenant, program_keepers(), account.id));
  if (!same_names.empty() && options.same_name.empty()) {
    for (const compliance::SameName& one : same_names) fmt::print("{}\n", one.words);
    return fail(
        Code::conflict,
        fmt::format(
            "Ces lignes portent le nom «\u00a0{}\u00a0» et peuvent être d’un homonyme\u00a0: ajoutez --same-name keep pour les garder, "
            "--same-name erase pour y effacer ce nom, ou choisissez parmi elles sur la page « Demandes des personnes ».",
            account.name));
  }
  std::vector<std::string> chosen;
  if (options.same_name == "erase") {
    for (const compliance::SameName& one : same_names) chosen.push_back(one.id);
  }
  const auto report = BEFFROI_TRY(compliance::erase_person(tenant, program_keepers(), account.id, order_of(directory), chosen));
  if (options.json) {
    json::Writer out;
    out.begin_object().field("account", account.id).field("traces_left", report.traces_left).key("kinds").begin_array();
    for (const compliance::Erased& kind : report.kinds) {
      out.begin_object().field("kind", kind.kind).field("rows", kind.rows).field("why_kept", kind.why_kept).end_object();
    }
    out.end_array();
    write_backups(out, report.backups);
    fmt::print("{}\n", out.end_object().text());
    return {};
  }
  fmt::print("{} est effacé.\n", account.login);
  for (const compliance::Erased& kind : report.kinds) {
    fmt::print("{}\u00a0: {}\n", kind.title,
               kind.why_kept.empty() ? fmt::format("{} lignes effacées", kind.rows) : "gardé. " + kind.why_kept);
  }
  if (report.traces_left) fmt::print("Quelqu’un lisait la base\u00a0: la prochaine purge finira de nettoyer les fichiers.\n");
  say_backups(report.backups);
  return {};
}

Status write_register(const Config& config, const tenants::Directory& directory, const Tenant& tenant, const ComplianceOptions& options) {
  const auto format = compliance::register_format_named(options.format);
  if (!format) return fail(Code::invalid_argument, "Le registre est en md, csv ou json.");
  const auto keepers = program_keepers();
  const auto facts = BEFFROI_TRY(facts_of(config, directory, tenant));
  const auto all = compliance::processings(facts, keepers, BEFFROI_TRY(compliance::retentions(tenant, keepers)));
  return recorded(tenant, audit::Action::register_exported, "", [&] {
    return hand_out(options.out, compliance::register_text(facts, all, *format, audit::utc_text(now_ms()).substr(0, 10)));
  });
}

}  // namespace

int run_charter_show(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [](const auto&, const Tenant& tenant) -> Status {
    const auto charter = BEFFROI_TRY(compliance::charter_in_force(tenant, now_ms()));
    fmt::print("{}\n", charter.text);
    fmt::print(stderr, "Version {}, SHA-256 {}\n", charter.version, charter.sha256);
    return {};
  });
}

int run_charter_publish(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto&, const Tenant& tenant) { return publish(tenant, options); });
}

int run_charter_acceptances(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto&, const Tenant& tenant) -> Status {
    const auto format = audit::format_named(options.format).value_or(audit::Format::csv);
    return hand_out(options.out, BEFFROI_TRY(compliance::export_acceptances(tenant, format, console_user(), now_ms())));
  });
}

int run_compliance_register(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options,
                    [&](const auto& directory, const Tenant& tenant) { return write_register(config, *directory, tenant, options); });
}

int run_compliance_retention(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto&, const Tenant& tenant) { return retention(tenant, options); });
}

int run_compliance_purge(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto& directory, const Tenant& tenant) { return purge(directory, tenant, options); });
}

int run_person_export(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto& directory, const Tenant& tenant) -> Status {
    const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.person));
    return hand_out(options.out, BEFFROI_TRY(compliance::access_data(tenant, program_keepers(), account.id, order_of(directory))) + "\n");
  });
}

int run_person_erase(const Config& config, const ComplianceOptions& options) {
  return in_commune(config, options, [&](const auto& directory, const Tenant& tenant) { return erase(directory, tenant, options); });
}

}  // namespace beffroi::app
