#include <algorithm>
#include <cmath>
#include <limits>

#include "forecast/model.h"

namespace beffroi::forecast {

namespace {
constexpr int kSettledDays = 5;   // usual days behind a level that may be learnt from
constexpr int kFirstWeeks = 30;   // days at the start of the panel: no level yet
}  // namespace

std::shared_ptr<const Table> Table::make(std::shared_ptr<const Panel> panel, int horizon_days) {
  Options options;
  options.horizon_days = horizon_days;
  return make_with(std::move(panel), options);
}

std::shared_ptr<const Table> Table::make_with(std::shared_ptr<const Panel> panel, const Options& options) {
  auto table = std::shared_ptr<Table>(new Table);
  table->panel_ = std::move(panel);
  table->horizon_ = std::clamp(options.horizon_days, 1, kMaxHorizonDays);
  table->short_memory_ = options.short_memory;
  table->places_ = places_of(*table->panel_);
  table->history_ = std::make_unique<History>(*table->panel_, table->places_);
  table->features_ = std::make_unique<Features>(*table->panel_, table->places_, *table->history_, table->horizon_);
  table->linear_ = std::make_unique<LinearColumns>(table->panel_->flags);
  table->values_.width = table->features_->width();
  table->linear_values_.width = table->linear_->width();
  const Day panel_last = table->panel_->first + static_cast<Day>(table->panel_->day_count()) - 1;
  const int begin = std::max(std::max(options.first, table->panel_->first) - table->panel_->first, table->horizon_);
  const int end = std::min(options.last, panel_last) - table->panel_->first;
  std::size_t open = 0;
  for (int day = begin; day <= end; ++day) open += table->places_[static_cast<std::size_t>(day)].open ? 1 : 0;
  table->rows_.reserve(open * table->panel_->sites.size());
  table->values_.values.reserve(open * table->panel_->sites.size() * table->values_.width);
  table->linear_values_.values.reserve(open * table->panel_->sites.size() * table->linear_values_.width);
  for (std::size_t site = 0; site < table->panel_->sites.size(); ++site) table->add_rows(site, begin, end);
  return table;
}

void Table::add_rows(std::size_t site, int first, int last) {
  std::vector<float> row(values_.width), linear(linear_values_.width);
  for (int day = first; day <= last; ++day) {
    if (!places_[day].open) continue;
    const auto base = features_->fill(site, day, day - horizon_, row);
    if (!base || !(base->base > 0)) continue;
    Row added{site, day, base->base, std::numeric_limits<float>::quiet_NaN(), false};
    if (history_->usual(site, day)) added.ratio = static_cast<float>(panel_->count(site, static_cast<std::size_t>(day)) / base->base);
    added.settled = base->known_days >= kSettledDays && day >= horizon_ + kFirstWeeks;
    if (short_memory_) features_->forget(row);
    linear_->fill(row, linear);
    rows_.push_back(added);
    values_.values.insert(values_.values.end(), row.begin(), row.end());
    linear_values_.values.insert(linear_values_.values.end(), linear.begin(), linear.end());
  }
}

std::optional<std::size_t> Table::find(std::size_t site, Day day) const {
  const int index = day - panel_->first;
  const auto found = std::lower_bound(rows_.begin(), rows_.end(), std::pair(site, index),
                                      [](const Row& row, const auto& wanted) { return std::pair(row.site, row.day) < wanted; });
  if (found == rows_.end() || found->site != site || found->day != index) return std::nullopt;
  return static_cast<std::size_t>(found - rows_.begin());
}

}  // namespace beffroi::forecast
