// Identifiers where letters and digits mix. Each gives the token after the one that begins at `at`, 0 when none does.
#pragma once

#include <cstddef>

#include "privacy/tokens.h"

namespace beffroi::privacy {

// An IBAN of any country, or a RIB after a word that announces it.
[[nodiscard]] std::size_t iban_end(const Tokens& tokens, std::size_t at);
// AB-123-CD in any dress; the older 1234 AB 35.
[[nodiscard]] std::size_t plate_end(const Tokens& tokens, std::size_t at);
// A passport or an identity card by its shape alone: 12AB34567.
[[nodiscard]] std::size_t card_end(const Tokens& tokens, std::size_t at);
// Letters and digits glued by nothing, dashes, slashes, dots or underscores, or groups of digits: a reference.
[[nodiscard]] std::size_t code_end(const Tokens& tokens, std::size_t at);

}  // namespace beffroi::privacy
