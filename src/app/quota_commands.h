// beffroi quota: what the API of a commune may be asked. Exit codes as in commands.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/config.h"

namespace beffroi::app {

struct QuotaOptions {
  std::string commune;                                   // empty: the commune of the configuration
  std::string key;                                       // id of one key; empty: the whole commune
  bool usual = false;                                    // set: of the keys that have no limits of their own
  std::optional<std::int64_t> requests, tokens;          // set: a minute, a day (UTC)
  bool forget = false;                                   // set: the key has the usual limits again
  bool json = false;
};

[[nodiscard]] int run_quota_show(const Config& config, const QuotaOptions& options);
[[nodiscard]] int run_quota_set(const Config& config, const QuotaOptions& options);

}  // namespace beffroi::app
