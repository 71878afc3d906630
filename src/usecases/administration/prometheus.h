// Figures in the text format 0.0.4 of Prometheus. Our own writer: the format is one line a figure, and a library would bring threads and a
// registry that we do not need. Not thread-safe; one writer a reply.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace beffroi::administration {

using Label = std::pair<std::string_view, std::string_view>;  // a literal of ours, and its value: escaped here

class Prometheus {
 public:
  enum class Type { counter, gauge, histogram };

  // Opens a family: HELP and TYPE, once. Its samples follow before the next family. `name` is a literal of ours: [a-z_:][a-z0-9_:]*.
  void family(std::string_view name, Type type, std::string_view help);
  void sample(double value, std::initializer_list<Label> labels = {});
  // Of a histogram: the buckets with their bounds, +Inf, the sum and the count.
  struct Histogram {
    std::span<const double> bounds;
    std::span<const std::int64_t> within;  // as many; each counts those of the bounds below it too
    std::int64_t count = 0;
    double sum = 0;
  };
  void histogram(const Histogram& histogram, Label label);

  [[nodiscard]] std::string take() && { return std::move(out_); }

 private:
  void line(std::string_view suffix, std::initializer_list<Label> labels, double value);

  std::string name_;
  std::string out_;
};

inline constexpr std::string_view kPrometheusType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace beffroi::administration
