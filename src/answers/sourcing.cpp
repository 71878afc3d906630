#include "answers/sourcing.h"

#include <algorithm>

#include "answers/highlight.h"
#include "grounding/gate.h"

namespace beffroi::answers {
namespace {

using knowledge::Block;
using knowledge::BlockKind;

constexpr std::size_t kMaxContacts = 3;
constexpr std::size_t kMaxDetailBytes = 160;

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const auto& part : parts) out += (out.empty() ? "" : " › ") + part;
  return out;
}

// The first line names the place, the others say more: as many whole lines as are quickly read.
Contact contact_from(const Block& block) {
  std::size_t line = block.text.find('\n');
  Contact contact{block.text.substr(0, line), {}, block.url};
  while (line != std::string::npos) {
    const std::size_t next = block.text.find('\n', line + 1);
    const std::string more = block.text.substr(line + 1, next == std::string::npos ? next : next - line - 1);
    if (contact.detail.size() + more.size() > kMaxDetailBytes) break;
    contact.detail += (contact.detail.empty() ? "" : " ") + more;
    line = next;
  }
  return contact;
}

void add(std::vector<Contact>& contacts, const Block& block) {
  if (contacts.size() >= kMaxContacts) return;
  Contact contact = contact_from(block);
  const bool known = std::any_of(contacts.begin(), contacts.end(), [&](const Contact& other) { return other.name == contact.name; });
  if (!known && !contact.name.empty()) contacts.push_back(std::move(contact));
}

}  // namespace

Source source_of(const knowledge::Publication& publication) {
  Source source;
  source.publication_id = publication.id;
  source.title = publication.title;
  source.date = publication.date;
  source.url = publication.url;
  source.link = link_to(publication.id, {});
  return source;
}

Source source_of(const Extract& extract) {
  Source source = source_of(*extract.found->publication);
  source.passage_id = extract.passage->id;
  source.section = joined(extract.passage->sections);
  source.conditions = extract.passage->conditions;
  source.link = link_to(source.publication_id, {extract.passage->id, static_cast<std::uint32_t>(extract.block_index),
                                                extract.slice.begin_bytes, extract.slice.end_bytes});
  return source;
}

std::optional<Sentence> verified_sentence(const Extract& extract) {
  // Checked against the corpus itself, not against the slice it was cut from.
  const Block& block = extract.found->publication->passages[extract.passage_index].blocks[extract.block_index];
  std::vector<grounding::CitedSentence> cited;
  if (extract.text.size() == block.text.size()) {
    cited.push_back({block.text, extract.passage->conditions});
  } else {
    for (const auto& slice : text::sentences(block.text)) {
      if (slice.begin_bytes < extract.slice.begin_bytes || slice.end_bytes > extract.slice.end_bytes) continue;
      cited.push_back({block.text.substr(slice.begin_bytes, slice.end_bytes - slice.begin_bytes), extract.passage->conditions});
    }
  }
  const auto decision = grounding::check(extract.text, cited);
  if (decision.verdict != grounding::Verdict::verbatim) return std::nullopt;
  Sentence sentence{std::string(extract.text), true, source_of(extract)};
  sentence.leans = extract.lead >= 0 || extract.excepts || extract.leans;
  return sentence;
}

Contact contact_of(const TownHall& town_hall) {
  Contact contact;
  contact.name = town_hall.name.empty() ? "Votre mairie" : town_hall.name;
  for (const auto& part : {town_hall.telephone, town_hall.address, town_hall.hours}) {
    if (!part.empty()) contact.detail += (contact.detail.empty() ? "" : " — ") + part;
  }
  contact.url = town_hall.url;
  return contact;
}

std::vector<Contact> contacts_of(const knowledge::Publication& publication, std::span<const std::string> passage_ids) {
  std::vector<Contact> contacts;
  for (const auto& passage : publication.passages) {
    if (std::find(passage_ids.begin(), passage_ids.end(), passage.id) == passage_ids.end()) continue;
    for (const auto& block : passage.blocks) {
      if (block.kind == BlockKind::contact || block.kind == BlockKind::service) add(contacts, block);
    }
  }
  for (const auto& block : publication.contacts) add(contacts, block);
  for (const auto& block : publication.services) add(contacts, block);
  return contacts;
}

}  // namespace beffroi::answers
