#include "search/vectors.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <unordered_set>
#include <vector>

#include "search/format.h"

namespace beffroi::search {

namespace {

constexpr std::array<char, 8> kMagic = {'B', 'E', 'F', 'F', 'R', 'V', 'E', 'C'};
constexpr std::uint32_t kVersion = 1;

struct FileHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t dimensions;
  std::uint32_t titles_hidden;
  std::uint32_t reserved;
  std::array<char, kMaxNameBytes + 1> generation;  // zero-padded, as every name here
  std::array<char, kMaxNameBytes + 1> model;
};

struct RecordHeader {
  std::array<char, kMaxVectorIdBytes + 1> id;
  std::uint64_t fingerprint;
  std::uint64_t checksum;  // of id, fingerprint and vector
};

template <std::size_t size>
void put_name(std::array<char, size>& to, std::string_view name) {
  to.fill('\0');
  std::ranges::copy(name, to.begin());
}

template <std::size_t size>
std::string_view name_in(const std::array<char, size>& from) {
  return {from.data(), static_cast<std::size_t>(std::ranges::find(from, '\0') - from.begin())};
}

std::size_t record_bytes(std::uint32_t dimensions) { return sizeof(RecordHeader) + dimensions * sizeof(float); }

std::uint64_t record_checksum(RecordHeader header, std::span<const float> vector) {
  header.checksum = 0;
  return checksum(std::as_bytes(std::span(&header, 1))) * 31 + checksum(std::as_bytes(vector));
}

FileHeader header_of(const VectorsInfo& info) {
  FileHeader header{kMagic, kVersion, info.dimensions, info.titles_hidden ? 1U : 0U, 0, {}, {}};
  put_name(header.generation, info.generation);
  put_name(header.model, info.model);
  return header;
}

std::string record_of(std::string_view id, std::uint64_t fingerprint, std::span<const float> vector) {
  RecordHeader header{};
  put_name(header.id, id);
  header.fingerprint = fingerprint;
  header.checksum = record_checksum(header, vector);
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
  return bytes.append(reinterpret_cast<const char*>(vector.data()), vector.size_bytes());
}

tl::unexpected<Error> storage(const char* what) {
  return fail(Code::storage, "Les vecteurs de recherche n’ont pas pu être écrits : vérifiez la place et les droits sur le disque.",
              std::string(what) + ": " + std::strerror(errno));
}

}  // namespace

Result<VectorsFile> VectorsFile::open(const std::filesystem::path& path) {
  VectorsFile out;
  out.file_ = BEFFROI_TRY(MappedFile::open(path));
  const auto bytes = out.file_.bytes();
  const auto unusable = [&](const char* why) {
    return fail(Code::unavailable, "Le fichier des vecteurs de recherche est illisible : il sera refait.", why);
  };
  FileHeader header;
  if (bytes.size() < sizeof(FileHeader)) return unusable("shorter than a header");
  std::memcpy(&header, bytes.data(), sizeof(FileHeader));
  if (header.magic != kMagic || header.version != kVersion) return unusable("not a file of vectors of this version");
  if (header.dimensions < 1 || header.dimensions > 4096 || header.titles_hidden > 1) return unusable("impossible header");
  out.info_ = {std::string(name_in(header.generation)), std::string(name_in(header.model)), header.dimensions, header.titles_hidden == 1};
  const std::size_t limit = (bytes.size() - sizeof(FileHeader)) / record_bytes(header.dimensions);
  while (out.size_ < limit) {
    RecordHeader record;
    std::memcpy(&record, out.record(out.size_), sizeof(record));
    if (record.checksum != record_checksum(record, out.vector(out.size_))) break;
    ++out.size_;
  }
  return out;
}

const std::byte* VectorsFile::record(std::size_t at) const {
  return file_.bytes().data() + sizeof(FileHeader) + at * record_bytes(info_.dimensions);
}
// Records of an odd number of dimensions do not start where a RecordHeader may: nothing wider than a float is read in place.
std::string_view VectorsFile::id(std::size_t at) const {
  const char* id = reinterpret_cast<const char*>(record(at) + offsetof(RecordHeader, id));
  return {id, ::strnlen(id, kMaxVectorIdBytes)};
}
std::uint64_t VectorsFile::fingerprint(std::size_t at) const {
  std::uint64_t fingerprint = 0;
  std::memcpy(&fingerprint, record(at) + offsetof(RecordHeader, fingerprint), sizeof(fingerprint));
  return fingerprint;
}
std::span<const float> VectorsFile::vector(std::size_t at) const {
  return {reinterpret_cast<const float*>(record(at) + sizeof(RecordHeader)), info_.dimensions};
}
void VectorsFile::release_pages() const { release_pages_of(file_.bytes()); }
std::size_t VectorsFile::complete_bytes() const { return sizeof(FileHeader) + size_ * record_bytes(info_.dimensions); }

