// What a node decides for itself, in its own database: named values with a type and bounds. A syndicate may also decide for its
// communes, value by value and explicitly (Reach::below); a commune's own value comes first.
//
// A setting is described once, by the room that reads it:
//   constexpr tenants::NumberSetting kRetentionDays = {"compliance.conversation_days", 90, 0, 3650};
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"
#include "tenants/tenant.h"

namespace beffroi::tenants {

// The table of settings, and that of grants (grants.h): numbers 70 and 71 of a node's database.
[[nodiscard]] std::span<const db::Migration> settings_migrations();

struct TextSetting {
  std::string_view key;
  std::string_view otherwise;        // when nobody decided
  std::size_t most_bytes = 1000;
};

struct NumberSetting {
  std::string_view key;
  std::int64_t otherwise = 0;
  std::int64_t least = 0, most = 0;  // both allowed
};

struct FlagSetting {
  std::string_view key;
  bool otherwise = false;
};

enum class Reach {
  own,    // for this node alone
  below,  // for the communes of this syndicate too, unless they decide otherwise
};

// What a town hall says of itself on its pages.
inline constexpr TextSetting kTelephone = {"town_hall.telephone", "", 100};
inline constexpr TextSetting kAddress = {"town_hall.address", "", 500};
inline constexpr TextSetting kHours = {"town_hall.hours", "", 500};
inline constexpr TextSetting kUrl = {"town_hall.url", "", 500};

// The node's own value, else one that its syndicate shares, else `otherwise`.
// Code::bad_input when what is stored is out of bounds: never a silent default.
[[nodiscard]] Result<std::string> read(const Tenant& tenant, const TextSetting& setting);
[[nodiscard]] Result<std::int64_t> read(const Tenant& tenant, const NumberSetting& setting);
[[nodiscard]] Result<bool> read(const Tenant& tenant, const FlagSetting& setting);

// Code::invalid_argument out of bounds, or for Reach::below on a commune.
[[nodiscard]] Status write(const Tenant& tenant, const TextSetting& setting, std::string_view value, Reach reach = Reach::own);
[[nodiscard]] Status write(const Tenant& tenant, const NumberSetting& setting, std::int64_t value, Reach reach = Reach::own);
[[nodiscard]] Status write(const Tenant& tenant, const FlagSetting& setting, bool value, Reach reach = Reach::own);

// With what else changes: inside a write transaction of the caller on this node's database.
[[nodiscard]] Status write_within(db::Database& database, const TextSetting& setting, std::string_view value);

// The node no longer decides: what its syndicate shares, or `otherwise`, holds again.
[[nodiscard]] Status forget(const Tenant& tenant, std::string_view key);

}  // namespace beffroi::tenants
