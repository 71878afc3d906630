#include "pages/table.h"

namespace beffroi::pages {

void open_table(Html& html, std::string_view id, std::string_view caption) {
  html.open("div", {{"class", "table-frame"}, {"role", "region"}, {"aria-labelledby", id}, {"tabindex", "0"}});
  html.open("table", {{"class", "figures"}}).element("caption", {{"id", id}}, caption);
}

void write_heads(Html& html, const std::vector<std::string>& heads, NumberColumns numbers) {
  html.open("thead").open("tr");
  for (std::size_t at = 0; at < heads.size(); ++at) {
    const bool number = numbers.begin <= at && at < numbers.end;
    if (heads[at].empty()) html.element("td", "");  // a header without words is none
    else html.element("th", {{"scope", "col"}, optional("class", number ? "number" : "")}, heads[at]);
  }
  html.close().close();
}

void write_cell(Html& html, std::string_view text) { html.element("td", text); }
void write_number(Html& html, std::string_view text) { html.element("td", {{"class", "number"}}, text); }

}  // namespace beffroi::pages
