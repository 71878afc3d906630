// The administration pages: people, groups, keys, communes of a syndicate, grants, town hall, models, health, jobs. Each behind its right of
// people/right.h, inside the commune of its visitor; every act is written in that commune's journal.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "audit/journal.h"
#include "base/clock.h"
#include "http/router.h"
#include "pages/frame.h"
#include "pages/html.h"
#include "people/door.h"
#include "people/sign_in.h"
#include "tenants/directory.h"
#include "usecases/administration/machine.h"

namespace beffroi::administration {

// A page that the first page leads to: shown to who may open it.
struct Section {
  people::Right right = people::Right::see_health;
  std::string path;  // "/administration/personnes"
  std::string label;  // « Personnes »
  std::string sentence;  // what one does there
};

// Everything here is called from several threads at once.
struct Services {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<people::SignIn> sign_in;  // hashes first passwords, knows how long sessions last
  std::shared_ptr<tenants::Directory> directory;
  std::function<pages::Surroundings(const people::Visitor&)> around;
  std::shared_ptr<audit::Journal> journal;  // not null: nothing is changed unwritten
  Clock now_ms;
  std::function<void()> wake;  // whoever does the jobs; may be empty
  Machine machine;
  std::vector<Section> others;  // pages of other use cases
};

// The tabs at the head of each page of the administration: those that this visitor may open, with the `others` that are under
// /administration. `current`: the path of the one to mark.
void write_tabs(pages::Html& html, const people::Visitor& visitor, const std::vector<Section>& others, std::string_view current);

// Everything under /administration.
void add_routes(http::Router& router, const Services& services);

}  // namespace beffroi::administration
