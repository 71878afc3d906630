#include <fmt/format.h>
#include <zip.h>

#include <memory>

#include "knowledge/archive_kinds.h"

namespace beffroi::knowledge {

namespace {

struct CloseArchive {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
  void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
using Archive = std::unique_ptr<zip_t, CloseArchive>;
using Entry = std::unique_ptr<zip_file_t, CloseEntry>;

Result<Archive> open_zip(const std::filesystem::path& input) {
  int reason = 0;
  Archive archive(zip_open(input.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &reason));
  if (archive != nullptr) return archive;
  zip_error_t error;
  zip_error_init_with_code(&error, reason);
  const std::string detail = zip_error_strerror(&error);
  zip_error_fini(&error);
  return damaged(input, detail);
}

// The whole entry; libzip checks its checksum at the end. Reads one byte more than announced to catch a lie.
Result<std::string> inflate(zip_t& archive, const zip_stat_t& about) {
  const auto unreadable = [&](std::string_view detail) {
    return fail(Code::bad_input, "Le fichier est abîmé dans l’archive.", std::string(detail));
  };
  const Entry entry(zip_fopen_index(&archive, about.index, 0));
  if (entry == nullptr) return unreadable(zip_strerror(&archive));
  std::string bytes(about.size + 1, '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const zip_int64_t got = zip_fread(entry.get(), bytes.data() + filled, bytes.size() - filled);
    if (got < 0) return unreadable(zip_file_strerror(entry.get()));
    if (got == 0) break;
    filled += static_cast<std::size_t>(got);
  }
  if (filled != about.size) return unreadable("size differs from the one announced");
  bytes.resize(filled);
  return bytes;
}

}  // namespace

Status read_zip(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop) {
  const Archive archive = BEFFROI_TRY(open_zip(input));
  Quota quota(input, visit.limits);
  std::int64_t packed = 0;
  const zip_int64_t count = zip_get_num_entries(archive.get(), 0);
  for (zip_int64_t i = 0; i < count; ++i) {
    if (stop.stop_requested()) return cancelled();
    BEFFROI_CHECK(quota.entry());
    zip_stat_t about;
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
    if (zip_stat_index(archive.get(), static_cast<zip_uint64_t>(i), 0, &about) != 0 || (about.valid & kNeeded) != kNeeded) {
      return damaged(input, "entry without a size");
    }
    about.index = static_cast<zip_uint64_t>(i);
    packed += static_cast<std::int64_t>(about.comp_size);
    if (!visit.wants(about.name)) continue;
    BEFFROI_CHECK(quota.announce(static_cast<std::int64_t>(about.size)));
    BEFFROI_CHECK(quota.inflated(static_cast<std::int64_t>(about.size), packed));
    BEFFROI_CHECK(visit.take({about.name, inflate(*archive, about)}));
    if (visit.advance) visit.advance(packed);
  }
  return {};
}

}  // namespace beffroi::knowledge
