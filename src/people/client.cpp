#include "people/client.h"

#include <algorithm>
#include <string_view>

#include "people/throttle.h"

namespace beffroi::people {

namespace {

bool is_proxy(std::string_view address, const Edge& edge) {
  // The same writing on both sides: ::ffff:127.0.0.1 is 127.0.0.1.
  return std::any_of(edge.proxies.begin(), edge.proxies.end(),
                     [machine = machine_of(address)](const std::string& proxy) { return machine_of(proxy) == machine; });
}

// All headers of that name, as one list.
std::string joined(const http::Request& request, std::string_view name) {
  std::string all;
  for (const auto& [header, value] : request.headers) {
    if (http::same_word(header, name)) all += (all.empty() ? "" : ",") + value;
  }
  return all;
}

std::string_view last_of(std::string_view& list) {
  const std::size_t comma = list.rfind(',');
  std::string_view item = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
  while (item.starts_with(' ')) item.remove_prefix(1);
  while (item.ends_with(' ')) item.remove_suffix(1);
  return item;
}

}  // namespace

Client client_of(const http::Request& request, const Edge& edge) {
  Client client{request.client, edge.https};
  if (!is_proxy(request.client, edge)) return client;
  const std::string forwarded = joined(request, "X-Forwarded-For"), protocols = joined(request, "X-Forwarded-Proto");
  std::string_view addresses = forwarded, protocol = protocols;
  client.secure = edge.https || http::same_word(last_of(protocol), "https");
  while (!addresses.empty()) {
    const std::string_view address = last_of(addresses);
    if (address.empty()) break;
    client.address = address;
    if (!is_proxy(address, edge)) break;
  }
  return client;
}

Status check_sender(const http::Request& request, bool secure) {
  const auto foreign = [] {
    return fail(Code::denied, "Cette demande vient d’un autre site\u00a0: recommencez depuis les pages de la mairie.",
                "cross-site request");
  };
  const std::string_view site = request.header("Sec-Fetch-Site");
  if (!site.empty()) {
    if (site == "same-origin" || site == "none") return {};
    return foreign();
  }
  std::string_view origin = request.header("Origin");
  if (origin.empty()) return {};
  if (origin.starts_with("https://")) origin.remove_prefix(8);
  else if (origin.starts_with("http://") && !secure) origin.remove_prefix(7);
  else return foreign();
  if (!http::same_word(origin, request.header("Host"))) return foreign();
  return {};
}

}  // namespace beffroi::people
