#include "answers/selection.h"

#include <algorithm>
#include <set>

#include "answers/cases.h"
#include "answers/conditions.h"
#include "answers/patterns.h"

namespace beffroi::answers {
namespace {

using knowledge::BlockKind;

constexpr double kFloor = 0.10;            // below, a sentence is not worth showing beside a better one
constexpr double kShareOfBest = 0.45;      // of the best one's probability
constexpr double kShareOfBestElsewhere = 0.9;
constexpr std::size_t kMaxPicked = 3;      // before what they need is added
constexpr std::size_t kMaxExceptions = 2;

class Chooser {
 public:
  Chooser(const Wanted& wanted, std::span<const Extract> pool, std::span<const double> probabilities)
      : wanted_(wanted), pool_(pool), probabilities_(probabilities.begin(), probabilities.end()), cases_(wanted, pool) {}

  Selection run() {
    for (std::size_t i = 0; i < pool_.size(); ++i) {
      if (!cases_.holds(pool_[i])) probabilities_[i] = 0;
    }
    const auto best = best_of([](const Extract&) { return true; });
    if (!best) return out_;
    out_.best_index = *best;
    out_.best = probabilities_[*best];
    settle_case(*best);
    pick();
    std::set<std::size_t> shown;
    for (const std::size_t at : picked_) add_with_needs(at, shown);
    finish(shown);
    return std::move(out_);
  }

 private:
  template <class Accepts>
  std::optional<std::size_t> best_of(Accepts accepts) const {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < pool_.size(); ++i) {
      if (probabilities_[i] > 0 && accepts(pool_[i]) && (!best || probabilities_[i] > probabilities_[*best])) best = i;
    }
    return best;
  }

  // The case of the best sentence: told by the reader, by the question, by default, or to be asked.
  void settle_case(std::size_t best) {
    const auto fork = cases_.open_fork(pool_[best], pool_, probabilities_);
    if (!fork) {
      path_ = pool_[best].passage->conditions;
      return;
    }
    out_.precision = precision_among(fork->labels);
    path_.assign(pool_[best].passage->conditions.begin(),
                 pool_[best].passage->conditions.begin() + static_cast<std::ptrdiff_t>(fork->level));
    if (fork->by_default.empty()) {
      out_.undecided = true;
      return;
    }
    path_.push_back(fork->by_default);
    // The best sentence was perhaps another case's: the same place under the default one is what holds for most people.
    const auto usual = best_of([&](const Extract& e) { return e.found == pool_[best].found && compatible(e); });
    if (usual) {
      out_.best_index = *usual;
      for (std::size_t level = path_.size(); level < pool_[*usual].passage->conditions.size(); ++level) {
        path_.push_back(pool_[*usual].passage->conditions[level]);
      }
    }
  }

  // On the path of the case settled: nothing shown contradicts it, and under an open fork nothing below it is shown.
  bool compatible(const Extract& extract) const {
    if (extract.found != pool_[out_.best_index].found) return true;
    const auto& conditions = extract.passage->conditions;
    for (std::size_t level = 0; level < conditions.size(); ++level) {
      if (level >= path_.size()) return !out_.undecided && !cases_.is_fork(extract, level);
      if (conditions[level] != path_[level]) return false;
    }
    return true;
  }

