// The visitor as the journal writes them: a kind and an opaque id, never a name.
#pragma once

#include "audit/line.h"
#include "people/visitor.h"

namespace beffroi::compliance {

[[nodiscard]] audit::Who who_of(const people::Visitor& visitor);

}  // namespace beffroi::compliance
