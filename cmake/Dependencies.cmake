# Third parties. Debian's packages are listed in tools/apt-packages.txt; the rest is pinned in third_party/deps.lock and unpacked
# by tools/deps under BEFFROI_DEPS as <name>-<version>/.
if(DEFINED ENV{BEFFROI_DEPS})
  set(BEFFROI_DEPS "$ENV{BEFFROI_DEPS}" CACHE PATH "Where tools/deps unpacked the pinned pieces")
else()
  set(BEFFROI_DEPS "$ENV{HOME}/.cache/beffroi/deps" CACHE PATH "Where tools/deps unpacked the pinned pieces")
endif()

find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