  void pick() {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < pool_.size(); ++i) {
      if (probabilities_[i] > 0 && compatible(pool_[i])) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return probabilities_[a] > probabilities_[b]; });
    std::set<std::string_view> texts;
    for (const std::size_t at : order) {
      if (picked_.size() >= kMaxPicked) break;
      const bool here = pool_[at].found == pool_[out_.best_index].found;
      const double share = here ? kShareOfBest : kShareOfBestElsewhere;
      // Under an open fork, what is common to all cases was not the best: it is shown if it is worth anything.
      const double least = out_.undecided && here ? kFloor : std::max(kFloor, share * out_.best);
      if (!picked_.empty() && probabilities_[at] < least) continue;
      if (!picked_.empty() && !here && !pool_[at].passage->conditions.empty()) continue;
      if (picked_.empty() && !here) continue;
      if (!texts.insert(pool_[at].text).second) continue;
      picked_.push_back(at);
    }
  }

  void add_with_needs(std::size_t at, std::set<std::size_t>& shown) {
    const std::size_t before_adding = shown.size();
    std::set<std::size_t> wanted = {at};
    if (pool_[at].leads) add_list(at, at, wanted);
    if (pool_[at].lead >= 0) add_list(static_cast<std::size_t>(pool_[at].lead), at, wanted);
    std::size_t first = *wanted.begin();
    for (int steps = 0; steps < 2 && (pool_[first].leans || pool_[first].excepts) && pool_[first].before >= 0; ++steps) {
      first = static_cast<std::size_t>(pool_[first].before);
      wanted.insert(first);
      if (pool_[first].lead >= 0) {  // an exception to a list: the list is what it limits
        add_list(static_cast<std::size_t>(pool_[first].lead), first, wanted);
        break;
      }
    }
    add_exceptions(*wanted.rbegin(), wanted);
    const bool fits = before_adding == 0 || before_adding + wanted.size() <= kMaxShown ||
                      std::includes(shown.begin(), shown.end(), wanted.begin(), wanted.end());
    if (fits) shown.insert(wanted.begin(), wanted.end());
  }

  // « Toutefois… », « Attention… » right after a rule belong to it.
  void add_exceptions(std::size_t last, std::set<std::size_t>& wanted) const {
    std::size_t added = 0;
    for (std::size_t i = last + 1; i < pool_.size() && added < kMaxExceptions; ++i) {
      if (pool_[i].passage != pool_[last].passage || !pool_[i].excepts) break;
      wanted.insert(i);
      ++added;
      if (!pool_[i].leads) continue;
      for (std::size_t item = i + 1; item < pool_.size() && pool_[item].lead == static_cast<int>(i); ++item) wanted.insert(item);
      break;
    }
  }

  // All the items when the list is complete by nature (documents, conditions); else the items picked, under their lead.
  void add_list(std::size_t lead, std::size_t picked, std::set<std::size_t>& wanted) {
    wanted.insert(lead);
    std::vector<std::size_t> items;
    for (std::size_t i = lead + 1; i < pool_.size() && pool_[i].lead == static_cast<int>(lead); ++i) items.push_back(i);
    static const Pattern kComplete(
        "suivant*|condition*|document*|piece*|fournir|dossier|devez|doit|doivent|faut|comprend|joindre|accompagne*|interdit|soit|l'une|un des|l'un");
    const bool table = picked != lead && block_of(pool_[picked]).kind == BlockKind::table;
    const bool whole = !table && (picked == lead || kComplete.found(pattern_words(pool_[lead].text)));
    if (!whole) return;
    if (items.size() <= kMaxListItems) {
      wanted.insert(items.begin(), items.end());
      return;
    }
    out_.list_cut = true;
    for (std::size_t i = 0; i < kMaxShown; ++i) wanted.insert(items[i]);
  }

  void finish(const std::set<std::size_t>& shown) {
    out_.shown.assign(shown.begin(), shown.end());
    std::stable_sort(out_.shown.begin(), out_.shown.end(), [&](std::size_t a, std::size_t b) {
      // The publication of the best sentence first, then by rank; the pool is in reading order.
      const auto key = [&](std::size_t i) {
        return pool_[i].found == pool_[out_.best_index].found ? -1L : static_cast<long>(pool_[i].found->rank);
      };
      return key(a) != key(b) ? key(a) < key(b) : a < b;
    });
    std::set<std::string_view> texts;
    std::erase_if(out_.shown, [&](std::size_t i) { return pool_[i].lead < 0 && !texts.insert(pool_[i].text).second; });
  }

  Wanted wanted_;
  std::span<const Extract> pool_;
  std::vector<double> probabilities_;
  Cases cases_;
  std::vector<std::string> path_;
  std::vector<std::size_t> picked_;
  Selection out_;
};

}  // namespace

Selection select(const Wanted& wanted, std::span<const Extract> pool, std::span<const double> probabilities) {
  return Chooser(wanted, pool, probabilities).run();
}

}  // namespace beffroi::answers
