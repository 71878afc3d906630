// Small patterns over the words of a question, to read what kind of thing is asked without a model.
//
//   "ignor*|oubli* & instruction*|consigne*"   a word beginning with « ignor » or « oubli », and one beginning with « instruction »…
//   "mon dossier|ma demande"                   words that follow one another
//   "a & b - c|d"                              both a and b, but neither c nor d
//
// Words are folded (text/tokens.h). A star stands for any ending. Groups may come in any order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beffroi::answers {

// The words of a text as patterns see them: folded, marks left out.
[[nodiscard]] std::vector<std::string> pattern_words(std::string_view text);

class Pattern {
 public:
  explicit Pattern(std::string_view written);
  [[nodiscard]] bool found(const std::vector<std::string>& words) const;

 private:
  using Phrase = std::vector<std::string>;
  using Group = std::vector<Phrase>;
  [[nodiscard]] static bool any(const Group& group, const std::vector<std::string>& words);
  std::vector<Group> all_;
  Group none_;
};

}  // namespace beffroi::answers
