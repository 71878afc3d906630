#include "forecast/linear.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace beffroi::forecast {

namespace {

constexpr int kKinds = 4, kWeekdays = 5, kMonths = 12;
constexpr int kLastRanks = 8, kFirstRanks = 6;
constexpr std::array<int, 3> kYearEnds = {10, 15, 20};
constexpr float kLargest = 0.5F;  // logarithms of ratios are cut there: beyond, something else happened

constexpr const char* kWeekdayReason = "jour de la semaine";
constexpr const char* kSeason = "période de l’année";
constexpr const char* kYearEndReason = "fin de l’année scolaire";
constexpr const char* kYearStartReason = "rentrée";
constexpr const char* kBreakReason = "bord des vacances";
constexpr const char* kBridge = "veille ou lendemain d’un jour chômé";
constexpr const char* kIsolatedReason = "jour isolé";
constexpr const char* kRecent = "niveau récent de la cantine";
constexpr const char* kEarlier = "années précédentes";
constexpr const char* kTownReason = "tendance de la ville";
constexpr const char* kSize = "taille de la cantine";
constexpr const char* kRamadanReason = "ramadan ou Aïd";
constexpr const char* kOwn = "habitudes de la cantine";

struct Plain {
  Column column;
  const char* reason;
};

// Logarithms of ratios, taken as they are.
constexpr std::array<Plain, 33> kRatios = {{{kLast5, kRecent},
                                            {kLast10, kRecent},
                                            {kLast60, kRecent},
                                            {kLast144, kRecent},
                                            {kSteady3, kRecent},
                                            {kSteady5, kRecent},
                                            {kSteady10, kRecent},
                                            {kSteady20, kRecent},
                                            {kSteady40, kRecent},
                                            {kSteady80, kRecent},
                                            {kMedian20, kRecent},
                                            {kMedian8, kRecent},
                                            {kSpread20, kRecent},
                                            {kHigh20, kRecent},
                                            {kSmoothed, kRecent},
                                            {kSameWeekday2, kWeekdayReason},
                                            {kSameWeekday4, kWeekdayReason},
                                            {kSameWeekday10, kWeekdayReason},
                                            {kWeekdayResidual12, kWeekdayReason},
                                            {kWeekdayResidual40, kWeekdayReason},
                                            {kWeekdayLatest, kWeekdayReason},
                                            {kLastYear21, kEarlier},
                                            {kLastYear7, kEarlier},
                                            {kLastYear1, kEarlier},
                                            {kLastYearLevel, kEarlier},
                                            {kLike, kEarlier},
                                            {kLikeLatest, kEarlier},
                                            {kKindLike, kEarlier},
                                            {kKindLikeLatest, kEarlier},
                                            {kTown5, kTownReason},
                                            {kTown60, kTownReason},
                                            {kTown144, kTownReason},
                                            {kTownLastYear, kEarlier}}};

constexpr std::array<Plain, 17> kYesOrNo = {{{kAfterGap, kBridge},
                                             {kBeforeGap, kBridge},
                                             {kIsolated, kIsolatedReason},
                                             {kHolidayBefore, kBridge},
                                             {kHolidayAfter, kBridge},
                                             {kRamadan, kRamadanReason},
                                             {kFeastNear, kRamadanReason},
                                             {kFeast, kRamadanReason},
                                             {kNewYear, kYearStartReason},
                                             {kAnswerRamadan, kRamadanReason},
                                             {kAnswerYearEnd, kYearEndReason},
                                             {kAnswerGap, kBridge},
                                             {kAnswerYearStart, kYearStartReason},
                                             {kAnswerFriday, kWeekdayReason},
                                             {kAnswerFirst, kBreakReason},
                                             {kAnswerLast, kBreakReason},
                                             {kAnswers, kOwn}}};

// What counts otherwise when the level was measured in the school year before.
constexpr std::array<Plain, 4> kAcrossYears = {
    {{kLast5, kYearStartReason}, {kLastYearLevel, kYearStartReason}, {kEnrolmentChange, kYearStartReason}, {kTown5, kYearStartReason}}};

constexpr std::array<Plain, 3> kMissing = {{{kLastYear21, kEarlier}, {kLike, kEarlier}, {kLastYear1, kEarlier}}};

// Writes columns one after the other.
class Pen {
 public:
  explicit Pen(std::span<float> out) : out_(out) {}
  void number(float value) { out_[at_++] = value; }
  void yes(bool truth) { out_[at_++] = truth ? 1.0F : 0.0F; }

