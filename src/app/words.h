// How the files of the command line's words add theirs: command_line*.cpp.
#pragma once

#include <functional>

#include "app/config.h"

namespace CLI {
class App;
}

namespace beffroi::app {

using Command = std::function<int(const Config&)>;

// commune, store, backup, restore.
void add_store_words(CLI::App& app, Command& chosen);
// canteen.
void add_canteen_words(CLI::App& app, Command& chosen);
// user, group.
void add_people_words(CLI::App& app, Command& chosen);

// audit, compliance, person.
void add_compliance_words(CLI::App& app, Command& chosen);

// quota
void add_quota_words(CLI::App& app, Command& chosen);

}  // namespace beffroi::app
