// What the search room knows of the world: publications made of passages, as plain words. It knows no meaning: not what a fiche
// or a délibération is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace beffroi::search {

// The words of one passage, by field. A passage is a unit of its publication's structure, never a window of text.
struct PassageWords {
  std::string id;          // unique in the corpus and stable across imports, e.g. "F1341#p7"
  std::string headings;    // chapter titles above it
  std::string conditions;  // «si vous êtes majeur › première demande»
  std::string body;        // everything the reader sees of the passage
};

// The words of one publication.
struct PublicationWords {
  std::string id;             // unique in the corpus, e.g. "F1341"
  std::string kind;           // opaque to search; filters compare it for equality (e.g. "fiche", "question", "form", "topic")
  std::vector<std::string> audiences;  // opaque; filters compare it
  std::string title;
  std::string other_titles;   // alternative titles, over-titles
  std::string introduction;   // introduction or description
  std::vector<std::string> topic_path;  // from the widest theme to the narrowest folder; equal strings mean the same topic
  std::vector<std::string> link_labels; // labels of the links that point to it, from other publications
  std::vector<std::string> links;       // ids of the publications that its text points to
  std::vector<std::string> related;     // ids of the publications that it recommends beside its text (see also, questions about it)
  std::string asides;           // words around the text: labels of its links and of what it recommends, references, definitions
  std::vector<PassageWords> passages;
};

}  // namespace beffroi::search
