#include "net/fetch.h"

#include <fmt/format.h>

#include "net/curl/transfer.h"

namespace beffroi::net {

namespace {

using Clock = std::chrono::steady_clock;

struct Reading {
  std::string body;
  std::size_t most = 0;
  bool too_large = false;
};

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* context) {
  auto& reading = *static_cast<Reading*>(context);
  reading.too_large = size * count > reading.most - reading.body.size();
  if (reading.too_large) return 0;
  reading.body.append(data, size * count);
  return size * count;
}

HeaderList configure(CURL* handle, const Call& call, const Limits& limits, Reading& reading) {
  HeaderList headers(curl_slist_append(curl_slist_append(nullptr, "Accept: application/json"), "Expect:"));
  curl_easy_setopt(handle, CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  if (!call.form.empty()) {
    curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.form.size()));
    curl_easy_setopt(handle, CURLOPT_POSTFIELDS, call.form.c_str());
  }
  if (!call.user.empty()) {
    curl_easy_setopt(handle, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
    curl_easy_setopt(handle, CURLOPT_USERNAME, call.user.c_str());
    curl_easy_setopt(handle, CURLOPT_PASSWORD, call.password.c_str());
  }
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &reading);
  return headers;
}

tl::unexpected<Error> fault(CURLcode code, const std::string& place, bool late, const std::stop_token& stop) {
  const std::string detail = fmt::format("{}: curl {}: {}", place, static_cast<int>(code), curl_easy_strerror(code));
  if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été interrompue.", detail);
  if (late || code == CURLE_OPERATION_TIMEDOUT) {
    return fail(Code::timeout, fmt::format("«\u00a0{}\u00a0» ne répond pas assez vite\u00a0: réessayez plus tard.", place), detail);
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR) {
    return fail(Code::unavailable,
                fmt::format("Le certificat de «\u00a0{}\u00a0» n’est pas reconnu\u00a0: prévenez l’administrateur.", place), detail);
  }
  return fail(Code::unavailable, fmt::format("«\u00a0{}\u00a0» n’a pas pu être joint\u00a0: réessayez plus tard.", place), detail);
}

}  // namespace

Result<Answer> fetch(const Call& call, const Limits& limits, const std::stop_token& stop) {
  const Address address = BEFFROI_TRY(parse_address(call.url, call.trust));
  const Handle handle = new_transfer(!address.encrypted);
  if (handle == nullptr) return fail(Code::internal, "Le client HTTP n’a pas pu démarrer.", "curl_easy_init failed");
  Reading reading{{}, limits.reply_bytes};
  const HeaderList headers = configure(handle.get(), call, limits, reading);
  const Clock::time_point end = Clock::now() + limits.total;
  bool late = false;
  const CURLcode code = perform(handle.get(), stop, [&late, end] {
    late = Clock::now() >= end;
    return !late;
  });
  if (reading.too_large) {
    return fail(Code::too_large, fmt::format("La réponse de «\u00a0{}\u00a0» est trop longue\u00a0: elle a été refusée.", address.place));
  }
  if (code != CURLE_OK) return fault(code, address.place, late, stop);
  Answer answer{0, std::move(reading.body)};
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &answer.status);
  return answer;
}

}  // namespace beffroi::net
