#include "search/format.h"

#include <sys/mman.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace beffroi::search {

namespace {

constexpr std::array<char, 8> kMagic = {'B', 'E', 'F', 'F', 'R', 'I', 'D', 'X'};

tl::unexpected<Error> damaged(std::string detail) {
  return fail(Code::unavailable, "L’index de recherche est absent ou abîmé : relancez l’import, il sera refait.", std::move(detail));
}

// Begins of rows: as many as rows and one more, never going back, from 0 to `end`.
bool are_begins(std::span<const std::uint32_t> begins, std::size_t rows, std::size_t end) {
  return begins.size() == rows + 1 && begins.front() == 0 && begins.back() == end && std::ranges::is_sorted(begins);
}

bool all_below(std::span<const std::uint32_t> numbers, std::size_t limit) {
  return std::ranges::all_of(numbers, [limit](std::uint32_t number) { return number < limit; });
}

std::span<const std::uint32_t> row(std::span<const std::uint32_t> values, std::span<const std::uint32_t> begins, std::size_t at) {
  return values.subspan(begins[at], begins[at + 1] - begins[at]);
}

}  // namespace

std::uint64_t checksum(std::span<const std::byte> bytes) {
  // Four lanes of multiply and rotate: as fast as memory is read.
  constexpr std::uint64_t kPrime = 0x9E3779B185EBCA87ULL;
  std::array<std::uint64_t, 4> lanes = {1, 2, 3, 4};
  const auto mix = [](std::uint64_t lane, std::uint64_t word) {
    lane = (lane ^ word) * kPrime;
    return lane << 31 | lane >> 33;
  };
  std::size_t at = 0;
  for (; at + 32 <= bytes.size(); at += 32) {
    std::array<std::uint64_t, 4> words;
    std::memcpy(words.data(), bytes.data() + at, 32);
    for (std::size_t i = 0; i < 4; ++i) lanes[i] = mix(lanes[i], words[i]);
  }
  for (; at < bytes.size(); ++at) lanes[0] = mix(lanes[0], static_cast<std::uint64_t>(bytes[at]) + 1);
  std::uint64_t sum = bytes.size();
  for (const std::uint64_t lane : lanes) sum = mix(sum, lane);
  return sum ^ sum >> 29;
}

void release_pages_of(std::span<const std::byte> mapped) {
  if (!mapped.empty()) ::madvise(const_cast<std::byte*>(mapped.data()), mapped.size(), MADV_DONTNEED);
}

void IndexFile::release_pages() const { release_pages_of(file_.bytes()); }

Result<IndexFile> IndexFile::open(const std::filesystem::path& path) {
  auto mapped = MappedFile::open(path);
  if (!mapped) return damaged(path.string() + ": " + mapped.error().detail);
  IndexFile index;
  index.file_ = std::move(*mapped);
  const auto bytes = index.file_.bytes();
  Header header;
  if (bytes.size() < sizeof(Header)) return damaged("shorter than a header");
  std::memcpy(&header, bytes.data(), sizeof(Header));
  if (header.magic != kMagic) return damaged("not an index file");
  if (header.version != kFormatVersion) return damaged("format version " + std::to_string(header.version));
  if (header.size_bytes != bytes.size()) return damaged("truncated");
  if (header.checksum != checksum(bytes.subspan(sizeof(Header)))) return damaged("checksum mismatch");
  BEFFROI_CHECK(index.take_sections(header));
  if (!index.is_consistent()) return damaged("inconsistent arrays");
  return index;
}

Status IndexFile::take_sections(const Header& header) {
  const auto bytes = file_.bytes();
  std::size_t offset = sizeof(Header);
  bool fits = true;
  const auto take = [&]<class Item>(Section section, std::span<const Item>& out) {
    const std::uint64_t size = header.section_bytes[static_cast<std::size_t>(section)];
    if (!fits || offset > bytes.size() || size > bytes.size() - offset || size % sizeof(Item) != 0) {
      fits = false;
      return;
    }
    out = {reinterpret_cast<const Item*>(bytes.data() + offset), size / sizeof(Item)};
    offset += (size + 7) / 8 * 8;
  };
  std::span<const char> name, pool;
  take(Section::generation, name);
  take(Section::strings, pool);
  take(Section::kinds, kinds);
  take(Section::audiences, audiences);
  take(Section::publications, publications);
  take(Section::passages, passages);
  take(Section::terms, terms);
  take(Section::publication_postings, publication_postings);
  take(Section::passage_postings, passage_postings);
  take(Section::field_lengths, field_lengths);
  take(Section::sequences, sequences);
  take(Section::tokens, tokens);
  take(Section::words, words);
  take(Section::topics, topics);
  take(Section::topic_begins, topic_begins);
  take(Section::links, links);
  take(Section::link_begins, link_begins);
  take(Section::related, related);
  take(Section::related_begins, related_begins);
  if (!fits) return damaged("a section goes over the end of the file");
  generation = {name.data(), name.size()};
  strings_ = {pool.data(), pool.size()};
  titles_hidden = (header.flags & kTitlesHidden) != 0;
  return {};
}

