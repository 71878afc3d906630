// What readers teach the router: how many answers were enough as they were, and how many « plus » were asked, by sureness of the extracts.
//
// Kept in the commune's own file as counts a day: no question, no answer, no hour, no identifier. « Plus » tells that the extracts were not
// enough; « plus » that changed the sentences shown tells that the model had something to add, and is what counts as a wrong route.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "answers/router.h"
#include "base/result.h"
#include "db/database.h"

namespace beffroi::assistant {

// The table needed, numbered across the program: to be given with those that come before.
[[nodiscard]] std::span<const db::Migration> route_migrations();

inline constexpr int kSurenessSteps = 20;  // a step is 0.05 wide: too coarse to tell a question by

struct RouteLabel {
  int step = 0;  // 0 to kSurenessSteps - 1
  bool more = false;  // the reader asked for more
  bool changed = false;  // and other sentences were shown for it
  std::int64_t count = 0;
};

// One answer more. Those no search was made for (Route::none) are not counted.
[[nodiscard]] Status count_route(db::Database& commune, const answers::Routing& routing);

[[nodiscard]] Result<std::vector<RouteLabel>> route_labels(db::Database& commune);

// What the labels say of the threshold; a person decides to move it.
struct Calibration {
  std::int64_t plain = 0;  // answers made without a model
  std::int64_t more = 0, changed = 0;  // of these, asked again with the model; and shown otherwise then
  std::int64_t wrong = 0;  // changed, though the model was not advised
  bool enough = false;  // labels to say what follows
  double threshold = 0;  // lowest one that keeps wrong routes under kMostWrong of the plain answers
  double without_model = 0;  // share of the plain answers at or above it
};
inline constexpr double kMostWrong = 0.05;
inline constexpr std::int64_t kEnoughAnswers = 200, kEnoughMore = 30;

[[nodiscard]] Calibration calibrate(const std::vector<RouteLabel>& labels);

// In French, a line each.
[[nodiscard]] std::string to_text(const Calibration& calibration);

}  // namespace beffroi::assistant
