#include "knowledge/redirections.h"

#include <algorithm>
#include <cctype>
#include <set>
#include <vector>

#include "knowledge/element.h"
#include "knowledge/inline_text.h"
#include "knowledge/read_tree.h"

namespace beffroi::knowledge {

namespace {

// The publication that a value names: "F1341", or an address that ends with it.
std::string id_in(std::string_view value) {
  const std::size_t slash = value.rfind('/');
  if (slash != std::string_view::npos) value.remove_prefix(slash + 1);
  value = value.substr(0, value.find_first_of(".?# \n\t"));
  return is_publication_id(value) ? std::string(value) : std::string();
}

bool names_the_target(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const std::string_view word : {"cible", "dest", "nouv", "vers", "target", "new"}) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

struct Named {
  std::string id;
  bool target = false;
};

void redirect(const Element& element, Redirections& into) {
  std::vector<Named> named;
  for (const Attribute* at = element.attributes; at != nullptr; at = at->next) {
    // Attributes are kept last first.
    if (std::string id = id_in(at->value); !id.empty()) named.insert(named.begin(), {std::move(id), names_the_target(at->name)});
  }
  for (const Element& child : element) {
    std::string id = id_in(words_under(child));
    if (id.empty() && !child.is_text()) id = id_in(child.attribute("ID"));
    if (!id.empty()) named.push_back({std::move(id), names_the_target(child.name)});
  }
  if (named.size() == 2) {
    if (named[0].target && !named[1].target) std::swap(named[0], named[1]);
    if (named[0].id != named[1].id) into[named[0].id] = named[1].id;
    return;
  }
  for (const Element& child : element) redirect(child, into);
}

}  // namespace

Status read_redirections(std::string_view xml, Redirections& into) {
  Tree tree;
  BEFFROI_CHECK(read_xml(xml, tree));
  for (const Element& child : *tree.root) redirect(child, into);
  return {};
}

void straighten(Redirections& redirections) {
  std::set<std::string> circles;
  for (auto& [from, to] : redirections) {
    std::set<std::string> seen = {from};
    for (auto next = redirections.find(to); next != redirections.end(); next = redirections.find(to)) {
      if (!seen.insert(to).second) break;
      to = next->second;
    }
    if (seen.contains(to)) circles.insert(from);
  }
  for (const std::string& from : circles) redirections.erase(from);
}

}  // namespace beffroi::knowledge
