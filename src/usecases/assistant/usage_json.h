// What a model cost, as JSON and in one line for a reader.
#pragma once

#include <string>

#include "json/writer.h"
#include "llm/usage.h"

namespace beffroi::assistant {

// The member `usage`; joules are null when nothing measured them.
void write_usage(json::Writer& out, const llm::Usage& usage);

// « Modèle X : 120 fragments de mots lus, 30 écrits, 1,2 s de processeur ; énergie : inconnue. » « Sans modèle : 0. »
[[nodiscard]] std::string cost_line(const llm::Usage& usage);

}  // namespace beffroi::assistant
