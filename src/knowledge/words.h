// Publications → the words that the search room indexes.
#pragma once

#include <vector>

#include "knowledge/publication.h"
#include "search/passage.h"

namespace beffroi::knowledge {

// What a reader sees of the passage, without what is repeated from elsewhere.
[[nodiscard]] std::string body_words(const Passage& passage);

// Gathers publications one by one; `take` then tells each the labels of the links that point to it.
class WordsGatherer {
 public:
  void add(const Publication& publication);
  [[nodiscard]] std::vector<search::PublicationWords> take() &&;

 private:
  void add_link(search::PublicationWords& words, const Link& link);

  struct Label {
    std::string target;
    std::string words;
  };
  std::vector<search::PublicationWords> publications_;
  std::vector<Label> labels_;
};

}  // namespace beffroi::knowledge
