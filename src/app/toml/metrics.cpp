#include "app/toml/metrics.h"

#include <charconv>

#include "app/toml/section.h"

namespace beffroi::app {

namespace {

// "127.0.0.1:9100" or "[::1]:9100".
bool read_listen(std::string_view listen, MetricsConfig& metrics) {
  const std::size_t colon = listen.rfind(':');
  if (colon == std::string_view::npos) return false;
  std::string_view address = listen.substr(0, colon);
  const std::string_view port = listen.substr(colon + 1);
  const bool bracketed = address.starts_with('[') && address.ends_with(']');
  if (bracketed) address = address.substr(1, address.size() - 2);
  if (bracketed != (address.find(':') != std::string_view::npos)) return false;
  metrics.address = address;
  const auto [end, fault] = std::from_chars(port.data(), port.data() + port.size(), metrics.port);
  return is_machine(metrics.address) && fault == std::errc() && end == port.data() + port.size() && metrics.port != 0;
}

}  // namespace

void read_metrics(const toml::table& root, const std::string& file, Status& status, Config& config) {
  MetricsConfig& metrics = config.metrics;
  Section section(root, "metrics", file, status);
  section.known({"listen", "allow"});
  section.read("allow", metrics.allow);
  if (!std::all_of(metrics.allow.begin(), metrics.allow.end(), is_machine)) {
    section.refuse_value("allow", "des adresses IP étaient attendues, comme \"192.0.2.10\"");
  }
  std::string listen;
  section.read("listen", listen);
  if (listen.empty()) return;
  if (!read_listen(listen, metrics)) {
    section.refuse_value("listen", "une adresse IP et un port étaient attendus, comme \"127.0.0.1:9100\" ou \"[::1]:9100\"");
  } else if (metrics.port == config.server.port) {
    section.refuse_value("listen", "un autre port que celui de [server] était attendu");
  }
}

}  // namespace beffroi::app
