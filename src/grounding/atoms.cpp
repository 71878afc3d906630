#include "grounding/atoms.h"

#include <algorithm>
#include <array>
#include <utility>

namespace beffroi::grounding {
namespace {

using text::Token;
using text::TokenKind;

constexpr std::size_t kNegationReach = 9;  // tokens between « ne » and its « pas »

bool is_second_negation(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {"pas",  "plus",  "jamais", "aucun",    "aucune",
                                                              "rien", "guere", "point",  "personne", "nullement"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool is_being(std::string_view word) {
  static constexpr std::array<std::string_view, 11> kForms = {"est",  "sont",   "etre",  "ete",  "sera", "seront",
                                                              "soit", "soient", "etait", "etes", "serez"};
  return std::find(kForms.begin(), kForms.end(), word) != kForms.end();
}

// The preposition a word is, in one form; empty for other words.
std::string_view preposition(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 26> kPrepositions = {
      {{"a", "a"},           {"au", "a"},          {"aux", "a"},     {"de", "de"},       {"du", "de"},         {"d'", "de"},
       {"des", "de"},        {"pour", "pour"},     {"afin", "pour"}, {"dans", "dans"},   {"en", "en"},         {"sur", "sur"},
       {"par", "par"},       {"avec", "avec"},     {"chez", "chez"}, {"vers", "vers"},   {"sous", "sous"},     {"entre", "entre"},
       {"contre", "contre"}, {"devant", "devant"}, {"sans", "sans"}, {"selon", "selon"}, {"depuis", "depuis"}, {"aupres", "aupres"},
       {"lors", "lors"},     {"envers", "envers"}}};
  for (const auto& [form, name] : kPrepositions) {
    if (form == word) return name;
  }
  return {};
}

class Reader {
 public:
  explicit Reader(std::string_view sentence)
      : sentence_(sentence),
        tokens_(text::tokens(sentence)),
        facts_(text::facts(tokens_)),
        consumed_(tokens_.size(), false),
        only_(tokens_.size(), false) {}

  std::vector<Atom> run() {
    for (std::size_t at = 0; at < tokens_.size();) {
      if (const auto name = preposition(tokens_[at].folded); !name.empty()) {
        // « auprès de », « afin de »: the first one says more.
        if (lead_.empty() || name != "de") lead_ = name;
      } else if (tokens_[at].kind == TokenKind::mark && word(at) != "\"") {
        lead_ = {};
      }
      if (consumed_[at]) {
        ++at;
      } else if (const auto next = read_fact(at)) {
        at = next;
      } else if (tokens_[at].kind == TokenKind::mark) {
        read_punctuation(at++);
      } else if (only_[at]) {
        emit_mark({Mark::restriction, "only"}, at, at);
        ++at;
      } else if (read_negation(at)) {
        ++at;
      } else if (const auto after = read_phrase(at)) {
        at = after;
      } else {
        read_word(at++);
      }
    }
    return std::move(atoms_);
  }

 private:
  std::string_view raw(std::size_t at) const {
    return sentence_.substr(tokens_[at].where.begin_bytes, tokens_[at].where.end_bytes - tokens_[at].where.begin_bytes);
  }
  std::string_view word(std::size_t at) const { return at < tokens_.size() ? std::string_view(tokens_[at].folded) : std::string_view(); }

  Atom& emit(AtomKind kind, std::size_t from, std::size_t last) {
    Atom atom;
    atom.kind = kind;
    atom.where = {tokens_[from].where.begin_bytes, tokens_[last].where.end_bytes};
    atom.segment = segment_;
    atom.parenthesis = parentheses_ > 0;
    if (kind != AtomKind::mark) {
      atom.lead = lead_;
      lead_ = {};
    }
    atoms_.push_back(std::move(atom));
    return atoms_.back();
  }

  void emit_mark(const Meaning& meaning, std::size_t from, std::size_t last) {
    if (meaning.mark == Mark::none) return;
    if (meaning.mark == Mark::modal && !atoms_.empty() && atoms_.back().kind == AtomKind::mark && atoms_.back().segment == segment_ &&
        atoms_.back().meaning.key == meaning.key) {
      return;
    }
    emit(AtomKind::mark, from, last).meaning = meaning;
  }

  std::size_t read_fact(std::size_t at) {
    while (next_fact_ < facts_.size() && facts_[next_fact_].where.end_bytes <= tokens_[at].where.begin_bytes) ++next_fact_;
    if (next_fact_ >= facts_.size() || facts_[next_fact_].where.begin_bytes > tokens_[at].where.begin_bytes) return 0;
    const text::Fact& fact = facts_[next_fact_];
    std::size_t next = at;
    while (next < tokens_.size() && tokens_[next].where.end_bytes <= fact.where.end_bytes) ++next;
    if (next == at) return 0;
    emit(AtomKind::fact, at, next - 1).fact = fact;
    return next;
  }

  void read_punctuation(std::size_t at) {
    const std::string_view mark = word(at);
    if (mark == "(") ++parentheses_;
    if (mark == ")" && parentheses_ > 0) --parentheses_;
    static constexpr std::array<std::string_view, 10> kBounds = {",", ";", ":", ".", "!", "?", "(", ")", "…", "•"};
    const bool dash = mark == "-" && tokens_[at].space_before;
    if (dash || std::find(kBounds.begin(), kBounds.end(), mark) != kBounds.end()) ++segment_;
    // A sign compares as much as a word does.
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSigns = {
        {{"<", "less"}, {">", "more"}, {"+", "more"}, {"≥", "at least"}, {"≤", "at most"}, {"=", "equal"}}};
    for (const auto& [sign, key] : kSigns) {
      if (mark == sign) emit_mark({Mark::comparator, key}, at, at);
    }
  }

  // « ne … pas » is one negation, « ne … que » a restriction.
  bool read_negation(std::size_t at) {
    if (word(at) != "ne" && word(at) != "n'") return false;
    const std::size_t end = std::min(tokens_.size(), at + kNegationReach);
    for (std::size_t i = at + 1; i < end && tokens_[i].kind != TokenKind::mark; ++i) {
      if (is_second_negation(word(i))) {
        consumed_[i] = true;
        break;
      }
      if (word(i) == "que" || word(i) == "qu'") {
        only_[i] = true;
        return true;
      }
    }
    emit_mark({Mark::negation, "not"}, at, at);
    return true;
  }

  std::size_t read_phrase(std::size_t at) {
    if (word(at) == "s'" && word(at + 1) != "il" && word(at + 1) != "ils") return 0;
    if (word(at) == "s'") {
      emit_mark({Mark::condition, "if"}, at, at);
      return at + 1;
    }
    if (word(at).starts_with("non-") && word(at).size() > 4) emit_mark({Mark::negation, "not"}, at, at);
    const auto phrase = phrase_at(tokens_, at);
    if (!phrase) return 0;
    // Folding hides the accent that tells « dès » from « des » and « où » from « ou ».
    if (phrase->length == 1 && word(at) == "des" && raw(at) == "des") return 0;
    if (phrase->length == 1 && word(at) == "des" && raw(at) == "Des") return 0;
    if (phrase->length == 1 && word(at) == "ou" && raw(at) != "ou" && raw(at) != "Ou" && raw(at) != "OU") return at + 1;
    emit_mark(phrase->first, at, at + phrase->length - 1);
    emit_mark(phrase->second, at, at + phrase->length - 1);
    return at + phrase->length;
  }

  void read_word(std::size_t at) {
    const Token& token = tokens_[at];
    if (token.folded == "sous" && next_is_fact(at)) return;
    // « La demande est déposée par le représentant »: who does it is told by « par » after a passive.
    if (token.folded == "par" && at >= 2 && (is_being(word(at - 2)) || (at >= 3 && is_being(word(at - 3))))) {
      emit_mark({Mark::time, "by"}, at, at);
      return;
    }
    if (is_function_word(token.folded)) {
      if (is_being(token.folded) || token.folded == "qui" || token.folded == "et") lead_ = {};
      return;
    }
    const bool first = atoms_.empty() || segment_opened_by_stop(at);
    Atom& atom = emit(token.capital && !first ? AtomKind::name : AtomKind::word, at, at);
    const std::string_view bare =
        std::string_view(token.folded).starts_with("non-") ? std::string_view(token.folded).substr(4) : token.folded;
    atom.lemma = lemma_of(bare);
  }

  bool segment_opened_by_stop(std::size_t at) const {
    return at == 0 || word(at - 1) == "." || word(at - 1) == ":" || word(at - 1) == "!" || word(at - 1) == "?";
  }

  bool next_is_fact(std::size_t at) const {
    if (at + 1 >= tokens_.size()) return false;
    return std::any_of(facts_.begin(), facts_.end(), [&](const text::Fact& fact) {
      return fact.where.begin_bytes == tokens_[at + 1].where.begin_bytes ||
             (at + 2 < tokens_.size() && fact.where.begin_bytes == tokens_[at + 2].where.begin_bytes);
    });
  }

  std::string_view sentence_;
  std::vector<Token> tokens_;
  std::vector<text::Fact> facts_;
  std::vector<bool> consumed_;  // the second half of a negation
  std::vector<bool> only_;      // the « que » of « ne … que »
  std::vector<Atom> atoms_;
  std::size_t next_fact_ = 0;
  std::string_view lead_;
  int segment_ = 0;
  int parentheses_ = 0;
};

}  // namespace

std::vector<Atom> atoms_of(std::string_view sentence) { return Reader(sentence).run(); }

bool same_atom(const Atom& a, const Atom& b) {
  const bool a_word = a.kind == AtomKind::word || a.kind == AtomKind::name;
  const bool b_word = b.kind == AtomKind::word || b.kind == AtomKind::name;
  if (a_word || b_word) return a_word && b_word && same_word(a.lemma, b.lemma);
  if (a.kind != b.kind) return false;
  return a.kind == AtomKind::fact ? a.fact == b.fact : a.meaning.key == b.meaning.key;
}

}  // namespace beffroi::grounding
