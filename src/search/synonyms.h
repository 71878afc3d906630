// Everyday words and the words of the administration for the same thing, from synonyms.txt, compiled in.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace beffroi::search {

class Synonyms {
 public:
  // The list of synonyms.txt. Immutable, thread-safe.
  [[nodiscard]] static const Synonyms& built_in();
  // Lines «a, b = c, d» (both ways) or «a > b» (one way); what follows # is a comment. Lines without either sign are ignored.
  explicit Synonyms(std::string_view lines);

  // The stems that `stems`, in the order said, may also mean; unique, none of `stems`.
  [[nodiscard]] std::vector<std::string> expand(std::span<const std::string> stems) const;
  // True for a folded word of the list: the speller leaves it alone.
  [[nodiscard]] bool knows(std::string_view word) const;

 private:
  using Stems = std::vector<std::string>;
  struct Rule {
    Stems said;
    Stems meant;
  };
  void add_line(std::string_view line);
  void add_rule(const Stems& said, const Stems& meant);

  std::unordered_map<std::string, std::vector<Rule>> rules_;  // by first stem said
  std::unordered_set<std::string> words_;
};

}  // namespace beffroi::search
