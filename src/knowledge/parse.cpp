#include "knowledge/parse.h"

#include "knowledge/convert.h"
#include "knowledge/element.h"
#include "knowledge/read_tree.h"

namespace beffroi::knowledge {

Result<Publication> parse_publication_xml(std::string_view bytes) {
  Tree tree;
  BEFFROI_CHECK(read_xml(bytes, tree));
  return convert(*tree.root);
}

Result<Publication> parse_publication_json(std::string_view bytes) {
  Tree tree;
  BEFFROI_CHECK(read_json(bytes, tree));
  return convert(*tree.root);
}

}  // namespace beffroi::knowledge
