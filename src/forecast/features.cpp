#include "forecast/features.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace beffroi::forecast {

namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr int kLevelDays = 20;
constexpr int kFewDays = 5;             // fewer usual days than this: the level leans on sites of the same kind
constexpr int kYearShift = 364;         // 52 weeks: the same weekday
constexpr double kAnswerShrink = 10;    // days of « no answer of its own » that a site's answer is mixed with
constexpr double kLargestAnswer = 0.4;
constexpr int kFriday = 4;
constexpr int kYearEndDays = 20, kYearStartDays = 8;

// The things that sites answer to, before those of the flags: in the order of the columns kAnswerRamadan….
enum Thing : std::size_t { kRamadanThing, kYearEndThing, kGapThing, kYearStartThing, kFridayThing, kFirstThing, kLastThing, kThings };

// In the order of Column.
// clang-format off: a table of words
constexpr std::array<const char*, kColumns> kNames = {
    "enrolment_ratio", "enrolment_change", "new_year", "log_base", "rate", "known_days", "last5", "last10", "last60", "last144",
    "steady3", "steady5", "steady10", "steady20", "steady40", "steady80", "median20", "median8", "spread20", "high20", "smoothed",
    "same_weekday2", "same_weekday4", "same_weekday10", "weekday_residual12", "weekday_residual40", "weekday_latest",
    "last_year21", "last_year7", "last_year1", "last_year_level", "like", "like_latest", "kind_like", "kind_like_latest",
    "town5", "town60", "town144", "town_last_year",
    "gap", "age", "weekday", "month", "week", "since_break", "to_break", "since_year", "to_year", "days_to_year", "after_gap",
    "before_gap", "isolated", "gap_before", "gap_after", "days_in_week", "holiday_before", "holiday_after", "ramadan", "feast",
    "feast_near", "kind", "sector", "cut_since_year", "cut_month",
    "answer_ramadan", "answer_year_end", "answer_gap", "answer_year_start", "answer_friday", "answer_first", "answer_last", "answers"};
// clang-format on

float as_float(double value) { return static_cast<float>(value); }

double log_ratio(double value, double level) { return value > 0 && level > 0 ? std::log(value / level) : kNone; }

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? kNone : sum / static_cast<double>(values.size());
}

}  // namespace

Features::Features(const Panel& panel, const std::vector<Place>& places, const History& history, int horizon_days)
    : panel_(panel), places_(places), history_(history), horizon_(horizon_days) {
  for (std::size_t flag = 0; flag < panel.flags.size(); ++flag) {
    if (panel.flags[flag].by_site) answered_flags_.push_back(flag);
  }
  width_ = kColumns + panel.flags.size() + answered_flags_.size();
  int open = 0;
  for (const Place& place : places) open_before_.push_back(open += place.open ? 1 : 0);
  measure_town();
  measure_distance();
  measure_answers();
}

void Features::measure_town() {
  for (int day = 0; day < static_cast<int>(panel_.day_count()); ++day) {
    std::vector<double> rates, levels, last5, last60, last144;
    for (std::size_t site = 0; site < panel_.sites.size(); ++site) {
      if (history_.usual(site, day)) rates.push_back(history_.rate(site, day));
      const double level = history_.level20(site, day);
      if (!(level > 0)) continue;
      levels.push_back(std::log(level));
      last5.push_back(log_ratio(history_.level(site, day, 5), level));
      last60.push_back(log_ratio(history_.level(site, day, 60), level));
      last144.push_back(log_ratio(history_.level(site, day, 144), level));
    }
    town_rate_.push_back(mean_of(rates));
    town_log_level_.push_back(mean_of(levels));
    town5_.push_back(mean_of(last5));
    town60_.push_back(mean_of(last60));
    town144_.push_back(mean_of(last144));
  }
}

