#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "text/analysis.h"
#include "usecases/canteen/importing/draft_parts.h"

namespace beffroi::canteen {

namespace {

constexpr std::size_t kSmallTown = 5;      // canteens: under it, nothing is said of another town
constexpr double kFewKnown = 0.3;          // share of the spellings

std::string key_of(const SiteName& name) {
  return text::fold(name.name) + "|" + std::string(word_of(name.kind)) + "|" + text::fold(name.code);
}

// The spellings of the file, the most frequent first, and which one each row has.
struct Found {
  std::vector<Spelling> spellings;
  std::vector<std::size_t> of_row;
};

Found find_spellings(const Reading& reading) {
  Found found;
  std::map<std::string, std::size_t> places;
  for (std::size_t row = 0; row < reading.table.rows.size(); ++row) {
    SiteName name;
    name.name = reading.cell(row, Role::site);
    name.code = reading.cell(row, Role::site_code);
    name.kind = school_kind(reading.cell(row, Role::site_kind));
    if (name.name.empty()) name.name = name.code;
    const auto [place, added] = places.emplace(key_of(name), found.spellings.size());
    if (added) {
      Spelling spelling;
      spelling.key = place->first;
      spelling.name = std::move(name);
      found.spellings.push_back(std::move(spelling));
    }
    ++found.spellings[place->second].rows;
    found.of_row.push_back(place->second);
  }
  return found;
}

// What the program answers by itself: the same name, or a name so near that it is proposed. Empty: the planner is asked.
void propose_known(Spelling& spelling, const std::vector<SiteName>& sites) {
  spelling.proposals = proposals(spelling.name, sites);
  if (spelling.proposals.empty() || spelling.proposals[0].likeness < kSurelyAlike) return;
  const bool alone = spelling.proposals.size() == 1 || spelling.proposals[0].likeness - spelling.proposals[1].likeness >= kTooClose;
  const bool same = spelling.proposals[0].likeness == 1;
  const bool same_twice = same && spelling.proposals.size() > 1 && spelling.proposals[1].likeness == 1;
  if (same_twice || (!same && !alone)) return;
  spelling.target = {Target::Kind::known, sites[spelling.proposals[0].site].code};
  spelling.source = same ? Spelling::Source::same : Spelling::Source::proposed;
}

// Of a commune without canteens yet: each spelling is a canteen, but those that look like a more frequent one, which is asked.
void propose_new(std::vector<Spelling>& spellings) {
  std::vector<std::size_t> order(spellings.size());
  for (std::size_t at = 0; at < order.size(); ++at) order[at] = at;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return spellings[a].rows > spellings[b].rows; });
  std::vector<std::pair<std::size_t, NormalName>> created;
  for (const std::size_t at : order) {
    Spelling& spelling = spellings[at];
    const NormalName name = normal_name(spelling.name.name, spelling.name.kind);
    double best = 0;
    std::size_t like = 0;
    for (const auto& [other, other_name] : created) {
      if (const double alike = likeness(name, other_name); alike > best) best = alike, like = other;
    }
    if (best < kSurelyAlike) {
      spelling.target = {Target::Kind::create, {}};
      created.emplace_back(at, name);
    } else if (best == 1) {
      spelling.target = {Target::Kind::like, spellings[like].key};
    }
    if (spelling.target.kind != Target::Kind::unanswered) spelling.source = Spelling::Source::proposed;
  }
}

void answer_all(const Reading& reading, std::vector<Spelling>& spellings) {
  const auto take = [](const std::map<std::string, Target>& answers, Spelling& spelling, Spelling::Source source) {
    const auto found = answers.find(spelling.key);
    if (found == answers.end()) return;
    spelling.target = found->second;
    spelling.source = found->second.kind == Target::Kind::unanswered ? Spelling::Source::asked : source;
  };
  for (Spelling& spelling : spellings) propose_known(spelling, reading.known.sites);
  if (reading.known.sites.empty()) propose_new(spellings);
  for (Spelling& spelling : spellings) {
    take(reading.known.spellings, spelling, Spelling::Source::before);
    take(reading.answers.spellings, spelling, Spelling::Source::answered);
  }
}

