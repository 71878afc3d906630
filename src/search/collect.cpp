#include "search/collect.h"

#include <algorithm>

#include "text/analysis.h"

namespace beffroi::search {

namespace {

bool is_single_letter(std::string_view word) { return word.size() == 1 && (word[0] < '0' || word[0] > '9'); }

void append_sequence(std::vector<std::uint32_t>& out, const std::vector<std::uint32_t>& terms, bool first) {
  if (!first) out.push_back(kBreak);
  out.insert(out.end(), terms.begin(), terms.end());
}

std::string content_words(std::string_view title) {
  std::string out;
  for (const std::string& word : text::words(title)) {
    if (text::is_stop_word(word)) continue;
    if (!out.empty()) out.push_back(' ');
    out.append(word);
  }
  return out;
}

}  // namespace

std::uint32_t Collector::term_of(std::string_view word) {
  if (text::is_stop_word(word) || is_single_letter(word)) return kBreak;
  const auto [found, is_new] = term_numbers.try_emplace(text::stem(word), static_cast<std::uint32_t>(term_numbers.size()));
  if (is_new) {
    counts_.push_back({});
    term_publications.push_back(0);
    last_publication_.push_back(kBreak);
  }
  return found->second;
}

void Collector::analyse(std::string_view text, Terms& out) {
  split_.clear();
  text::split_folded(text::fold(text), split_);
  for (const std::string& word : split_) {
    auto found = words.find(word);
    if (found == words.end()) found = words.emplace(word, WordFacts{term_of(word), 0, kBreak}).first;
    WordFacts& facts = found->second;
    if (facts.last_publication != publication_) {
      facts.last_publication = publication_;
      ++facts.publications;
    }
    if (facts.term != kBreak) out.push_back(facts.term);
  }
}

void Collector::count_field(Field field, const Terms& terms) {
  field_lengths[static_cast<std::size_t>(field)].push_back(static_cast<std::uint32_t>(terms.size()));
  Terms sorted = terms;
  std::ranges::sort(sorted);
  for (auto at = sorted.begin(); at != sorted.end();) {
    const auto end = std::upper_bound(at, sorted.end(), *at);
    publication_postings.push_back({*at, PublicationPosting{publication_, field, static_cast<std::uint32_t>(end - at)}.pack()});
    const bool counts = field == Field::title || field == Field::headings || field == Field::introduction || field == Field::body;
    if (counts && last_publication_[*at] != publication_) {
      last_publication_[*at] = publication_;
      ++term_publications[*at];
    }
    at = end;
  }
}

void Collector::count_passage(const Terms& title, const Terms& headings, const Terms& body) {
  const std::array<const Terms*, 3> parts = {&title, &headings, &body};
  Terms touched;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    for (const std::uint32_t term : *parts[part]) {
      if (counts_[term] == std::array<std::uint32_t, 3>{}) touched.push_back(term);
      ++counts_[term][part];
    }
  }
  for (const std::uint32_t term : touched) {
    const auto [in_title, in_headings, in_body] = counts_[term];
    passage_postings.push_back({term, PassagePosting{passage_, in_title, in_headings, in_body}.pack()});
    counts_[term] = {};
  }
  passage_lengths.push_back(static_cast<std::uint32_t>(headings.size() + body.size()));
  passage_begins.push_back(static_cast<std::uint32_t>(passage_tokens.size()));
  append_sequence(passage_tokens, headings, true);
  append_sequence(passage_tokens, body, false);
  ++passage_;
}

void Collector::add_passages(const PublicationWords& publication, const Terms& title, Terms& headings) {
  Terms body, all_bodies;
  std::vector<std::string_view> seen;
  for (const PassageWords& passage : publication.passages) {
    Terms above;
    for (const std::string_view heading : {std::string_view(passage.headings), std::string_view(passage.conditions)}) {
      const std::size_t from = above.size();
      analyse(heading, above);
      if (std::ranges::find(seen, heading) != seen.end()) continue;
      seen.push_back(heading);
      headings.insert(headings.end(), above.begin() + static_cast<std::ptrdiff_t>(from), above.end());
    }
    body.clear();
    analyse(passage.body, body);
    if (passage.body != publication.introduction) all_bodies.insert(all_bodies.end(), body.begin(), body.end());
    count_passage(title, above, body);
  }
  count_field(Field::headings, headings);
  count_field(Field::body, all_bodies);
}

void Collector::add(const PublicationWords& publication) {
  Terms title, names, anchors, introduction, headings, topics, asides;
  if (!hide_titles_) {
    analyse(publication.title, title);
    analyse(publication.other_titles, names);
    for (const std::string& label : publication.link_labels) analyse(label, anchors);
    analyse(publication.asides, asides);  // the titles of others are among them
  }
  analyse(publication.introduction, introduction);
  for (const std::string& topic : publication.topic_path) analyse(topic, topics);

  count_field(Field::title, title);
  count_field(Field::names, names);
  count_field(Field::anchors, anchors);
  count_field(Field::introduction, introduction);
  count_field(Field::topics, topics);
  count_field(Field::asides, asides);
  add_passages(publication, title, headings);

  publication_begins.push_back(static_cast<std::uint32_t>(publication_tokens.size()));
  append_sequence(publication_tokens, title, true);
  append_sequence(publication_tokens, headings, false);
  append_sequence(publication_tokens, introduction, false);
  title_words.push_back(hide_titles_ ? std::string() : content_words(publication.title));
  ++publication_;
}

}  // namespace beffroi::search
