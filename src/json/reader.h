// Reads JSON from outside: request bodies, JSON Lines, imported files. Every fault is told in French with its path:
// « question : un texte était attendu », « conditions[2] : … », « ligne 3, … ».
//
// A Document owns the values; a Node is a small pointer into it, valid while the Document lives (moving the Document is fine).
// Reading the same Document from several threads is safe. Faults have Code::bad_input, limits Code::too_large.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::json {

struct Limits {
  std::size_t size_bytes = 1 << 20;
  std::size_t depth = 32;
  bool names_once = false;  // an object that names a member twice is refused: for what was signed, where two readers must see the same
};

enum class Kind { null, boolean, number, string, array, object };

class Node {
 public:
  [[nodiscard]] Kind kind() const;
  [[nodiscard]] std::string path() const;  // "conditions[2].label"; empty at the root. Searched on demand: for faults only

  // The value, or the fault that says what was expected.
  [[nodiscard]] Result<std::string> text() const;       // valid UTF-8 without NUL
  [[nodiscard]] Result<bool> boolean() const;
  [[nodiscard]] Result<std::int64_t> integer() const;   // a whole number written as such or as 3.0
  [[nodiscard]] Result<double> number() const;
  [[nodiscard]] Result<std::vector<std::string>> texts() const;  // an array of texts

  // The text without a copy; empty when the value is not a string (imports that take what they find).
  [[nodiscard]] std::string_view text_or_empty() const;

  // Objects. `member` requires it; `find` gives nothing when absent, null, or when this is no object.
  [[nodiscard]] Result<Node> member(std::string_view name) const;
  [[nodiscard]] std::optional<Node> find(std::string_view name) const;
  [[nodiscard]] Status only(std::initializer_list<std::string_view> names) const;  // refuses a member not named here

  // Arrays, and objects seen as the list of their members in the order of the text. 0 for anything else.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Node at(std::size_t position) const;             // position < size()
  [[nodiscard]] std::string_view name_at(std::size_t position) const;  // of an object

  [[nodiscard]] tl::unexpected<Error> fault(std::string_view expectation) const;  // « path : expectation »

 private:
  friend class Document;
  Node(const void* root, const void* value) : root_(root), value_(value) {}
  const void* root_;
  const void* value_;
};

class Document {
 public:
  // One value and nothing after it. Of members with the same name the last one counts, unless the limits refuse them.
  [[nodiscard]] static Result<Document> parse(std::string_view text, const Limits& limits = {});
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();
  [[nodiscard]] Node root() const;

 private:
  struct Values;
  explicit Document(std::unique_ptr<Values> values);
  std::unique_ptr<Values> values_;
};

// JSON Lines, one document a line; empty lines are skipped. The stream outlives the reader.
class LinesReader {
 public:
  explicit LinesReader(std::istream& stream, Limits limits = {}) : stream_(stream), limits_(limits) {}
  // The next document, nothing at the end, or the fault with its line (« ligne 3 : … »); reading may go on after a fault.
  [[nodiscard]] Result<std::optional<Document>> next();
  [[nodiscard]] std::int64_t line() const { return line_; }  // of the last document, from 1

 private:
  std::istream& stream_;
  Limits limits_;
  std::int64_t line_ = 0;
};

}  // namespace beffroi::json
