// The journal as a file: CSV for a spreadsheet, JSON for a program. Exporting is itself a line of the journal, written first: without it
// nothing is handed out. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "audit/journal.h"
#include "base/result.h"
#include "tenants/tenant.h"

namespace beffroi::audit {

enum class Format { csv, json };
[[nodiscard]] std::optional<Format> format_named(std::string_view name);  // "csv", "json"

struct Export {
  Period period = {};
  Format format = Format::csv;
  Who who = {};            // who asks
  std::int64_t at_ms = 0;  // now
};

// Takes the file piece by piece; an error ends it.
using Sink = std::function<Status(std::string_view)>;

[[nodiscard]] Status export_lines(const tenants::Tenant& tenant, const Export& asked, const Sink& sink);

// « 2026-11-27T10:15:00.123Z »
[[nodiscard]] std::string utc_text(std::int64_t ms);
// Midnight of « 2026-11-27 », UTC. Code::invalid_argument.
[[nodiscard]] Result<std::int64_t> midnight_of(std::string_view day);

inline constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

}  // namespace beffroi::audit
