// Publications → the words that the search room indexes.
#pragma once

#include <string>
#include <vector>

#include "knowledge/publication.h"
#include "search/passage.h"

namespace beffroi::knowledge {

// What a reader sees of the passage, without what is repeated from elsewhere. Definitions are asides, not content.
[[nodiscard]] std::string body_words(const Passage& passage);

// What a publication says first: its introduction, else its description.
[[nodiscard]] std::string introduction_words(const Publication& publication);

// Gathers publications one by one; `take` then tells each the names and labels by which the others point to it.
class WordsGatherer {
 public:
  void add(const Publication& publication);
  [[nodiscard]] std::vector<search::PublicationWords> take() &&;

 private:
  enum class Said { in_text, as_name };  // as_name: in a list of a folder, or among what is recommended
  struct Label {
    std::string target;
    Said said = Said::in_text;
    std::string words;
  };
  void add_passage(const Publication& publication, const Passage& passage, search::PublicationWords& words);
  void point(const Link& link, Said said, search::PublicationWords& words);

  std::vector<search::PublicationWords> publications_;
  std::vector<Label> labels_;
};

}  // namespace beffroi::knowledge
