#include "answers/router.h"

#include <algorithm>

namespace beffroi::answers {

std::string_view name_of(Route route) {
  switch (route) {
    case Route::extracts: return "extracts";
    case Route::model: return "model";
    case Route::none: break;
  }
  return "none";
}

double sureness_of(const Retrieved& retrieved) { return std::clamp(retrieved.best, 0.0, 1.0); }

Routing route_of(const Retrieved& retrieved) {
  Routing routing;
  routing.route = Route::extracts;
  routing.sureness = sureness_of(retrieved);
  routing.more_advised = retrieved.shown && routing.sureness < kSuffices;
  return routing;
}

}  // namespace beffroi::answers