void tell_other_town(const Reading& reading, const std::vector<Spelling>& spellings) {
  if (reading.answers.our_town || reading.known.sites.size() < kSmallTown || spellings.size() < kSmallTown) return;
  const auto known = std::count_if(spellings.begin(), spellings.end(), [](const Spelling& spelling) {
    return spelling.source != Spelling::Source::asked && spelling.target.kind != Target::Kind::create;
  });
  if (static_cast<double>(known) >= kFewKnown * static_cast<double>(spellings.size())) return;
  Notice notice;
  notice.kind = Notice::Kind::other_town;
  notice.count = spellings.size() - static_cast<std::size_t>(known);
  notice.sentence = fmt::format(
      "{} des {} noms de ce fichier ne ressemblent à aucune cantine de la commune\u00a0: est-ce bien le fichier de "
      "votre commune\u00a0?",
      notice.count, spellings.size());
  reading.draft.notices.push_back(std::move(notice));
}

// Follows « like » to a spelling that is known or created; empty when it leads nowhere, or in a circle.
const Spelling* root_of(const std::map<std::string, const Spelling*>& by_key, const Spelling* spelling) {
  std::set<const Spelling*> seen;
  while (spelling->target.kind == Target::Kind::like) {
    const auto next = by_key.find(spelling->target.of);
    if (next == by_key.end() || !seen.insert(spelling).second) return nullptr;
    spelling = next->second;
  }
  return spelling;
}

// Places by spelling; empty: left out, or asked.
class Places {
 public:
  Places(const Reading& reading, const std::vector<Spelling>& spellings) : reading_(reading) {
    for (const Spelling& spelling : spellings) by_key_[spelling.key] = &spelling;
  }

  std::optional<std::size_t> of(const Spelling& spelling, Collected& asked) {
    if (spelling.target.kind == Target::Kind::left_out) return std::nullopt;
    const Spelling* root = root_of(by_key_, &spelling);
    if (root != nullptr && root->target.kind == Target::Kind::known) return known(*root, spelling, asked);
    if (root != nullptr && root->target.kind == Target::Kind::create) return created(*root);
    if (root == nullptr || root->target.kind != Target::Kind::left_out)
      asked.add(fmt::format("«\u00a0{}\u00a0», {} ligne{}", spelling.name.name, spelling.rows, spelling.rows > 1 ? "s" : ""));
    return std::nullopt;
  }

 private:
  std::optional<std::size_t> known(const Spelling& root, const Spelling& spelling, Collected& asked) {
    const auto& sites = reading_.known.sites;
    const auto site = std::find_if(sites.begin(), sites.end(), [&](const SiteName& name) { return name.code == root.target.of; });
    if (site == sites.end()) {
      asked.add(fmt::format("«\u00a0{}\u00a0»\u00a0: la cantine choisie n’existe plus", spelling.name.name));
      return std::nullopt;
    }
    return add("known:" + root.target.of, {static_cast<std::size_t>(site - sites.begin()), {}});
  }
  std::size_t created(const Spelling& root) { return add("create:" + root.key, {std::nullopt, root.name}); }
  std::size_t add(const std::string& id, Place place) {
    const auto [found, added] = places_.emplace(id, reading_.draft.places.size());
    if (added) reading_.draft.places.push_back(std::move(place));
    return found->second;
  }

  const Reading& reading_;
  std::map<std::string, const Spelling*> by_key_;
  std::map<std::string, std::size_t> places_;
};

}  // namespace

std::vector<std::optional<std::size_t>> place_rows(const Reading& reading) {
  Found found = find_spellings(reading);
  answer_all(reading, found.spellings);
  Collected asked(Notice::Kind::spellings, true);
  Places places(reading, found.spellings);
  std::vector<std::optional<std::size_t>> of_spelling;
  for (const Spelling& spelling : found.spellings) of_spelling.push_back(places.of(spelling, asked));
  asked.tell(reading.draft,
             fmt::format("{} nom{} de cantine à reconnaître\u00a0: dites laquelle c’est, si elle est nouvelle, ou si ses lignes "
                         "sont à laisser.",
                         asked.count(), asked.count() > 1 ? "s" : ""));
  tell_other_town(reading, found.spellings);
  std::vector<std::optional<std::size_t>> out;
  for (const std::size_t spelling : found.of_row) out.push_back(of_spelling[spelling]);
  std::sort(found.spellings.begin(), found.spellings.end(), [](const Spelling& a, const Spelling& b) { return a.key < b.key; });
  reading.draft.spellings = std::move(found.spellings);
  return out;
}

}  // namespace beffroi::canteen
