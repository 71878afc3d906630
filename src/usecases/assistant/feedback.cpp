#include "usecases/assistant/feedback.h"

#include <utility>

#include "usecases/assistant/route_labels.h"

namespace beffroi::assistant {

namespace {

// A day and no hour: enough to see a trend, too little to know who was there.
constexpr db::Migration kMigrations[] = {{1, R"sql(
  CREATE TABLE assistant_feedback (
    id INTEGER PRIMARY KEY,
    answer_id TEXT NOT NULL,
    helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
    reason TEXT NOT NULL,
    question TEXT NOT NULL,
    day TEXT NOT NULL DEFAULT (date('now')),
    UNIQUE (answer_id)
  ) STRICT;
)sql"}};

class TenantFeedback final : public FeedbackStore {
 public:
  explicit TenantFeedback(tenants::Tenant tenant) : tenant_(std::move(tenant)) {}

  // The same answer judged again replaces the former opinion: a person may change their mind.
  Status keep(const Opinion& opinion) override {
    db::Database database = BEFFROI_TRY(tenant_.connect());
    db::Statement insert = BEFFROI_TRY(database.prepare(
        "INSERT INTO assistant_feedback (answer_id, helpful, reason, question) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (answer_id) DO UPDATE SET helpful = excluded.helpful, reason = excluded.reason, question = excluded.question"));
    BEFFROI_CHECK(insert.bind_all(std::string_view(opinion.answer_id), std::int64_t{opinion.helpful ? 1 : 0},
                                  std::string_view(opinion.reason), std::string_view(opinion.question)));
    return insert.run();
  }

  Status count(const answers::Routing& routing) override {
    db::Database database = BEFFROI_TRY(tenant_.connect());
    return count_route(database, routing);
  }

 private:
  tenants::Tenant tenant_;
};

}  // namespace

std::span<const db::Migration> feedback_migrations() { return kMigrations; }

std::shared_ptr<FeedbackStore> make_feedback_store(tenants::Tenant tenant) { return std::make_shared<TenantFeedback>(std::move(tenant)); }

}  // namespace beffroi::assistant