double Features::log_ratio_at(std::size_t site, int day) const {
  if (day < horizon_ || !history_.usual(site, day)) return kNone;
  return log_ratio(history_.rate(site, day), history_.level20(site, day - horizon_));
}

void Features::measure_distance() {
  std::size_t kinds = 0;
  for (const Site& site : panel_.sites) kinds = std::max(kinds, static_cast<std::size_t>(site.kind) + 1);
  kind_ratio_.assign(kinds, {});
  std::vector<double> all;
  std::vector<std::vector<double>> of_kind(kinds);
  for (int day = 0; day < static_cast<int>(panel_.day_count()); ++day) {
    all.clear();
    for (auto& values : of_kind) values.clear();
    for (std::size_t site = 0; site < panel_.sites.size(); ++site) {
      const double ratio = log_ratio_at(site, day);
      if (std::isnan(ratio)) continue;
      all.push_back(ratio);
      of_kind[static_cast<std::size_t>(panel_.sites[site].kind)].push_back(ratio);
    }
    const double town = median_of(all);
    town_ratio_.push_back(town);
    for (std::size_t kind = 0; kind < kinds; ++kind)
      kind_ratio_[kind].push_back(of_kind[kind].size() >= 3 ? median_of(of_kind[kind]) : town);
  }
}

bool Features::holds_of(std::size_t thing, int day) const {
  const Place& place = places_[day];
  switch (thing) {
    case kRamadanThing: return panel_.days[day].ramadan;
    case kYearEndThing: return place.to_year < kYearEndDays;
    case kGapThing: return place.after_gap || place.before_gap;
    case kYearStartThing: return place.since_year < kYearStartDays;
    case kFridayThing: return place.weekday == kFriday;
    case kFirstThing: return place.since_break == 0;
    case kLastThing: return place.to_break == 0;
    default: return (panel_.days[day].flags >> answered_flags_[thing - kThings] & 1U) != 0;
  }
}

void Features::measure_answers() {
  const std::size_t things = kThings + answered_flags_.size();
  answers_.resize(panel_.sites.size());
  residuals_.resize(panel_.sites.size());
  for (std::size_t site = 0; site < panel_.sites.size(); ++site) {
    answers_[site].resize(things);
    for (const int day : history_.site(site).days) {
      const double apart = log_ratio_at(site, day) - town_ratio_[day];
      const double residual = std::isnan(apart) ? 0.0 : std::clamp(apart, -kLargestAnswer, kLargestAnswer);
      residuals_[site].add(residual);
      for (std::size_t thing = 0; thing < things; ++thing) {
        const bool holds = holds_of(thing, day);
        answers_[site][thing].residual.add(holds ? residual : 0.0);
        answers_[site][thing].times.add(holds ? 1.0 : 0.0);
      }
    }
  }
}

std::vector<std::string> Features::names() const {
  std::vector<std::string> names(kNames.begin(), kNames.end());
  for (const Flag& flag : panel_.flags) names.push_back("flag_" + flag.name);
  for (const std::size_t flag : answered_flags_) names.push_back("answer_" + panel_.flags[flag].name);
  return names;
}

// The level of sites of the same kind, for a site that has hardly begun.
double Features::kind_level(std::size_t site, int cut) const {
  std::vector<double> levels;
  for (std::size_t other = 0; other < panel_.sites.size(); ++other) {
    const double level = history_.level20(other, cut);
    if (panel_.sites[other].kind == panel_.sites[site].kind && history_.has_enrolment(other) && level > 0) levels.push_back(level);
  }
  return history_.has_enrolment(site) ? median_of(levels) : kNone;
}

