#include "search/synonyms.h"

#include <algorithm>

#include "search/embedded.h"
#include "text/analysis.h"

namespace beffroi::search {

namespace {

constexpr std::size_t kMaxMeant = 6;  // a list of ten near-synonyms must not drown what was said

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

void append_new(std::vector<std::string>& to, const std::vector<std::string>& from) {
  for (const std::string& item : from) {
    if (std::ranges::find(to, item) == to.end()) to.push_back(item);
  }
}

}  // namespace

const Synonyms& Synonyms::built_in() {
  static const Synonyms list(embedded_synonyms());
  return list;
}

Synonyms::Synonyms(std::string_view lines) {
  for (const std::string_view line : split(lines, '\n')) add_line(line.substr(0, line.find('#')));
}

void Synonyms::add_line(std::string_view line) {
  const std::size_t sign = line.find_first_of("=>");
  if (sign == std::string_view::npos) return;
  std::vector<Stems> left, right;
  for (const std::string_view part : split(line.substr(0, sign), ',')) left.push_back(text::terms(part));
  for (const std::string_view part : split(line.substr(sign + 1), ',')) right.push_back(text::terms(part));
  for (std::string& word : text::words(line)) words_.insert(std::move(word));
  Stems all_right;
  for (const Stems& meant : right) append_new(all_right, meant);
  for (const Stems& said : left) add_rule(said, all_right);
  if (line[sign] == '>') return;
  Stems short_left;  // an expression of three words says too much to be meant
  for (const Stems& meant : left) {
    if (meant.size() <= 2) append_new(short_left, meant);
  }
  for (const Stems& said : right) {
    if (std::ranges::find(left, said) != left.end()) continue;
    Stems meant = short_left;
    std::erase_if(meant, [&](const std::string& stem) { return std::ranges::find(said, stem) != said.end(); });
    if (meant.size() > kMaxMeant) meant.resize(kMaxMeant);
    add_rule(said, meant);
  }
}

void Synonyms::add_rule(const Stems& said, const Stems& meant) {
  Stems others = meant;
  std::erase_if(others, [&](const std::string& stem) { return std::ranges::find(said, stem) != said.end(); });
  if (!said.empty() && !others.empty()) rules_[said.front()].push_back({said, std::move(others)});
}

std::vector<std::string> Synonyms::expand(std::span<const std::string> stems) const {
  Stems meant;
  for (std::size_t at = 0; at < stems.size(); ++at) {
    const auto found = rules_.find(stems[at]);
    if (found == rules_.end()) continue;
    for (const Rule& rule : found->second) {
      if (rule.said.size() <= stems.size() - at && std::ranges::equal(rule.said, stems.subspan(at, rule.said.size()))) {
        append_new(meant, rule.meant);
      }
    }
  }
  std::erase_if(meant, [&](const std::string& stem) { return std::ranges::find(stems, stem) != stems.end(); });
  return meant;
}

bool Synonyms::knows(std::string_view word) const { return words_.contains(std::string(word)); }

}  // namespace beffroi::search
