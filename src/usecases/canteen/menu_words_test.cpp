#include "usecases/canteen/menu_words.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;

namespace {

bool says(std::string_view dish, std::string_view name) {
  const auto flags = menu_flag_list();
  for (std::size_t at = 0; at < flags.size(); ++at) {
    if (flags[at].name == name) return (menu_flags(dish) >> at & 1U) != 0;
  }
  FAIL("no such flag");
  return false;
}

}  // namespace

TEST_CASE("dishes are told by their words, whatever their accents and case") {
  CHECK(says("Filet de COLIN meunière", "fish"));
  CHECK(says("Sauté de bœuf bio°", "meat"));
  CHECK(says("Sauté de bœuf bio°", "organic"));
  CHECK(says("Repas de NOËL", "christmas"));
  CHECK_FALSE(says("Purée de carottes", "fish"));
  CHECK(menu_flags("eau") == 0);
}
