#include "answers/cases.h"

#include <algorithm>

#include "answers/conditions.h"
#include "answers/selection.h"

namespace beffroi::answers {
namespace {

constexpr double kRivalShare = 0.35;       // of the best one's probability: another case says something about it too
constexpr std::size_t kMaxChoices = 12;

}  // namespace

Cases::Cases(const Wanted& wanted, std::span<const Extract> pool) : wanted_(wanted) {
  // Every passage of the publications counts, even those whose sentences were not read.
  std::vector<const knowledge::Publication*> seen;
  for (const auto& extract : pool) {
    const auto* publication = extract.found->publication.get();
    if (std::find(seen.begin(), seen.end(), publication) != seen.end()) continue;
    seen.push_back(publication);
    for (const auto& passage : publication->passages) {
      Extract place;
      place.found = extract.found;
      place.passage = &passage;
      for (std::size_t level = 0; level < passage.conditions.size(); ++level) {
        auto& labels = forks_[key_of(place, level)];
        if (std::find(labels.begin(), labels.end(), passage.conditions[level]) == labels.end()) labels.push_back(passage.conditions[level]);
      }
    }
  }
}

// The path above is enough: two forks under the same cases and in the same first chapter ask the same thing.
Cases::Key Cases::key_of(const Extract& extract, std::size_t level) {
  Key key = extract.found->publication->id;
  for (std::size_t i = 0; i < level; ++i) key += "\n" + extract.passage->conditions[i];
  return key;
}

const std::vector<std::string>& Cases::labels_at(const Extract& extract, std::size_t level) const {
  static const std::vector<std::string> kNone;
  const auto found = forks_.find(key_of(extract, level));
  return found == forks_.end() ? kNone : found->second;
}

Cases::Told Cases::told(const std::string& label) const {
  const auto [found, fresh] = told_.try_emplace(label, Told::unsaid);
  if (!fresh) return found->second;
  if (std::find(wanted_.conditions.begin(), wanted_.conditions.end(), label) != wanted_.conditions.end()) {
    found->second = Told::chosen;
  } else {
    const int fitting = fit(label, *wanted_.reading, wanted_.question);
    found->second = fitting > 0 ? Told::fits : fitting < 0 ? Told::excluded : Told::unsaid;
  }
  return found->second;
}

bool Cases::holds(const Extract& extract) const {
  const auto& path = extract.passage->conditions;
  for (std::size_t level = 0; level < path.size(); ++level) {
    const Told mine = told(path[level]);
    if (mine == Told::chosen) continue;
    if (mine == Told::excluded) return false;
    for (const auto& other : labels_at(extract, level)) {
      if (other == path[level]) continue;
      const Told its = told(other);
      if (its == Told::chosen || (its == Told::fits && mine != Told::fits)) return false;
    }
  }
  return true;
}

bool Cases::is_fork(const Extract& extract, std::size_t level) const {
  const auto& labels = labels_at(extract, level);
  return std::count_if(labels.begin(), labels.end(), [&](const std::string& label) { return told(label) != Told::excluded; }) > 1 &&
         told(extract.passage->conditions[level]) == Told::unsaid;
}

std::optional<Fork> Cases::open_fork(const Extract& extract, std::span<const Extract> pool, std::span<const double> probabilities) const {
  const auto& path = extract.passage->conditions;
  double best = 0;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    if (pool[i].passage == extract.passage) best = std::max(best, probabilities[i]);
  }
  for (std::size_t level = 0; level < path.size(); ++level) {
    if (told(path[level]) != Told::unsaid) continue;
    // The cases of the same fork that speak of the same thing: same chapter, and something as probable said otherwise.
    Fork fork;
    fork.level = level;
    bool rival = false;
    for (const auto& label : labels_at(extract, level)) {
      if (told(label) == Told::excluded || fork.labels.size() >= kMaxChoices) continue;
      bool same = false, other = false;
      for (std::size_t i = 0; i < pool.size(); ++i) {
        const auto& conditions = pool[i].passage->conditions;
        if (pool[i].found != extract.found || conditions.size() <= level || conditions[level] != label) continue;
        if (!std::equal(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(level), conditions.begin())) continue;
        if (pool[i].text == extract.text) same = true;
        else if (probabilities[i] >= kRivalShare * best) other = true;
      }
      if (label == path[level] || same || other) fork.labels.push_back(label);
      rival = rival || (label != path[level] && other && !same);
      if (is_default_case(label) && (same || other || label == path[level])) fork.by_default = label;
    }
    if (rival && fork.labels.size() > 1) return fork;
  }
  return std::nullopt;
}

}  // namespace beffroi::answers
