// The embeddings of a corpus in one file that grows in the background: a header, then records of one size, appended whole.
//
// A record that was cut by a crash, or whose checksum is off, ends the file: whatever happened, what is read back is what was
// written, complete, from the first record on. A record names what it describes: the id of a publication or of a passage.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/files.h"
#include "base/result.h"

namespace beffroi::search {

// Which corpus and which model the vectors belong to. Vectors of another model are never compared with those of a question.
struct VectorsInfo {
  std::string generation;         // at most kMaxNameBytes
  std::string model;              // at most kMaxNameBytes, e.g. "multilingual-e5-small"
  std::uint32_t dimensions = 0;   // 1 to 4096
  bool titles_hidden = false;     // evaluation only: made from texts without their titles
  friend bool operator==(const VectorsInfo&, const VectorsInfo&) = default;
};
inline constexpr std::size_t kMaxNameBytes = 95;
inline constexpr std::size_t kMaxVectorIdBytes = 63;

// Appends vectors. One writer at a time for a file (Code::busy); not thread-safe.
class VectorsWriter {
 public:
  // Says whether a vector of a former generation still holds: same id, and `fingerprint` of the text it was made from.
  using Keep = std::function<bool(std::string_view id, std::uint64_t fingerprint)>;

  // Creates the file, or goes on with it after its last complete record. When it belongs to another generation of the same model, the
  // vectors that `keep` accepts are carried over; anything else is dropped. The former file stays until the new one is complete.
  [[nodiscard]] static Result<VectorsWriter> open(const std::filesystem::path& path, const VectorsInfo& info, const Keep& keep = {});
  VectorsWriter(VectorsWriter&&) noexcept;
  VectorsWriter& operator=(VectorsWriter&&) noexcept;
  ~VectorsWriter();

  // `vector` has info.dimensions numbers, all finite. Code::storage when the disk is full: readers then stop at the last complete
  // record. Code::conflict when the id is already there.
  [[nodiscard]] Status append(std::string_view id, std::uint64_t fingerprint, std::span<const float> vector);
  [[nodiscard]] Status sync();  // what was appended survives a power cut from here on
  [[nodiscard]] bool contains(std::string_view id) const;
  [[nodiscard]] std::size_t size() const;

 private:
  struct State;
  explicit VectorsWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The complete records of a file at the time it is opened. Immutable, thread-safe; movable.
class VectorsFile {
 public:
  // Code::not_found when absent, Code::unavailable when it is no file of vectors.
  [[nodiscard]] static Result<VectorsFile> open(const std::filesystem::path& path);

  [[nodiscard]] const VectorsInfo& info() const { return info_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::string_view id(std::size_t at) const;
  [[nodiscard]] std::uint64_t fingerprint(std::size_t at) const;
  [[nodiscard]] std::span<const float> vector(std::size_t at) const;
  void release_pages() const;  // as IndexFile
  // Bytes up to the end of the last complete record.
  [[nodiscard]] std::size_t complete_bytes() const;

 private:
  [[nodiscard]] const std::byte* record(std::size_t at) const;

  MappedFile file_;
  VectorsInfo info_;
  std::size_t size_ = 0;
};

}  // namespace beffroi::search
