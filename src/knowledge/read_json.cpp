#include <fmt/format.h>

#include <boost/json.hpp>
#include <memory_resource>
#include <string>
#include <system_error>

#include "knowledge/read_tree.h"

namespace beffroi::knowledge {

namespace {

namespace json = boost::json;

tl::unexpected<Error> refused(std::string_view why) { return fail(Code::bad_input, std::string(why)); }

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::string_view string_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  const json::string* string = value != nullptr ? value->if_string() : nullptr;
  return string != nullptr ? std::string_view(string->data(), string->size()) : std::string_view{};
}

Status copy_children(const json::object& from, Element& into, Tree& tree, int depth);

Result<Element*> node_of(const json::value& value, Tree& tree, int depth) {
  const json::object* object = value.if_object();
  if (object == nullptr) return refused("Un nœud n’est pas un objet JSON.");
  const std::string_view type = string_of(*object, "type");
  if (type == "text" || type == "cdata") {
    const std::string_view content = string_of(*object, type);
    return is_blank(content) ? nullptr : tree.text(content);
  }
  if (type != "element") return nullptr;  // comment, instruction
  const std::string_view name = string_of(*object, "name");
  if (name.empty()) return refused("Un élément n’a pas de nom.");
  Element* made = tree.element(name);
  const json::value* attributes = object->if_contains("attributes");
  if (attributes != nullptr && attributes->is_object()) {
    for (const auto& [key, content] : attributes->get_object()) {
      if (const json::string* string = content.if_string())
        tree.attribute(*made, {key.data(), key.size()}, {string->data(), string->size()});
    }
  }
  BEFFROI_CHECK(copy_children(*object, *made, tree, depth + 1));
  return made;
}

Status copy_children(const json::object& from, Element& into, Tree& tree, int depth) {
  if (depth > kMaxElementDepth) return refused("Trop de niveaux imbriqués.");
  const json::value* children = from.if_contains("children");
  if (children == nullptr) return {};
  const json::array* array = children->if_array();
  if (array == nullptr) return refused("«\u00a0children\u00a0» n’est pas une liste.");
  Element** last = &into.first;
  for (const json::value& child : *array) {
    Element* made = BEFFROI_TRY(node_of(child, tree, depth));
    if (made == nullptr) continue;
    *last = made;
    last = &made->next;
  }
  return {};
}

}  // namespace

Status read_json(std::string_view bytes, Tree& tree) {
  // The document lives in one arena that is dropped whole: values are never freed one by one.
  json::monotonic_resource arena(64 << 10);
  json::parse_options options;
  options.max_depth = 2 * kMaxElementDepth + 4;  // an object and an array a level
  boost::system::error_code fault;
  const json::value document = json::parse(json::string_view(bytes.data(), bytes.size()), fault, &arena, options);
  if (fault == json::error::too_deep) return refused("Trop de niveaux imbriqués.");
  if (fault) return fail(Code::bad_input, "JSON mal formé.", fault.message());
  const json::object* object = document.if_object();
  if (object == nullptr) return refused("Le fichier JSON n’est pas un objet.");
  Element holder;
  BEFFROI_CHECK(copy_children(*object, holder, tree, 0));
  for (Element* at = holder.first; at != nullptr; at = at->next) {
    if (!at->is_text() && tree.root == nullptr) tree.root = at;
  }
  if (tree.root == nullptr) return refused("Le fichier JSON ne contient pas d’élément.");
  tree.root->next = nullptr;
  return {};
}

std::vector<std::string> read_json_list(std::string_view bytes) {
  boost::system::error_code fault;
  const json::value document = json::parse(json::string_view(bytes.data(), bytes.size()), fault);
  const json::array* array = fault ? nullptr : document.if_array();
  std::vector<std::string> list;
  if (array == nullptr) return list;
  for (const json::value& each : *array) {
    const json::string* text = each.if_string();
    if (text == nullptr) return {};
    list.emplace_back(text->data(), text->size());
  }
  return list;
}

}  // namespace beffroi::knowledge
