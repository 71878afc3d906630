// Builds the index file of format.h: collects, sorts by term, lays the sections out.
#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>
#include <unordered_map>

#include "search/collect.h"
#include "search/format.h"
#include "search/search.h"

namespace beffroi::search {

namespace {

class Layout {
 public:
  template <class Item>
  void put(Section section, const std::vector<Item>& items) {
    put(section, {reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Item)});
  }
  void put(Section section, std::string_view bytes) {
    sizes_[static_cast<std::size_t>(section)] = bytes.size();
    body_.append(bytes);
    body_.append((8 - bytes.size() % 8) % 8, '\0');
  }
  [[nodiscard]] std::string file(bool titles_hidden) const {
    Header header{};
    std::memcpy(header.magic.data(), "BEFFRIDX", 8);
    header.version = kFormatVersion;
    header.flags = titles_hidden ? kTitlesHidden : 0;
    header.size_bytes = sizeof(Header) + body_.size();
    header.checksum = checksum(std::as_bytes(std::span(body_)));
    header.section_bytes = sizes_;
    std::string out(reinterpret_cast<const char*>(&header), sizeof(Header));
    return out.append(body_);
  }

 private:
  std::array<std::uint64_t, kSections> sizes_{};
  std::string body_;
};

class Pool {
 public:
  Text add(std::string_view text) {
    const Text added{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
    bytes_.append(text);
    return added;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

// Numbers equal texts alike, in the order in which they come.
class Names {
 public:
  explicit Names(Pool& pool) : pool_(pool) {}
  std::uint32_t number(const std::string& name) {
    const auto [found, is_new] = numbers_.try_emplace(name, static_cast<std::uint32_t>(texts.size()));
    if (is_new) texts.push_back(pool_.add(name));
    return found->second;
  }
  std::vector<Text> texts;

 private:
  Pool& pool_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

struct Rows {
  std::vector<std::uint32_t> values;
  std::vector<std::uint32_t> begins = {0};
  void end_row() { begins.push_back(static_cast<std::uint32_t>(values.size())); }
};

// Stable counting sort by term, in the new numbering; returns where each term begins.
std::vector<std::uint32_t> sort_by_term(const std::vector<Collector::Posting>& postings, const std::vector<std::uint32_t>& rank,
                                        std::vector<std::uint32_t>& sorted) {
  std::vector<std::uint32_t> begins(rank.size() + 1, 0);
  for (const auto& posting : postings) ++begins[rank[posting.term] + 1];
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  sorted.resize(postings.size());
  std::vector<std::uint32_t> next = begins;
  for (const auto& posting : postings) sorted[next[rank[posting.term]]++] = posting.bits;
  return begins;
}

class Builder {
 public:
  Builder(std::span<const PublicationWords> publications, const IndexOptions& options)
      : publications_(publications), options_(options), collector_(options.hide_titles) {}

  Status run(const std::filesystem::path& path) {
    BEFFROI_CHECK(check());
    for (const PublicationWords& publication : publications_) collector_.add(publication);
    layout_.put(Section::generation, options_.generation);
    std::vector<PublicationRecord> records;
    std::vector<PassageRecord> passages;
    Names kinds(pool_), audiences(pool_);
    for (const PublicationWords& publication : publications_) {
      PublicationRecord record{.id = pool_.add(publication.id), .title_words = pool_.add(collector_.title_words[records.size()])};
      record.kind = kinds.number(publication.kind);
      for (const std::string& audience : publication.audiences) {
        const std::uint32_t number = audiences.number(audience);
        if (number >= 64) return fail(Code::too_large, "Plus de 64 publics différents dans la base.");
        record.audiences |= std::uint64_t{1} << number;
      }
      record.first_passage = static_cast<std::uint32_t>(passages.size());
      for (const PassageWords& passage : publication.passages) {
        passages.push_back(
            {pool_.add(passage.id), static_cast<std::uint32_t>(records.size()), collector_.passage_lengths[passages.size()]});
      }
      records.push_back(record);
    }
    const std::vector<std::uint32_t> rank = rank_terms();
    std::vector<std::uint32_t> publication_postings, passage_postings;
    std::vector<TermRecord> terms = term_records(rank, publication_postings, passage_postings);
    std::vector<WordRecord> words = word_records();
    layout_.put(Section::strings, pool_.bytes());
    layout_.put(Section::kinds, kinds.texts);
    layout_.put(Section::audiences, audiences.texts);
    layout_.put(Section::publications, records);
    layout_.put(Section::passages, passages);
    layout_.put(Section::terms, terms);
    layout_.put(Section::publication_postings, publication_postings);
    layout_.put(Section::passage_postings, passage_postings);
    put_field_lengths();
    put_sequences(rank);
    layout_.put(Section::words, words);
    put_topics_and_links();
    return write_file_atomically(path, layout_.file(options_.hide_titles));
  }

 private:
  [[nodiscard]] Status check() {
    if (publications_.size() >= kMaxPublications) return fail(Code::too_large, "La base compte trop de publications pour un seul index.");
    std::size_t passages = 0;
    TextMap<std::uint32_t> passage_ids;
    for (std::size_t at = 0; at < publications_.size(); ++at) {
      const PublicationWords& publication = publications_[at];
      if (publication.id.empty() || !numbers_.try_emplace(publication.id, static_cast<std::uint32_t>(at)).second) {
        return fail(Code::invalid_argument, "Deux publications de la base portent le même identifiant : " + publication.id + ".");
      }
      passages += publication.passages.size();
      for (const PassageWords& passage : publication.passages) {
        if (!passage_ids.try_emplace(passage.id, 0).second) {
          return fail(Code::invalid_argument, "Deux passages de la base portent le même identifiant : " + passage.id + ".");
        }
      }
    }
    if (passages >= kMaxPassages) return fail(Code::too_large, "La base compte trop de passages pour un seul index.");
    return {};
  }

  // rank[number given by the collector] = number in the file, where terms are sorted.
  [[nodiscard]] std::vector<std::uint32_t> rank_terms() {
    sorted_terms_.reserve(collector_.term_numbers.size());
    for (const auto& [text, number] : collector_.term_numbers) sorted_terms_.emplace_back(text, number);
    std::ranges::sort(sorted_terms_);
    std::vector<std::uint32_t> rank(sorted_terms_.size());
    for (std::size_t at = 0; at < sorted_terms_.size(); ++at) rank[sorted_terms_[at].second] = static_cast<std::uint32_t>(at);
    return rank;
  }

  [[nodiscard]] std::vector<TermRecord> term_records(const std::vector<std::uint32_t>& rank,
                                                     std::vector<std::uint32_t>& publication_postings,
                                                     std::vector<std::uint32_t>& passage_postings) {
    const auto in_publications = sort_by_term(collector_.publication_postings, rank, publication_postings);
    collector_.publication_postings = {};
    const auto in_passages = sort_by_term(collector_.passage_postings, rank, passage_postings);
    collector_.passage_postings = {};
    std::vector<TermRecord> records;
    records.reserve(sorted_terms_.size());
    for (const auto& [text, number] : sorted_terms_) {
      const std::size_t at = records.size();
      records.push_back({pool_.add(text), collector_.term_publications[number], in_publications[at], in_passages[at], 0});
    }
    return records;
  }

  [[nodiscard]] std::vector<WordRecord> word_records() {
    std::vector<std::pair<std::string_view, std::uint32_t>> words;
    for (const auto& [text, facts] : collector_.words) {
      const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
      if (std::ranges::all_of(text, is_letter)) words.emplace_back(text, facts.publications);
    }
    std::ranges::sort(words,
                      [](const auto& a, const auto& b) { return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first); });
    std::vector<WordRecord> records;
    for (const auto& [text, count] : words) {
      std::uint32_t letters = 0;
      for (const char c : text) letters |= 1U << (c - 'a');
      records.push_back({pool_.add(text), letters, count});
    }
    return records;
  }

  void put_field_lengths() {
    std::vector<std::uint32_t> lengths;
    for (const auto& field : collector_.field_lengths) lengths.insert(lengths.end(), field.begin(), field.end());
    layout_.put(Section::field_lengths, lengths);
  }

  void put_sequences(const std::vector<std::uint32_t>& rank) {
    std::vector<std::uint32_t> tokens = std::move(collector_.publication_tokens);
    std::vector<std::uint32_t> begins = std::move(collector_.publication_begins);
    const auto offset = static_cast<std::uint32_t>(tokens.size());
    tokens.insert(tokens.end(), collector_.passage_tokens.begin(), collector_.passage_tokens.end());
    for (const std::uint32_t begin : collector_.passage_begins) begins.push_back(begin + offset);
    begins.push_back(static_cast<std::uint32_t>(tokens.size()));
    if (begins.size() == 1) begins.front() = 0;
    for (std::uint32_t& token : tokens) {
      if (token != kBreak) token = rank[token];
    }
    layout_.put(Section::sequences, begins);
    layout_.put(Section::tokens, tokens);
  }

  void put_topics_and_links() {
    Rows topics, links, related;
    std::unordered_map<std::string, std::uint32_t> topic_numbers;
    for (const PublicationWords& publication : publications_) {
      for (const std::string& topic : publication.topic_path) {
        topics.values.push_back(topic_numbers.try_emplace(topic, static_cast<std::uint32_t>(topic_numbers.size())).first->second);
      }
      topics.end_row();
      add_links(publication, publication.links, links);
      add_links(publication, publication.related, related);
    }
    layout_.put(Section::topics, topics.values);
    layout_.put(Section::topic_begins, topics.begins);
    layout_.put(Section::links, links.values);
    layout_.put(Section::link_begins, links.begins);
    layout_.put(Section::related, related.values);
    layout_.put(Section::related_begins, related.begins);
  }

  // A row: the numbers of `ids` that the corpus knows, each once, the publication itself left out.
  void add_links(const PublicationWords& publication, const std::vector<std::string>& ids, Rows& rows) const {
    const std::size_t from = rows.values.size();
    for (const std::string& id : ids) {
      const auto target = numbers_.find(id);
      if (target == numbers_.end() || id == publication.id) continue;
      const auto row = std::span(rows.values).subspan(from);
      if (std::ranges::find(row, target->second) == row.end()) rows.values.push_back(target->second);
    }
    rows.end_row();
  }

  std::span<const PublicationWords> publications_;
  const IndexOptions& options_;
  Collector collector_;
  Layout layout_;
  Pool pool_;
  TextMap<std::uint32_t> numbers_;
  std::vector<std::pair<std::string_view, std::uint32_t>> sorted_terms_;
};

}  // namespace

Status build_index(std::span<const PublicationWords> publications, const std::filesystem::path& path, const IndexOptions& options) {
  return Builder(publications, options).run(path);
}

}  // namespace beffroi::search
