// The register of processing activities (RGPD, article 30), filled from what the commune really does: the functions that are on, the model
// that really answers and where, the retention really set, the delegate who was named; without one, that is left to write.
// Pure functions of what they are given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compliance/delegate.h"
#include "compliance/keeper.h"
#include "compliance/retention.h"

namespace beffroi::compliance {

struct ModelInUse {
  std::string id;           // empty: none
  std::string sha256;       // of the file; empty: not known
  std::string upstream_url; // where it is served; empty: on this machine
};

// What is configured.
struct Facts {
  std::string commune, town_hall, address, telephone;
  Delegate delegate;
  ModelInUse model;
  bool masks_upstream = true;      // personal data are replaced before leaving; false: the sending is refused
  bool semantic_search = false;
  bool canteens = false;
  bool api = false;                // keys may be issued
  bool oidc = false;
  std::string store;               // « SQLite », « PostgreSQL »
  std::size_t backups = 0;         // listed
};

struct Processing {
  std::string id = {};                  // "questions": stable
  std::string title = {};
  std::string purpose = {}, legal_basis = {};
  std::string persons = {};             // concerned
  std::string data = {};                // categories
  std::string recipients = {};
  std::string transfers = {};           // outside the European Union
  std::string retention = {};           // really set
  std::string security = {};
};

// The kinds of data (Keeper::kind) that an activity keeps.
struct KindsKept {
  std::string_view processing;  // its id
  std::vector<std::string_view> kinds;
};
[[nodiscard]] const std::vector<KindsKept>& kinds_kept();

[[nodiscard]] std::vector<Processing> processings(const Facts& facts, const std::vector<Keeper>& keepers,
                                                  const std::vector<Retention>& retentions);

enum class RegisterFormat { markdown, json, csv };
[[nodiscard]] std::optional<RegisterFormat> register_format_named(std::string_view name);  // "md", "json", "csv"

// `day`: the day it is made, « 2026-11-27 ».
[[nodiscard]] std::string register_text(const Facts& facts, const std::vector<Processing>& processings, RegisterFormat format,
                                        std::string_view day);

}  // namespace beffroi::compliance
