// One HTTP transfer by libcurl, run on the calling thread and left within moments when asked.
#pragma once

#include <curl/curl.h>

#include <functional>
#include <memory>
#include <stop_token>

namespace beffroi::net {

struct CleanUp {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, CleanUp>;
using HeaderList = std::unique_ptr<curl_slist, CleanUp>;

// A transfer with what all of ours share: no signal, no connection used twice, TLS checked. Null when libcurl cannot start.
// `clear`: http is allowed too, never through a proxy.
[[nodiscard]] Handle new_transfer(bool clear);

// Runs it to its end. Left with CURLE_ABORTED_BY_CALLBACK as soon as `stop` is asked, and at most 50 ms after `go_on` says no.
[[nodiscard]] CURLcode perform(CURL* handle, const std::stop_token& stop, const std::function<bool()>& go_on);

}  // namespace beffroi::net
