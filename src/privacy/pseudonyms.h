// Typed tokens in the place of personal data, for the time of one conversation: « Mme Rivière » leaves as « Mme [PERSONNE_1_F] ».
//
// The same value has the same token all along. Spellings of one name share its number (« RIVIÈRE » is [PERSONNE_1_2_F]), so that the model
// sees one person and each spelling comes back as it was written. Tokens are plain ASCII: JSON and tokenizers leave them whole.
// Held in memory only, erased with the conversation. Not thread-safe.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "privacy/span.h"

namespace beffroi::privacy {

inline constexpr std::size_t kTokenBytesMax = 48;

class Pseudonyms {
 public:
  // The token that stands for `value`, brackets included. `sex`: 'F', 'M' or ' '.
  [[nodiscard]] const std::string& token(Label label, std::string_view value, char sex = ' ');
  // What looked like a token in the text itself: it is hidden too, so that restoring cannot touch it.
  [[nodiscard]] const std::string& token_of_literal(std::string_view value);
  // The value of a token written exactly; null when none has been given.
  [[nodiscard]] const std::string* value(std::string_view token) const;
  [[nodiscard]] std::size_t size() const { return values_.size(); }
  void clear();

 private:
  [[nodiscard]] const std::string& add(std::string_view kind, std::string_view value, char sex);

  std::map<std::string, std::string, std::less<>> tokens_;                 // kind and value -> token
  std::map<std::string, std::string, std::less<>> values_;                 // token -> value
  std::map<std::string, std::vector<std::string>, std::less<>> spellings_;  // kind and folded value -> number, then spellings
  std::map<std::string, int, std::less<>> counts_;                         // kind -> numbers given
};

// `text` with each span replaced. The civility of a person stays, for the grammar of what will be written.
// `spans`: in reading order, none overlapping, within `text` (what detect gives).
[[nodiscard]] std::string mask(std::string_view text, const std::vector<Span>& spans, Pseudonyms& pseudonyms);

// Length of what has the shape of a token at `at` (a '['), 0 when nothing does; `open` is set when more text could make it one.
[[nodiscard]] std::size_t token_length(std::string_view text, std::size_t at, bool& open);

}  // namespace beffroi::privacy
