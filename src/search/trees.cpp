#include "search/trees.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace beffroi::search {

namespace {

tl::unexpected<Error> malformed(std::string_view what) {
  return fail(Code::bad_input, "Le modèle de classement est illisible.", std::string(what));
}

// The value of the line «key=value» of a block, or nothing.
std::optional<std::string_view> value_of(std::string_view block, std::string_view key) {
  for (std::size_t at = 0; at < block.size();) {
    const std::size_t end = std::min(block.find('\n', at), block.size());
    const std::string_view line = block.substr(at, end - at);
    if (line.size() > key.size() && line.starts_with(key) && line[key.size()] == '=') return line.substr(key.size() + 1);
    at = end + 1;
  }
  return std::nullopt;
}

template <class Number>
std::optional<std::vector<Number>> numbers_of(std::string_view block, std::string_view key) {
  const auto value = value_of(block, key);
  if (!value) return std::nullopt;
  std::vector<Number> numbers;
  for (const char *at = value->data(), *end = at + value->size(); at < end;) {
    Number number{};
    const auto parsed = std::from_chars(at, end, number);
    if (parsed.ec != std::errc{}) return std::nullopt;
    numbers.push_back(number);
    at = parsed.ptr;
    while (at < end && *at == ' ') ++at;
  }
  return numbers;
}

}  // namespace

Result<Trees> Trees::parse(std::string_view model_text) {
  Trees trees;
  const std::size_t first_tree = model_text.find("\nTree=");
  const auto names = value_of(model_text.substr(0, first_tree), "feature_names");
  if (!model_text.starts_with("tree") || !names || first_tree == std::string_view::npos) return malformed("no LightGBM header");
  for (std::size_t at = 0; at < names->size();) {
    const std::size_t end = std::min(names->find(' ', at), names->size());
    trees.feature_names_.emplace_back(names->substr(at, end - at));
    at = end + 1;
  }
  const std::size_t last = model_text.find("\nend of trees");
  if (last == std::string_view::npos) return malformed("no end of trees");
  for (std::size_t at = first_tree; at < last;) {
    const std::size_t next = std::min(model_text.find("\nTree=", at + 1), last);
    BEFFROI_CHECK(trees.add_tree(model_text.substr(at + 1, next - at - 1)));
    at = next;
  }
  return trees;
}

Status Trees::add_tree(std::string_view block) {
  const auto leaves = numbers_of<double>(block, "leaf_value");
  const auto categories = numbers_of<int>(block, "num_cat");
  if (!leaves || leaves->empty() || !categories || *categories != std::vector{0}) return malformed("leaves or categorical splits");
  const auto first_leaf = static_cast<std::int32_t>(leaves_.size());
  const auto first_node = static_cast<std::int32_t>(nodes_.size());
  const auto leaf_count = static_cast<std::int32_t>(leaves->size());
  leaves_.insert(leaves_.end(), leaves->begin(), leaves->end());
  if (leaf_count == 1) {
    roots_.push_back(~first_leaf);
    return {};
  }
  const auto features = numbers_of<std::uint16_t>(block, "split_feature");
  const auto thresholds = numbers_of<double>(block, "threshold");
  const auto types = numbers_of<unsigned>(block, "decision_type");
  const auto left = numbers_of<std::int32_t>(block, "left_child");
  const auto right = numbers_of<std::int32_t>(block, "right_child");
  const auto count = static_cast<std::size_t>(leaf_count - 1);
  if (!features || !thresholds || !types || !left || !right) return malformed("a tree lacks a line");
  if (features->size() != count || thresholds->size() != count || types->size() != count || left->size() != count ||
      right->size() != count) {
    return malformed("lines of a tree differ in length");
  }
  for (std::size_t at = 0; at < count; ++at) {
    // A child comes after its parent: no evaluation can go round.
    const auto child = [&](std::int32_t number) -> std::optional<std::int32_t> {
      if (number < 0) return ~number < leaf_count ? std::optional(~(first_leaf + ~number)) : std::nullopt;
      return number > static_cast<std::int32_t>(at) && number < leaf_count - 1 ? std::optional(first_node + number) : std::nullopt;
    };
    const auto on_left = child((*left)[at]), on_right = child((*right)[at]);
    const unsigned type = (*types)[at];
    const bool valid = on_left && on_right && (*features)[at] < feature_names_.size() && (type & 1) == 0 && (type >> 2 & 3) <= 2;
    if (!valid) return malformed("a node of a tree");
    nodes_.push_back({(*thresholds)[at], *on_left, *on_right, (*features)[at], static_cast<std::uint8_t>(type >> 2 & 3),
                      static_cast<std::uint8_t>(type >> 1 & 1)});
  }
  roots_.push_back(first_node);
  return {};
}

double Trees::predict(std::span<const float> features) const {
  constexpr double kZero = 1e-35;  // LightGBM's own
  double sum = 0;
  for (std::int32_t at : roots_) {
    while (at >= 0) {
      const Node& node = nodes_[static_cast<std::size_t>(at)];
      double value = static_cast<double>(features[node.feature]);
      const bool is_nan = std::isnan(value);
      if (is_nan && node.missing != 2) value = 0;
      const bool missing = (node.missing == 2 && is_nan) || (node.missing == 1 && std::abs(value) <= kZero);
      const bool goes_left = missing ? node.default_left != 0 : value <= node.threshold;
      at = goes_left ? node.left : node.right;
    }
    const std::int32_t leaf = ~at;
    sum += leaves_[static_cast<std::size_t>(leaf)];
  }
  return sum;
}

}  // namespace beffroi::search
