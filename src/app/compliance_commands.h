// The commands of whoever answers for the traces and for the rights of persons. Exit codes as in commands.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/config.h"

namespace beffroi::app {

struct AuditOptions {
  std::string commune;
  std::string format = "csv";  // export: csv, json
  std::string from, to;        // AAAA-MM-JJ, both included; empty: no bound
  std::string noted;           // verify: NOMBRE:EMPREINTE of an earlier verification
  std::filesystem::path out;   // export; empty: standard output
  int limit = 50;              // list
  bool json = false;           // verify
};

// charter, compliance, person.
struct ComplianceOptions {
  std::string commune;
  std::string format;             // of what is handed out
  std::filesystem::path file;     // charter publish: the text
  std::filesystem::path out;      // empty: standard output
  std::string day;                // charter publish: in force from, AAAA-MM-JJ; empty: at once
  std::string person;             // login
  std::string kind;               // retention: the kind to change
  std::int64_t days = -1;         // retention: its days; -1: show
  std::string same_name;          // person erase: "keep" or "erase" what bears the name and no account; empty: refuse when there is some
  bool confirmed = false;         // purge: the date was looked at; person erase: sure
  bool json = false;
};

[[nodiscard]] int run_charter_show(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_charter_publish(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_charter_acceptances(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_compliance_register(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_compliance_retention(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_compliance_purge(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_person_export(const Config& config, const ComplianceOptions& options);
[[nodiscard]] int run_person_erase(const Config& config, const ComplianceOptions& options);

[[nodiscard]] int run_audit_verify(const Config& config, const AuditOptions& options);
[[nodiscard]] int run_audit_list(const Config& config, const AuditOptions& options);
[[nodiscard]] int run_audit_export(const Config& config, const AuditOptions& options);

}  // namespace beffroi::app
