// The commands of whoever answers for the traces and for the rights of persons. Exit codes as in commands.h.
#pragma once

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

[[nodiscard]] int run_audit_verify(const Config& config, const AuditOptions& options);
[[nodiscard]] int run_audit_list(const Config& config, const AuditOptions& options);
[[nodiscard]] int run_audit_export(const Config& config, const AuditOptions& options);

}  // namespace beffroi::app
