#include "answers/router.h"

#include <doctest/doctest.h>

using namespace beffroi::answers;

TEST_CASE("sure extracts are enough; unsure ones advise the model and are shown all the same") {
  const Routing sure = route_of({0.9, 1, 0.5, true});
  CHECK(sure.route == Route::extracts);
  CHECK_FALSE(sure.more_advised);
  const Routing unsure = route_of({0.65, 0.02, 0, true});
  CHECK(unsure.route == Route::extracts);
  CHECK(unsure.more_advised);
  CHECK(unsure.sureness < sure.sureness);
}

TEST_CASE("nothing found is no reason to spend a model: the place to ask is given") {
  CHECK_FALSE(route_of({0.3, 0.02, 0, false}).more_advised);
}

TEST_CASE("a route has one name, whatever the door") {
  CHECK(name_of(Route::none) == "none");
  CHECK(name_of(Route::extracts) == "extracts");
  CHECK(name_of(Route::model) == "model");
}
