// The element tree of one publication, the same whether it was read from XML or from JSON.
//
// Nodes and strings live in the tree's own arena: they are valid while the Tree is, and freed at once.
#pragma once

#include <cstddef>
#include <iterator>
#include <memory_resource>
#include <string_view>

namespace beffroi::knowledge {

struct Attribute {
  std::string_view name;
  std::string_view value;
  const Attribute* next = nullptr;
};

struct Element {
  std::string_view name;  // empty: a run of text
  std::string_view text;  // of a run of text
  const Attribute* attributes = nullptr;
  Element* first = nullptr;
  Element* next = nullptr;

  [[nodiscard]] bool is_text() const { return name.empty(); }
  // Empty when absent.
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
  // First child of that name; null when there is none.
  [[nodiscard]] const Element* child(std::string_view wanted) const;
  [[nodiscard]] bool has_element_children() const;

  // for (const Element& child : element)
  class Iterator {
   public:
    explicit Iterator(const Element* at) : at_(at) {}
    const Element& operator*() const { return *at_; }
    Iterator& operator++() {
      at_ = at_->next;
      return *this;
    }
    bool operator!=(const Iterator& other) const { return at_ != other.at_; }

   private:
    const Element* at_;
  };
  [[nodiscard]] Iterator begin() const { return Iterator(first); }
  [[nodiscard]] Iterator end() const { return Iterator(nullptr); }
};

// Deeper documents are refused: the deepest publication of the official base has 18 levels.
inline constexpr int kMaxElementDepth = 100;

class Tree {
 public:
  Tree() = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Element* element(std::string_view name);
  Element* text(std::string_view content);
  void attribute(Element& of, std::string_view name, std::string_view value);

  Element* root = nullptr;

 private:
  std::string_view keep(std::string_view bytes);
  template <class T>
  T* make();
  std::pmr::monotonic_buffer_resource arena_{64 << 10};
};

}  // namespace beffroi::knowledge
