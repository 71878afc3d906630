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

// A part of the text inside an element: a link, or the label of a callout (`link` is null).
struct Span {
  std::size_t begin = 0, end = 0;
  const Link* link = nullptr;
};

// Where each link lies in the text: labels are looked for in order, those not found are left out.
std::vector<Span> spans_of(std::string_view text, const std::vector<Link>& links) {
  std::vector<Span> spans;
  std::size_t from = 0;
  for (const Link& link : links) {
    if (link.label.empty() || !pages::is_safe_address(address_of(link))) continue;
    const std::size_t at = text.find(link.label, from);
    if (at == std::string_view::npos) continue;
    from = at + link.label.size();
    spans.push_back({at, from, &link});
  }
  return spans;
}

// « À savoir : … »: the label and its colon.
std::size_t label_bytes(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  const std::size_t colon = text.substr(0, kLongest).find(" :");
  return colon == std::string_view::npos ? 0 : colon + 2;
}

void write_marked(Html& html, std::string_view text, std::size_t offset, const std::optional<MarkedBytes>& marked) {
  const std::size_t begin = marked ? std::clamp(marked->begin, offset, offset + text.size()) - offset : 0;
  const std::size_t end = marked ? std::clamp(marked->end, offset, offset + text.size()) - offset : 0;
  html.text(text.substr(0, begin));
  if (end > begin) html.element("mark", text.substr(begin, end - begin));
  html.text(text.substr(end));
}

struct Line {
  std::size_t begin = 0, end = 0;
};
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back({at, end});
    at = end + 1;
  }
  return lines;
}

bool overlaps(const Line& line, const std::optional<MarkedBytes>& marked) {
  return marked && marked->begin < line.end && line.begin < marked->end;
}

// A cell names others of its row when they list it among their headers.
bool heads_its_row(const std::vector<Cell>& row, std::size_t column) {
  return !row[column].text.empty() && std::any_of(row.begin() + static_cast<std::ptrdiff_t>(column) + 1, row.end(), [&](const Cell& cell) {
    return std::find(cell.headers.begin(), cell.headers.end(), row[column].text) != cell.headers.end();
  });
}

void write_row(Html& html, const std::vector<Cell>& row, const std::vector<Link>& links, bool marked) {
  html.open("tr", {optional("class", marked ? "row-cited" : "")});
  for (std::size_t column = 0; column < row.size(); ++column) {
    const bool heading = heads_its_row(row, column);
    html.open(heading ? "th" : "td", {optional("scope", heading ? "row" : "")});
    Block cell;
    cell.text = row[column].text;
    cell.links = links;
    write_text(html, cell, marked ? std::optional(MarkedBytes{0, cell.text.size()}) : std::nullopt);
    html.close();
  }
  html.close();
}

void write_header_row(Html& html, const std::vector<std::string>& headers) {
  if (headers.empty()) return;
  html.open("thead").open("tr");
  for (const std::string& header : headers) {
    if (header.empty()) {
      html.element("td", "");
    } else {
      html.element("th", {{"scope", "col"}}, header);
    }
  }
  html.close().close();
}

// The text of a table is its title, then a line a row: what is cited in a line is shown in the row.
void write_table(Html& html, const Block& block, std::string_view heading, const std::optional<MarkedBytes>& marked) {
  const std::vector<Line> lines = lines_of(block.text);
  const std::size_t first_row = lines.size() - std::min(lines.size(), block.rows.size());
  std::string caption = first_row > 0 ? block.text.substr(0, lines[0].end) : std::string(heading);
  if (caption.empty()) caption = "Tableau";
  html.open("div", {{"class", "table-frame"}, {"role", "group"}, {"aria-label", caption}, {"tabindex", "0"}});
  html.open("table").element("caption", caption);
  write_header_row(html, block.header_rows);
  html.open("tbody");
  for (std::size_t row = 0; row < block.rows.size(); ++row) {
    write_row(html, block.rows[row], block.links, first_row + row < lines.size() && overlaps(lines[first_row + row], marked));
  }
  html.close().close().close();
}

void write_callout(Html& html, const Block& block, const std::optional<MarkedBytes>& marked) {
  html.open("div", {{"class", block.kind == BlockKind::warning ? "callout callout-warning" : "callout"}}).open("p");
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
      write_address(html, block, marked);
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
  if (pages::is_safe_address(address)) {
    html.element("a", {{"href", address}}, link.label);
  } else {
    html.text(link.label);
  }
}

void write_address(Html& html, const Block& block, const std::optional<MarkedBytes>& marked) {
  const std::optional<MarkedBytes> bytes = marked ? std::optional(brought_back(block.text, *marked)) : std::nullopt;
  const Link whole{"", block.url, block.links.empty() ? "" : block.links.front().target};
  const std::string address = address_of(whole);
  for (const Line& line : lines_of(block.text)) {
    const bool title = line.begin == 0;
    html.open("p", {{"class", title ? "address-title" : "address-detail"}});
    if (title && pages::is_safe_address(address)) html.open("a", {{"href", address}});
    write_marked(html, std::string_view(block.text).substr(line.begin, line.end - line.begin), line.begin, bytes);
    if (title && pages::is_safe_address(address)) html.close();
    html.close();
  }
}

void write_text(Html& html, const Block& block, const std::optional<MarkedBytes>& marked) {
  const std::string_view text = block.text;
  const std::optional<MarkedBytes> bytes = marked ? std::optional(brought_back(text, *marked)) : std::nullopt;
  std::vector<Span> spans = spans_of(text, block.links);
  if (block.kind == BlockKind::warning || block.kind == BlockKind::note || block.kind == BlockKind::definition) {
    const std::size_t label = label_bytes(text);
    if (label > 0 && (spans.empty() || spans.front().begin >= label)) spans.insert(spans.begin(), Span{0, label, nullptr});
  }
  std::size_t at = 0;
  for (const Span& span : spans) {
    write_marked(html, text.substr(at, span.begin - at), at, bytes);
    if (span.link == nullptr) {
      html.open("strong");
    } else {
      html.open("a", {{"href", address_of(*span.link)}});
    }
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
    } else if (passage.blocks[at].repeated && !passage.highlight) {
      ++at;  // said once for the whole chapter, in the passage that follows its cases
    } else {
      write_block(html, passage.blocks[at], passage.heading, marked_in(at));
      ++at;
    }
  }
}

}  // namespace beffroi::assistant
