#include "forecast/history.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beffroi::forecast {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kLevelDays = 20;
constexpr double kSmoothing = 0.93;     // weight kept from one usual day to the next: half of it after ten days
constexpr double kLargestResidual = 0.5;

// Of that school year; where it is missing, of the latest earlier one, else of the first there is: a constant that cancels in a ratio.
double enrolment_of(const Site& site, int school_year) {
  if (site.enrolment.empty()) return 1.0;
  auto after = site.enrolment.upper_bound(school_year);
  if (after != site.enrolment.begin()) --after;
  return after->second;
}

}  // namespace

double median_of(std::vector<double>& values) {
  if (values.empty()) return kNone;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double RunningSum::last_mean(int end, int n) const {
  const int begin = std::max(end - n, 0);
  return end > begin ? over(begin, end) / (end - begin) : kNone;
}

int SiteHistory::position_of(int day_index) const {
  return static_cast<int>(std::lower_bound(days.begin(), days.end(), day_index) - days.begin());
}

History::History(const Panel& panel, const std::vector<Place>& places) : panel_(panel), days_(panel.day_count()) {
  sites_.resize(panel.sites.size());
  usual_.assign(sites_.size() * days_, 0);
  level20_.assign(sites_.size() * days_, std::numeric_limits<float>::quiet_NaN());
  measure_levels();
  measure_shocks();
  for (std::size_t site = 0; site < sites_.size(); ++site) fill_site(site, places);
}

void History::measure_levels() {
  for (std::size_t at = 0; at < sites_.size(); ++at) {
    SiteHistory& site = sites_[at];
    site.known.resize(days_);
    site.enrolment.resize(days_);
    for (std::size_t day = 0; day < days_; ++day) {
      const DayFacts& facts = panel_.days[day];
      const float count = panel_.count(at, day);
      site.enrolment[day] = enrolment_of(panel_.sites[at], school_year_of(panel_.first + static_cast<Day>(day)));
      if (facts.open && !facts.unusual && count > 0) {
        usual_[at * days_ + day] = 1;
        site.days.push_back(static_cast<int>(day));
        site.rates.push_back(count / site.enrolment[day]);
        site.rate_sum.add(site.rates.back());
      }
      site.known[day] = static_cast<int>(site.days.size());
      level20_[at * days_ + day] = static_cast<float>(site.rate_sum.last_mean(site.known[day], kLevelDays));
    }
  }
}

void History::measure_shocks() {
  shocks_.assign(days_, 0.0);
  std::vector<double> ratios;
  for (std::size_t day = 1; day < days_; ++day) {
    ratios.clear();
    for (std::size_t at = 0; at < sites_.size(); ++at) {
      const float eve = level20(at, static_cast<int>(day) - 1);
      if (usual_[at * days_ + day] != 0 && eve > 0) ratios.push_back(std::log(rate(at, static_cast<int>(day)) / eve));
    }
    if (!ratios.empty()) shocks_[day] = median_of(ratios);
  }
}

void History::fill_site(std::size_t at, const std::vector<Place>& places) {
  SiteHistory& site = sites_[at];
  double smoothed = 0, weight = 0;
  for (std::size_t position = 0; position < site.days.size(); ++position) {
    const int day = site.days[position];
    const double rate = site.rates[position], steady = std::log(rate) - shocks_[day];
    site.smoothed.push_back(weight > 0 ? smoothed / weight : kNone);
    smoothed = kSmoothing * smoothed + steady;
    weight = kSmoothing * weight + 1;
    site.steady.push_back(steady);
    site.steady_sum.add(steady);
    SiteHistory::ByWeekday& same = site.weekdays[static_cast<std::size_t>(places[day].weekday)];
    same.positions.push_back(static_cast<int>(position));
    same.days.push_back(day);
    same.rate_sum.add(rate);
    same.steady_sum.add(steady);
    const double eve = day > 0 ? level20(at, day - 1) : kNone;
    const double residual = eve > 0 ? steady - std::log(eve) : 0.0;
    same.residual_sum.add(std::clamp(residual, -kLargestResidual, kLargestResidual));
  }
  site.smoothed.push_back(weight > 0 ? smoothed / weight : kNone);
}

double History::level(std::size_t site, int cut, int n) const { return sites_[site].rate_sum.last_mean(sites_[site].known[cut], n); }

double History::rate(std::size_t site, int day_index) const {
  return panel_.count(site, static_cast<std::size_t>(day_index)) / sites_[site].enrolment[day_index];
}

double History::enrolment_known(std::size_t site, int day_index, int cut) const {
  const int year = school_year_of(panel_.first + day_index);
  const bool known = panel_.first + cut >= day_of({year, 9, 1});
  return enrolment_of(panel_.sites[site], known ? year : year - 1);
}

}  // namespace beffroi::forecast
