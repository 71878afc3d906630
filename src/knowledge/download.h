// Fetches a file by its address, only when an administrator configured one.
//
// https only (http for this very machine, so that tests and a local mirror work). The file appears whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace beffroi::knowledge {

struct DownloadLimits {
  std::int64_t max_bytes = 512LL << 20;  // DILA's zips weigh 25 MB
  int connect_timeout_s = 15;
  int stalled_timeout_s = 30;            // nothing for that long: given up
  int total_timeout_s = 900;
};

// Code::invalid_argument (address), Code::unavailable (network, refused, not found), Code::timeout, Code::too_large, Code::cancelled,
// Code::storage. The folder of `file` is created when missing.
[[nodiscard]] Status download(const std::string& url, const std::filesystem::path& file, const std::stop_token& stop,
                              const DownloadLimits& limits = {});

}  // namespace beffroi::knowledge
