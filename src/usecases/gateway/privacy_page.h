// /confidentialite: what the privacy gate would do with a text, before anything is sent. Pure; nothing is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "pages/form.h"
#include "pages/frame.h"
#include "privacy/span.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::gateway {

inline constexpr std::size_t kMostPastedBytes = 60'000;

// What the gate says of a text.
struct Seen {
  std::string text;
  std::vector<privacy::Span> found;   // in the text
  std::vector<std::string> hidden_as; // beside `found`: the token that stands for it
  std::string sent;                   // what would leave; empty when refused
  bool refused = false;
};

// Code::too_large, Code::invalid_argument (empty), or the detector's fault: nothing would be sent then.
[[nodiscard]] Result<Seen> look_at(std::string_view text, const Sending& sending);

struct PrivacyPage {
  Sending sending;
  std::string typed;
  const Seen* seen = nullptr;  // null: nothing was pasted yet
  std::vector<pages::Fault> faults;
};
[[nodiscard]] std::string render_privacy(const pages::Surroundings& around, const PrivacyPage& page);

}  // namespace beffroi::gateway
