// What went wrong with an upstream, as a person reads it.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "llm/openai/exchange.h"

namespace beffroi::llm::openai {

struct Fault {
  Error error;
  std::string why;          // for the breaker: « il a répondu 500 »; empty: the upstream is not to blame
  bool may_repeat = false;  // nothing was done with the request: it can be sent again
};

// A refusal: any status but 200. `name`: the upstream as a message shows it. `body`: its beginning.
[[nodiscard]] Fault fault_of_refusal(std::string_view name, const Ending& ending, std::string_view body);

// A reply that stopped before its end, or never came. `hurried`: the asker's deadline came before the upstream's own time was up.
[[nodiscard]] Fault fault_of_end(std::string_view name, const Ending& ending, bool hurried);

// A reply that is not what the protocol says.
[[nodiscard]] Fault fault_of_words(std::string_view name, const Error& fault);
[[nodiscard]] Fault fault_of_page(std::string_view name, const Ending& ending);

}  // namespace beffroi::llm::openai
