#include "usecases/canteen/web/plots.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "usecases/canteen/web/parts.h"

namespace beffroi::canteen {

namespace {

constexpr double kWidth = 720, kHeight = 300;
constexpr double kLeft = 46, kRight = 10, kTop = 14, kBottom = 34;
constexpr double kBarLine = 30, kBarLabel = 190, kBarHeight = 10, kBarValue = 52;
constexpr int kMostLabels = 8;

std::string n(double value) { return fmt::format("{:.1f}", value); }

// Two close() end it: the drawing and the frame that scrolls where the screen is too narrow for its text.
void open_drawing(Html& html, const std::string& id, const std::string& title, double width, double height) {
  html.open("div", {{"class", "plot-scroll"}, {"role", "group"}, {"aria-labelledby", id + "-titre"}, {"tabindex", "0"}});
  html.open("svg", {{"class", "plot"},
                    {"viewBox", fmt::format("0 0 {:.0f} {:.0f}", width, height)},
                    {"role", "img"},
                    {"aria-labelledby", id + "-titre"}});
  html.element("title", {{"id", id + "-titre"}}, title + " Les mêmes chiffres sont dans le tableau qui suit.");
}

void write_text(Html& html, double x, double y, std::string_view anchor, std::string_view text) {
  html.element("text", {{"class", "plot-text"}, {"x", n(x)}, {"y", n(y)}, {"text-anchor", anchor}}, text);
}

// 1, 2 or 5 times a power of ten, so that four to eight steps reach `most`.
double step_for(double most) {
  const double rough = std::max(most, 1.0) / 5;
  const double power = std::pow(10, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (factor * power >= rough) return factor * power;
  }
  return 10 * power;
}

struct Scale {
  double most = 1;
  std::size_t count = 1;
  [[nodiscard]] double x(std::size_t at) const {
    const double room = kWidth - kLeft - kRight;
    return kLeft + room * (static_cast<double>(at) + 0.5) / static_cast<double>(std::max<std::size_t>(count, 1));
  }
  [[nodiscard]] double y(double value) const { return kHeight - kBottom - (kHeight - kBottom - kTop) * value / most; }
};

void write_axes(Html& html, const Scale& scale, const std::vector<CurvePoint>& points) {
  const double step = step_for(scale.most);
  for (double level = 0; level <= scale.most; level += step) {
    const std::string y = n(scale.y(level));
    html.element("line", {{"class", "plot-grid"}, {"x1", n(kLeft)}, {"x2", n(kWidth - kRight)}, {"y1", y}, {"y2", y}}, "");
    write_text(html, kLeft - 6, scale.y(level) + 4, "end", meals_words(level));
  }
  const std::size_t every = (points.size() + kMostLabels - 1) / kMostLabels;
  for (std::size_t at = 0; at < points.size(); at += std::max<std::size_t>(every, 1))
    write_text(html, scale.x(at), kHeight - 12, "middle", points[at].label);
}

void write_legend(Html& html, std::initializer_list<std::pair<std::string_view, std::string_view>> entries) {
  html.open("ul", {{"class", "plot-legend"}, {"aria-hidden", "true"}});
  for (const auto& [css, label] : entries) {
    html.open("li");
    html.element("span", {{"class", css}}, "").text(label);
    html.close();
  }
  html.close();
}

}  // namespace

void write_curve(Html& html, const std::string& id, const std::string& title, const std::vector<CurvePoint>& points) {
  Scale scale;
  scale.count = points.size();
  for (const CurvePoint& point : points)
    scale.most = std::max({scale.most, point.high, point.served.value_or(0), point.agents.value_or(0)});
  scale.most *= 1.05;
  html.open("figure", {{"class", "plot-figure"}});
  open_drawing(html, id, title, kWidth, kHeight);
  write_axes(html, scale, points);
  std::string band, line;
  for (std::size_t at = 0; at < points.size(); ++at) {
    band += n(scale.x(at)) + "," + n(scale.y(points[at].high)) + " ";
    line += n(scale.x(at)) + "," + n(scale.y(points[at].point)) + " ";
  }
  for (std::size_t at = points.size(); at-- > 0;) band += n(scale.x(at)) + "," + n(scale.y(points[at].low)) + " ";
  html.element("polygon", {{"class", "plot-band"}, {"points", band}}, "");
  html.element("polyline", {{"class", "plot-line"}, {"points", line}, {"fill", "none"}}, "");
  for (std::size_t at = 0; at < points.size(); ++at) {
    const double x = scale.x(at);
    if (const auto& agents = points[at].agents) {
      const double y = scale.y(*agents);
      html.element("path", {{"class", "plot-agents"}, {"d", fmt::format("M{} {}l8 8m0 -8l-8 8", n(x - 4), n(y - 4))}}, "");
    }
    if (const auto& served = points[at].served)
      html.element("circle", {{"class", "plot-served"}, {"cx", n(x)}, {"cy", n(scale.y(*served))}, {"r", "4"}}, "");
  }
  html.close().close();
  write_legend(html,
               {{"key key-line", "prévision"}, {"key key-band", "intervalle"}, {"key key-served", "servis"}, {"key key-agents", "agents"}});
  html.close();
}

void write_bars(Html& html, const std::string& id, const std::string& title, const std::vector<Bar>& bars) {
  double most = 0.01;
  for (const Bar& bar : bars) most = std::max({most, bar.model, bar.agents.value_or(0)});
  const double height = kBarLine * static_cast<double>(bars.size()) + 8;
  const auto length = [&](double share) { return (kWidth - kBarLabel - kBarValue) * share / most; };
  html.open("figure", {{"class", "plot-figure"}});
  open_drawing(html, id, title, kWidth, height);
  for (std::size_t at = 0; at < bars.size(); ++at) {
    const double top = kBarLine * static_cast<double>(at) + 4;
    write_text(html, kBarLabel - 8, top + kBarHeight + 4, "end", bars[at].label);
    const auto draw = [&](std::string_view css, double y, double share) {
      html.element("rect", {{"class", css}, {"x", n(kBarLabel)}, {"y", n(y)}, {"width", n(length(share))}, {"height", n(kBarHeight)}}, "");
      write_text(html, kBarLabel + length(share) + 5, y + kBarHeight - 1, "start", share_words(share, 1));
    };
    draw("plot-bar", top, bars[at].model);
    if (bars[at].agents) draw("plot-bar-agents", top + kBarHeight + 2, *bars[at].agents);
  }
  html.close().close();
  write_legend(html, {{"key key-bar", "prévision"}, {"key key-bar-agents", "commandes des agents"}});
  html.close();
}

}  // namespace beffroi::canteen
