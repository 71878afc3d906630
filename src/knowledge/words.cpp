#include "knowledge/words.h"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace beffroi::knowledge {

namespace {

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

void append(std::string& text, const std::string& more) {
  if (more.empty()) return;
  if (!text.empty()) text += '\n';
  text += more;
}

bool is_introduction(const Passage& passage) { return passage.sections.empty() && passage.conditions.empty(); }

std::string introduction_of(const Publication& publication) {
  std::string introduction = publication.description;
  if (!publication.passages.empty() && is_introduction(publication.passages.front())) {
    const std::string words = body_words(publication.passages.front());
    // The description is often the introduction again, or its beginning.
    if (words.find(introduction) != std::string::npos) introduction = words;
    else append(introduction, words);
  }
  return introduction;
}

}  // namespace

std::string body_words(const Passage& passage) {
  std::string words;
  for (const Block& block : passage.blocks) {
    if (!block.repeated) append(words, block.text);
  }
  return words;
}

void WordsGatherer::add_link(search::PublicationWords& words, const Link& link) {
  if (link.target.empty() || link.target == words.id) return;
  if (std::find(words.links.begin(), words.links.end(), link.target) == words.links.end()) words.links.push_back(link.target);
  labels_.push_back({link.target, link.label});
}

void WordsGatherer::add(const Publication& publication) {
  search::PublicationWords words;
  words.id = publication.id;
  words.kind = publication.kind;
  words.audiences = publication.audiences;
  words.title = publication.title;
  words.other_titles = joined(publication.other_titles, "\n");
  words.introduction = introduction_of(publication);
  words.topic_path = publication.topic_path;
  for (const Passage& passage : publication.passages) {
    words.passages.push_back({passage.id, joined(passage.sections, " › "), joined(passage.conditions, " › "), body_words(passage)});
    for (const Block& block : passage.blocks) {
      if (block.repeated) continue;
      for (const Link& link : block.links) add_link(words, link);
    }
  }
  for (const Block& service : publication.services) {
    for (const Link& link : service.links) add_link(words, link);
  }
  for (const Link& link : publication.related) add_link(words, link);
  publications_.push_back(std::move(words));
}

std::vector<search::PublicationWords> WordsGatherer::take() && {
  std::unordered_map<std::string_view, search::PublicationWords*> by_id;
  for (search::PublicationWords& words : publications_) by_id.emplace(words.id, &words);
  std::sort(labels_.begin(), labels_.end(),
            [](const Label& a, const Label& b) { return std::tie(a.target, a.words) < std::tie(b.target, b.words); });
  const auto same = [](const Label& a, const Label& b) { return a.target == b.target && a.words == b.words; };
  labels_.erase(std::unique(labels_.begin(), labels_.end(), same), labels_.end());
  for (Label& label : labels_) {
    const auto found = by_id.find(label.target);
    if (found != by_id.end() && label.words != found->second->title) found->second->link_labels.push_back(std::move(label.words));
  }
  return std::move(publications_);
}

}  // namespace beffroi::knowledge