bool IndexFile::is_consistent() const {
  const auto inside = [this](Text text) { return text.offset <= strings_.size() && text.size_bytes <= strings_.size() - text.offset; };
  const std::size_t count = publications.size();
  if (audiences.size() > 64 || field_lengths.size() != kFields * count) return false;
  if (!std::ranges::all_of(kinds, inside) || !std::ranges::all_of(audiences, inside)) return false;
  std::uint32_t passage = 0;
  for (const PublicationRecord& publication : publications) {
    if (!inside(publication.id) || !inside(publication.title_words) || publication.kind >= kinds.size()) return false;
    if (publication.first_passage < passage || publication.first_passage > passages.size()) return false;
    passage = publication.first_passage;
  }
  for (const PassageRecord& record : passages) {
    if (!inside(record.id) || record.publication >= count) return false;
  }
  std::uint32_t publication_posting = 0, passage_posting = 0;
  for (const TermRecord& term : terms) {
    if (!inside(term.text) || term.first_publication_posting < publication_posting || term.first_passage_posting < passage_posting)
      return false;
    publication_posting = term.first_publication_posting;
    passage_posting = term.first_passage_posting;
  }
  if (publication_posting > publication_postings.size() || passage_posting > passage_postings.size()) return false;
  for (const std::uint32_t bits : publication_postings) {
    const auto posting = PublicationPosting::unpack(bits);
    if (posting.publication >= count || static_cast<std::size_t>(posting.field) >= kFields) return false;
  }
  for (const std::uint32_t bits : passage_postings) {
    if (PassagePosting::unpack(bits).passage >= passages.size()) return false;
  }
  for (const std::uint32_t token : tokens) {
    if (token >= terms.size() && token != kBreak) return false;
  }
  return are_begins(sequences, count + passages.size(), tokens.size()) && are_begins(topic_begins, count, topics.size()) &&
         are_begins(link_begins, count, links.size()) && all_below(links, count) && are_begins(related_begins, count, related.size()) &&
         all_below(related, count) && std::ranges::all_of(words, [&](const WordRecord& word) { return inside(word.text); });
}

std::uint32_t IndexFile::passages_end(std::uint32_t publication) const {
  return publication + 1 < publications.size() ? publications[publication + 1].first_passage : static_cast<std::uint32_t>(passages.size());
}

std::span<const std::uint32_t> IndexFile::publication_postings_of(std::uint32_t term) const {
  const std::size_t begin = terms[term].first_publication_posting;
  const std::size_t end = term + 1 < terms.size() ? terms[term + 1].first_publication_posting : publication_postings.size();
  return publication_postings.subspan(begin, end - begin);
}

std::span<const std::uint32_t> IndexFile::passage_postings_of(std::uint32_t term) const {
  const std::size_t begin = terms[term].first_passage_posting;
  const std::size_t end = term + 1 < terms.size() ? terms[term + 1].first_passage_posting : passage_postings.size();
  return passage_postings.subspan(begin, end - begin);
}

std::span<const std::uint32_t> IndexFile::sequence_of_publication(std::uint32_t publication) const {
  return row(tokens, sequences, publication);
}
std::span<const std::uint32_t> IndexFile::sequence_of_passage(std::uint32_t passage) const {
  return row(tokens, sequences, publications.size() + passage);
}
std::span<const std::uint32_t> IndexFile::topics_of(std::uint32_t publication) const { return row(topics, topic_begins, publication); }
std::span<const std::uint32_t> IndexFile::links_of(std::uint32_t publication) const { return row(links, link_begins, publication); }
std::span<const std::uint32_t> IndexFile::related_to(std::uint32_t publication) const { return row(related, related_begins, publication); }

std::uint32_t IndexFile::find_term(std::string_view stem) const {
  const auto found = std::ranges::lower_bound(terms, stem, {}, [this](const TermRecord& term) { return text(term.text); });
  if (found == terms.end() || text(found->text) != stem) return kBreak;
  return static_cast<std::uint32_t>(found - terms.begin());
}

}  // namespace beffroi::search