std::optional<RowBase> Features::fill(std::size_t site, int day, int cut, std::span<float> row) const {
  if (cut < 0) return std::nullopt;
  const int known = std::min(history_.site(site).known[cut], kLevelDays);
  double level = history_.level20(site, cut);
  if (known < kFewDays) {
    const double kind = kind_level(site, cut);
    if (known == 0 && std::isnan(kind)) return std::nullopt;
    if (!std::isnan(kind)) level = ((known == 0 ? 0.0 : level * known) + kind * (kFewDays - known)) / kFewDays;
  }
  const Seen seen{site, day, cut, level};
  std::fill(row.begin(), row.end(), std::numeric_limits<float>::quiet_NaN());
  fill_level(seen, row);
  fill_spread(seen, row);
  fill_weekday(seen, row);
  fill_last_year(seen, row);
  fill_like_days(seen, row);
  fill_town(seen, row);
  fill_calendar(seen, row);
  fill_answers(seen, row);
  return RowBase{level * history_.enrolment_known(site, day, cut), known};
}

void Features::forget(std::span<float> row) const {
  constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();
  for (const Column column : {kLast60, kLast144, kTown60, kTown144}) row[column] = 0;  // the mean of 20 days, against itself
  row[kSteady40] = row[kSteady80] = row[kSteady20];
  row[kSameWeekday10] = row[kSameWeekday4];
  for (std::size_t column = kWeekdayResidual12; column <= kWeekdayResidual40; ++column) row[column] = kUnknown;
  for (std::size_t column = kLastYear21; column <= kKindLikeLatest; ++column) row[column] = kUnknown;
  row[kTownLastYear] = row[kEnrolmentChange] = kUnknown;
  for (std::size_t column = kAnswerRamadan; column <= kAnswers; ++column) row[column] = 0;
  for (std::size_t column = kColumns + panel_.flags.size(); column < width_; ++column) row[column] = 0;
}

void Features::fill_level(const Seen& seen, std::span<float> row) const {
  const SiteHistory& past = history_.site(seen.site);
  const double enrolment = history_.enrolment_known(seen.site, seen.day, seen.cut);
  const int year = places_[seen.day].school_year;
  const bool new_year = year != places_[seen.cut].school_year;
  const auto& by_year = panel_.sites[seen.site].enrolment;
  const int known_year = panel_.first + seen.cut >= day_of({year, 9, 1}) ? year : year - 1;
  if (const auto now = by_year.find(known_year), before = by_year.find(known_year - 1); now != by_year.end() && before != by_year.end())
    row[kEnrolmentChange] = as_float(std::log(now->second / before->second));
  row[kEnrolmentRatio] = as_float(std::log(enrolment / past.enrolment[seen.cut]));
  row[kNewYear] = new_year ? 1.0F : 0.0F;
  row[kLogBase] = as_float(std::log(seen.level * enrolment));
  if (history_.has_enrolment(seen.site)) row[kRate] = as_float(seen.level);
  const int known = past.known[seen.cut];
  row[kKnownDays] = static_cast<float>(std::min(known, kLevelDays));
  row[kLast5] = as_float(log_ratio(history_.level(seen.site, seen.cut, 5), seen.level));
  row[kLast10] = as_float(log_ratio(history_.level(seen.site, seen.cut, 10), seen.level));
  row[kLast60] = as_float(log_ratio(history_.level(seen.site, seen.cut, 60), seen.level));
  row[kLast144] = as_float(log_ratio(history_.level(seen.site, seen.cut, 144), seen.level));
  const double log_level = std::log(seen.level);
  constexpr std::array<std::pair<Column, int>, 6> kWindows = {
      {{kSteady3, 3}, {kSteady5, 5}, {kSteady10, 10}, {kSteady20, 20}, {kSteady40, 40}, {kSteady80, 80}}};
  for (const auto& [column, days] : kWindows) row[column] = as_float(past.steady_sum.last_mean(known, days) - log_level);
  row[kSmoothed] = as_float(past.smoothed[known] - log_level);
}

