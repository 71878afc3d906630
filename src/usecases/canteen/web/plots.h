// Plots as inline SVG, drawn to be read without colours (each series has its own mark), always beside a table of the same figures.
// Sizes are of the drawing; it stretches to the page. Styles are classes of the sheet: inline styles are barred.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/html.h"

namespace beffroi::canteen {

struct CurvePoint {
  std::string label;                  // of the day
  double point = 0, low = 0, high = 0;
  std::optional<double> served, agents;
};
// Served (discs) and the agents' figure (crosses) on the forecast (line) with its interval (band).
void write_curve(pages::Html& html, const std::string& id, const std::string& title, const std::vector<CurvePoint>& points);

struct Bar {
  std::string label;
  double model = 0;                   // shares, 0 and above
  std::optional<double> agents;
};
// Two bars a line: plain for the model, hatched for the agents.
void write_bars(pages::Html& html, const std::string& id, const std::string& title, const std::vector<Bar>& bars);

}  // namespace beffroi::canteen
