// A model at an address: fetched into its part file, going on after what is already there when the server can.
#pragma once

#include <chrono>

#include "base/result.h"
#include "llm/model_store.h"
#include "llm/store/part_file.h"

namespace beffroi::llm::store {

// Until the part file has the announced size. A connection that breaks keeps what came; a server that lies on the size loses it.
// Code::invalid_argument (address), Code::unavailable (network, refusal), Code::timeout, Code::bad_input (a server that lies),
// Code::storage, Code::cancelled.
[[nodiscard]] Status fetch_file(const CatalogueEntry& model, PartFile& part, const OnProgress& on_progress, const std::stop_token& stop,
                                std::chrono::milliseconds stall_timeout);

}  // namespace beffroi::llm::store
