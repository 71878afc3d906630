#include "answers/pool.h"

#include <algorithm>
#include <array>
#include <set>

#include "text/tokens.h"

namespace beffroi::answers {
namespace {

using knowledge::BlockKind;
using knowledge::Passage;
using knowledge::Publication;

constexpr std::size_t kShortBlockBytes = 420;  // an item of a list is kept whole up to here

bool begins_with_any(std::string_view text, std::span<const std::string_view> openings) {
  const std::string head = text::tokens(text.substr(0, std::min<std::size_t>(text.size(), 80))).empty() ? std::string() : [&] {
    std::string out;
    std::size_t taken = 0;
    for (const auto& token : text::tokens(text.substr(0, text.find(' ', std::min<std::size_t>(text.size(), 60))))) {
      if (taken++ == 4) break;
      if (token.kind == text::TokenKind::mark) continue;
      out += token.folded + (token.folded.ends_with('\'') ? "" : " ");
    }
    return out;
  }();
  return std::any_of(openings.begin(), openings.end(), [&](std::string_view opening) { return head.starts_with(opening); });
}

bool opens_exception(std::string_view text) {
  static constexpr std::array<std::string_view, 17> kOpenings = {
      "toutefois ",     "cependant ", "sauf ",      "mais ",          "en revanche ",    "par contre ", "neanmoins ",
      "a defaut ",      "sinon ",     "attention ", "par exception ", "par derogation ", "exception ",  "dans le cas contraire ",
      "a l'exception ", "seul ",      "seule "};
  return begins_with_any(text, kOpenings);
}

bool leans_on_before(std::string_view text) {
  static constexpr std::array<std::string_view, 26> kOpenings = {
      "il ",      "elle ",     "ils ",         "elles ", "celui-ci ",    "celle-ci ", "ceux-ci ",    "celles-ci ",
      "ce ",      "cette ",    "cet ",         "ces ",   "dans ce cas ", "dans ces ", "dans les 2 ", "dans les deux ",
      "de plus ", "en effet ", "par exemple ", "ainsi ", "pour cela ",   "cela ",     "c'est ",      "son ",
      "sa ",      "ses "};
  // « Il faut », « il est possible » say all by themselves.
  static constexpr std::array<std::string_view, 10> kImpersonal = {"il faut ",     "il est ", "il n'est ", "il existe ", "il y a ",
                                                                   "il convient ", "il n'y ", "il peut ",  "il suffit ", "il s'agit "};
  return begins_with_any(text, kOpenings) && !begins_with_any(text, kImpersonal);
}

class Gatherer {
 public:
  explicit Gatherer(std::span<const Found> found) : found_(found) {}

  std::vector<Extract> run() {
    for (const auto& found : found_) {
      for (const std::size_t index : passages_to_read(found)) {
        if (out_.size() >= kMaxExtracts) return std::move(out_);
        read(found, index);
      }
    }
    return std::move(out_);
  }

 private:
  static std::size_t position(const Publication& publication, std::string_view id) {
    for (std::size_t i = 0; i < publication.passages.size(); ++i) {
      if (publication.passages[i].id == id) return i;
    }
    return publication.passages.size();
  }

  std::set<std::size_t> passages_to_read(const Found& found) const {
    const Publication& publication = *found.publication;
    std::set<std::size_t> wanted;
    if (!publication.passages.empty()) wanted.insert(0);
    const std::size_t most = found.rank < 3 ? kMaxPassagesEach : kMaxPassagesEach / 2;
    for (const auto& hit : found.hit.passages) {
      const std::size_t at = position(publication, hit.passage_id);
      if (at < publication.passages.size() && wanted.size() < most) wanted.insert(at);
    }
    // A rule under other conditions is under the same titles.
    const auto pointed = wanted;
    for (const std::size_t at : pointed) {
      const Passage& passage = publication.passages[at];
      if (passage.conditions.empty()) continue;
      for (std::size_t i = 0; i < publication.passages.size() && wanted.size() < most; ++i) {
        if (publication.passages[i].sections == passage.sections && !publication.passages[i].conditions.empty()) wanted.insert(i);
      }
    }
    return wanted;
  }

  void read(const Found& found, std::size_t index) {
    const Passage& passage = found.publication->passages[index];
    int before = -1, lead = -1;
    std::size_t order = 0;
    for (std::size_t b = 0; b < passage.blocks.size(); ++b) {
      const auto& block = passage.blocks[b];
      if (block.kind == BlockKind::contact || block.kind == BlockKind::service) continue;  // shown as places to ask
      const bool member = block.kind == BlockKind::list_item || block.kind == BlockKind::table;
      if (!member) lead = -1;
      if (member && lead < 0 && before >= 0 && out_[static_cast<std::size_t>(before)].leads) lead = before;
      bool first = true;
      for (const auto& slice : slices(block)) {
        Extract extract;
        extract.found = &found;
        extract.passage = &passage;
        extract.passage_index = index;
        extract.block_index = b;
        extract.order = order++;
        extract.slice = slice;
        extract.text = std::string_view(block.text).substr(slice.begin_bytes, slice.end_bytes - slice.begin_bytes);
        extract.before = before;
        extract.lead = member ? lead : -1;
        extract.excepts = (first && block.kind == BlockKind::warning) || (before >= 0 && opens_exception(extract.text));
        extract.leans = before >= 0 && !member && leans_on_before(extract.text);
        extract.leads = extract.text.ends_with(':') || next_is_list(passage, b, slice);
        first = false;
        before = static_cast<int>(out_.size());
        out_.push_back(extract);
      }
    }
  }

  static bool next_is_list(const Passage& passage, std::size_t block, const text::Slice& slice) {
    if (passage.blocks[block].kind == BlockKind::list_item || block + 1 >= passage.blocks.size()) return false;
    const bool last = slice.end_bytes + 2 >= passage.blocks[block].text.size();
    return last && passage.blocks[block + 1].kind == BlockKind::list_item && !passage.blocks[block].text.ends_with('.');
  }

  // A short item is one piece: its second sentence is often what limits the first.
  static std::vector<text::Slice> slices(const knowledge::Block& block) {
    if (block.kind == BlockKind::list_item && block.text.size() <= kShortBlockBytes && block.text.find('\n') == std::string::npos) {
      return {{0, static_cast<std::uint32_t>(block.text.size())}};
    }
    return text::sentences(block.text);
  }

  std::span<const Found> found_;
  std::vector<Extract> out_;
};

}  // namespace

const knowledge::Block& block_of(const Extract& extract) { return extract.passage->blocks[extract.block_index]; }

std::vector<Extract> extracts_of(std::span<const Found> found) { return Gatherer(found).run(); }

}  // namespace beffroi::answers
