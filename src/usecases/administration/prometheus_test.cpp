#include "usecases/administration/prometheus.h"

#include <doctest/doctest.h>

#include <array>

#include "usecases/administration/testing/promtool.h"

using namespace beffroi::administration;

TEST_CASE("a family is its help, its type and its samples") {
  Prometheus out;
  out.family("beffroi_jobs", Prometheus::Type::gauge, "Jobs, by state.");
  out.sample(3, {{"state", "failed"}});
  out.sample(0.5);
  CHECK(std::move(out).take() ==
        "# HELP beffroi_jobs Jobs, by state.\n# TYPE beffroi_jobs gauge\nbeffroi_jobs{state=\"failed\"} 3\nbeffroi_jobs 0.5\n");
}

TEST_CASE("what a label holds cannot leave its quotes") {
  Prometheus out;
  out.family("beffroi_info", Prometheus::Type::gauge, "Back\\slash\nand line.");
  out.sample(1, {{"version", "a\"b\\c\nd"}});
  const std::string text = std::move(out).take();
  CHECK(text.find("# HELP beffroi_info Back\\\\slash\\nand line.\n") == 0);
  CHECK(text.find("version=\"a\\\"b\\\\c\\nd\"") != std::string::npos);
  CHECK(testing::fault_of_metrics(text).empty());
}

TEST_CASE("a histogram has its buckets, its sum and its count") {
  Prometheus out;
  const std::array<double, 2> bounds{0.1, 2.5};
  const std::array<std::int64_t, 2> within{1, 4};
  out.family("t_seconds", Prometheus::Type::histogram, "Time.");
  out.histogram({bounds, within, 5, 12.25}, {"route", "/"});
  const std::string text = std::move(out).take();
  CHECK(text.find("t_seconds_bucket{route=\"/\",le=\"0.1\"} 1\nt_seconds_bucket{route=\"/\",le=\"2.5\"} 4\n"
                  "t_seconds_bucket{route=\"/\",le=\"+Inf\"} 5\nt_seconds_sum{route=\"/\"} 12.25\nt_seconds_count{route=\"/\"} 5\n") !=
        std::string::npos);
  CHECK(testing::fault_of_metrics(text).empty());
}

TEST_CASE("the checker of the tests finds what Prometheus would refuse") {
  using testing::fault_of_metrics;
  const std::string head = "# HELP a_total A.\n# TYPE a_total counter\n";
  CHECK(fault_of_metrics(head + "a_total 1\n").empty());
  CHECK_FALSE(fault_of_metrics("a_total 1\n").empty());                             // no TYPE before
  CHECK_FALSE(fault_of_metrics(head + "a_total 1").empty());                        // no line feed at the end
  CHECK_FALSE(fault_of_metrics(head + "a_total one\n").empty());                    // not a number
  CHECK_FALSE(fault_of_metrics(head + "a_total{x=\"1\"} 1\na_total{x=\"1\"} 2\n").empty());  // twice the same series
  CHECK_FALSE(fault_of_metrics(head + "a_total{x=1} 1\n").empty());                 // no quotes
  CHECK_FALSE(fault_of_metrics(head + "a_total -1\n").empty());                     // a counter below 0
  CHECK_FALSE(fault_of_metrics(head + "a_total 1\n" + head + "a_total{x=\"2\"} 1\n").empty());  // a family cut in two
  const std::string times = "# HELP t T.\n# TYPE t histogram\n";
  CHECK_FALSE(
      fault_of_metrics(times + "t_bucket{le=\"1\"} 3\nt_bucket{le=\"+Inf\"} 2\nt_sum 1\nt_count 2\n").empty());  // fewer in a wider one
  CHECK_FALSE(fault_of_metrics(times + "t_bucket{le=\"1\"} 1\nt_sum 1\nt_count 1\n").empty());                           // no +Inf
}
