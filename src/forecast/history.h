// Each site's past, laid out so that « the mean of the last twenty usual days known on day c » costs nothing.
//
// A usual day is open, not unusual, with a count above zero. A rate is a count over the enrolment of the school year (over 1 where none is
// known). Whatever is asked at a cut looks at days up to that cut only: this is where the future is kept out.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "forecast/panel.h"
#include "forecast/places.h"

namespace beffroi::forecast {

// Sums of a quantity along the usual days of a site: sum of the `n` values before position `end`.
class RunningSum {
 public:
  void add(double value) { sums_.push_back(sums_.back() + value); }
  [[nodiscard]] double over(int begin, int end) const { return sums_[end] - sums_[begin]; }
  // Mean of the last `n` before `end`, fewer where the past is short; NaN without any.
  [[nodiscard]] double last_mean(int end, int n) const;

 private:
  std::vector<double> sums_{0.0};
};

struct SiteHistory {
  std::vector<int> days;            // usual days, as indices into the panel
  std::vector<double> rates;        // on those days
  std::vector<double> steady;       // log rates without the shock of the day
  std::vector<int> known;           // by day of the panel: how many of `days` are at or before it
  std::vector<double> enrolment;    // by day of the panel: of its school year
  RunningSum rate_sum, steady_sum;
  std::vector<double> smoothed;     // before each position: exponentially smoothed `steady`
  struct ByWeekday {
    std::vector<int> positions;     // in `days`
    std::vector<int> days;          // as indices into the panel, to find a cut
    RunningSum rate_sum, residual_sum, steady_sum;
  };
  std::array<ByWeekday, 7> weekdays;

  // Position of the first of `days` at or after that index.
  [[nodiscard]] int position_of(int day_index) const;
};

class History {
 public:
  explicit History(const Panel& panel, const std::vector<Place>& places);

  [[nodiscard]] const SiteHistory& site(std::size_t at) const { return sites_[at]; }
  // Mean rate of the last `n` usual days known at `cut`; NaN without any.
  [[nodiscard]] double level(std::size_t site, int cut, int n) const;
  // The same over 20 days, precomputed.
  [[nodiscard]] float level20(std::size_t site, int day_index) const { return level20_[site * days_ + day_index]; }
  [[nodiscard]] bool usual(std::size_t site, int day_index) const { return usual_[site * days_ + day_index]; }
  [[nodiscard]] double rate(std::size_t site, int day_index) const;
  // Enrolment of the school year of `day_index` as it is known at `cut`: a new year's is known from its 1 September.
  [[nodiscard]] double enrolment_known(std::size_t site, int day_index, int cut) const;
  [[nodiscard]] bool has_enrolment(std::size_t site) const { return !panel_.sites[site].enrolment.empty(); }

 private:
  void measure_levels();
  void measure_shocks();
  void fill_site(std::size_t site, const std::vector<Place>& places);

  const Panel& panel_;
  std::size_t days_;
  std::vector<SiteHistory> sites_;
  std::vector<float> level20_;
  std::vector<char> usual_;
  std::vector<double> shocks_;   // by day: median over sites of log(rate / level of the eve)
};

// NaN when empty; changes the order of `values`.
[[nodiscard]] double median_of(std::vector<double>& values);

}  // namespace beffroi::forecast