// How scattered the last days were, and their middle: an outing lowers a mean, hardly a median.
void Features::fill_spread(const Seen& seen, std::span<float> row) const {
  const SiteHistory& past = history_.site(seen.site);
  const int known = past.known[seen.cut], begin = std::max(known - kLevelDays, 0), count = known - begin;
  if (count < kFewDays) return;
  const double log_level = std::log(seen.level);
  std::vector<double> last(past.steady.begin() + begin, past.steady.begin() + known);
  std::vector<double> few(last.end() - std::min(count, 8), last.end());
  const double middle = median_of(last);
  double spread = 0;
  for (const double value : last) spread += std::abs(value - middle);
  std::sort(last.begin(), last.end());
  row[kMedian20] = as_float(middle - log_level);
  row[kMedian8] = as_float(median_of(few) - log_level);
  row[kSpread20] = as_float(spread / count);
  row[kHigh20] = as_float(last[static_cast<std::size_t>(count - std::max(1, count / 4))] - log_level);
}

void Features::fill_weekday(const Seen& seen, std::span<float> row) const {
  const auto& same = history_.site(seen.site).weekdays[static_cast<std::size_t>(places_[seen.day].weekday)];
  const int known = static_cast<int>(std::upper_bound(same.days.begin(), same.days.end(), seen.cut) - same.days.begin());
  row[kSameWeekday2] = as_float(log_ratio(same.rate_sum.last_mean(known, 2), seen.level));
  row[kSameWeekday4] = as_float(log_ratio(same.rate_sum.last_mean(known, 4), seen.level));
  row[kSameWeekday10] = as_float(log_ratio(same.rate_sum.last_mean(known, 10), seen.level));
  constexpr double kShrink = 6;  // weeks of « no residual » that the site's own are mixed with
  const auto residual = [&](int weeks) {
    const int begin = std::max(known - weeks, 0);
    return same.residual_sum.over(begin, known) / (known - begin + kShrink);
  };
  row[kWeekdayResidual12] = as_float(residual(12));
  row[kWeekdayResidual40] = as_float(residual(40));
  row[kWeekdayLatest] = as_float(same.steady_sum.last_mean(known, 1) - std::log(seen.level));
}

void Features::fill_last_year(const Seen& seen, std::span<float> row) const {
  const int then = seen.day - kYearShift;
  if (then < 40 || then - horizon_ < 0) return;
  const SiteHistory& past = history_.site(seen.site);
  const double level = history_.level20(seen.site, then - horizon_);
  const auto mean_around = [&](int before, int after) {
    const int begin = past.position_of(then - before), end = std::min(past.position_of(then + after + 1), past.known[seen.cut]);
    return end > begin ? past.rate_sum.over(begin, end) / (end - begin) : kNone;
  };
  const double around = mean_around(10, 10);
  row[kLastYear21] = as_float(log_ratio(around, level));
  row[kLastYear7] = as_float(log_ratio(mean_around(3, 3), level));
  row[kLastYear1] = as_float(log_ratio(mean_around(0, 0), level));
  row[kLastYearLevel] = as_float(log_ratio(around, seen.level));
}

void Features::fill_like_days(const Seen& seen, std::span<float> row) const {
  const auto& of_kind = kind_ratio_[static_cast<std::size_t>(panel_.sites[seen.site].kind)];
  std::vector<double> own, kind;
  for (const int like : places_[seen.day].like) {
    if (like > seen.cut) continue;
    if (const double ratio = log_ratio_at(seen.site, like); !std::isnan(ratio)) own.push_back(ratio);
    if (const double ratio = of_kind[like]; !std::isnan(ratio)) kind.push_back(ratio);
  }
  row[kLike] = as_float(mean_of(own));
  row[kKindLike] = as_float(mean_of(kind));
  if (!own.empty()) row[kLikeLatest] = as_float(own.front());
  if (!kind.empty()) row[kKindLikeLatest] = as_float(kind.front());
}

