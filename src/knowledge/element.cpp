#include "knowledge/element.h"

#include <cstring>
#include <new>

namespace beffroi::knowledge {

std::string_view Element::attribute(std::string_view wanted) const {
  for (const Attribute* at = attributes; at != nullptr; at = at->next) {
    if (at->name == wanted) return at->value;
  }
  return {};
}

const Element* Element::child(std::string_view wanted) const {
  for (const Element& each : *this) {
    if (each.name == wanted) return &each;
  }
  return nullptr;
}

bool Element::has_element_children() const {
  for (const Element& each : *this) {
    if (!each.is_text()) return true;
  }
  return false;
}

template <class T>
T* Tree::make() {
  return new (arena_.allocate(sizeof(T), alignof(T))) T();
}

std::string_view Tree::keep(std::string_view bytes) {
  if (bytes.empty()) return {};
  auto* copy = static_cast<char*>(arena_.allocate(bytes.size(), 1));
  std::memcpy(copy, bytes.data(), bytes.size());
  return {copy, bytes.size()};
}

Element* Tree::element(std::string_view name) {
  auto* made = make<Element>();
  made->name = keep(name);
  return made;
}

Element* Tree::text(std::string_view content) {
  auto* made = make<Element>();
  made->text = keep(content);
  return made;
}

void Tree::attribute(Element& of, std::string_view name, std::string_view value) {
  auto* made = make<Attribute>();
  made->name = keep(name);
  made->value = keep(value);
  made->next = of.attributes;
  of.attributes = made;
}

}  // namespace beffroi::knowledge
