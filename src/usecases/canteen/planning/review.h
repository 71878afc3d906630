// What came of forecasts and orders: errors beside those of the agents' own figures, and alarms when forecasts drift.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "forecast/dates.h"

namespace beffroi::canteen {

// One canteen on one day, once served. Days of strike or closure are left out by who makes them.
struct Outcome {
  std::size_t site = 0;
  forecast::Day day = 0;
  double point = 0;                  // meals expected
  double proposed = 0;               // order proposed by the program
  std::optional<double> agents;      // order the agents decided: their own figure
  double served = 0;                 // above 0
};

// Sums over days of canteens of one figure against the meals served.
struct Score {
  std::size_t days = 0;
  double served = 0, absolute = 0, difference = 0, surplus = 0, shortage = 0;
  std::size_t covered = 0;           // days without shortage

  void add(double figure, double really);
  [[nodiscard]] double wape() const { return served > 0 ? absolute / served : 0; }
  [[nodiscard]] double bias() const { return served > 0 ? difference / served : 0; }
  [[nodiscard]] double coverage() const { return days > 0 ? static_cast<double>(covered) / static_cast<double>(days) : 0; }
  [[nodiscard]] double cost4() const { return served > 0 ? (surplus + 4 * shortage) / served : 0; }
};

// On the same days: what was expected, what was proposed, and, where the agents' figure is known, both against it.
struct Compared {
  Score point, proposed;
  Score proposed_beside, agents;     // on days when the agents' figure is known

  void add(const Outcome& outcome);
};

struct Review {
  Compared all;
  std::map<std::string, Compared> by_month;    // « 2017-09 »
  std::map<std::size_t, Compared> by_site;
  std::vector<Outcome> largest;                // errors of `point`, the largest first
};
[[nodiscard]] Review review_of(std::vector<Outcome> outcomes, std::size_t most);
// « septembre 2017 » of a month of the review.
[[nodiscard]] std::string month_words(const std::string& month);

struct Alarm {
  enum class Kind { town_drifts, site_drifts, too_often_short, season, event };
  Kind kind = Kind::season;
  std::optional<std::size_t> site;
  std::string sentence;              // French
};

struct PlannedEvent {
  forecast::Day first = 0, last = 0;
  std::string words;                 // « Aïd », « sortie scolaire »
};

// `outcomes` in any order; `coming`: days forecast, not yet served; `service`: the share of days that orders are meant to cover.
// Names of sites are given by place.
[[nodiscard]] std::vector<Alarm> alarms_of(const std::vector<Outcome>& outcomes, const std::vector<forecast::Day>& coming,
                                           const std::vector<PlannedEvent>& events, double service, const std::vector<std::string>& names);

}  // namespace beffroi::canteen