void Features::fill_town(const Seen& seen, std::span<float> row) const {
  row[kTown5] = as_float(town5_[seen.cut]);
  row[kTown60] = as_float(town60_[seen.cut]);
  row[kTown144] = as_float(town144_[seen.cut]);
  const int then = seen.day - kYearShift;
  if (then < 40 || then - horizon_ < 0) return;
  std::vector<double> rates;
  for (int day = then - 3; day <= std::min(then + 3, seen.cut); ++day) {
    if (!std::isnan(town_rate_[day])) rates.push_back(town_rate_[day]);
  }
  if (!rates.empty()) row[kTownLastYear] = as_float(std::log(mean_of(rates)) - town_log_level_[then - horizon_]);
}

void Features::fill_calendar(const Seen& seen, std::span<float> row) const {
  const Place& place = places_[seen.day];
  const DayFacts& facts = panel_.days[seen.day];
  const SiteHistory& past = history_.site(seen.site);
  const auto yes = [](bool truth) { return truth ? 1.0F : 0.0F; };
  const auto at_most = [](int value, int limit) { return static_cast<float>(std::min(value, limit)); };
  row[kGap] = static_cast<float>(open_before_[seen.day] - open_before_[seen.cut]);
  if (const int known = past.known[seen.cut]; known > 0) row[kAge] = at_most(seen.cut - past.days[known - 1], 90);
  row[kWeekday] = place.weekday;
  row[kMonth] = place.month;
  row[kWeek] = place.week;
  row[kSinceBreak] = at_most(place.since_break, 15);
  row[kToBreak] = at_most(place.to_break, 15);
  row[kSinceYear] = at_most(place.since_year, 30);
  row[kToYear] = at_most(place.to_year, 30);
  row[kDaysToYear] = place.days_to_year;
  row[kAfterGap] = yes(place.after_gap);
  row[kBeforeGap] = yes(place.before_gap);
  row[kIsolated] = yes(place.after_gap && place.before_gap);
  row[kGapBefore] = place.gap_before;
  row[kGapAfter] = place.gap_after;
  row[kDaysInWeek] = place.days_in_week;
  row[kHolidayBefore] = yes(place.holiday_before);
  row[kHolidayAfter] = yes(place.holiday_after);
  row[kRamadan] = yes(facts.ramadan);
  row[kFeast] = yes(facts.feast);
  const auto feast_on = [&](int day) { return day >= 0 && day < static_cast<int>(panel_.day_count()) && panel_.days[day].feast; };
  row[kFeastNear] = yes(feast_on(seen.day - 1) || feast_on(seen.day + 1));
  row[kKind] = static_cast<float>(panel_.sites[seen.site].kind);
  row[kSector] = static_cast<float>(panel_.sites[seen.site].sector);
  row[kCutSinceYear] = places_[seen.cut].open ? at_most(places_[seen.cut].since_year, 60) : 0.0F;
  row[kCutMonth] = places_[seen.cut].month;
  for (std::size_t flag = 0; flag < panel_.flags.size(); ++flag) row[kColumns + flag] = yes((facts.flags >> flag & 1U) != 0);
}

void Features::fill_answers(const Seen& seen, std::span<float> row) const {
  const int known = history_.site(seen.site).known[seen.cut];
  const double usual = known > 0 ? residuals_[seen.site].over(0, known) / known : 0.0;
  double sum = 0;
  for (std::size_t thing = 0; thing < answers_[seen.site].size(); ++thing) {
    const Answers& answers = answers_[seen.site][thing];
    const double times = answers.times.over(0, known);
    const double answer = holds_of(thing, seen.day) ? (answers.residual.over(0, known) - times * usual) / (times + kAnswerShrink) : 0.0;
    const std::size_t column = thing < kThings ? kAnswerRamadan + thing : kColumns + panel_.flags.size() + (thing - kThings);
    row[column] = as_float(answer);
    sum += answer;
  }
  row[kAnswers] = as_float(sum);
}

}  // namespace beffroi::forecast
