#include "app/parties.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

#include "base/log.h"
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
    std::mutex mutex;
    std::condition_variable_any woken;
    std::unique_lock lock(mutex);
    while (!woken.wait_for(lock, stop, kReadEvery, [&] { return stop.stop_requested(); })) read();
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
  constexpr std::string_view kScheme = "Bearer ";
  const std::string_view authorization = request.header("Authorization");
  if (authorization.size() > kScheme.size()) {
    const auto key = people::parse_key(authorization.substr(kScheme.size()));
    const auto node = key ? names->nodes.find(key->commune) : names->nodes.end();
    return node == names->nodes.end() ? configured_ : *node;
  }
  const auto host = tenants::host_name(request.header("Host"));
  const auto node = host ? names->hosts.find(*host) : names->hosts.end();
  return node == names->hosts.end() ? configured_ : node->second;
}

}  // namespace beffroi::app
