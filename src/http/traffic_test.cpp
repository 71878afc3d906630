#include "http/traffic.h"

#include <doctest/doctest.h>

using namespace beffroi::http;

TEST_CASE("a reply is counted by method, route and status, and in every bound that holds its time") {
  Traffic traffic;
  traffic.saw({"GET", "/fiches/{id}", 200, 0.02});
  traffic.saw({"GET", "/fiches/{id}", 200, 40});
  traffic.saw({"GET", "/fiches/{id}", 404, 0.01});
  const Traffic::Report report = traffic.report();
  CHECK(report.replies.at({"GET", "/fiches/{id}", 200}) == 2);
  CHECK(report.replies.at({"GET", "/fiches/{id}", 404}) == 1);
  const Traffic::Times& times = report.times.at("/fiches/{id}");
  CHECK(times.within == std::array<std::int64_t, 12>{0, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2});
  CHECK(times.count == 3);
  CHECK(times.sum_s == doctest::Approx(40.03));
}

TEST_CASE("who waits and who is served are counted apart") {
  Traffic traffic;
  traffic.queued(), traffic.queued(), traffic.begun();
  CHECK(traffic.report().waiting == 1);
  CHECK(traffic.report().working == 1);
  traffic.ended();
  CHECK(traffic.report().working == 0);
}
