// What one mention teaches about the rest of the text.
#pragma once

#include <cstddef>
#include <vector>

#include "privacy/tokens.h"

namespace beffroi::privacy {

// « guerin » of rguerin@… names the Guérin of the text.
void name_owners_of_emails(Tokens& tokens, std::vector<Span>& out);
// Each word of the names of out[first…) is claimed wherever else it stands.
void propagate_names(Tokens& tokens, std::vector<Span>& out, std::size_t first);

// An elected person named in a roster stays elected where the surname stands alone: each word of the mention is one of that person's.
void spread_elected(const Tokens& tokens, std::vector<Span>& out, std::size_t first);

}  // namespace beffroi::privacy
