// What is known of a site and a day ahead of time, as numbers: its recent level, its weekdays, last year, the calendar, the flags of the day.
//
// A row is made for a day and a cut: only counts of days up to the cut are looked at. Levels are ratios (logarithms) to the base, which is
// the mean rate of the site's last 20 usual days × enrolment; the model forecasts the ratio of a day's count to the base.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecast/history.h"
#include "forecast/panel.h"
#include "forecast/places.h"

namespace beffroi::forecast {

// The columns that every panel has; those of its flags follow. NaN means unknown.
enum Column : std::size_t {
  // level
  kEnrolmentRatio,
  kEnrolmentChange,
  kNewYear,
  kLogBase,
  kRate,
  kKnownDays,
  kLast5,
  kLast10,
  kLast60,
  kLast144,
  kSteady3,
  kSteady5,
  kSteady10,
  kSteady20,
  kSteady40,
  kSteady80,
  kMedian20,
  kMedian8,
  kSpread20,
  kHigh20,
  kSmoothed,
  // weekday
  kSameWeekday2,
  kSameWeekday4,
  kSameWeekday10,
  kWeekdayResidual12,
  kWeekdayResidual40,
  kWeekdayLatest,
  // earlier years
  kLastYear21,
  kLastYear7,
  kLastYear1,
  kLastYearLevel,
  kLike,
  kLikeLatest,
  kKindLike,
  kKindLikeLatest,
  // town
  kTown5,
  kTown60,
  kTown144,
  kTownLastYear,
  // calendar
  kGap,
  kAge,
  kWeekday,
  kMonth,
  kWeek,
  kSinceBreak,
  kToBreak,
  kSinceYear,
  kToYear,
  kDaysToYear,
  kAfterGap,
  kBeforeGap,
  kIsolated,
  kGapBefore,
  kGapAfter,
  kDaysInWeek,
  kHolidayBefore,
  kHolidayAfter,
  kRamadan,
  kFeast,
  kFeastNear,
  kKind,
  kSector,
  kCutSinceYear,
  kCutMonth,
  // how this site answers to what is true of the day, learnt from its own past
  kAnswerRamadan,
  kAnswerYearEnd,
  kAnswerGap,
  kAnswerYearStart,
  kAnswerFriday,
  kAnswerFirst,
  kAnswerLast,
  kAnswers,
  kColumns
};

struct RowBase {
  double base = 0;  // counts: what the ratio multiplies
  int known_days = 0;  // usual days behind the level, 20 at most
};

// Immutable once made; thread-safe. Keeps references to what it was made from.
class Features {
 public:
  // `horizon_days` (1 to 70): how far ahead rows are made; answers and like days are measured at that distance.
  Features(const Panel& panel, const std::vector<Place>& places, const History& history, int horizon_days);

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::vector<std::string> names() const;
  // Writes the row of a site and a day as they are seen from `cut` (index of a day, at least the horizon before the day). Empty when
  // nothing is known of the site's level by then, neither from itself nor from its kind.
  [[nodiscard]] std::optional<RowBase> fill(std::size_t site, int day, int cut, std::span<float> row) const;

  // Leaves in a row what 20 usual days tell: no earlier year, no long level, no habit of the site.
  void forget(std::span<float> row) const;

 private:
  struct Answers {  // of one site to one thing that may be true of a day
    RunningSum residual;  // along the usual days of the site
    RunningSum times;
  };
  struct Seen {  // what a row is made for
    std::size_t site;
    int day, cut;
    double level;
  };
  void measure_town();
  void measure_distance();  // ratios at the horizon: of the town, of each kind
  void measure_answers();
  [[nodiscard]] double kind_level(std::size_t site, int cut) const;
  [[nodiscard]] double log_ratio_at(std::size_t site, int day) const;
  void fill_level(const Seen& seen, std::span<float> row) const;
  void fill_spread(const Seen& seen, std::span<float> row) const;
  void fill_weekday(const Seen& seen, std::span<float> row) const;
  void fill_last_year(const Seen& seen, std::span<float> row) const;
  void fill_like_days(const Seen& seen, std::span<float> row) const;
  void fill_town(const Seen& seen, std::span<float> row) const;
  void fill_calendar(const Seen& seen, std::span<float> row) const;
  void fill_answers(const Seen& seen, std::span<float> row) const;
  [[nodiscard]] bool holds_of(std::size_t thing, int day) const;

  const Panel& panel_;
  const std::vector<Place>& places_;
  const History& history_;
  int horizon_;
  std::size_t width_ = 0;
  std::vector<std::size_t> answered_flags_;  // flags that sites answer to in their own way
  std::vector<double> town_rate_, town_log_level_, town5_, town60_, town144_;  // by day
  std::vector<double> town_ratio_;  // by day: median of log(rate / level at the horizon)
  std::vector<std::vector<double>> kind_ratio_;  // by kind, by day
  std::vector<int> open_before_;  // open days up to each day
  std::vector<std::vector<Answers>> answers_;  // by site, by thing
  std::vector<RunningSum> residuals_;  // by site
};

}  // namespace beffroi::forecast
