#include "knowledge/download.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "net/address.h"
#include "net/curl/transfer.h"

namespace beffroi::knowledge {

namespace fs = std::filesystem;

namespace {

// The file being written: unlinked unless it is kept.
class PartFile {
 public:
  explicit PartFile(const fs::path& target) : target_(target), part_(target.string() + ".XXXXXX") {
    fd_ = ::mkostemp(part_.data(), O_CLOEXEC);
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;
  ~PartFile() {
    if (fd_ < 0) return;
    ::close(fd_);
    if (!kept_) ::unlink(part_.c_str());
  }

  [[nodiscard]] bool is_open() const { return fd_ >= 0; }
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  Status keep() {
    if (::fsync(fd_) != 0 || ::fchmod(fd_, 0640) != 0 || ::rename(part_.c_str(), target_.c_str()) != 0) return not_written();
    kept_ = true;
    return {};
  }
  [[nodiscard]] tl::unexpected<Error> not_written() const {
    return fail(Code::storage,
                fmt::format("«\u00a0{}\u00a0» ne peut pas être écrit\u00a0: vérifiez la place et les droits.", target_.string()),
                std::strerror(errno));
  }

 private:
  fs::path target_;
  std::string part_;
  int fd_ = -1;
  bool kept_ = false;
};

struct Transfer {
  CURL* handle;
  PartFile& file;
  std::int64_t max_bytes;
  std::int64_t received = 0;
  bool too_large = false;
  bool disk_refused = false;
};

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  curl_off_t announced = -1;
  curl_easy_getinfo(transfer.handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  transfer.received += static_cast<std::int64_t>(size * count);
  transfer.too_large = transfer.received > transfer.max_bytes || announced > transfer.max_bytes;
  if (transfer.too_large) return 0;
  transfer.disk_refused = !transfer.file.write({data, size * count});
  return transfer.disk_refused ? 0 : size * count;
}

void configure(Transfer& transfer, const std::string& url, const DownloadLimits& limits) {
  CURL* handle = transfer.handle;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(handle, CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, static_cast<long>(limits.connect_timeout_s));
  curl_easy_setopt(handle, CURLOPT_TIMEOUT, static_cast<long>(limits.total_timeout_s));
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, static_cast<long>(limits.stalled_timeout_s));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
}

Status outcome(CURLcode answer, const Transfer& transfer, const std::string& url, const std::stop_token& stop) {
  if (answer == CURLE_OK) return {};
  const std::string detail = fmt::format("curl {}: {}", static_cast<int>(answer), curl_easy_strerror(answer));
  if (transfer.too_large) {
    return fail(Code::too_large,
                fmt::format("Le fichier de «\u00a0{}\u00a0» dépasse {} Mio\u00a0: il a été refusé.", url, transfer.max_bytes >> 20),
                detail);
  }
  if (transfer.disk_refused) return transfer.file.not_written();
  if (stop.stop_requested()) return fail(Code::cancelled, "Le téléchargement a été interrompu.", detail);
  if (answer == CURLE_OPERATION_TIMEDOUT) {
    return fail(Code::timeout, fmt::format("«\u00a0{}\u00a0» ne répond pas assez vite\u00a0: réessayez plus tard.", url), detail);
  }
  if (answer == CURLE_UNSUPPORTED_PROTOCOL || answer == CURLE_URL_MALFORMAT) {
    return fail(Code::invalid_argument, fmt::format("L’adresse «\u00a0{}\u00a0» n’est pas une adresse https.", url), detail);
  }
  if (answer == CURLE_HTTP_RETURNED_ERROR) {
    long status = 0;
    curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
    return fail(Code::unavailable,
                fmt::format("«\u00a0{}\u00a0» a répondu {}\u00a0: vérifiez l’adresse dans la configuration.", url, status), detail);
  }
  if (answer == CURLE_PARTIAL_FILE) {
    return fail(Code::unavailable, fmt::format("Le téléchargement de «\u00a0{}\u00a0» s’est arrêté avant la fin\u00a0: réessayez.", url),
                detail);
  }
  return fail(Code::unavailable, fmt::format("«\u00a0{}\u00a0» n’a pas pu être joint\u00a0: vérifiez le réseau et l’adresse.", url),
              detail);
}

}  // namespace

Status download(const std::string& url, const fs::path& file, const std::stop_token& stop, const DownloadLimits& limits) {
  const net::Address address = BEFFROI_TRY(net::parse_address(url));
  const net::Handle handle = net::new_transfer(!address.encrypted);
  if (handle == nullptr) return fail(Code::internal, "Le client de téléchargement n’a pas pu démarrer.");
  std::error_code fault;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), fault);
  PartFile part(file);
  if (!part.is_open()) return part.not_written();
  Transfer transfer{handle.get(), part, limits.max_bytes};
  configure(transfer, url, limits);
  const CURLcode answer = net::perform(handle.get(), stop, [] { return true; });
  BEFFROI_CHECK(outcome(answer, transfer, url, stop));
  return part.keep();
}

}  // namespace beffroi::knowledge
