// Where a request comes from, when a reverse proxy stands in front: the machine of the visitor, whether they came by HTTPS, and whether
// the browser says that one of our own pages sent it. What a proxy writes is believed only of the proxies that are named. Any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace beffroi::people {

struct Edge {
  std::vector<std::string> proxies;  // addresses of the reverse proxies; empty: visitors come directly
  bool https = false;                // the program serves HTTPS itself, or nothing but HTTPS reaches it
};

struct Client {
  std::string address;   // "192.0.2.1"
  bool secure = false;   // came by HTTPS
};

// X-Forwarded-For and X-Forwarded-Proto of a named proxy: the last address that is not a proxy's own.
[[nodiscard]] Client client_of(const http::Request& request, const Edge& edge);

// Code::denied when the browser says that another site sent this (Sec-Fetch-Site, else Origin). A client that says nothing is no
// browser, or an old one: the session's token then decides.
[[nodiscard]] Status check_sender(const http::Request& request, bool secure);

}  // namespace beffroi::people
