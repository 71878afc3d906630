// The visitor as the journal writes them: a kind and an opaque id, never a name.
#pragma once

#include <string>

#include "audit/line.h"
#include "people/visitor.h"

namespace beffroi::compliance {

[[nodiscard]] audit::Who who_of(const people::Visitor& visitor);

// What this visitor does, to which object.
[[nodiscard]] audit::Entry entry_of(const people::Visitor& visitor, audit::Action action, std::string object = {});

}  // namespace beffroi::compliance
