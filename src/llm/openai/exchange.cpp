#include "llm/openai/exchange.h"

#include <fmt/format.h>

#include "net/curl/transfer.h"

namespace beffroi::llm::openai {

namespace {

using Clock = std::chrono::steady_clock;

struct Transfer {
  CURL* handle;
  const Call& call;
  const Listener& listener;
  std::size_t received = 0;
  std::optional<End> left_because;  // set when we leave, not the upstream
};

long status_of(CURL* handle) {
  long status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

Body kind_of(CURL* handle) {
  if (status_of(handle) != 200) return Body::refusal;
  const char* type = nullptr;
  curl_easy_getinfo(handle, CURLINFO_CONTENT_TYPE, &type);
  const std::string_view media = type == nullptr ? std::string_view() : type;
  if (media.starts_with("text/event-stream")) return Body::events;
  return media.starts_with("application/json") ? Body::json : Body::other;
}

std::size_t on_bytes(char* data, std::size_t size, std::size_t count, void* context) {
  auto& transfer = *static_cast<Transfer*>(context);
  transfer.received += size * count;
  if (transfer.received > transfer.call.max_bytes) transfer.left_because = End::too_long;
  else if (!transfer.listener.on_bytes(kind_of(transfer.handle), {data, size * count})) transfer.left_because = End::enough;
  return transfer.left_because ? 0 : size * count;
}

// Measures the silences between words.
class Patience {
 public:
  explicit Patience(Transfer& transfer) : transfer_(transfer), last_(Clock::now()) {}

  bool lasts() {
    const Clock::time_point now = Clock::now();
    const std::int64_t words = transfer_.listener.words();
    if (words != words_) {
      words_ = words;
      last_ = now;
    }
    const Call& call = transfer_.call;
    if (now >= call.ends_at) transfer_.left_because = End::late;
    else if (words_ == 0 && now - last_ > call.first_word_timeout) transfer_.left_because = End::silent;
    else if (words_ > 0 && now - last_ > call.stall_timeout) transfer_.left_because = End::stalled;
    return !transfer_.left_because;
  }

 private:
  Transfer& transfer_;
  Clock::time_point last_;
  std::int64_t words_ = 0;
};

net::HeaderList headers_of(const Call& call) {
  curl_slist* list = curl_slist_append(nullptr, "Content-Type: application/json");
  list = curl_slist_append(list, "Accept: text/event-stream, application/json");
  list = curl_slist_append(list, "Expect:");  // no waiting for « 100 Continue »
  if (!call.key.empty()) list = curl_slist_append(list, ("Authorization: Bearer " + call.key).c_str());
  return net::HeaderList(list);
}

End end_of(CURLcode code, const Transfer& transfer) {
  if (transfer.left_because) return *transfer.left_because;
  long connected = 0;
  curl_easy_getinfo(transfer.handle, CURLINFO_NUM_CONNECTS, &connected);
  switch (code) {
    case CURLE_OK: return End::whole;
    case CURLE_ABORTED_BY_CALLBACK: return End::stopped;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST: return End::unreachable;
    case CURLE_OPERATION_TIMEDOUT: return End::unreachable;  // only the connection is timed by libcurl
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR: return End::untrusted;
    default: return End::broken;
  }
}

}  // namespace

Ending exchange(const Call& call, const Listener& listener, const std::stop_token& stop) {
  const net::Handle handle = net::new_transfer(call.clear);
  if (handle == nullptr) return {End::broken, 0, std::nullopt, "curl_easy_init failed"};
  const net::HeaderList headers = headers_of(call);
  Transfer transfer{handle.get(), call, listener, 0, std::nullopt};
  curl_easy_setopt(handle.get(), CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(call.body.size()));
  curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, call.body.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(call.connect_timeout.count()));
  curl_easy_setopt(handle.get(), CURLOPT_WRITEFUNCTION, on_bytes);
  curl_easy_setopt(handle.get(), CURLOPT_WRITEDATA, &transfer);
  Patience patience(transfer);
  const CURLcode code = net::perform(handle.get(), stop, [&patience] { return patience.lasts(); });
  Ending ending{end_of(code, transfer), status_of(handle.get()), std::nullopt, ""};
  curl_off_t wait_s = 0;
  if (curl_easy_getinfo(handle.get(), CURLINFO_RETRY_AFTER, &wait_s) == CURLE_OK && wait_s > 0) {
    ending.retry_after = std::chrono::seconds(wait_s);
  }
  ending.detail = fmt::format("HTTP {}, curl {}: {}", ending.status, static_cast<int>(code), curl_easy_strerror(code));
  return ending;
}

}  // namespace beffroi::llm::openai
