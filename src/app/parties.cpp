#include "app/parties.h"

#include <chrono>
#include <utility>

#include "base/log.h"
#include "base/pause.h"
#include "people/key.h"
#include "tenants/node.h"

namespace beffroi::app {

namespace {

constexpr std::chrono::seconds kReadEvery{10};

}  // namespace

Parties::Parties(std::shared_ptr<const tenants::Directory> directory, std::string configured)
    : directory_(std::move(directory)), configured_(std::move(configured)) {
  read();
  reading_ = std::jthread([this](const std::stop_token& stop) {
    while (pause(kReadEvery, stop)) read();
  });
}

// What was read last stays when the database does not answer.
void Parties::read() {
  const auto nodes = directory_->list();
  if (!nodes) return log::warn("parties_not_read", {{"code", std::string(name_of(nodes.error().code))}});
  auto names = std::make_shared<Names>();
  for (const tenants::Node& node : *nodes) {
    names->nodes.insert(node.id);
    for (const std::string& host : node.hosts) names->hosts.emplace(host, node.id);
  }
  names_ = std::move(names);
}

std::string Parties::of(const http::Request& request) const {
  const auto names = names_.load();
  if (!names) return configured_;
  const std::string_view authorization = request.header("Authorization");
  if (!authorization.empty()) {
    const auto key = people::key_in(authorization);
    const auto node = key ? names->nodes.find(key->commune) : names->nodes.end();
    return node == names->nodes.end() ? configured_ : *node;
  }
  const auto host = tenants::host_name(request.header("Host"));
  const auto node = host ? names->hosts.find(*host) : names->hosts.end();
  return node == names->hosts.end() ? configured_ : node->second;
}

}  // namespace beffroi::app
