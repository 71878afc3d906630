#include "people/address.h"

#include <algorithm>

#include "http/url.h"

namespace beffroi::people {

std::string local_address(const http::Request& request) {
  std::string address;
  for (std::string_view rest = request.path; !rest.empty();) {
    rest.remove_prefix(1);  // the slash
    const std::size_t end = std::min(rest.find('/'), rest.size());
    address += "/" + http::percent_encoded(rest.substr(0, end));
    rest.remove_prefix(end);
  }
  char separator = '?';
  for (const auto& [name, value] : request.query) {
    address += separator + http::percent_encoded(name) + "=" + http::percent_encoded(value);
    separator = '&';
  }
  return address;
}

std::string checked_address(std::string_view text) {
  constexpr std::size_t kMaxBytes = 2'000;
  const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c <= 0x20 || c >= 0x7F || c == '\\'; });
  if (text.empty() || text.size() > kMaxBytes || !plain || text[0] != '/' || text.starts_with("//")) return "/";
  const std::string_view path = text.substr(0, std::min(text.find_first_of("?#"), text.size()));
  if (path == "/connexion" || path.starts_with("/connexion/") || path == "/deconnexion") return "/";
  return std::string(text);
}

}  // namespace beffroi::people
