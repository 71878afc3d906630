// Facts about the program and its machine, as lists of pairs and one verdict. Only for this folder.
#pragma once

#include <string_view>

#include "pages/html.h"

namespace beffroi::administration {

// <div><dt>what</dt><dd>value</dd></div>, inside a <dl class="admin-facts">.
inline void write_fact(pages::Html& html, std::string_view what, std::string_view value) {
  html.open("div").element("dt", what).element("dd", value).close();
}

// The same, with a word that tells whether it is well: never by colour alone.
inline void write_verdict(pages::Html& html, std::string_view what, bool well, std::string_view value) {
  html.open("div").element("dt", what).open("dd");
  html.element("strong", {{"class", well ? "admin-well" : "admin-unwell"}}, well ? "Bien" : "À regarder").text(" – ").text(value);
  html.close().close();
}

}  // namespace beffroi::administration
