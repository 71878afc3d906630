// The tables of a commune's journal, numbers 20 to 29 of its database. The database itself refuses to change a line, and to lose one that
// no purge has signed off: a guard against mistakes, not against whoever owns the machine. What they do is found by verify.h.
#pragma once

#include <span>

#include "db/database.h"

namespace beffroi::audit {

[[nodiscard]] std::span<const db::Migration> audit_migrations();

}  // namespace beffroi::audit
