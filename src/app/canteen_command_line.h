// Inside app: the part of the command line that is about canteens.
#pragma once

#include <functional>

#include "app/config.h"

namespace CLI {
class App;
}

namespace beffroi::app {

using Command = std::function<int(const Config&)>;  // what the words of the command line ask for

void add_canteen(CLI::App& app, Command& chosen);

}  // namespace beffroi::app
