#include "usecases/canteen/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Panel;
using forecast::to_iso;

constexpr std::size_t kUsualDays = 20;
constexpr double kTooMany = 2, kTooFew = 0.2;
constexpr double kAdults = 1.1;
constexpr std::size_t kWeek = 5;         // open days
constexpr std::size_t kTwoMonths = 40;   // open days
constexpr std::size_t kMonth = 16;       // open days
constexpr double kRise = 0.5;            // of the canteen gone
constexpr double kClearRise = 0.15;      // of the canteen that rises

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

class Look {
 public:
  explicit Look(const Dataset& dataset) : panel_(*dataset.panel) {
    for (std::size_t day = 0; day < panel_.day_count(); ++day) {
      bool recorded = false;
      for (std::size_t site = 0; site < panel_.sites.size() && !recorded; ++site) recorded = !std::isnan(panel_.count(site, day));
      if (!recorded) continue;
      first_ = std::min(first_, day);
      last_ = day;
    }
    for (std::size_t day = 0; day < panel_.day_count(); ++day) {
      if (panel_.days[day].open && !panel_.days[day].unusual && first_ <= day && day <= last_) open_.push_back(day);
    }
  }

  std::vector<Finding> all() {
    if (first_ > last_) return {};
    calendar();
    for (std::size_t site = 0; site < panel_.sites.size(); ++site) of(site);
    tell_holes();
    std::stable_sort(out_.begin(), out_.end(),
                     [](const Finding& a, const Finding& b) { return a.doubt != b.doubt ? a.doubt < b.doubt : a.from < b.from; });
    return std::move(out_);
  }

 private:
  void add(Doubt doubt, std::optional<std::size_t> site, std::size_t from, std::size_t until, const std::string& what) {
    const Day first = panel_.first + static_cast<Day>(from), last = panel_.first + static_cast<Day>(until);
    const std::string when = from == until ? fmt::format("le {}", to_iso(first)) : fmt::format("du {} au {}", to_iso(first), to_iso(last));
    const std::string where = site ? panel_.sites[*site].name + ", " : "";
    out_.push_back({doubt, site, first, last, where + when + "\u00a0: " + what});
  }

  void calendar() {
    for (std::size_t day = first_; day <= last_; ++day) {
      const auto& facts = panel_.days[day];
      std::size_t served = 0, known = 0;
      for (std::size_t site = 0; site < panel_.sites.size(); ++site) {
        const float count = panel_.count(site, day);
        known += std::isnan(count) ? 0 : 1;
        served += count > 0 ? 1 : 0;
      }
      if (!facts.open && 2 * served > panel_.sites.size()) {
        add(Doubt::calendar_says_closed, {}, day, day,
            fmt::format("{} cantines ont servi un jour que le calendrier ferme (zone de vacances, décision locale\u00a0?).", served));
      }
      if (facts.open && !facts.unusual && served == 0 && 2 * known > panel_.sites.size()) {
        add(Doubt::calendar_says_open, {}, day, day, "aucun repas servi un jour que le calendrier ouvre (zone de vacances, pont\u00a0?).");
      }
    }
  }

  // Indexes in open_ of the days with meals.
  [[nodiscard]] std::vector<std::size_t> served_days(std::size_t site) const {
    std::vector<std::size_t> days;
    for (std::size_t at = 0; at < open_.size(); ++at) {
      if (panel_.count(site, open_[at]) > 0) days.push_back(at);
    }
    return days;
  }

  [[nodiscard]] double level(std::size_t site, std::size_t from, std::size_t until) const {  // indexes in open_
    std::vector<double> values;
    for (std::size_t at = from; at < std::min(until, open_.size()); ++at) {
      if (const float count = panel_.count(site, open_[at]); count > 0) values.push_back(count);
    }
    return median(std::move(values));
  }

  void of(std::size_t site) {
    const std::vector<std::size_t> served = served_days(site);
    if (served.empty()) return;
    enrolled(site, served);
    counts(site, served);
    holes(site, served);
    if (served.front() >= kTwoMonths) {
      add(Doubt::opens_late, site, open_[served.front()], open_[served.front()],
          "premier repas connu\u00a0: la cantine ouvre-t-elle ce jour-là\u00a0?");
    }
    const std::size_t gone = open_.size() - 1 - served.back();
    if (gone >= kWeek) merger(site, served.back(), gone < kTwoMonths ? kClearRise : 0);
    if (gone < kTwoMonths) return;
    add(Doubt::closes_early, site, open_[served.back()], open_[served.back()],
        "dernier repas connu\u00a0: la cantine a-t-elle fermé\u00a0?");
  }

