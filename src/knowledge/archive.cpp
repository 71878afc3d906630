#include "knowledge/archive.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <vector>

#include "base/files.h"
#include "knowledge/archive_kinds.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

tl::unexpected<Error> bomb(const std::string& input, std::string_view why) {
  return fail(Code::bad_input, fmt::format("«\u00a0{}\u00a0» est refusé\u00a0: {}, ce n’est pas une base normale.", input, why));
}

}  // namespace

Status Quota::entry() {
  if (++entries_ <= limits_.entries) return {};
  return bomb(input_, fmt::format("plus de {} fichiers", limits_.entries));
}

Status Quota::announce(std::int64_t bytes) {
  if (bytes <= limits_.entry_bytes) return {};
  return bomb(input_, fmt::format("un fichier dépasse {} Mio une fois décompressé", limits_.entry_bytes >> 20));
}

Status Quota::inflated(std::int64_t bytes, std::int64_t packed_total) {
  total_ += bytes;
  if (total_ > limits_.total_bytes) return bomb(input_, fmt::format("plus de {} Mio une fois décompressé", limits_.total_bytes >> 20));
  if (total_ > limits_.ratio_from_bytes && total_ / limits_.ratio > packed_total) {
    return bomb(input_, fmt::format("décompressé, il grossit plus de {} fois", limits_.ratio));
  }
  return {};
}

tl::unexpected<Error> damaged(const fs::path& input, std::string_view detail) {
  return fail(Code::bad_input, fmt::format("«\u00a0{}\u00a0» est abîmé ou incomplet\u00a0: téléchargez-le de nouveau.", input.string()),
              std::string(detail));
}

tl::unexpected<Error> cancelled() { return fail(Code::cancelled, "L’opération a été interrompue, rien n’a été changé."); }

Status read_folder(const fs::path& input, const ArchiveVisit& visit, const std::stop_token& stop) {
  std::vector<fs::path> files;
  std::error_code fault;
  Quota quota(input, visit.limits);
  for (fs::recursive_directory_iterator at(input, fault), end; !fault && at != end; at.increment(fault)) {
    BEFFROI_CHECK(quota.entry());
    std::error_code ignored;
    if (at->is_regular_file(ignored) && visit.wants(at->path().filename().string())) files.push_back(at->path());
  }
  if (fault) return fail(Code::storage, fmt::format("Le dossier «\u00a0{}\u00a0» ne peut pas être lu.", input.string()), fault.message());
  std::sort(files.begin(), files.end());
  std::int64_t read = 0;
  for (const fs::path& file : files) {
    if (stop.stop_requested()) return cancelled();
    Result<std::string> bytes = read_file(file, static_cast<std::uint64_t>(visit.limits.entry_bytes));
    const auto size = bytes ? static_cast<std::int64_t>(bytes->size()) : 0;
    read += size;
    BEFFROI_CHECK(quota.inflated(size, read));
    BEFFROI_CHECK(visit.take({fs::relative(file, input, fault).generic_string(), std::move(bytes)}));
    if (visit.advance) visit.advance(read);
  }
  return {};
}

Status read_archive(const fs::path& input, const ArchiveVisit& visit, const std::stop_token& stop) {
  std::error_code fault;
  if (!fs::exists(input, fault)) return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» n’existe pas.", input.string()));
  if (fs::is_directory(input, fault)) return read_folder(input, visit, stop);
  std::array<char, 4> magic{};
  std::ifstream file(input, std::ios::binary);
  if (!file) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être lu\u00a0: vérifiez les droits.", input.string()));
  file.read(magic.data(), magic.size());
  const std::string_view start(magic.data(), static_cast<std::size_t>(file.gcount()));
  if (start.starts_with("PK\x03\x04") || start.starts_with("PK\x05\x06")) return read_zip(input, visit, stop);
  if (start.starts_with("\x1f\x8b")) return read_tar_gz(input, visit, stop);
  return fail(Code::bad_input,
              fmt::format("«\u00a0{}\u00a0» n’est ni un zip de la DILA, ni un paquet .tgz, ni un dossier.", input.string()));
}

std::int64_t packed_bytes_of(const fs::path& input) {
  std::error_code fault;
  if (!fs::is_directory(input, fault)) {
    const auto size = fs::file_size(input, fault);
    return fault ? 0 : static_cast<std::int64_t>(size);
  }
  std::int64_t total = 0;
  for (fs::recursive_directory_iterator at(input, fault), end; !fault && at != end; at.increment(fault)) {
    std::error_code ignored;
    if (at->is_regular_file(ignored)) total += static_cast<std::int64_t>(at->file_size(ignored));
  }
  return total;
}

}  // namespace beffroi::knowledge
