// Opinions of readers, kept in the commune's own file: the answer's random id, yes or no, the day, and what the person chose to write.
#pragma once

#include <memory>
#include <span>

#include "db/database.h"
#include "tenants/tenant.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

// The table of opinions; the store needs that of route_labels.h too.
[[nodiscard]] std::span<const db::Migration> feedback_migrations();

[[nodiscard]] std::shared_ptr<FeedbackStore> make_feedback_store(tenants::Tenant tenant);

}  // namespace beffroi::assistant
