#include "usecases/assistant/outline.h"

#include <doctest/doctest.h>

using namespace beffroi;

namespace {

knowledge::Passage passage(std::vector<std::string> sections, std::vector<std::string> conditions) {
  return {"F1#p0", std::move(sections), std::move(conditions), {}};
}

std::string drawn(const knowledge::Publication& publication) {
  std::string text;
  for (const auto& item : assistant::outline(publication)) {
    for (const auto& heading : item.opens) {
      text += std::string(static_cast<std::size_t>(heading.depth) * 2, ' ') + (heading.condition ? "? " : "# ") +
              (heading.within.empty() ? "" : "(" + heading.within + ") ") + heading.text + "\n";
    }
    text += ".\n";
  }
  return text;
}

}  // namespace

TEST_CASE("chapters open once, and again only when they come back") {
  knowledge::Publication publication;
  publication.passages = {passage({}, {}), passage({"Coût"}, {}), passage({"Coût"}, {}), passage({"Délai", "Urgence"}, {})};
  CHECK(drawn(publication) == ".\n# Coût\n.\n.\n# Délai\n  # Urgence\n.\n");
}

TEST_CASE("a case stays inside its chapter") {
  knowledge::Publication publication;
  publication.passages = {passage({"Pièces"}, {}), passage({"Pièces"}, {"Vous avez un passeport"}), passage({"Pièces"}, {"Sans passeport"}),
                          passage({"Coût"}, {})};
  CHECK(drawn(publication) == "# Pièces\n.\n  ? Vous avez un passeport\n.\n  ? Sans passeport\n.\n# Coût\n.\n");
}

TEST_CASE("a situation that holds several chapters stays above them") {
  knowledge::Publication publication;
  publication.passages = {passage({"Lieu"}, {"En France"}), passage({"Pièces"}, {"En France", "Majeur"}),
                          passage({"Lieu"}, {"À l’étranger"}), passage({"Pièces"}, {"À l’étranger"})};
  CHECK(drawn(publication) ==
        "? En France\n  # Lieu\n.\n  # Pièces\n    ? (En France) Majeur\n.\n? À l’étranger\n  # Lieu\n.\n  # Pièces\n.\n");
}

TEST_CASE("a publication without passage has no outline") { CHECK(assistant::outline({}).empty()); }
