#include "usecases/assistant/route_labels.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace beffroi::assistant {

namespace {

constexpr db::Migration kMigrations[] = {{3, R"sql(
  CREATE TABLE assistant_route (
    day TEXT NOT NULL DEFAULT (date('now')),
    step INTEGER NOT NULL,
    more INTEGER NOT NULL CHECK (more IN (0, 1)),
    changed INTEGER NOT NULL CHECK (changed IN (0, 1)),
    count INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (day, step, more, changed)
  ) STRICT, WITHOUT ROWID;
)sql"}};

int step_of(double sureness) { return std::clamp(static_cast<int>(sureness * kSurenessSteps), 0, kSurenessSteps - 1); }

double start_of(int step) { return static_cast<double>(step) / kSurenessSteps; }

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string share_of(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return "—";
  return fmt::format("{} / {} ({})", part, whole, percent(static_cast<double>(part) / static_cast<double>(whole)));
}

}  // namespace

std::span<const db::Migration> route_migrations() { return kMigrations; }

Status count_route(db::Database& commune, const answers::Routing& routing) {
  if (routing.route == answers::Route::none) return {};
  db::Statement insert =
      BEFFROI_TRY(commune.prepare("INSERT INTO assistant_route (step, more, changed) VALUES (?, ?, ?) "
                                  "ON CONFLICT (day, step, more, changed) DO UPDATE SET count = assistant_route.count + 1"));
  BEFFROI_CHECK(insert.bind_all(std::int64_t{step_of(routing.sureness)}, std::int64_t{routing.route == answers::Route::model ? 1 : 0},
                                std::int64_t{routing.changed ? 1 : 0}));
  return insert.run();
}

Result<std::vector<RouteLabel>> route_labels(db::Database& commune) {
  db::Statement sums = BEFFROI_TRY(
      commune.prepare("SELECT step, more, changed, sum(count) FROM assistant_route GROUP BY step, more, changed ORDER BY 1, 2, 3"));
  std::vector<RouteLabel> labels;
  while (BEFFROI_TRY(sums.step())) {
    labels.push_back({static_cast<int>(sums.number(0)), sums.number(1) != 0, sums.number(2) != 0, sums.number(3)});
  }
  return labels;
}

Calibration calibrate(const std::vector<RouteLabel>& labels) {
  Calibration out;
  std::array<std::int64_t, kSurenessSteps> plain{}, changed{};
  for (const RouteLabel& label : labels) {
    const auto step = static_cast<std::size_t>(std::clamp(label.step, 0, kSurenessSteps - 1));
    (label.more ? out.more : out.plain) += label.count;
    if (!label.more) plain.at(step) += label.count;
    if (!label.more || !label.changed) continue;
    out.changed += label.count;
    changed.at(step) += label.count;
    if (start_of(label.step) >= answers::kSuffices) out.wrong += label.count;
  }
  out.enough = out.plain >= kEnoughAnswers && out.more >= kEnoughMore;
  std::int64_t kept = 0, wrong = 0;
  out.threshold = 1;
  for (int step = kSurenessSteps - 1; step >= 0; --step) {
    kept += plain.at(static_cast<std::size_t>(step));
    wrong += changed.at(static_cast<std::size_t>(step));
    if (static_cast<double>(wrong) > kMostWrong * static_cast<double>(out.plain)) break;
    out.threshold = start_of(step);
    out.without_model = out.plain == 0 ? 0 : static_cast<double>(kept) / static_cast<double>(out.plain);
  }
  return out;
}

std::string to_text(const Calibration& c) {
  std::string out = fmt::format("réponses sans modèle             {}\n", c.plain);
  out += fmt::format("« plus » demandés                {}\n", share_of(c.more, c.plain));
  out += fmt::format("  d’autres phrases montrées      {}\n", share_of(c.changed, c.more));
  out += fmt::format("  sans que le modèle soit conseillé {}\n", share_of(c.wrong, c.plain));
  if (!c.enough) {
    out += fmt::format("seuil                            {:.2f}\n", answers::kSuffices);
    return out + fmt::format("trop peu de demandes pour en proposer un autre : il faut {} réponses et {} « plus »\n", kEnoughAnswers,
                             kEnoughMore);
  }
  out += fmt::format("seuil en service                 {:.2f}\n", answers::kSuffices);
  out += fmt::format("seuil que les demandes indiquent {:.2f} ({} sans modèle, au plus {} d’erreurs)\n", c.threshold,
                     percent(c.without_model), percent(kMostWrong));
  return out;
}

}  // namespace beffroi::assistant
