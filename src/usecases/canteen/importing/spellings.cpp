#include "usecases/canteen/importing/spellings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "text/analysis.h"

namespace beffroi::canteen {

namespace {

constexpr std::size_t kMostProposals = 5;
constexpr double kWordsAlike = 0.7;       // two words less alike than that are two words
constexpr double kOtherKind = 0.6, kPartOfKind = 0.95, kKindUntold = 0.97;

constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kShort = {{{"st", "saint"},
                                                                                  {"ste", "sainte"},
                                                                                  {"dr", "docteur"},
                                                                                  {"gal", "general"},
                                                                                  {"mal", "marechal"},
                                                                                  {"pdt", "president"},
                                                                                  {"jj", "jean jacques"},
                                                                                  {"bd", "boulevard"}}};
constexpr std::string_view kSaysNothing =
    "|ecole|ecoles|ec|groupe|gs|scolaire|publique|restaurant|restauration|rs|cantine|self|office|satellite|de|du|des|la|le|les|l|d|et|";
constexpr std::string_view kNursery = "|maternelle|maternelles|mat|mater|", kElementary = "|elementaire|elementaires|elem|primaire|prim|";
constexpr std::string_view kBoth = "|primaires|";

bool is_in(std::string_view words, const std::string& word) { return words.find("|" + word + "|") != std::string_view::npos; }

bool is_letter(char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9'); }

// « chene d'aron e. » → chene, daron, e
std::vector<std::string> cut(std::string_view folded) {
  std::vector<std::string> words;
  bool inside = false;
  for (std::size_t at = 0; at < folded.size(); ++at) {
    if (is_letter(folded[at])) {
      if (!inside) words.emplace_back();
      words.back() += folded[at];
      inside = true;
      continue;
    }
    const bool elision = folded[at] == '\'' && !words.empty() && words.back().size() == 1 && inside;
    inside = elision;
  }
  return words;
}

std::size_t changes_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), line(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) before[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    line[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      line[j] = std::min({before[j] + 1, line[j - 1] + 1, before[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U)});
    }
    std::swap(before, line);
  }
  return before[b.size()];
}

double words_alike(const std::string& a, const std::string& b) {
  const double longest = static_cast<double>(std::max(a.size(), b.size()));
  const double alike = 1 - static_cast<double>(changes_between(a, b)) / longest;
  return alike < kWordsAlike ? 0 : alike;
}

double kinds_alike(SchoolKind a, SchoolKind b) {
  if (a == b) return 1;
  if (a == SchoolKind::unknown || b == SchoolKind::unknown) return kKindUntold;
  return a == SchoolKind::both || b == SchoolKind::both ? kPartOfKind : kOtherKind;
}

std::optional<SchoolKind> kind_said_by(const std::string& word, bool last) {
  if (is_in(kNursery, word) || (last && word == "m")) return SchoolKind::nursery;
  if (is_in(kElementary, word) || (last && word == "e")) return SchoolKind::elementary;
  if (is_in(kBoth, word)) return SchoolKind::both;
  return std::nullopt;
}

}  // namespace

SchoolKind school_kind(std::string_view text) {
  SchoolKind kind = SchoolKind::unknown;
  for (const std::string& word : cut(text::fold(text))) {
    const auto said = kind_said_by(word, true);
    if (said && kind != SchoolKind::unknown && *said != kind) return SchoolKind::both;
    if (said) kind = *said;
  }
  return kind;
}

std::string_view word_of(SchoolKind kind) {
  switch (kind) {
    case SchoolKind::unknown: return "";
    case SchoolKind::nursery: return "M";
    case SchoolKind::elementary: return "E";
    case SchoolKind::both: return "M/E";
  }
  return "";
}

NormalName normal_name(std::string_view name, SchoolKind kind) {
  NormalName out;
  const std::vector<std::string> words = cut(text::fold(name));
  SchoolKind told = SchoolKind::unknown;
  for (std::size_t at = 0; at < words.size(); ++at) {
    const std::string& word = words[at];
    if (const auto said = kind_said_by(word, at + 1 == words.size() && at > 0)) {
      told = told == SchoolKind::unknown || told == *said ? *said : SchoolKind::both;
      continue;
    }
    if (is_in(kSaysNothing, word)) continue;
    const auto full = std::find_if(kShort.begin(), kShort.end(), [&](const auto& pair) { return pair.first == word; });
    out.words.emplace_back(full == kShort.end() ? word : std::string(full->second));
  }
  if (out.words.empty()) out.words = words;  // « École » is a name too when there is no other
  out.kind = kind == SchoolKind::unknown ? told : kind;
  return out;
}

double likeness(const NormalName& a, const NormalName& b) {
  double letters = 0, matched = 0;
  for (const std::string& word : a.words) letters += static_cast<double>(word.size());
  for (const std::string& word : b.words) letters += static_cast<double>(word.size());
  if (letters == 0) return 0;
  std::vector<bool> taken(b.words.size());
  for (const std::string& word : a.words) {
    double best = 0;
    std::size_t where = 0;
    for (std::size_t at = 0; at < b.words.size(); ++at) {
      if (taken[at]) continue;
      if (const double alike = words_alike(word, b.words[at]); alike > best) best = alike, where = at;
    }
    if (best == 0) continue;
    taken[where] = true;
    matched += best * static_cast<double>(word.size() + b.words[where].size());
  }
  return matched / letters * kinds_alike(a.kind, b.kind);
}

std::vector<Proposal> proposals(const SiteName& spelling, const std::vector<SiteName>& sites) {
  const NormalName asked = normal_name(spelling.name, spelling.kind);
  std::vector<Proposal> out;
  for (std::size_t site = 0; site < sites.size(); ++site) {
    const bool same_code = !spelling.code.empty() && spelling.code == sites[site].code;
    const double alike = same_code ? 1 : likeness(asked, normal_name(sites[site].name, sites[site].kind));
    if (alike >= kPerhapsAlike) out.push_back({site, alike});
  }
  std::stable_sort(out.begin(), out.end(), [](const Proposal& a, const Proposal& b) { return a.likeness > b.likeness; });
  if (out.size() > kMostProposals) out.resize(kMostProposals);
  return out;
}

}  // namespace beffroi::canteen
