#include "net/address.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>

namespace beffroi::net {

namespace {

struct Forget {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

// The address with its parts taken from it; an absent part is empty.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK || text == nullptr) return {};
  std::string copy = text;
  curl_free(text);
  return copy;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

Result<Address> parse_address(std::string_view written, Trust trust) {
  // What was refused may hold a password: it is not shown again.
  const auto refuse = [](std::string_view why) {
    return fail(Code::invalid_argument, fmt::format("L’adresse ne convient pas\u00a0: {}.", why));
  };
  Address address{std::string(written), "", false, false};
  while (address.url.ends_with('/')) address.url.pop_back();
  const std::unique_ptr<CURLU, Forget> url(curl_url());
  if (url == nullptr || !is_printable(written) || curl_url_set(url.get(), CURLUPART_URL, address.url.c_str(), 0) != CURLUE_OK) {
    return refuse("écrivez-la en entier, par exemple https://exemple.fr/v1");
  }
  const std::string scheme = part_of(url.get(), CURLUPART_SCHEME);
  const std::string host = part_of(url.get(), CURLUPART_HOST);
  const std::string port = part_of(url.get(), CURLUPART_PORT);
  if (!part_of(url.get(), CURLUPART_USER).empty() || !part_of(url.get(), CURLUPART_PASSWORD).empty()) {
    return refuse("elle ne doit pas contenir de mot de passe");
  }
  if (!part_of(url.get(), CURLUPART_FRAGMENT).empty()) return refuse("elle ne doit pas contenir de «\u00a0#\u00a0»");
  address.place = port.empty() ? host : fmt::format("{}:{}", host, port);
  address.this_machine = host == "127.0.0.1" || host == "localhost" || host == "[::1]";
  address.encrypted = scheme == "https";
  const bool clear_is_fine = scheme == "http" && (address.this_machine || trust == Trust::trusted_local);
  if (host.empty() || (!address.encrypted && !clear_is_fine)) {
    return refuse(fmt::format("«\u00a0{}\u00a0» n’est pas une adresse https, la seule acceptée hors de cette machine", address.place));
  }
  return address;
}

}  // namespace beffroi::net
