#include "llm/store/fetch_file.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "net/address.h"
#include "net/curl/transfer.h"

namespace beffroi::llm::store {

namespace {

using Clock = std::chrono::steady_clock;

constexpr long kConnectTimeoutS = 15;

struct Transfer {
  CURL* handle;
  const CatalogueEntry& model;
  PartFile& part;
  const std::int64_t asked_from;
  std::optional<std::int64_t> range_from;  // where the server says that its answer begins
  std::int64_t received = 0;
  bool begun = false;
  Status status;                           // the first fault of ours, or the server's lie
};

long status_of(const Transfer& transfer) {
  long status = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

tl::unexpected<Error> lie(Transfer& transfer, std::string_view how) {
  transfer.part.drop();
  return fail(Code::bad_input,
              fmt::format("Le serveur du modèle «\u00a0{}\u00a0» n’envoie pas le fichier décrit\u00a0: {}. Rien n’a été gardé.",
                          transfer.model.id, how));
}

// « Content-Range: bytes 100-999/1000 »
std::size_t on_header(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  std::string_view line(data, size * count);
  constexpr std::string_view kName = "content-range: bytes ";
  if (line.starts_with("HTTP/")) transfer.range_from.reset();  // the head of another answer, after a redirection
  if (line.size() < kName.size() || !curl_strnequal(line.data(), kName.data(), kName.size())) return size * count;
  line.remove_prefix(kName.size());
  std::int64_t from = 0;
  if (std::from_chars(line.data(), line.data() + line.size(), from).ec == std::errc()) transfer.range_from = from;
  return size * count;
}

// The first bytes of the body: does it begin where we asked, and is it as long as it must be?
Status begin(Transfer& transfer) {
  const bool goes_on = status_of(transfer) == 206;
  if (goes_on && transfer.range_from != transfer.asked_from) return lie(transfer, "il reprend ailleurs qu’à l’endroit demandé");
  if (!goes_on) BEFFROI_CHECK(transfer.part.cut_to(0));  // it knows no ranges: from the start
  curl_off_t announced = -1;
  curl_easy_getinfo(transfer.handle, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  if (announced >= 0 && transfer.part.size_bytes() + announced != transfer.model.size_bytes) {
    return lie(transfer, fmt::format("{} annoncés au lieu de {}", readable_size(transfer.part.size_bytes() + announced),
                                     readable_size(transfer.model.size_bytes)));
  }
  return check_room(transfer.part.path().parent_path(), transfer.model.size_bytes - transfer.part.size_bytes());
}

Status take(Transfer& transfer, std::string_view bytes) {
  const long status = status_of(transfer);
  if (status != 200 && status != 206) return {};  // the page of a refusal
  if (!transfer.begun) BEFFROI_CHECK(begin(transfer));
  transfer.begun = true;
  if (transfer.part.size_bytes() + static_cast<std::int64_t>(bytes.size()) > transfer.model.size_bytes) {
    return lie(transfer, fmt::format("il dépasse {}", readable_size(transfer.model.size_bytes)));
  }
  return transfer.part.append(bytes);
}

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.received += static_cast<std::int64_t>(size * count);
  transfer.status = take(transfer, {data, size * count});
  return transfer.status ? size * count : 0;
}

void configure(Transfer& transfer, const std::string& url) {
  CURL* handle = transfer.handle;
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 5L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, kConnectTimeoutS);
  if (transfer.asked_from > 0) curl_easy_setopt(handle, CURLOPT_RANGE, fmt::format("{}-", transfer.asked_from).c_str());
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
}

Status outcome(CURLcode code, Transfer& transfer, bool stalled, const std::stop_token& stop) {
  if (!transfer.status) return transfer.status;
  const std::string detail = fmt::format("HTTP {}, curl {}: {}", status_of(transfer), static_cast<int>(code), curl_easy_strerror(code));
  if (stop.stop_requested()) {
    return fail(Code::cancelled, "L’installation a été interrompue\u00a0: relancée, elle reprendra où elle en est.");
  }
  if (stalled)
    return fail(Code::timeout, "Le serveur du modèle n’envoie plus rien\u00a0: relancez, l’installation reprendra où elle en est.", detail);
  const long status = status_of(transfer);
  if (status == 416) return lie(transfer, "il est plus court qu’annoncé");
  if (status >= 400) {
    return fail(Code::unavailable,
                fmt::format("Le serveur du modèle «\u00a0{}\u00a0» a répondu {}\u00a0: vérifiez l’adresse dans la configuration.",
                            transfer.model.id, status),
                detail);
  }
  if (transfer.begun && transfer.part.size_bytes() == transfer.model.size_bytes) return {};
  if (transfer.begun) {
    return fail(Code::unavailable, "Le téléchargement s’est arrêté avant la fin\u00a0: relancez, l’installation reprendra où elle en est.",
                detail);
  }
  return fail(
      Code::unavailable,
      fmt::format("Le serveur du modèle «\u00a0{}\u00a0» n’a pas pu être joint\u00a0: vérifiez le réseau et l’adresse.", transfer.model.id),
      detail);
}

}  // namespace

Status fetch_file(const CatalogueEntry& model, PartFile& part, const OnProgress& on_progress, const std::stop_token& stop,
                  std::chrono::milliseconds stall_timeout) {
  const net::Address address = BEFFROI_TRY(net::parse_address(model.url));
  if (part.size_bytes() > model.size_bytes) BEFFROI_CHECK(part.cut_to(0));
  if (part.size_bytes() == model.size_bytes) return {};
  const net::Handle handle = net::new_transfer(address.this_machine && !address.encrypted);
  if (handle == nullptr) return fail(Code::internal, "Le client de téléchargement n’a pas pu démarrer.");
  Transfer transfer{handle.get(), model, part, part.size_bytes(), std::nullopt, 0, false, {}};
  configure(transfer, model.url);
  Clock::time_point last = Clock::now();
  std::int64_t seen = 0;
  bool stalled = false;
  const CURLcode code = net::perform(handle.get(), stop, [&] {
    if (transfer.received != seen) {
      seen = transfer.received;
      last = Clock::now();
      if (on_progress) on_progress(Stage::fetching, part.size_bytes(), model.size_bytes);
    }
    stalled = Clock::now() - last > stall_timeout;
    return !stalled;
  });
  return outcome(code, transfer, stalled, stop);
}

}  // namespace beffroi::llm::store
