// Writes HTML piece by piece. Text and attribute values are escaped by default; there is no way to write raw markup from data.
//
// Addresses (href, action, src) are kept only when they are relative to this site, http, https, mailto or tel: a « javascript: »
// in a source file loses its attribute. Elements are closed in order by `close`; `take` closes what is still open.
// Names of tags and attributes are literals of ours. Not thread-safe; one writer a page.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::pages {

struct Attribute {
  std::string_view name;  // empty: nothing is written
  std::string_view value = {};
  bool has_value = true;
};
// checked, open…: written without a value when `on`, left out otherwise.
[[nodiscard]] inline Attribute flag(std::string_view name, bool on) { return {on ? name : std::string_view{}, {}, false}; }
// Left out when there is no value.
[[nodiscard]] inline Attribute optional(std::string_view name, std::string_view value) {
  return {value.empty() ? std::string_view{} : name, value};
}

class Html {
 public:
  using Attributes = std::initializer_list<Attribute>;

  Html& open(std::string_view tag, Attributes attributes = {});
  Html& close();
  Html& text(std::string_view text);
  // <tag …>text</tag>
  Html& element(std::string_view tag, Attributes attributes, std::string_view text);
  Html& element(std::string_view tag, std::string_view text) { return element(tag, {}, text); }
  // <input …>, <link …>: elements that have no end
  Html& single(std::string_view tag, Attributes attributes);
  // <script type="application/json" id="…">, unreadable as markup whatever the JSON holds
  Html& json(std::string_view id, std::string_view json);

  [[nodiscard]] std::string take();

 private:
  void write_tag(std::string_view tag, Attributes attributes);

  std::string out_;
  std::vector<std::string_view> open_;
};

// & < > " ' written as references; control characters that HTML does not accept become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

// True when a link to this address can do nothing but lead somewhere.
[[nodiscard]] bool is_safe_address(std::string_view address);

// A query parameter's value, percent-encoded.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace beffroi::pages
