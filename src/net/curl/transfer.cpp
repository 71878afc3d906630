#include "net/curl/transfer.h"

namespace beffroi::net {

namespace {

constexpr int kLookEveryMs = 50;

struct Leave {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// The transfer's own result, once it has one.
CURLcode result_of(CURLM* multi) {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
    if (message->msg == CURLMSG_DONE) return message->data.result;
  }
  return CURLE_RECV_ERROR;
}

}  // namespace

Handle new_transfer(bool clear) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  Handle handle(ready == CURLE_OK ? curl_easy_init() : nullptr);
  if (handle == nullptr) return handle;
  const char* protocols = clear ? "http,https" : "https";
  curl_easy_setopt(handle.get(), CURLOPT_PROTOCOLS_STR, protocols);
  curl_easy_setopt(handle.get(), CURLOPT_REDIR_PROTOCOLS_STR, protocols);
  if (clear) curl_easy_setopt(handle.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(handle.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_QUICK_EXIT, 1L);  // a name server that does not answer must not hold us
  // A connection kept open may die under a request, and libcurl then sends it again by itself: never twice, so never kept.
  curl_easy_setopt(handle.get(), CURLOPT_FRESH_CONNECT, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_FORBID_REUSE, 1L);
  curl_easy_setopt(handle.get(), CURLOPT_USERAGENT, "Beffroi");
  return handle;
}

CURLcode perform(CURL* handle, const std::stop_token& stop, const std::function<bool()>& go_on) {
  const std::unique_ptr<CURLM, Leave> multi(curl_multi_init());
  if (multi == nullptr || curl_multi_add_handle(multi.get(), handle) != CURLM_OK) return CURLE_FAILED_INIT;
  CURLcode result = CURLE_ABORTED_BY_CALLBACK;
  {
    const std::stop_callback wake(stop, [&multi] { curl_multi_wakeup(multi.get()); });
    int running = 1;
    while (!stop.stop_requested() && go_on()) {
      const bool fine = curl_multi_perform(multi.get(), &running) == CURLM_OK;
      if (!fine || running == 0) {
        result = fine ? result_of(multi.get()) : CURLE_RECV_ERROR;
        break;
      }
      curl_multi_poll(multi.get(), nullptr, 0, kLookEveryMs, nullptr);
    }
  }
  curl_multi_remove_handle(multi.get(), handle);
  return result;
}

}  // namespace beffroi::net
