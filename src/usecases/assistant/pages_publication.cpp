// A whole publication as the official base structured it: situations and chapters as headings, one anchor a passage, and the
// highlighted sentence when the reader comes from an answer.
#include "usecases/assistant/block_html.h"
#include "usecases/assistant/outline.h"
#include "usecases/assistant/page_parts.h"

namespace beffroi::assistant {
namespace {

using knowledge::Block;
using knowledge::Publication;

void write_identity(Html& html, const Publication& publication) {
  if (!publication.topic_path.empty()) {
    html.open("p", {{"class", "topic-path"}});
    html.element("span", {{"class", "visually-hidden"}}, "Thème\u00a0: ");
    std::string path;
    for (const std::string& topic : publication.topic_path) path += (path.empty() ? "" : " › ") + topic;
    html.text(path).close();
  }
  if (!publication.over_title.empty()) html.element("p", {{"class", "over-title"}}, publication.over_title);
  html.element("h1", publication.title);
  html.open("p", {{"class", "source-date"}}).text("Fiche officielle " + publication.id + ", mise à jour le ");
  write_date(html, publication.date);
  for (const std::string& audience : publication.audiences) html.text(" · " + audience);
  html.close();
  if (pages::is_safe_address(publication.url)) {
    html.open("p").element("a", {{"href", publication.url}, {"rel", "external"}}, "Voir cette fiche, à jour, sur le site officiel").close();
  }
}

void write_cited_notice(Html& html, const answers::Highlight& highlight) {
  html.open("p", {{"class", "cited-notice"}});
  html.text(highlight.end_bytes > 0 ? "La phrase citée dans la réponse est surlignée. "
                                    : "La fiche a changé depuis la réponse\u00a0: la phrase citée n’est plus à cette place. ");
  html.element("a", {{"href", "#" + answers::anchor_of(highlight.passage_id)}}, "Aller au passage").close();
}

struct Entry {
  std::string anchor;
  std::string_view text;
  bool under = false;  // a chapter inside a situation
};

std::vector<Entry> entries_of(const std::vector<OutlinedPassage>& passages) {
  std::vector<Entry> entries;
  for (const OutlinedPassage& item : passages) {
    for (const Heading& heading : item.opens) {
      if (heading.depth > 1 || (heading.depth == 1 && (heading.condition || entries.empty()))) continue;
      entries.push_back({answers::anchor_of(item.passage->id), heading.text, heading.depth == 1});
    }
  }
  return entries;
}

void write_contents(Html& html, const std::vector<OutlinedPassage>& passages) {
  constexpr std::size_t kWorthIt = 3;
  const std::vector<Entry> entries = entries_of(passages);
  if (entries.size() < kWorthIt) return;
  html.open("nav", {{"class", "contents"}, {"aria-labelledby", "sommaire-titre"}}).open("div", {{"class", "contents-inner"}});
  html.element("h2", {{"id", "sommaire-titre"}}, "Sur cette page");
  html.open("ol");
  for (std::size_t at = 0; at < entries.size(); ++at) {
    const Entry& entry = entries[at];
    const bool next_under = at + 1 < entries.size() && entries[at + 1].under;
    html.open("li").element("a", {{"href", "#" + entry.anchor}}, entry.text);
    if (!entry.under && next_under) {
      html.open("ol");
      continue;  // the item stays open around its chapters
    }
    html.close();
    if (entry.under && !next_under) html.close().close();
  }
  html.close().close().close();
}

void write_heading(Html& html, const Heading& heading) {
  static constexpr std::string_view kTags[] = {"h2", "h3", "h4", "h5", "h6"};
  const std::string_view tag = kTags[static_cast<std::size_t>(std::min(heading.depth, 4))];
  if (!heading.condition) {
    html.element(tag, heading.text);
    return;
  }
  html.open(tag, {{"class", "case"}});
  html.open("span", {{"class", "case-tag"}})
      .text("Situation")
      .element("span", {{"class", "visually-hidden"}}, "\u00a0: ")
      .close()
      .text(" ");
  if (!heading.within.empty()) html.element("span", {{"class", "case-within"}}, heading.within + " › ");
  html.text(heading.text);
  html.close();
}

void write_passage(Html& html, const OutlinedPassage& item, const std::optional<answers::Highlight>& highlight) {
  const bool cited = highlight && highlight->passage_id == item.passage->id;
  html.open("div", {{"class", cited ? "passage passage-cited" : "passage"}, {"id", answers::anchor_of(item.passage->id)}});
  for (const Heading& heading : item.opens) write_heading(html, heading);
  write_blocks(html, {item.passage->blocks, item.nearest, cited ? highlight : std::nullopt});
  html.close();
}

void write_addresses(Html& html, std::string_view id, std::string_view title, const std::vector<Block>& blocks) {
  if (blocks.empty()) return;
  html.open("section", {{"class", "addresses"}, {"aria-labelledby", id}});
  html.element("h2", {{"id", id}}, title);
  html.open("ul");
  for (const Block& block : blocks) {
    html.open("li");
    write_address(html, block);
    html.close();
  }
  html.close().close();
}

void write_references(Html& html, const std::vector<knowledge::Reference>& references) {
  if (references.empty()) return;
  html.open("section", {{"class", "references"}, {"aria-labelledby", "textes-titre"}});
  html.element("h2", {{"id", "textes-titre"}}, "Textes de référence");
  html.open("ul");
  for (const knowledge::Reference& reference : references) {
    html.open("li");
    write_link(html, {reference.title, reference.url, ""});
    html.close();
  }
  html.close().close();
}

void write_related(Html& html, const std::vector<knowledge::Link>& links) {
  if (links.empty()) return;
  html.open("section", {{"class", "related"}, {"aria-labelledby", "liens-titre"}});
  html.element("h2", {{"id", "liens-titre"}}, "Voir aussi");
  html.open("ul");
  for (const knowledge::Link& link : links) {
    html.open("li");
    write_link(html, link);
    html.close();
  }
  html.close().close();
}

}  // namespace

std::string render_publication(const PageContext& context, const Publication& publication,
                               const std::optional<answers::Highlight>& highlight) {
  return framed(context, {publication.title, ""}, [&](Html& html) {
    const std::vector<OutlinedPassage> passages = outline(publication);
    html.open("article", {{"class", "publication"}});
    write_identity(html, publication);
    if (highlight) write_cited_notice(html, *highlight);
    write_contents(html, passages);
    for (const OutlinedPassage& item : passages) write_passage(html, item, highlight);
    write_addresses(html, "adresser-titre", "Où s’adresser", publication.contacts);
    write_addresses(html, "services-titre", "Services en ligne et formulaires", publication.services);
    write_references(html, publication.references);
    write_related(html, publication.related);
    html.close();
  });
}

}  // namespace beffroi::assistant
