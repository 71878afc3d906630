// From French text to the words and terms that search compares, the same way for a source and for a question.
//
// Accents are folded before anything else, so «périmé», «perime» and «PÉRIMÉ» are one word. Everything here is pure and thread-safe;
// `text` is valid UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beffroi::text {

// Lower-case ASCII: accents, ligatures (œ, æ, ﬁ), typographic apostrophes, dashes and spaces folded; «€» becomes «euros»; what has no
// ASCII form becomes a space.
[[nodiscard]] std::string fold(std::string_view text);

// The folded words in reading order, stop words included. Elisions are cut (l’, d’, qu’, jusqu’…, not «aujourd’hui»), hyphens separate,
// dotted acronyms are joined («R.S.A.» is rsa), ordinals lose their ending («13ème» is 13), numbers stay whole («1 500 €» is 1500),
// and so do article numbers («L. 2121-7» is l2121-7).
[[nodiscard]] std::vector<std::string> words(std::string_view text);

// The same on text that is already folded; appends to `out`, for callers that analyse a whole corpus.
void split_folded(std::string_view folded, std::vector<std::string>& out);

// Words that carry no subject: articles, pronouns, auxiliaries, question words. `word` is folded.
[[nodiscard]] bool is_stop_word(std::string_view word);

// The stem of a folded word: a light French stemmer made for folded text. Words of three letters and numbers are left whole.
[[nodiscard]] std::string stem(std::string_view word);

// words() without stop words and single letters, each stemmed: what an index holds.
[[nodiscard]] std::vector<std::string> terms(std::string_view text);

// What a person at the counter asks, without what they say around it: words() with text-message spellings put back («cmt» is comment),
// and without greetings, thanks and fillers («bonjour, euh, voilà, je voulais savoir…»). Stop words are left out too. When nothing
// else was said, the words as they are.
[[nodiscard]] std::vector<std::string> question_words(std::string_view text);

// The same for a reader of whole sentences, such as an embedding: the question as it was typed, cut at spaces, without the parts said
// around it; text-message spellings are put back.
[[nodiscard]] std::vector<std::string> question_parts(std::string_view text);

}  // namespace beffroi::text
