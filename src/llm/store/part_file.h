// A model on its way: `<model>.part`, one writer at a time, kept between two runs so that an installation goes on where it stopped.
//
// A disk that fills up gives the room back: the town's own data needs it more than half a model does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::llm::store {

class PartFile {
 public:
  // Code::conflict when another run writes it, Code::storage.
  [[nodiscard]] static Result<PartFile> open(const std::filesystem::path& target);
  PartFile(PartFile&& other) noexcept;
  PartFile& operator=(PartFile&&) = delete;
  ~PartFile();

  [[nodiscard]] static std::filesystem::path path_of(const std::filesystem::path& target);
  [[nodiscard]] const std::filesystem::path& path() const { return part_; }
  [[nodiscard]] std::int64_t size_bytes() const { return size_; }

  [[nodiscard]] Status append(std::string_view bytes);
  [[nodiscard]] Status cut_to(std::int64_t bytes);  // shorter
  [[nodiscard]] Status sync();
  [[nodiscard]] Status keep();                      // on the disk, then under its final name
  void drop();                                      // removed; only destruction may follow

 private:
  PartFile(std::filesystem::path target, int fd, std::int64_t size);
  [[nodiscard]] tl::unexpected<Error> refused();

  std::filesystem::path target_, part_;
  int fd_ = -1;
  std::int64_t size_ = 0;
};

// Code::storage when the disk that holds `folder` has not that much room, and a little to live with.
[[nodiscard]] Status check_room(const std::filesystem::path& folder, std::int64_t bytes);

}  // namespace beffroi::llm::store
