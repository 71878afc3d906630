// The index file: a header, then arrays, read in place from a memory-mapped file. Derived data: a file of another version or a damaged
// one is refused as a whole and rebuilt by its owner.
//
//   Header   magic, version, byte size, checksum of everything after the header, byte size of each section
//   Section  arrays of fixed-size records, each beginning at a multiple of 8 bytes, in the order of the enum
//
// Everything that one array says of another (offsets, numbers of publications, of terms) is checked once on opening.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>

#include "base/files.h"
#include "base/result.h"

namespace beffroi::search {

// The fields of a publication. headings and body gather those of its passages.
enum class Field : std::uint8_t { title, names, anchors, headings, introduction, body, topics, asides };
inline constexpr std::size_t kFields = 8;

enum class Section : std::uint8_t {
  generation,           // char
  strings,              // char, where every Text points
  kinds,                // Text
  audiences,            // Text
  publications,         // PublicationRecord
  passages,             // PassageRecord
  terms,                // TermRecord, sorted by text
  publication_postings, // uint32: publication, field, count
  passage_postings,     // uint32: passage, counts in title, headings, body
  field_lengths,        // uint32 [field][publication], in terms
  sequences,            // uint32: begin of each sequence in tokens; publications first, then passages, then the end
  tokens,               // uint32: number of the term, or kBreak between fields
  words,                // WordRecord, sorted by length then text: the dictionary of the speller
  topics,               // uint32 numbers of topics, CSR with topic_begins
  topic_begins,         // uint32
  links,                // uint32 numbers of publications, CSR with link_begins
  link_begins,          // uint32
  related,              // uint32 numbers of publications, CSR with related_begins
  related_begins,       // uint32
};
inline constexpr std::size_t kSections = 19;
inline constexpr std::uint32_t kFormatVersion = 2;
inline constexpr std::uint32_t kTitlesHidden = 1;  // flag: evaluation only
inline constexpr std::uint32_t kBreak = 0xFFFFFFFF;

struct Header {
  std::array<char, 8> magic;  // "BEFFRIDX"
  std::uint32_t version;
  std::uint32_t flags;
  std::uint64_t size_bytes;
  std::uint64_t checksum;
  std::array<std::uint64_t, kSections> section_bytes;  // without padding
};

struct Text {
  std::uint32_t offset = 0;
  std::uint32_t size_bytes = 0;
};

struct PublicationRecord {
  Text id;
  Text title_words;            // folded content words of the title, separated by spaces
  std::uint64_t audiences = 0; // bit i: audience number i
  std::uint32_t kind = 0;
  std::uint32_t first_passage = 0;  // its passages end where those of the next one begin
};

struct PassageRecord {
  Text id;
  std::uint32_t publication = 0;
  std::uint32_t length = 0;  // in terms, headings, conditions and body
};

struct TermRecord {
  Text text;
  std::uint32_t publications = 0;  // how many hold it, in its title, headings, introduction or body
  std::uint32_t first_publication_posting = 0;
  std::uint32_t first_passage_posting = 0;
  std::uint32_t reserved = 0;
};

struct WordRecord {
  Text text;
  std::uint32_t letters = 0;       // bit i: letter 'a' + i occurs
  std::uint32_t publications = 0;  // how many hold it
};

// What a posting packs in 32 bits, and its limits.
inline constexpr std::uint32_t kMaxPublications = 1U << 20;
inline constexpr std::uint32_t kMaxPassages = 1U << 20;

struct PublicationPosting {
  std::uint32_t publication;
  Field field;
  std::uint32_t count;  // 1 to 255
  [[nodiscard]] static PublicationPosting unpack(std::uint32_t bits) {
    return {bits >> 12, static_cast<Field>((bits >> 8) & 15), bits & 255};
  }
  [[nodiscard]] std::uint32_t pack() const {
    return publication << 12 | static_cast<std::uint32_t>(field) << 8 | (count < 255 ? count : 255);
  }
};

struct PassagePosting {
  std::uint32_t passage;
  std::uint32_t title;     // 0 to 3
  std::uint32_t headings;  // 0 to 15, conditions included
  std::uint32_t body;      // 0 to 63
  [[nodiscard]] static PassagePosting unpack(std::uint32_t bits) { return {bits >> 12, (bits >> 10) & 3, (bits >> 6) & 15, bits & 63}; }
  [[nodiscard]] std::uint32_t pack() const {
    return passage << 12 | (title < 3 ? title : 3) << 10 | (headings < 15 ? headings : 15) << 6 | (body < 63 ? body : 63);
  }
};

// An open index file. Movable; the spans stay valid while it lives. Safe to read from several threads.
class IndexFile {
 public:
  // Code::unavailable when it is absent, of another version, truncated or damaged.
  [[nodiscard]] static Result<IndexFile> open(const std::filesystem::path& path);

  // Gives back the memory that reading the whole file took; what is needed comes again from the system's cache.
  void release_pages() const;

  std::string_view generation;
  std::span<const Text> kinds;
  std::span<const Text> audiences;
  std::span<const PublicationRecord> publications;
  std::span<const PassageRecord> passages;
  std::span<const TermRecord> terms;
  std::span<const std::uint32_t> publication_postings;
  std::span<const std::uint32_t> passage_postings;
  std::span<const std::uint32_t> field_lengths;
  std::span<const std::uint32_t> sequences;
  std::span<const std::uint32_t> tokens;
  std::span<const WordRecord> words;
  std::span<const std::uint32_t> topics, topic_begins, links, link_begins, related, related_begins;
  bool titles_hidden = false;

  [[nodiscard]] std::string_view text(Text text) const { return strings_.substr(text.offset, text.size_bytes); }
  [[nodiscard]] std::uint32_t length(Field field, std::uint32_t publication) const {
    return field_lengths[static_cast<std::size_t>(field) * publications.size() + publication];
  }
  // One past the last passage of a publication; the postings of a term.
  [[nodiscard]] std::uint32_t passages_end(std::uint32_t publication) const;
  [[nodiscard]] std::span<const std::uint32_t> publication_postings_of(std::uint32_t term) const;
  [[nodiscard]] std::span<const std::uint32_t> passage_postings_of(std::uint32_t term) const;
  [[nodiscard]] std::span<const std::uint32_t> sequence_of_publication(std::uint32_t publication) const;
  [[nodiscard]] std::span<const std::uint32_t> sequence_of_passage(std::uint32_t passage) const;
  [[nodiscard]] std::span<const std::uint32_t> topics_of(std::uint32_t publication) const;
  [[nodiscard]] std::span<const std::uint32_t> links_of(std::uint32_t publication) const;
  [[nodiscard]] std::span<const std::uint32_t> related_to(std::uint32_t publication) const;
  // The number of a term, or kBreak when the corpus does not know it.
  [[nodiscard]] std::uint32_t find_term(std::string_view stem) const;

 private:
  [[nodiscard]] Status take_sections(const Header& header);
  [[nodiscard]] bool is_consistent() const;

  MappedFile file_;
  std::string_view strings_;
};

// Gives back the resident pages of a mapped file.
void release_pages_of(std::span<const std::byte> mapped);

// The checksum of the header: 64 bits, every byte counts.
[[nodiscard]] std::uint64_t checksum(std::span<const std::byte> bytes);

}  // namespace beffroi::search
