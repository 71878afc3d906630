#include "forecast/places.h"

#include <algorithm>
#include <array>
#include <map>

namespace beffroi::forecast {

namespace {

constexpr int kBreakDays = 7;       // without an open day: a break
constexpr int kLongestGap = 10;
constexpr int kEdgeDays = 15;       // of the school year: compared by rank from its edge, the rest by date
constexpr int kYearShift = 364;     // 52 weeks: the same weekday

// The usual number of days to the open day before and after, for a week of Monday, Tuesday, Thursday and Friday; other weeks are told by
// the calendar itself, see usual_gaps().
struct Gaps {
  std::array<int, 7> before{}, after{};
};

// The most frequent gap of each weekday: the shape of an ordinary week.
Gaps usual_gaps(const std::vector<int>& open, const std::vector<Place>& places) {
  std::array<std::array<int, kLongestGap + 1>, 7> before{}, after{};
  for (std::size_t at = 0; at < open.size(); ++at) {
    const auto weekday = static_cast<std::size_t>(places[open[at]].weekday);
    if (at > 0) ++before[weekday][std::min(open[at] - open[at - 1], kLongestGap)];
    if (at + 1 < open.size()) ++after[weekday][std::min(open[at + 1] - open[at], kLongestGap)];
  }
  Gaps gaps;
  for (std::size_t weekday = 0; weekday < 7; ++weekday) {
    gaps.before[weekday] = static_cast<int>(std::max_element(before[weekday].begin(), before[weekday].end()) - before[weekday].begin());
    gaps.after[weekday] = static_cast<int>(std::max_element(after[weekday].begin(), after[weekday].end()) - after[weekday].begin());
  }
  return gaps;
}

std::int16_t small(int value) { return static_cast<std::int16_t>(value); }

void place_in_period(const Panel& panel, const std::vector<int>& open, std::vector<Place>& places) {
  std::size_t begin = 0;
  for (std::size_t at = 1; at <= open.size(); ++at) {
    const bool ends = at == open.size() || open[at] - open[at - 1] >= kBreakDays;
    if (!ends) continue;
    const bool end_known = at < open.size() || static_cast<int>(panel.day_count()) - open[at - 1] >= kBreakDays;
    for (std::size_t day = begin; day < at; ++day) {
      places[open[day]].since_break = small(static_cast<int>(day - begin));
      if (end_known) places[open[day]].to_break = small(static_cast<int>(at - 1 - day));
    }
    begin = at;
  }
}

void place_in_year(const Panel& panel, const std::map<int, std::vector<int>>& years, std::vector<Place>& places) {
  const Day last = panel.first + static_cast<Day>(panel.day_count()) - 1;
  for (const auto& [year, days] : years) {
    const bool begin_known = panel.first <= day_of({year, 9, 1});
    const bool end_known = last >= day_of({year + 1, 6, 25});
    for (std::size_t at = 0; at < days.size(); ++at) {
      Place& place = places[days[at]];
      place.since_year = begin_known ? small(static_cast<int>(at)) : small(kUnknownPlace);
      if (!end_known) continue;
      place.to_year = small(static_cast<int>(days.size() - 1 - at));
      place.days_to_year = small(days.back() - days[at]);
    }
  }
}

void place_beside_days_off(const Panel& panel, const std::vector<int>& open, std::vector<Place>& places) {
  const Gaps usual = usual_gaps(open, places);
  const int count = static_cast<int>(panel.day_count());
  for (std::size_t at = 0; at < open.size(); ++at) {
    Place& place = places[open[at]];
    const auto weekday = static_cast<std::size_t>(place.weekday);
    place.gap_before = small(at == 0 ? usual.before[weekday] : std::min(open[at] - open[at - 1], kLongestGap));
    const bool known = at + 1 < open.size() || count - open[at] > kBreakDays;
    const int next = at + 1 < open.size() ? open[at + 1] - open[at] : kLongestGap;
    place.gap_after = small(known ? std::min(next, kLongestGap) : usual.after[weekday]);
    place.after_gap = place.gap_before > usual.before[weekday];
    place.before_gap = place.gap_after > usual.after[weekday];
    for (int near = 1; near <= 3; ++near) {
      if (open[at] - near >= 0 && panel.days[open[at] - near].public_holiday) place.holiday_before = true;
      if (open[at] + near < count && panel.days[open[at] + near].public_holiday) place.holiday_after = true;
    }
    const int monday = open[at] - place.weekday;
    int in_week = 0;
    for (int day = std::max(monday, 0); day < std::min(monday + 7, count); ++day) in_week += panel.days[day].open ? 1 : 0;
    place.days_in_week = small(monday >= 0 && monday + 5 <= count ? in_week : 4);
  }
}

// At the edges of the school year the rank counts (the third day, the last day), inside it the date and the weekday.
void find_like_days(const std::map<int, std::vector<int>>& years, std::vector<Place>& places) {
  for (const auto& [year, days] : years) {
    for (const int day : days) {
      Place& place = places[day];
      for (auto earlier = std::make_reverse_iterator(years.find(year)); earlier != years.rend(); ++earlier) {
        const std::vector<int>& theirs = earlier->second;
        if (place.to_year < kEdgeDays && places[theirs.back()].to_year == 0) {
          if (static_cast<int>(theirs.size()) > place.to_year) place.like.push_back(theirs[theirs.size() - 1 - place.to_year]);
        } else if (place.since_year < kEdgeDays) {
          if (places[theirs.front()].since_year == 0 && static_cast<int>(theirs.size()) > place.since_year)
            place.like.push_back(theirs[place.since_year]);
        } else if (const int same = day - kYearShift * (year - earlier->first); same >= 0 && places[same].open) {
          place.like.push_back(same);
        }
      }
    }
  }
}

}  // namespace

std::vector<Place> places_of(const Panel& panel) {
  std::vector<Place> places(panel.day_count());
  std::vector<int> open;
  std::map<int, std::vector<int>> years;
  for (int at = 0; at < static_cast<int>(places.size()); ++at) {
    const Day day = panel.first + at;
    Place& place = places[at];
    place.open = panel.days[at].open;
    place.weekday = small(weekday_of(day));
    place.month = small(civil_of(day).month);
    place.week = small(day_of_year(day) / 7);
    place.school_year = small(school_year_of(day));
    if (!place.open) continue;
    open.push_back(at);
    years[place.school_year].push_back(at);
  }
  place_in_period(panel, open, places);
  place_in_year(panel, years, places);
  place_beside_days_off(panel, open, places);
  find_like_days(years, places);
  return places;
}

int open_days_between(const std::vector<Place>& places, int from, int to) {
  int count = 0;
  for (int day = from + 1; day <= to; ++day) count += places[day].open ? 1 : 0;
  return count;
}

}  // namespace beffroi::forecast
