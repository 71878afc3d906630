#include "http/edge/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

namespace beffroi::http {

namespace {

// On every reply, pages, assets, API and errors alike. Scripts, styles and images come from here and nowhere else.
constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: same-origin\r\n"  // no-referrer would hide from us where our own forms come from (Origin: null)
    "Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

std::string_view reason(int status) {
  switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 301: return "Moved Permanently";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 307: return "Temporary Redirect";
    case 308: return "Permanent Redirect";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 408: return "Request Timeout";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 504: return "Gateway Timeout";
    case 507: return "Insufficient Storage";
    default: return "Status";
  }
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
  const auto append_clean = [&out](std::string_view text) {
    std::copy_if(text.begin(), text.end(), std::back_inserter(out),
                 [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F; });
  };
  append_clean(name);
  out += ": ";
  append_clean(value);
  out += "\r\n";
}

// "Mon, 23 Nov 2026 01:02:03 GMT", whatever the locale; written once a second.
std::string_view date_now() {
  static constexpr std::string_view kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t written_at = 0;
  thread_local std::string written;
  const std::time_t now = std::time(nullptr);
  if (now != written_at) {
    std::tm utc{};
    ::gmtime_r(&now, &utc);
    written = fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT", kDays[utc.tm_wday], utc.tm_mday, kMonths[utc.tm_mon], utc.tm_year + 1900,
                          utc.tm_hour, utc.tm_min, utc.tm_sec);
    written_at = now;
  }
  return written;
}

}  // namespace

std::string head_text(const Reply& reply, const HeadFacts& facts) {
  std::string out;
  out.reserve(1024);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {} {}\r\n", reply.status, reason(reply.status));
  append_header(out, "Date", date_now());
  if (facts.framing != Framing::none && !reply.content_type.empty()) append_header(out, "Content-Type", reply.content_type);
  if (facts.framing == Framing::length) fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", facts.length_bytes);
  if (facts.framing == Framing::chunked) out += "Transfer-Encoding: chunked\r\n";
  out += facts.keep_alive ? "Connection: keep-alive\r\n" : "Connection: close\r\n";
  append_header(out, "Cache-Control", reply.cache_control);
  if (!reply.etag.empty()) append_header(out, "ETag", reply.etag);
  if (reply.events) out += "X-Accel-Buffering: no\r\n";  // a proxy in front must not hold events back
  out += kSecurityHeaders;
  for (const auto& [name, value] : reply.headers) append_header(out, name, value);
  out += "\r\n";
  return out;
}

std::string chunk_text(std::string_view bytes) { return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes); }

bool names_etag(std::string_view if_none_match, std::string_view etag) {
  if (if_none_match == "*") return true;
  while (!if_none_match.empty()) {
    const std::size_t end = std::min(if_none_match.find(','), if_none_match.size());
    std::string_view tag = if_none_match.substr(0, end);
    while (tag.starts_with(' ')) tag.remove_prefix(1);
    while (tag.ends_with(' ')) tag.remove_suffix(1);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag) return true;
    if_none_match.remove_prefix(std::min(end + 1, if_none_match.size()));
  }
  return false;
}

}  // namespace beffroi::http
