// The content of a publication → passages.
//
// A passage is what one level of the structure says in one go: a chapter, a sub-chapter, one case of a choice. It carries the titles
// and the conditions above it, so a rule is never read without its condition; the boxes that follow the cases of a chapter are said
// again with each case, so a rule is never read without its exception. Elements of later schemas that are not known here are read as
// plain content: no word is lost.
#pragma once

#include <string>
#include <vector>

#include "knowledge/element.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

struct Place {
  std::vector<std::string> sections;
  std::vector<std::string> conditions;
};

class Body {
 public:
  // Everything under `container`, in order, but its title.
  void read(const Element& container, const Place& place);
  // One element met at `place`, whatever it is.
  void read_element(const Element& element, const Place& place);
  // One block at `place`: in the passage under way when nothing came between, else in a new one. Ignored when it holds no word.
  void add(Block block, const Place& place);
  // The next block opens a new passage.
  void close() { open_ = false; }

  [[nodiscard]] bool empty() const { return passages_.empty(); }
  // Passages named after the publication: "F1341#p0", "F1341#p1"…
  [[nodiscard]] std::vector<Passage> take(const std::string& publication_id) &&;

 private:
  // Passages of the cases that a box now follows.
  struct Cases {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  void read_children(const Element& container, const Place& place, Cases& cases);
  void read_child(const Element& child, const Place& place, Cases& cases);
  void read_section(const Element& section, const Place& place);
  void read_cases(const Element& choice, const Place& place, Cases& cases);
  void read_branch(const Element& branch, const Place& place);
  void read_question(const Element& question, const Place& place);
  void read_list(const Element& list, const Place& place, int depth);
  void read_item(const Element& item, const Place& place, int depth);
  void read_box(const Element& box, const Place& place, const Cases& cases);
  void read_unknown(const Element& element, const Place& place, Cases& cases);

  std::vector<Passage> passages_;
  bool open_ = false;
};

}  // namespace beffroi::knowledge
