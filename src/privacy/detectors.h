// The detectors, one a kind of data. Each claims its tokens (Tokens::take) and appends the spans it found, in reading order.
// They run in this order: what an earlier one claimed, a later one leaves alone.
#pragma once

#include <cstddef>
#include <vector>

#include "privacy/tokens.h"

namespace beffroi::privacy {

void find_emails(Tokens& tokens, std::vector<Span>& out);
// NIR, telephones, IBAN and RIB, plates, file numbers, dates: shape, or a looser shape after a word that announces it.
// No checksum is asked for: a number with a slip of the pen is still somebody's.
void find_numbers(Tokens& tokens, std::vector<Span>& out);
// A house number and a street, their complements, postcode and town; a street without a number after « demeurant »; a town of birth.
void find_addresses(Tokens& tokens, std::vector<Span>& out);
// Names: by civility, first name, initials, the word before them; then each surname found once, everywhere else it stands.
void find_persons(Tokens& tokens, std::vector<Span>& out);

// Date at `at`: the token after it, 0 when none. Shared by numbers and dates.
[[nodiscard]] std::size_t date_at(const Tokens& tokens, std::size_t at);
// A date written in words, « deux janvier mille neuf cent soixante-dix-huit ».
[[nodiscard]] std::size_t date_in_words_at(const Tokens& tokens, std::size_t at);

// Whether one of the `window` tokens before `at` bears one of `marks`; a line break and the end of a sentence stop the look back.
[[nodiscard]] bool announced(const Tokens& tokens, std::size_t at, Marks marks, std::size_t window);

}  // namespace beffroi::privacy
