#include "usecases/assistant/block_html.h"

#include <algorithm>

#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {
namespace {

using knowledge::Block;
using knowledge::BlockKind;
using knowledge::Cell;
using knowledge::Link;

bool continues_a_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

MarkedBytes brought_back(std::string_view text, MarkedBytes marked) {
  marked.begin = std::min(marked.begin, text.size());
  marked.end = std::min(std::max(marked.end, marked.begin), text.size());
  while (marked.begin > 0 && continues_a_character(text, marked.begin)) --marked.begin;
  while (continues_a_character(text, marked.end)) ++marked.end;
  return marked;
}

std::string address_of(const Link& link) { return link.target.empty() ? link.url : publication_path(link.target); }

struct Span {
  std::size_t begin = 0, end = 0;
  const Link* link = nullptr;
};

// Where each link lies in the text: labels are looked for in order, those not found are left out.
std::vector<Span> spans_of(std::string_view text, const std::vector<Link>& links) {
  std::vector<Span> spans;
  std::size_t from = 0;
  for (const Link& link : links) {
    if (link.label.empty() || !is_safe_address(address_of(link))) continue;
    const std::size_t at = text.find(link.label, from);
    if (at == std::string_view::npos) continue;
    from = at + link.label.size();
    spans.push_back({at, from, &link});
  }
  return spans;
}

void write_marked(Html& html, std::string_view text, std::size_t offset, const std::optional<MarkedBytes>& marked) {
  const std::size_t begin = marked ? std::clamp(marked->begin, offset, offset + text.size()) - offset : 0;
  const std::size_t end = marked ? std::clamp(marked->end, offset, offset + text.size()) - offset : 0;
  html.text(text.substr(0, begin));
  if (end > begin) html.element("mark", text.substr(begin, end - begin));
  html.text(text.substr(end));
}

// A cell names others of its row when they list it among their headers.
bool heads_its_row(const std::vector<Cell>& row, std::size_t column) {
  return std::any_of(row.begin() + static_cast<std::ptrdiff_t>(column) + 1, row.end(), [&](const Cell& cell) {
    return std::find(cell.headers.begin(), cell.headers.end(), row[column].text) != cell.headers.end();
  });
}

void write_row(Html& html, const std::vector<Cell>& row, bool marked) {
  html.open("tr", {optional("class", marked ? "row-cited" : "")});
  for (std::size_t column = 0; column < row.size(); ++column) {
    const bool heading = !row[column].text.empty() && heads_its_row(row, column);
    if (heading) {
      html.open("th", {{"scope", "row"}});
    } else {
      html.open("td");
    }
    if (marked && !row[column].text.empty()) {
      html.element("mark", row[column].text);
    } else {
      html.text(row[column].text);
    }
    html.close();
  }
  html.close();
}

// The text of a table is its rows in words: a row is cited when the marked words hold all its cells.
bool is_cited(const std::vector<Cell>& row, std::string_view words) {
  return !words.empty() && std::all_of(row.begin(), row.end(), [&](const Cell& cell) { return words.find(cell.text) != std::string_view::npos; });
}

void write_table(Html& html, const Block& block, std::string_view heading, const std::optional<MarkedBytes>& marked) {
  std::string_view words;
  if (marked) {
    const MarkedBytes bytes = brought_back(block.text, *marked);
    words = std::string_view(block.text).substr(bytes.begin, bytes.end - bytes.begin);
  }
  const std::string caption = heading.empty() ? "Tableau" : "Tableau : " + std::string(heading);
  html.open("div", {{"class", "table-frame"}, {"role", "region"}, {"aria-label", caption}, {"tabindex", "0"}});
  html.open("table").element("caption", caption);
  if (!block.header_rows.empty()) {
    html.open("thead").open("tr");
    for (const std::string& header : block.header_rows) {
      if (header.empty()) {
        html.element("td", "");
      } else {
        html.element("th", {{"scope", "col"}}, header);
      }
    }
    html.close().close();
  }
  html.open("tbody");
  for (const auto& row : block.rows) write_row(html, row, is_cited(row, words));
  html.close().close().close();
}

void write_callout(Html& html, const Block& block, const std::optional<MarkedBytes>& marked) {
  const bool warning = block.kind == BlockKind::warning;
  html.open("div", {{"class", warning ? "callout callout-warning" : "callout"}});
  html.element("p", {{"class", "callout-title"}}, warning ? "Attention" : "À savoir");
  html.open("p");
  write_text(html, block, marked);
  html.close().close();
}

void write_block(Html& html, const Block& block, std::string_view heading, const std::optional<MarkedBytes>& marked) {
  switch (block.kind) {
    case BlockKind::table: write_table(html, block, heading, marked); break;
    case BlockKind::warning:
    case BlockKind::note: write_callout(html, block, marked); break;
    case BlockKind::contact:
    case BlockKind::service:
      html.open("div", {{"class", "address"}});
      write_address(html, block);
      html.close();
      break;
    default:
      html.open("p", {optional("class", block.kind == BlockKind::definition ? "definition" : "")});
      write_text(html, block, marked);
      html.close();
  }
}

// Items from `at` on at this depth or deeper; leaves `at` after the list.
void write_list(Html& html, const PassageBlocks& passage, std::size_t& at,
                const std::function<std::optional<MarkedBytes>(std::size_t)>& marked_in) {
  const int depth = passage.blocks[at].depth;
  html.open("ul");
  while (at < passage.blocks.size() && passage.blocks[at].kind == BlockKind::list_item && passage.blocks[at].depth >= depth) {
    html.open("li");
    write_text(html, passage.blocks[at], marked_in(at));
    ++at;
    if (at < passage.blocks.size() && passage.blocks[at].kind == BlockKind::list_item && passage.blocks[at].depth > depth) {
      write_list(html, passage, at, marked_in);
    }
    html.close();
  }
  html.close();
}

}  // namespace

void write_link(Html& html, const Link& link) {
  const std::string address = address_of(link);
  if (is_safe_address(address)) {
    html.element("a", {{"href", address}}, link.label);
  } else {
    html.text(link.label);
  }
}

void write_address(Html& html, const Block& block) { write_link(html, {block.text, block.url, ""}); }

void write_text(Html& html, const Block& block, const std::optional<MarkedBytes>& marked) {
  const std::string_view text = block.text;
  const std::optional<MarkedBytes> bytes = marked ? std::optional(brought_back(text, *marked)) : std::nullopt;
  std::size_t at = 0;
  for (const Span& span : spans_of(text, block.links)) {
    write_marked(html, text.substr(at, span.begin - at), at, bytes);
    html.open("a", {{"href", address_of(*span.link)}});
    write_marked(html, text.substr(span.begin, span.end - span.begin), span.begin, bytes);
    html.close();
    at = span.end;
  }
  write_marked(html, text.substr(at), at, bytes);
}

void write_blocks(Html& html, const PassageBlocks& passage) {
  const auto marked_in = [&](std::size_t block) -> std::optional<MarkedBytes> {
    if (!passage.highlight || passage.highlight->block != block) return std::nullopt;
    return MarkedBytes{passage.highlight->begin_bytes, passage.highlight->end_bytes};
  };
  for (std::size_t at = 0; at < passage.blocks.size();) {
    if (passage.blocks[at].kind == BlockKind::list_item) {
      write_list(html, passage, at, marked_in);
    } else {
      write_block(html, passage.blocks[at], passage.heading, marked_in(at));
      ++at;
    }
  }
}

}  // namespace beffroi::assistant
