#include "knowledge/codec.h"

#include <cstdint>
#include <type_traits>
#include <vector>

// Format: one byte of version, then every field in the order of publication.h. A number is a LEB128; a string is its size and its
// bytes; a list is its size and its items. Writer and Reader share one description of the fields: they cannot drift apart.

namespace beffroi::knowledge {

namespace {

constexpr char kVersion = 2;

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      out_ += static_cast<char>(value | 0x80);
      value >>= 7;
    }
    out_ += static_cast<char>(value);
  }
  void operator()(const std::string& text) {
    number(text.size());
    out_ += text;
  }
  void operator()(BlockKind kind) { number(static_cast<std::uint64_t>(kind)); }
  void operator()(int value) { number(static_cast<std::uint64_t>(value)); }
  void operator()(bool value) { number(value ? 1 : 0); }
  template <class T>
  void operator()(const std::vector<T>& list) {
    number(list.size());
    for (const T& item : list) (*this)(item);
  }
  template <class T>
    requires std::is_class_v<T>
  void operator()(const T& record) {
    fields(record, *this);
  }

 private:
  std::string& out_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] bool done() const { return sound_ && bytes_.empty(); }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 63; shift += 7) {
      if (bytes_.empty()) break;
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    sound_ = false;
    return 0;
  }
  // Every item takes a byte at least: a size above what is left is damage.
  std::size_t size() {
    const std::uint64_t value = number();
    if (value <= bytes_.size()) return static_cast<std::size_t>(value);
    sound_ = false;
    return 0;
  }
  void operator()(std::string& text) {
    const std::size_t length = size();
    text = bytes_.substr(0, length);
    bytes_.remove_prefix(length);
  }
  void operator()(BlockKind& kind) {
    const std::uint64_t value = number();
    sound_ = sound_ && value <= static_cast<std::uint64_t>(BlockKind::definition);
    kind = static_cast<BlockKind>(sound_ ? value : 0);
  }
  void operator()(int& value) { value = static_cast<int>(number() & 0x7FFFFFFF); }
  void operator()(bool& value) { value = number() != 0; }
  template <class T>
  void operator()(std::vector<T>& list) {
    list.resize(size());
    for (T& item : list) {
      if (!sound_) return;
      (*this)(item);
    }
  }
  template <class T>
    requires std::is_class_v<T>
  void operator()(T& record) {
    fields(record, *this);
  }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

template <class T, class Record>
concept Is = std::is_same_v<std::remove_const_t<T>, Record>;

template <class T, class Visitor>
void fields(T& x, Visitor& visit) {
  if constexpr (Is<T, Link>) {
    visit(x.label), visit(x.url), visit(x.target);
  } else if constexpr (Is<T, Cell>) {
    visit(x.text), visit(x.headers);
  } else if constexpr (Is<T, Block>) {
    visit(x.kind), visit(x.text), visit(x.url), visit(x.depth), visit(x.header_rows), visit(x.rows), visit(x.links), visit(x.repeated);
  } else if constexpr (Is<T, Passage>) {
    visit(x.id), visit(x.sections), visit(x.conditions), visit(x.blocks);
  } else if constexpr (Is<T, Reference>) {
    visit(x.title), visit(x.url);
  } else {
    static_assert(Is<T, Publication>);
    visit(x.id), visit(x.kind), visit(x.title), visit(x.over_title), visit(x.other_titles), visit(x.description), visit(x.subject);
    visit(x.date), visit(x.url), visit(x.withdrawn), visit(x.audiences), visit(x.topic_path), visit(x.passages), visit(x.contacts),
        visit(x.services);
    visit(x.references), visit(x.related);
  }
}

}  // namespace

std::string encode(const Publication& publication) {
  std::string out(1, kVersion);
  Writer writer(out);
  writer(publication);
  return out;
}

Result<Publication> decode(std::string_view bytes) {
  const auto damaged = [] {
    return fail(Code::storage, "La base est abîmée ou d’une autre version\u00a0: relancez l’import.", "publication record not readable");
  };
  if (bytes.empty() || bytes.front() != kVersion) return damaged();
  Reader reader(bytes.substr(1));
  Publication publication;
  reader(publication);
  if (!reader.done()) return damaged();
  return publication;
}

}  // namespace beffroi::knowledge
