#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "knowledge/archive_kinds.h"

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kBlockBytes = 512;

// The inflated bytes of a gzip file, pulled as wanted.
class GzipStream {
 public:
  GzipStream(const std::filesystem::path& input, Quota& quota)
      : input_(input), quota_(quota), fd_(::open(input.c_str(), O_RDONLY | O_CLOEXEC)) {
    ::posix_fadvise(fd_, 0, 0, POSIX_FADV_SEQUENTIAL);
    ready_ = inflateInit2(&zlib_, 16 + MAX_WBITS) == Z_OK;
  }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;
  ~GzipStream() {
    inflateEnd(&zlib_);
    if (fd_ >= 0) ::close(fd_);
  }

  [[nodiscard]] std::int64_t packed_bytes() const { return packed_; }

  // Exactly `size` bytes, or an error: a tar never ends in the middle of what it announced.
  Status read(char* into, std::size_t size) {
    if (fd_ < 0 || !ready_) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu.", input_.string()));
    zlib_.next_out = reinterpret_cast<Bytef*>(into);
    zlib_.avail_out = static_cast<uInt>(size);
    while (zlib_.avail_out > 0) {
      if (zlib_.avail_in == 0) BEFFROI_CHECK(refill());
      const int answer = ::inflate(&zlib_, Z_NO_FLUSH);
      if (answer == Z_STREAM_END) {
        // A gzip file may be several streams end to end.
        if (inflateReset(&zlib_) != Z_OK) return damaged(input_, "gzip cannot restart");
      } else if (answer != Z_OK && answer != Z_BUF_ERROR) {
        return damaged(input_, zlib_.msg != nullptr ? zlib_.msg : "gzip data error");
      }
    }
    return quota_.inflated(static_cast<std::int64_t>(size), packed_);
  }

  // To the end of the stream: only there does gzip tell that every byte was right.
  Status finish() {
    while (true) {
      zlib_.next_out = reinterpret_cast<Bytef*>(scratch_.data());
      zlib_.avail_out = static_cast<uInt>(scratch_.size());
      if (zlib_.avail_in == 0) BEFFROI_CHECK(refill());
      const int answer = ::inflate(&zlib_, Z_NO_FLUSH);
      if (answer == Z_STREAM_END) return {};
      if (answer != Z_OK && answer != Z_BUF_ERROR) return damaged(input_, zlib_.msg != nullptr ? zlib_.msg : "gzip data error");
      BEFFROI_CHECK(quota_.inflated(static_cast<std::int64_t>(scratch_.size() - zlib_.avail_out), packed_));
    }
  }

  Status skip(std::int64_t size) {
    while (size > 0) {
      const auto part = static_cast<std::size_t>(std::min<std::int64_t>(size, static_cast<std::int64_t>(scratch_.size())));
      BEFFROI_CHECK(read(scratch_.data(), part));
      size -= static_cast<std::int64_t>(part);
    }
    return {};
  }

 private:
  Status refill() {
    const ssize_t got = ::read(fd_, buffer_.data(), buffer_.size());
    if (got < 0) return fail(Code::storage, fmt::format("Le disque a refusé la lecture de «\u00a0{}\u00a0».", input_.string()));
    if (got == 0) return damaged(input_, "unexpected end");
    packed_ += got;
    zlib_.next_in = buffer_.data();
    zlib_.avail_in = static_cast<uInt>(got);
    return {};
  }

  std::filesystem::path input_;
  Quota& quota_;
  int fd_ = -1;
  bool ready_ = false;
  z_stream zlib_{};
  std::int64_t packed_ = 0;
  std::array<Bytef, 256 << 10> buffer_;
  std::array<char, 64 << 10> scratch_;
};

// Header of one entry, as POSIX ustar lays it.
struct Header {
  std::array<char, kBlockBytes> raw;

  [[nodiscard]] std::string_view field(std::size_t at, std::size_t size) const {
    const std::string_view whole(raw.data() + at, size);
    return whole.substr(0, whole.find('\0'));
  }
  [[nodiscard]] bool is_end() const {
    return std::all_of(raw.begin(), raw.end(), [](char c) { return c == '\0'; });
  }
  [[nodiscard]] std::optional<std::int64_t> number(std::size_t at, std::size_t size) const {
    std::int64_t value = 0;
    for (const char c : field(at, size)) {
      if (c == ' ') continue;
      if (c < '0' || c > '7' || value > (1LL << 50)) return std::nullopt;
      value = value * 8 + (c - '0');
    }
    return value;
  }
  [[nodiscard]] bool is_sound() const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) sum += i >= 148 && i < 156 ? ' ' : static_cast<unsigned char>(raw[i]);
    return number(148, 8) == sum;
  }
  [[nodiscard]] std::string path() const {
    const std::string_view prefix = field(257, 5) == "ustar" ? field(345, 155) : std::string_view{};
    return prefix.empty() ? std::string(field(0, 100)) : fmt::format("{}/{}", prefix, field(0, 100));
  }
  [[nodiscard]] char type() const { return raw[156]; }
};

// « path=… » of a pax record; the other keys change nothing for us.
std::string pax_path(std::string_view records) {
  const std::size_t at = records.find(" path=");
  if (at == std::string_view::npos) return {};
  const std::string_view value = records.substr(at + 6);
  return std::string(value.substr(0, value.find('\n')));
}

Status pad(GzipStream& stream, std::int64_t size) {
  const auto over = size % static_cast<std::int64_t>(kBlockBytes);
  return over == 0 ? Status{} : stream.skip(static_cast<std::int64_t>(kBlockBytes) - over);
}

Result<std::string> content(GzipStream& stream, std::int64_t size) {
  std::string bytes(static_cast<std::size_t>(size), '\0');
  BEFFROI_CHECK(stream.read(bytes.data(), bytes.size()));
  BEFFROI_CHECK(pad(stream, size));
  return bytes;
}

}  // namespace

Status read_tar_gz(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop) {
  Quota quota(input, visit.limits);
  const auto stream = std::make_unique<GzipStream>(input, quota);
  std::string long_path;
  while (true) {
    if (stop.stop_requested()) return cancelled();
    Header header;
    BEFFROI_CHECK(stream->read(header.raw.data(), header.raw.size()));
    if (header.is_end()) return stream->finish();
    const std::optional<std::int64_t> size = header.number(124, 12);
    if (!header.is_sound() || !size) return damaged(input, "bad tar header");
    BEFFROI_CHECK(quota.entry());
    const bool names_next = header.type() == 'L' || header.type() == 'x';
    const std::string path = names_next || long_path.empty() ? header.path() : std::exchange(long_path, {});
    const bool is_file = header.type() == '0' || header.type() == '\0';
    if (!names_next && !(is_file && visit.wants(path))) {
      BEFFROI_CHECK(stream->skip(*size));
      BEFFROI_CHECK(pad(*stream, *size));
      continue;
    }
    BEFFROI_CHECK(quota.announce(*size));
    std::string bytes = BEFFROI_TRY(content(*stream, *size));
    if (names_next) {
      long_path = header.type() == 'x' ? pax_path(bytes) : bytes.substr(0, bytes.find('\0'));
      continue;
    }
    BEFFROI_CHECK(visit.take({path, std::move(bytes)}));
    if (visit.advance) visit.advance(stream->packed_bytes());
  }
}

}  // namespace beffroi::knowledge
