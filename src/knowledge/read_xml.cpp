#include <fmt/format.h>

#include <pugixml.hpp>
#include <string>

#include "knowledge/read_tree.h"
#include "text/utf8.h"

namespace beffroi::knowledge {

namespace {

tl::unexpected<Error> refused(std::string_view why) { return fail(Code::bad_input, std::string(why)); }

Status too_deep() { return refused("Trop de niveaux imbriqués."); }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

// Children of `from` under `into`, in order.
Status copy_children(const pugi::xml_node& from, Element& into, Tree& tree, int depth) {
  if (depth > kMaxElementDepth) return too_deep();
  Element** last = &into.first;
  for (const pugi::xml_node& node : from.children()) {
    Element* made = nullptr;
    if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
      if (is_blank(node.value())) continue;
      made = tree.text(node.value());
    } else if (node.type() == pugi::node_element) {
      made = tree.element(node.name());
      for (const pugi::xml_attribute& attribute : node.attributes()) tree.attribute(*made, attribute.name(), attribute.value());
      BEFFROI_CHECK(copy_children(node, *made, tree, depth + 1));
    } else {
      continue;
    }
    *last = made;
    last = &made->next;
  }
  return {};
}

}  // namespace

Status read_xml(std::string_view bytes, Tree& tree) {
  if (!text::is_valid_utf8(bytes)) return refused("Le fichier n’est pas de l’UTF-8 valide.");
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!parsed) {
    return fail(Code::bad_input, fmt::format("XML mal formé, à l’octet {}.", parsed.offset), parsed.description());
  }
  for (const pugi::xml_node& node : document.children()) {
    // No publication declares entities; a file that does is trying something.
    if (node.type() == pugi::node_doctype && std::string_view(node.value()).find("ENTITY") != std::string_view::npos) {
      return refused("Le fichier déclare des entités, ce qui est interdit.");
    }
  }
  Element holder;
  BEFFROI_CHECK(copy_children(document, holder, tree, 0));
  for (Element* at = holder.first; at != nullptr; at = at->next) {
    if (!at->is_text() && tree.root == nullptr) tree.root = at;
  }
  if (tree.root == nullptr) return refused("Le fichier XML est vide.");
  tree.root->next = nullptr;
  return {};
}

}  // namespace beffroi::knowledge
