// On behalf of which commune a request comes, told without asking the database: the door shares its threads by it before any right is
// looked at, so it is a guess that costs nothing and opens nothing. A key names its commune; else the Host does; what names no node of the
// installation counts as the configured commune, whatever strangers write. Thread-safe.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>

#include "http/message.h"
#include "tenants/directory.h"

namespace beffroi::app {

class Parties {
 public:
  // Reads the tree now, and again from time to time in a thread of its own: a commune added is told from the others seconds later.
  Parties(std::shared_ptr<const tenants::Directory> directory, std::string configured);
  [[nodiscard]] std::string of(const http::Request& request) const;

 private:
  struct Names {
    std::map<std::string, std::string, std::less<>> hosts;  // to the node
    std::set<std::string, std::less<>> nodes;
  };
  void read();

  const std::shared_ptr<const tenants::Directory> directory_;
  const std::string configured_;
  std::atomic<std::shared_ptr<const Names>> names_;
  std::jthread reading_;
};

}  // namespace beffroi::app