  // One finding a school year: it is the enrolment that is wrong more often than the meals.
  void enrolled(std::size_t site, const std::vector<std::size_t>& served) {
    struct Year {
      std::size_t days = 0, first = 0, last = 0;
      double most = 0;
    };
    std::map<int, Year> years;
    const auto& enrolment = panel_.sites[site].enrolment;
    for (const std::size_t at : served) {
      const double count = panel_.count(site, open_[at]);
      const auto known = enrolment.find(forecast::school_year_of(panel_.first + static_cast<Day>(open_[at])));
      if (known == enrolment.end() || count <= kAdults * known->second) continue;
      Year& year = years[known->first];
      if (year.days++ == 0) year.first = open_[at];
      year.last = open_[at];
      year.most = std::max(year.most, count);
    }
    for (const auto& [which, year] : years) {
      add(Doubt::more_than_enrolled, site, year.first, year.last,
          fmt::format("{} jour{} au-dessus des {:.0f} enfants inscrits, jusqu’à {:.0f} repas.", year.days, year.days > 1 ? "s" : "",
                      enrolment.at(which), year.most));
    }
  }

  void counts(std::size_t site, const std::vector<std::size_t>& served) {
    for (std::size_t at = 0; at < served.size(); ++at) {
      const std::size_t day = open_[served[at]];
      const double count = panel_.count(site, day);
      if (at < kUsualDays) continue;
      const double usual = level(site, served[at - kUsualDays], served[at]);
      if (count > kTooMany * usual || count < kTooFew * usual) {
        add(Doubt::far_from_usual, site, day, day, fmt::format("{:.0f} repas, d’ordinaire {:.0f}.", count, usual));
      }
    }
  }

  void holes(std::size_t site, const std::vector<std::size_t>& served) {
    std::size_t begin = served.front();
    for (std::size_t at = served.front(); at <= served.back(); ++at) {
      if (!std::isnan(panel_.count(site, open_[at]))) {
        if (at - begin >= kWeek) {
          holes_[{begin, at}].push_back(site);
        }
        begin = at + 1;
      }
    }
  }

  // The same hole in most canteens is one hole of the town.
  void tell_holes() {
    for (const auto& [hole, sites] : holes_) {
      const auto [begin, end] = hole;
      const std::string what = fmt::format("{} jours d’école sans aucun nombre", end - begin);
      if (2 * sites.size() > panel_.sites.size()) {
        add(Doubt::weeks_missing, {}, open_[begin], open_[end - 1], fmt::format("{} dans {} cantines.", what, sites.size()));
        continue;
      }
      for (const std::size_t site : sites) add(Doubt::weeks_missing, site, open_[begin], open_[end - 1], what + ".");
    }
  }

  // Few days after, only a rise of at least that share of the other canteen is more than chance.
  void merger(std::size_t site, std::size_t closed, double clear) {
    const double lost = level(site, closed >= kMonth ? closed - kMonth : 0, closed + 1);
    for (std::size_t other = 0; other < panel_.sites.size(); ++other) {
      if (other == site) continue;
      const double before = level(other, closed >= kMonth ? closed - kMonth : 0, closed + 1);
      const double after = level(other, closed + 1, closed + 1 + kMonth);
      if (before <= 0 || after - before < std::max(kRise * lost, clear * before)) continue;
      add(Doubt::merged, site, open_[closed], open_[closed],
          fmt::format("dernier repas connu, et {} passe de {:.0f} à {:.0f} repas\u00a0: les deux cantines ont-elles été réunies\u00a0?",
                      panel_.sites[other].name, before, after));
    }
  }

  const Panel& panel_;
  std::size_t first_ = static_cast<std::size_t>(-1);
  std::size_t last_ = 0;
  std::vector<std::size_t> open_;  // days without strike between the first record and the last
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> holes_;  // [begin, end) of open_ → sites
  std::vector<Finding> out_;
};

}  // namespace

std::vector<Finding> findings_of(const Dataset& dataset) { return Look(dataset).all(); }

}  // namespace beffroi::canteen
