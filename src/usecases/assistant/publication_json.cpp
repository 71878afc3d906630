#include "usecases/assistant/publication_json.h"

#include <string_view>
#include <vector>

namespace beffroi::assistant {

namespace {

using knowledge::Block;
using knowledge::BlockKind;

std::string_view name_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::paragraph: return "paragraph";
    case BlockKind::list_item: return "list_item";
    case BlockKind::table: return "table";
    case BlockKind::warning: return "warning";
    case BlockKind::note: return "note";
    case BlockKind::contact: return "contact";
    case BlockKind::service: return "service";
    case BlockKind::definition: return "definition";
  }
  return "paragraph";
}

void write_links(json::Writer& out, std::string_view name, const std::vector<knowledge::Link>& links) {
  out.key(name).begin_array();
  for (const knowledge::Link& link : links) {
    out.begin_object().field("label", link.label).field("url", link.url).field("target", link.target).end_object();
  }
  out.end_array();
}

void write_table(json::Writer& out, const Block& block) {
  out.field("header_rows", block.header_rows).key("rows").begin_array();
  for (const auto& row : block.rows) {
    out.begin_array();
    for (const knowledge::Cell& cell : row) out.begin_object().field("text", cell.text).field("headers", cell.headers).end_object();
    out.end_array();
  }
  out.end_array();
}

void write_block(json::Writer& out, const Block& block) {
  out.begin_object().field("kind", name_of(block.kind)).field("text", block.text);
  if (!block.url.empty()) out.field("url", block.url);
  if (block.kind == BlockKind::list_item) out.field("depth", block.depth);
  if (block.kind == BlockKind::table) write_table(out, block);
  if (block.repeated) out.field("repeated", true);
  if (!block.links.empty()) write_links(out, "links", block.links);
  out.end_object();
}

void write_blocks(json::Writer& out, std::string_view name, const std::vector<Block>& blocks) {
  out.key(name).begin_array();
  for (const Block& block : blocks) write_block(out, block);
  out.end_array();
}

}  // namespace

void write_summary(json::Writer& out, const knowledge::Publication& publication) {
  out.field("id", publication.id).field("kind", publication.kind).field("title", publication.title);
  out.field("description", publication.description).field("date", publication.date).field("url", publication.url);
  out.field("audiences", publication.audiences).field("topic_path", publication.topic_path);
}

void write_publication(json::Writer& out, const knowledge::Publication& publication) {
  write_summary(out, publication);
  out.field("over_title", publication.over_title).field("other_titles", publication.other_titles);
  out.field("subject", publication.subject).key("passages").begin_array();
  for (const knowledge::Passage& passage : publication.passages) {
    out.begin_object().field("id", passage.id).field("sections", passage.sections).field("conditions", passage.conditions);
    write_blocks(out, "blocks", passage.blocks);
    out.end_object();
  }
  out.end_array();
  write_blocks(out, "contacts", publication.contacts);
  write_blocks(out, "services", publication.services);
  out.key("references").begin_array();
  for (const knowledge::Reference& reference : publication.references) {
    out.begin_object().field("title", reference.title).field("url", reference.url).end_object();
  }
  out.end_array();
  write_links(out, "related", publication.related);
}

}  // namespace beffroi::assistant
