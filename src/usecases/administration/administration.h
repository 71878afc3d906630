// The administration pages: people, groups, keys, communes of a syndicate, grants, town hall, jobs. Each behind its right of
// people/right.h, inside the commune of its visitor; every act is written in that commune's journal.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/door.h"
#include "people/sign_in.h"
#include "tenants/directory.h"

namespace beffroi::administration {

// A page that the first page leads to: shown to who may open it.
struct Section {
  people::Right right = people::Right::see_health;
  std::string path;      // "/administration/personnes"
  std::string label;     // « Personnes »
  std::string sentence;  // what one does there
};

// Everything here is called from several threads at once.
struct Services {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<people::SignIn> sign_in;  // hashes first passwords, knows how long sessions last
  std::shared_ptr<tenants::Directory> directory;
  std::function<pages::Surroundings(const people::Visitor&)> around;
  Clock now_ms;
  std::function<void()> wake;               // whoever does the jobs; may be empty
  std::vector<Section> others;              // pages of other use cases
};

// Everything under /administration.
void add_routes(http::Router& router, const Services& services);

}  // namespace beffroi::administration
