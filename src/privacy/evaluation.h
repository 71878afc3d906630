// The figures of the gate on labelled texts.
//
// A labelled span leaks when one letter or digit of it is left: the whole entity counts, and the label given does not matter. Over-mask is
// the share of letters and digits outside every labelled span that is masked all the same. A hard negative is touched when any of it is.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "privacy/detect.h"

namespace beffroi::privacy {

struct LabelledText {
  struct Gold {
    std::size_t begin = 0, end = 0;  // code points
    std::string label;
  };
  std::string id, text;
  std::vector<Gold> entities, negatives;
};

struct Figures {
  struct Tally {
    std::size_t spans = 0, leaked = 0;
    [[nodiscard]] double share() const { return spans == 0 ? 0 : static_cast<double>(leaked) / static_cast<double>(spans); }
  };
  std::map<std::string, Tally> by_label;
  Tally all;
  Tally negatives;                                 // leaked: touched
  std::size_t outside = 0, outside_masked = 0;     // letters and digits
  [[nodiscard]] double over_mask() const { return outside == 0 ? 0 : static_cast<double>(outside_masked) / static_cast<double>(outside); }
  // Of several labels together.
  [[nodiscard]] Tally of(const std::vector<std::string_view>& labels) const;
};

// Adds one text. `spans` in code points.
void tally(const LabelledText& labelled, const std::vector<PointSpan>& spans, Figures& figures);

// One line of the data sets: {"id", "text", "entities": [{"start", "end", "label"}], "negatives": […]}.
[[nodiscard]] Result<std::vector<LabelledText>> read_labelled(std::string_view json_lines);

}  // namespace beffroi::privacy
