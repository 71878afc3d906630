// A line of the journal as a person reads it.
#pragma once

#include <string>
#include <vector>

#include "audit/line.h"
#include "pages/html.h"
#include "people/account.h"
#include "people/key.h"

namespace beffroi::oversight {

// Whose ids a commune knows today.
struct Known {
  std::vector<people::Account> accounts;
  std::vector<people::Key> keys;
};

// « Camille Martin (cmartin) », « clé « Site de la mairie » de Camille Martin », « Public ».
[[nodiscard]] std::string who_words(const Known& known, const audit::Line& line);
// What was acted upon, the sources, the model, the checks, the outcome: short paragraphs.
void write_details(pages::Html& html, const Known& known, const audit::Line& line);

}  // namespace beffroi::oversight