struct VectorsWriter::State {
  int file = -1;
  VectorsInfo info;
  std::size_t end_bytes = 0;
  std::unordered_set<std::string> ids;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() { close(); }

  Status lock(const std::filesystem::path& path) {
    close();
    file = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
    if (file < 0) return storage("open");
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) return fail(Code::busy, "Les vecteurs de recherche sont déjà en cours de calcul.");
    return {};
  }
  void close() {
    if (file >= 0) ::close(file);
    file = -1;
  }
};

VectorsWriter::VectorsWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
VectorsWriter::VectorsWriter(VectorsWriter&&) noexcept = default;
VectorsWriter& VectorsWriter::operator=(VectorsWriter&&) noexcept = default;
VectorsWriter::~VectorsWriter() = default;
bool VectorsWriter::contains(std::string_view id) const { return state_->ids.contains(std::string(id)); }
std::size_t VectorsWriter::size() const { return state_->ids.size(); }

Result<VectorsWriter> VectorsWriter::open(const std::filesystem::path& path, const VectorsInfo& info, const Keep& keep) {
  if (info.dimensions < 1 || info.dimensions > 4096 || info.generation.size() > kMaxNameBytes || info.model.size() > kMaxNameBytes) {
    return fail(Code::invalid_argument, "Les vecteurs demandés ont une taille ou un nom hors limites.");
  }
  auto state = std::make_unique<State>();
  state->info = info;
  if (std::filesystem::exists(path)) BEFFROI_CHECK(state->lock(path));  // nobody else is writing what may be replaced
  const auto former = VectorsFile::open(path);
  const bool goes_on = former && former->info() == info;
  if (!goes_on) {
    const FileHeader header = header_of(info);
    std::string bytes(reinterpret_cast<const char*>(&header), sizeof(header));
    VectorsInfo same_corpus = info;
    if (former) same_corpus.generation = former->info().generation;
    if (former && keep && former->info() == same_corpus) {
      for (std::size_t at = 0; at < former->size(); ++at) {
        if (keep(former->id(at), former->fingerprint(at))) bytes += record_of(former->id(at), former->fingerprint(at), former->vector(at));
      }
    }
    BEFFROI_CHECK(write_file_atomically(path, bytes));
  }
  if (!goes_on) BEFFROI_CHECK(state->lock(path));
  const VectorsFile present = BEFFROI_TRY(VectorsFile::open(path));
  for (std::size_t at = 0; at < present.size(); ++at) state->ids.emplace(present.id(at));
  state->end_bytes = present.complete_bytes();  // what a crash left beyond is written over
  return VectorsWriter(std::move(state));
}

Status VectorsWriter::append(std::string_view id, std::uint64_t fingerprint, std::span<const float> vector) {
  const bool well_formed = !id.empty() && id.size() <= kMaxVectorIdBytes && vector.size() == state_->info.dimensions &&
                           std::ranges::all_of(vector, [](float x) { return std::isfinite(x); });
  if (!well_formed) return fail(Code::invalid_argument, "Un vecteur de recherche est mal formé.", "id or dimensions out of range");
  if (contains(id)) return fail(Code::conflict, "Ce vecteur de recherche existe déjà.", std::string(id));
  const std::string bytes = record_of(id, fingerprint, vector);
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count =
        ::pwrite(state_->file, bytes.data() + written, bytes.size() - written, static_cast<off_t>(state_->end_bytes + written));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return storage("pwrite");  // readers stop before the record that was begun
    written += static_cast<std::size_t>(count);
  }
  state_->end_bytes += bytes.size();
  state_->ids.emplace(id);
  return {};
}

Status VectorsWriter::sync() {
  if (::fdatasync(state_->file) != 0) return storage("fdatasync");
  return {};
}

}  // namespace beffroi::search
