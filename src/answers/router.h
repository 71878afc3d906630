// The least that does the job. A question is answered without a model; when what was found may not hold the answer, the reader is told
// that asking the model too is worth its seconds. The reader may always ask for more, and decides alone.
//
// Seam: an answer that the town hall signed beforehand will be the first route, before extracts, once there are signed answers. There are
// none today, so Route has no name for it.
#pragma once

#include <string_view>

namespace beffroi::answers {

// What answered, the cheapest first.
enum class Route {
  none,      // rules on the words alone, or a person is needed: asking for more would bring nothing
  extracts,  // search and the trained selector
  model,     // a language model chose too
};
[[nodiscard]] std::string_view name_of(Route route);  // "extracts"

// What retrieval knows of a question before any model is asked. All 0 to 1.
struct Retrieved {
  double confidence = 0;  // that the base speaks of what is asked
  double best = 0;        // probability of the best sentence
  double margin = 0;      // how far it is above the best sentence of another publication
  bool shown = false;     // there are sentences to show
};

struct Routing {
  Route route = Route::none;
  double sureness = 0;        // 0 to 1, that the extracts hold the answer: of the trained selector, whatever the model said after
  bool more_advised = false;  // the model was not asked and is worth asking
  bool changed = false;       // the model was asked, and other sentences are shown for it
};

// Below this sureness the model is advised: the least at which extracts alone still answer half of the development questions near it.
// docs/quality.md has the figures; `beffroi eval routes` says what the readers of a commune make of it.
inline constexpr double kSuffices = 0.20;

[[nodiscard]] double sureness_of(const Retrieved& retrieved);

// The route of a question that no model was asked about.
[[nodiscard]] Routing route_of(const Retrieved& retrieved);

}  // namespace beffroi::answers
