// The frame of every page: head, skip link, header with its menu, notice, `<main>`, footer. Pages are plain HTML documents that work
// without JavaScript. Pure functions, thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "pages/html.h"

namespace beffroi::pages {

// Addresses of the embedded style, script and logo; empty when the program was built without the interface: plain pages.
struct Skin {
  std::string style, script, logo;
};

struct Entry {
  std::string path, label;  // "/cantines", "Cantines"
};

// What surrounds the content of every page that one visitor of one commune sees.
struct Surroundings {
  Skin skin;
  std::string town_hall;     // its name
  std::vector<Entry> menu;   // only what the visitor may open
  std::string person;        // name of who is signed in; empty: the public
  std::string csrf;          // of the session, for the forms; empty: the public
  std::string notice;        // a warning about what the pages stand on; empty: none
  std::function<void(Html&)> foot;  // what the foot of the page says of its sources; may be empty
};

struct Frame {
  std::string_view title;    // of this page; the name of the site and of the commune follow
  std::string_view current;  // path of the entry of the menu to mark; empty: none
  bool interactive = false;  // the interface of ui/ takes over #assistant
  std::string_view ai_generated = {};  // for programs: a model wrote some of this page, and which; empty: none did
};

// A whole document, `<main>` filled by `body`.
[[nodiscard]] std::string framed(const Surroundings& around, const Frame& frame, const std::function<void(Html&)>& body);

}  // namespace beffroi::pages
