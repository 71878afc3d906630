#include "usecases/administration/prometheus.h"

#include <fmt/format.h>

#include <cmath>

namespace beffroi::administration {

namespace {

std::string_view word_of(Prometheus::Type type) {
  switch (type) {
    case Prometheus::Type::counter: return "counter";
    case Prometheus::Type::gauge: return "gauge";
    case Prometheus::Type::histogram: return "histogram";
  }
  return "untyped";
}

std::string escaped(std::string_view value, bool quotes) {
  std::string out;
  for (const char c : value) {
    if (c == '\\') out += "\\\\";
    else if (c == '\n') out += "\\n";
    else if (c == '"' && quotes) out += "\\\"";
    else out += c;
  }
  return out;
}

std::string number(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value > 0 ? "+Inf" : "-Inf";
  return fmt::format("{}", value);
}

}  // namespace

void Prometheus::family(std::string_view name, Type type, std::string_view help) {
  name_ = name;
  out_ += fmt::format("# HELP {} {}\n# TYPE {} {}\n", name, escaped(help, false), name, word_of(type));
}

void Prometheus::line(std::string_view suffix, std::initializer_list<Label> labels, double value) {
  out_ += name_;
  out_ += suffix;
  if (labels.size() > 0) {
    out_ += '{';
    bool first = true;
    for (const auto& [label, text] : labels) {
      out_ += fmt::format("{}{}=\"{}\"", first ? "" : ",", label, escaped(text, true));
      first = false;
    }
    out_ += '}';
  }
  out_ += ' ' + number(value) + '\n';
}

void Prometheus::sample(double value, std::initializer_list<Label> labels) { line("", labels, value); }

void Prometheus::histogram(const Histogram& histogram, Label label) {
  for (std::size_t i = 0; i < histogram.bounds.size(); ++i) {
    line("_bucket", {label, {"le", number(histogram.bounds[i])}}, static_cast<double>(histogram.within[i]));
  }
  line("_bucket", {label, {"le", "+Inf"}}, static_cast<double>(histogram.count));
  line("_sum", {label}, histogram.sum);
  line("_count", {label}, static_cast<double>(histogram.count));
}

}  // namespace beffroi::administration
