#include "knowledge/words.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace beffroi::knowledge {

namespace {

void append(std::string& text, std::string_view more, char between = '\n') {
  if (more.empty()) return;
  if (!text.empty()) text += between;
  text += more;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

bool is_list_of_publications(const Publication& publication) { return publication.kind == "dossier" || publication.kind == "theme"; }

void add_unique(std::vector<std::string>& list, const std::string& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

std::string asides_of(const Publication& publication) {
  std::string asides;
  for (const Passage& passage : publication.passages) {
    for (const Block& block : passage.blocks) {
      if (block.repeated) continue;
      if (block.kind == BlockKind::definition) append(asides, block.text);
      for (const Link& link : block.links) append(asides, link.label);
    }
  }
  for (const Block& service : publication.services) append(asides, service.text);
  for (const Block& contact : publication.contacts) append(asides, contact.text);
  for (const Link& link : publication.related) append(asides, link.label);
  for (const Reference& reference : publication.references) append(asides, reference.title);
  return asides;
}

}  // namespace

std::string body_words(const Passage& passage) {
  std::string words;
  for (const Block& block : passage.blocks) {
    if (!block.repeated && block.kind != BlockKind::definition) append(words, block.text);
  }
  return words;
}

std::string introduction_words(const Publication& publication) {
  if (publication.passages.empty()) return publication.description;
  const Passage& first = publication.passages.front();
  std::string words = first.sections.empty() && first.conditions.empty() ? body_words(first) : std::string();
  return words.empty() ? publication.description : words;
}

void WordsGatherer::point(const Link& link, Said said, search::PublicationWords& words) {
  if (link.target.empty() || link.target == words.id) return;
  add_unique(said == Said::in_text ? words.links : words.related, link.target);
  labels_.push_back({link.target, said, link.label});
}

void WordsGatherer::add_passage(const Publication& publication, const Passage& passage, search::PublicationWords& words) {
  std::string body = body_words(passage);
  if (!body.empty())
    words.passages.push_back({passage.id, joined(passage.sections, " › "), joined(passage.conditions, " › "), std::move(body)});
  const Said said = is_list_of_publications(publication) ? Said::as_name : Said::in_text;
  for (const Block& block : passage.blocks) {
    if (block.repeated) continue;
    for (const Link& link : block.links) point(link, said, words);
  }
}

void WordsGatherer::add(const Publication& publication) {
  search::PublicationWords words;
  words.id = publication.id;
  words.kind = publication.kind;
  words.audiences = publication.audiences;
  words.title = publication.title;
  words.other_titles = joined(publication.other_titles, "\n");
  words.introduction = introduction_words(publication);
  words.topic_path = publication.topic_path;
  words.asides = asides_of(publication);
  for (const Passage& passage : publication.passages) add_passage(publication, passage, words);
  for (const Block& service : publication.services) {
    for (const Link& link : service.links) point(link, Said::in_text, words);
  }
  for (const Link& link : publication.related) point(link, Said::as_name, words);
  publications_.push_back(std::move(words));
}

std::vector<search::PublicationWords> WordsGatherer::take() && {
  std::unordered_map<std::string_view, search::PublicationWords*> by_id;
  for (search::PublicationWords& words : publications_) by_id.emplace(words.id, &words);
  const auto key = [](const Label& label) { return std::tie(label.target, label.said, label.words); };
  std::sort(labels_.begin(), labels_.end(), [&](const Label& a, const Label& b) { return key(a) < key(b); });
  labels_.erase(std::unique(labels_.begin(), labels_.end(), [&](const Label& a, const Label& b) { return key(a) == key(b); }),
                labels_.end());
  for (Label& label : labels_) {
    const auto found = by_id.find(label.target);
    if (found == by_id.end() || label.words == found->second->title) continue;
    if (label.said == Said::as_name) append(found->second->other_titles, label.words);
    else found->second->link_labels.push_back(std::move(label.words));
  }
  return std::move(publications_);
}

}  // namespace beffroi::knowledge