 private:
  std::span<float> out_;
  std::size_t at_ = 0;
};

float limited(float value) { return std::isnan(value) ? value : std::clamp(value, -kLargest, kLargest); }

void write_calendar(std::span<const float> row, Pen& pen) {
  const int weekday = static_cast<int>(row[kWeekday]), kind = static_cast<int>(row[kKind]), month = static_cast<int>(row[kMonth]);
  const int since = static_cast<int>(row[kSinceYear]), left = static_cast<int>(row[kToYear]);
  for (int day = 0; day < kWeekdays; ++day) pen.yes(weekday == day);
  for (int each = 0; each < kKinds; ++each) {
    pen.yes(kind == each);
    for (int day = 0; day < kWeekdays; ++day) pen.yes(kind == each && weekday == day);
  }
  for (int each = 1; each <= kMonths; ++each) pen.yes(month == each);
  for (int rank = 0; rank < kLastRanks; ++rank) pen.yes(left == rank);
  for (const int days : kYearEnds) pen.yes(left < days);
  for (int rank = 0; rank < kFirstRanks; ++rank) pen.yes(since == rank);
  pen.yes(since < kFirstRanks && kind == 0);
  pen.yes(since < 15);
  pen.yes(row[kSinceBreak] == 0);
  pen.yes(row[kToBreak] == 0);
  pen.yes(row[kToBreak] == 1);
  pen.yes(row[kDaysInWeek] < 3);
}

std::vector<std::string> calendar_reasons() {
  std::vector<std::string> reasons(kWeekdays, kWeekdayReason);
  const auto add = [&](int times, const char* reason) { reasons.insert(reasons.end(), static_cast<std::size_t>(times), reason); };
  for (int each = 0; each < kKinds; ++each) {
    add(1, kSize);
    add(kWeekdays, kWeekdayReason);
  }
  add(kMonths, kSeason);
  add(kLastRanks + static_cast<int>(kYearEnds.size()), kYearEndReason);
  add(kFirstRanks + 2, kYearStartReason);
  add(3, kBreakReason);
  add(1, kBridge);
  return reasons;
}

}  // namespace

LinearColumns::LinearColumns(const std::vector<Flag>& flags) : flags_(flags.size()), reasons_(calendar_reasons()) {
  for (const Plain& plain : kRatios) reasons_.emplace_back(plain.reason);
  for (const Plain& plain : kYesOrNo) reasons_.emplace_back(plain.reason);
  for (const Plain& plain : kAcrossYears) reasons_.emplace_back(plain.reason);
  for (const Plain& plain : kMissing) reasons_.emplace_back(plain.reason);
  reasons_.insert(reasons_.end(), {kSize, kSize, kYearStartReason, kYearStartReason});
  for (const Flag& flag : flags) reasons_.push_back(flag.label);
  for (const Flag& flag : flags) {
    if (!flag.by_site) continue;
    reasons_.push_back(flag.label);
    ++answered_;
  }
}

void LinearColumns::fill(std::span<const float> row, std::span<float> out) const {
  Pen pen(out);
  write_calendar(row, pen);
  for (const Plain& plain : kRatios) pen.number(limited(row[plain.column]));
  for (const Plain& plain : kYesOrNo) pen.number(row[plain.column]);
  for (const Plain& plain : kAcrossYears) pen.number(row[kNewYear] > 0 ? limited(row[plain.column]) : 0.0F);
  for (const Plain& plain : kMissing) pen.yes(std::isnan(row[plain.column]));
  pen.number(std::log(row[kRate]));
  pen.number(row[kLogBase]);
  pen.number(limited(row[kEnrolmentRatio]));
  pen.number(limited(row[kEnrolmentChange]));
  for (std::size_t flag = 0; flag < flags_ + answered_; ++flag) pen.number(row[kColumns + flag]);
}

}  // namespace beffroi::forecast
