// A prepared state takes the place of the one in a home folder, whole or not at all, even across a crash.
//
//   <home>/incoming/            the prepared state, with the names of the home
//   <home>/takeover             written last: from then on the change is decided, and whoever opens the home next finishes it
//   <home>/former-<number>/     what was there before, kept aside
//
// Each piece is one rename; a piece still in incoming/ has not been put in place yet, so that doing it again changes nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace beffroi::tenants {

[[nodiscard]] std::filesystem::path incoming_folder(const std::filesystem::path& home);

// Decides the change and makes it. `pieces`: names in incoming/, as they will be in the home; `set_aside`: names of the home that go to
// the former state without a successor. The caller works alone in the home. Gives the folder of the former state; it exists only when
// there was something to keep.
[[nodiscard]] Result<std::filesystem::path> take_over(const std::filesystem::path& home, const std::vector<std::string>& pieces,
                                                      const std::vector<std::string>& set_aside);

// True when a change was decided and not finished.
[[nodiscard]] bool takeover_waits(const std::filesystem::path& home);

// Finishes a change that was decided and interrupted, if there is one. The caller works alone in the home.
[[nodiscard]] Status finish_takeover(const std::filesystem::path& home);

}  // namespace beffroi::tenants
