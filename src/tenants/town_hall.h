// A town hall as its pages present it. A field may be empty.
#pragma once

#include <string>

namespace beffroi::tenants {

struct TownHall {
  std::string name;
  std::string telephone;
  std::string address;
  std::string hours;
  std::string url;
};

}  // namespace beffroi::tenants
