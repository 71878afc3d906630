#include "usecases/canteen/unseen.h"

#include <limits>
#include <map>

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Panel;
using forecast::Table;

constexpr std::size_t kParts = 5;
constexpr int kKnownSchoolDays = 20;

// The sites of one part, or those of all the others.
std::shared_ptr<Panel> part_of(const Panel& panel, std::size_t part, bool inside) {
  auto out = std::make_shared<Panel>();
  out->first = panel.first;
  out->days = panel.days;
  out->flags = panel.flags;
  for (std::size_t site = 0; site < panel.sites.size(); ++site) {
    if ((site % kParts == part) != inside) continue;
    out->sites.push_back(panel.sites[site]);
    const auto begin = panel.counts.begin() + static_cast<std::ptrdiff_t>(site * panel.day_count());
    out->counts.insert(out->counts.end(), begin, begin + static_cast<std::ptrdiff_t>(panel.day_count()));
  }
  return out;
}

// Leaves the last school days up to `cut`, and what comes after, which no row looks at.
void forget_before(Panel& panel, Day cut) {
  int left = kKnownSchoolDays;
  for (Day day = cut; day >= panel.first; --day) {
    const std::size_t at = static_cast<std::size_t>(day - panel.first);
    if (left > 0) {
      left -= panel.days[at].open && !panel.days[at].unusual ? 1 : 0;
      continue;
    }
    for (std::size_t site = 0; site < panel.sites.size(); ++site) panel.count(site, at) = std::numeric_limits<float>::quiet_NaN();
  }
}

}  // namespace

Result<std::vector<forecast::Forecast>> forecast_unseen(const Panel& panel, const std::vector<std::pair<std::size_t, Day>>& site_days,
                                                        const UnseenOptions& options) {
  std::vector<forecast::Forecast> out(site_days.size());
  for (std::size_t part = 0; part < kParts; ++part) {
    std::map<Day, std::vector<std::size_t>> weeks;  // Monday → places in site_days
    for (std::size_t at = 0; at < site_days.size(); ++at) {
      if (site_days[at].first % kParts == part) weeks[site_days[at].second - forecast::weekday_of(site_days[at].second)].push_back(at);
    }
    if (weeks.empty()) continue;
    const auto others = Table::make_with(part_of(panel, part, false), {.horizon_days = options.horizon, .short_memory = true});
    const auto model = BEFFROI_TRY(forecast::Model::fit(others, options.period_begin - options.horizon, options.boosting));
    const auto whole = part_of(panel, part, true);
    for (const auto& [monday, places] : weeks) {
      auto fresh = std::make_shared<Panel>(*whole);
      forget_before(*fresh, monday - options.horizon);
      const auto table =
          Table::make_with(fresh, {.horizon_days = options.horizon, .first = monday, .last = monday + 6, .short_memory = true});
      std::vector<std::pair<std::size_t, Day>> inside;
      for (const std::size_t at : places) inside.emplace_back(site_days[at].first / kParts, site_days[at].second);
      const auto rows = BEFFROI_TRY(rows_of(*table, inside));
      auto forecasts = BEFFROI_TRY(model.forecast_unseen(*table, rows));
      for (std::size_t at = 0; at < places.size(); ++at) out[places[at]] = std::move(forecasts[at]);
    }
  }
  return out;
}

}  // namespace beffroi::canteen
