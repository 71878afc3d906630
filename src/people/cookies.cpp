#include "people/cookies.h"

#include <fmt/format.h>

#include <vector>

namespace beffroi::people {

namespace {

constexpr std::string_view kSession = "beffroi_session", kDevice = "beffroi_device", kRound = "beffroi_oidc";
constexpr std::int64_t kDeviceSeconds = 180LL * 24 * 3600;
constexpr std::size_t kMaxValueBytes = 512, kMaxRoundBytes = 4'000;

std::string named(std::string_view name, bool secure) { return (secure ? "__Host-" : "") + std::string(name); }

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t')) text.remove_suffix(1);
  return text;
}

// Every value under this name, of all Cookie headers.
std::vector<std::string_view> values(const http::Request& request, std::string_view name) {
  std::vector<std::string_view> found;
  for (const auto& [header, content] : request.headers) {
    if (!http::same_word(header, "Cookie")) continue;
    std::string_view rest = content;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const std::string_view pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos && trimmed(pair.substr(0, equals)) == name) found.push_back(trimmed(pair.substr(equals + 1)));
    }
  }
  return found;
}

std::string set(std::string_view name, std::string_view value, std::string_view more, bool secure) {
  return fmt::format("{}={}; Path=/; HttpOnly{}{}", named(name, secure), value, secure ? "; Secure" : "", more);
}

}  // namespace

CookieRead session_cookie(const http::Request& request, bool secure) {
  const auto found = values(request, named(kSession, secure));
  CookieRead read{!found.empty(), std::nullopt};
  if (found.size() != 1 || found[0].size() > kMaxValueBytes) return read;
  const std::size_t dot = found[0].find('.');
  if (dot == std::string_view::npos || dot == 0 || dot + 1 == found[0].size()) return read;
  read.session = SessionCookie{std::string(found[0].substr(0, dot)), std::string(found[0].substr(dot + 1))};
  return read;
}

std::string device_cookie(const http::Request& request, std::string_view commune, bool secure) {
  const auto found = values(request, named(kDevice, secure));
  if (found.size() != 1 || found[0].size() > kMaxValueBytes) return {};
  const std::string_view value = found[0];
  if (!value.starts_with(commune) || value.size() <= commune.size() || value[commune.size()] != '.') return {};
  return std::string(value.substr(commune.size() + 1));
}

std::string round_cookie(const http::Request& request, bool secure) {
  const auto found = values(request, named(kRound, secure));
  return found.size() == 1 && found[0].size() <= kMaxRoundBytes ? std::string(found[0]) : std::string();
}

std::string set_session_cookie(std::string_view commune, std::string_view secret, bool secure) {
  return set(kSession, fmt::format("{}.{}", commune, secret), "; SameSite=Lax", secure);
}

std::string clear_session_cookie(bool secure) { return set(kSession, "", "; SameSite=Lax; Max-Age=0", secure); }

std::string set_device_cookie(std::string_view commune, std::string_view device, bool secure) {
  return set(kDevice, fmt::format("{}.{}", commune, device), fmt::format("; SameSite=Strict; Max-Age={}", kDeviceSeconds), secure);
}

std::string set_round_cookie(std::string_view sealed, bool secure) { return set(kRound, sealed, "; SameSite=Lax; Max-Age=600", secure); }

std::string clear_round_cookie(bool secure) { return set(kRound, "", "; SameSite=Lax; Max-Age=0", secure); }

}  // namespace beffroi::people
