// For tests only: what `promtool check metrics` would refuse in a text of format 0.0.4.
#pragma once

#include <cstdlib>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>

namespace beffroi::administration::testing {

namespace promtool {

struct Sample {
  std::string name, labels, bound;  // labels without le
  double value = 0;
};

inline std::optional<double> number(const std::string& text) {
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (text.empty() || *end != '\0') return std::nullopt;
  return value;
}

inline std::optional<Sample> sample(const std::string& line) {
  static const std::regex kLine(R"re(([a-zA-Z_:][a-zA-Z0-9_:]*)(\{(.*)\})? (\S+))re");
  static const std::regex kLabel(R"re(([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\[\\"n])*)"(,|$))re");
  std::smatch found;
  if (!std::regex_match(line, found, kLine)) return std::nullopt;
  Sample sample{found[1], {}, {}, 0};
  const auto value = number(found[4]);
  if (!value) return std::nullopt;
  sample.value = *value;
  std::string rest = found[3];
  while (!rest.empty()) {
    std::smatch label;
    if (!std::regex_search(rest, label, kLabel, std::regex_constants::match_continuous)) return std::nullopt;
    if (label[1] == "le") sample.bound = label[2];
    else sample.labels += label[1].str() + "=" + label[2].str() + "\n";
    rest = label.suffix();
  }
  return sample;
}

inline bool ends(const std::string& text, const std::string& end) {
  return text.size() > end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

}  // namespace promtool

// The first fault, in English; empty: there is none.
inline std::string fault_of_metrics(const std::string& text) {
  if (text.empty() || text.back() != '\n') return "no line feed at the end";
  std::set<std::string> families, series, helped;
  std::map<std::string, double> last_bucket;  // by series without le
  std::map<std::string, double> whole, counts;
  std::string family, type, line;
  std::istringstream lines(text);
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    std::string hash, kind, name;
    words >> hash >> kind >> name;
    if (hash == "#" && kind == "HELP") {
      if (!helped.insert(name).second) return "a second HELP: " + name;
      continue;
    }
    if (hash == "#" && kind == "TYPE") {
      if (!families.insert(name).second) return "a second TYPE: " + name;
      if (!helped.contains(name)) return "no HELP: " + name;
      family = name;
      words >> type;
      continue;
    }
    const auto sample = promtool::sample(line);
    if (!sample) return "not a sample: " + line;
    const bool of_histogram =
        type == "histogram" && (sample->name == family + "_bucket" || sample->name == family + "_sum" || sample->name == family + "_count");
    if (sample->name != family && !of_histogram) return "outside its family: " + line;
    if (type == "histogram" && !of_histogram) return "not of a histogram: " + line;
    if (!series.insert(sample->name + sample->labels + sample->bound).second) return "twice: " + line;
    if (type == "counter" && (sample->value < 0 || !promtool::ends(family, "_total"))) return "not a counter: " + line;
    const std::string key = family + sample->labels;
    if (promtool::ends(sample->name, "_bucket") && of_histogram) {
      if (sample->bound.empty()) return "no le: " + line;
      if (last_bucket.contains(key) && sample->value < last_bucket[key]) return "a wider bucket holds less: " + line;
      last_bucket[key] = sample->value;
      if (sample->bound == "+Inf") whole[key] = sample->value;
    }
    if (promtool::ends(sample->name, "_count") && of_histogram) counts[key] = sample->value;
  }
  for (const auto& [key, count] : counts) {
    if (!whole.contains(key) || whole[key] != count) return "+Inf is not the count: " + key;
  }
  return {};
}

}  // namespace beffroi::administration::testing
