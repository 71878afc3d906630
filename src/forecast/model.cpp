#include "forecast/model.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace beffroi::forecast {

namespace {

constexpr float kSmallestRatio = 0.3F, kLargestRatio = 2.0F;  // beyond, a fault of the count or an event: learnt no further
constexpr std::size_t kFewestRows = 60;   // site-days to learn from
constexpr int kTreesDays = 4 * 365;        // trees learn from these: older days slow them and teach them nothing more
constexpr int kTrialDays = 365;           // of past forecasts that margins are learnt from
constexpr double kRoundedUp = 0.5;         // meals
constexpr double kTrialExcess = 0.95;      // the model of the trial knew a year less than the one that forecasts: its errors are larger
constexpr BoostingOptions kQuickGrowth = {0.5, 100, 0.09};  // of the trial: as good within a hundredth, in less than half the time
// Trees grown straight at the order of most days, beside the margins. An order is the mean of both.
constexpr std::size_t kHighQuantile = 6;  // place in kQuantiles
constexpr BoostingOptions kHighGrowth = {kQuantiles[kHighQuantile], 100, 0.108};
constexpr double kLeastStretch = 0.3, kMostStretch = 3;  // of a row's margins
constexpr double kSizePenalty = 300, kSizeHuber = 3;
constexpr double kSmallestSize = 0.4, kLargestSize = 3;  // of an error, against the mean one

using Rows = std::vector<std::size_t>;

// What makes a point forecast.
struct Fitted {
  std::unique_ptr<const Ridge> ridge;
  std::unique_ptr<const BoostedTrees> trees;
  std::unique_ptr<const BoostedTrees> high_trees;
};

Matrix pick(const Matrix& all, std::span<const std::size_t> rows, std::size_t more_columns = 0) {
  Matrix out;
  out.width = all.width + more_columns;
  out.values.resize(rows.size() * out.width);
  for (std::size_t at = 0; at < rows.size(); ++at) std::copy_n(all.row(rows[at]).begin(), all.width, out.row(at).begin());
  return out;
}

// The features, and what the linear model makes of them: trees are poor at adding many small slopes.
Matrix for_trees(const Table& table, std::span<const std::size_t> rows, const Ridge& ridge) {
  Matrix out = pick(table.values(), rows, 1);
  for (std::size_t at = 0; at < rows.size(); ++at)
    out.row(at).back() = static_cast<float>(ridge.predict(table.linear_values().row(rows[at])));
  return out;
}

Rows known_rows(const Table& table, int after, int until) {
  Rows rows;
  for (std::size_t at = 0; at < table.rows().size(); ++at) {
    const Table::Row& row = table.rows()[at];
    if (row.settled && row.ratio > 0 && row.day > after && row.day <= until) rows.push_back(at);
  }
  return rows;
}

// What was known on the day `until`.
struct Known {
  Rows rows;
  int until = 0;
};

Known known_on(const Table& table, int until) { return {known_rows(table, -1, until), until}; }

// `high`: with the trees of kHighGrowth.
Result<Fitted> fit_point(const Table& table, const Known& known, const Boosting* boosting, const BoostingOptions& growth, bool high) {
  const auto& [rows, until] = known;
  const auto learnt = [&](std::size_t at) { return std::clamp(table.rows()[at].ratio, kSmallestRatio, kLargestRatio); };
  std::vector<float> logs, roots;
  for (const std::size_t at : rows) {
    logs.push_back(std::log(learnt(at)));
    roots.push_back(static_cast<float>(std::sqrt(table.rows()[at].base)));  // small sites are noisier in percent
  }
  Fitted fitted;
  fitted.ridge = std::make_unique<Ridge>(BEFFROI_TRY(Ridge::fit(pick(table.linear_values(), rows), logs, roots, {})));
  if (boosting == nullptr) return fitted;
  const Rows recent = known_rows(table, until - kTreesDays, until);
  std::vector<float> ratios, weights;
  for (const std::size_t at : recent) {
    ratios.push_back(learnt(at));
    weights.push_back(static_cast<float>(table.rows()[at].base));  // an absolute error in meals
  }
  const Matrix values = for_trees(table, recent, *fitted.ridge);
  fitted.trees = BEFFROI_TRY(boosting->fit(values, ratios, weights, growth));
  if (high) fitted.high_trees = BEFFROI_TRY(boosting->fit(values, ratios, weights, kHighGrowth));
  return fitted;
}

// Ratios to the level become meals.
std::vector<double> in_meals(const Table& table, std::span<const std::size_t> rows, std::vector<double> ratios) {
  for (std::size_t at = 0; at < rows.size(); ++at) ratios[at] = std::max(ratios[at], 0.0) * table.rows()[rows[at]].base;
  return ratios;
}

struct Points {
  std::vector<double> middle, high;  // `high` is empty without its trees
};

Result<Points> point_forecasts(const Table& table, std::span<const std::size_t> rows, const Ridge& ridge, const BoostedTrees* trees,
                               const BoostedTrees* high_trees) {
  Points points;
  if (trees == nullptr) {
    for (const std::size_t at : rows) points.middle.push_back(std::exp(ridge.predict(table.linear_values().row(at))));
  } else {
    const Matrix values = for_trees(table, rows, ridge);
    points.middle = BEFFROI_TRY(trees->predict(values));
    if (high_trees != nullptr) points.high = in_meals(table, rows, BEFFROI_TRY(high_trees->predict(values)));
  }
  points.middle = in_meals(table, rows, std::move(points.middle));
  return points;
}

// Forecasts as they would have been made in the past, by models that knew nothing of the days forecast.
struct Trial {
  Rows rows;
  std::vector<double> points;
};

// Forecasts the days after `from` and up to `until` by a model that knew nothing within the horizon of them.
Status try_part(const Table& table, int from, int until, const Boosting* boosting, Trial& trial) {
  const Rows rows = known_rows(table, from, until);
  const Known before = known_on(table, from - table.horizon_days());
  if (rows.empty() || before.rows.size() < kFewestRows) return {};
  const Fitted fitted = BEFFROI_TRY(fit_point(table, before, boosting, kQuickGrowth, false));
  const std::vector<double> points = BEFFROI_TRY(point_forecasts(table, rows, *fitted.ridge, fitted.trees.get(), nullptr)).middle;
  trial.rows.insert(trial.rows.end(), rows.begin(), rows.end());
  trial.points.insert(trial.points.end(), points.begin(), points.end());
  return {};
}

Result<Trial> try_out(const Table& table, int last_known, const Boosting* boosting) {
  Trial trial;
  BEFFROI_CHECK(try_part(table, last_known - kTrialDays, last_known, boosting, trial));
  if (!trial.rows.empty()) return trial;
  std::vector<int> days;  // a short history: its second half
  for (const std::size_t row : known_rows(table, -1, last_known)) days.push_back(table.rows()[row].day);
  if (days.empty()) return trial;
  const auto middle = days.begin() + static_cast<std::ptrdiff_t>(days.size() / 2);
  std::nth_element(days.begin(), middle, days.end());
  BEFFROI_CHECK(try_part(table, *middle, last_known, boosting, trial));
  return trial;
}

// Against its usual size. Half a meal is taken off the count: an order is rounded up to whole meals, half a meal more on the average.
double error_of(const Table::Row& row, double point) {
  return (row.ratio * row.base - kRoundedUp - point) / std::sqrt(std::max(point, 1.0));
}

// Stretches the margins of a forecast so that its high quantile lies half-way to `high`, what the trees grown there say.
void lean_on(double high, Forecast& forecast) {
  const double margin = forecast.quantiles[kHighQuantile] - forecast.point;
  if (!(margin > 0)) return;
  const double wanted = (margin + high - kRoundedUp - forecast.point) / 2;
  const double stretch = std::clamp(wanted / margin, kLeastStretch, kMostStretch);
  for (double& quantile : forecast.quantiles) quantile = std::max(forecast.point + stretch * (quantile - forecast.point), 0.0);
}

}  // namespace

Result<Model> Model::fit(std::shared_ptr<const Table> table, Day last_known, const Boosting* boosting) {
  const int last = last_known - table->panel().first;
  const Known known = known_on(*table, last);
  if (known.rows.size() < kFewestRows) {
    return fail(Code::invalid_argument, "Trop peu de jours connus pour apprendre\u00a0: il faut au moins cinq semaines d’effectifs servis.",
                std::to_string(known.rows.size()) + " site-days");
  }
  Model model;
  model.table_ = table;
  Trial trial = BEFFROI_TRY(try_out(*table, last, boosting));
  if (trial.rows.size() < kEnoughErrors) trial = {};  // too short a past: the margins of other towns, as they are
  Fitted fitted = BEFFROI_TRY(fit_point(*table, known, boosting, {}, !trial.rows.empty()));
  model.ridge_ = std::move(fitted.ridge);
  model.trees_ = std::move(fitted.trees);
  model.high_trees_ = std::move(fitted.high_trees);

  std::vector<float> sizes, ones(trial.rows.size(), 1.0F);
  double sum = 0;
  for (std::size_t at = 0; at < trial.rows.size(); ++at) {
    sizes.push_back(static_cast<float>(std::abs(error_of(table->rows()[trial.rows[at]], trial.points[at]))));
    sum += sizes.back();
  }
  std::vector<PastError> errors;
  if (!sizes.empty()) {
    model.error_mean_ = std::max(sum / static_cast<double>(sizes.size()), 1e-6);
    model.error_size_ = std::make_unique<Ridge>(
        BEFFROI_TRY(Ridge::fit(pick(table->linear_values(), trial.rows), sizes, ones, {kSizePenalty, kSizeHuber, 6})));
  }
  for (std::size_t at = 0; at < trial.rows.size(); ++at) {
    const Table::Row& row = table->rows()[trial.rows[at]];
    errors.push_back({row.site, error_of(row, trial.points[at]) / model.error_size(*table, trial.rows[at])});
  }
  model.margins_ = std::make_unique<Margins>(errors, table->panel().sites.size());
  return model;
}

double Model::error_size(const Table& table, std::size_t row) const {
  if (!error_size_) return error_mean_;
  return std::clamp(error_size_->predict(table.linear_values().row(row)), kSmallestSize * error_mean_, kLargestSize * error_mean_);
}

std::vector<Reason> Model::reasons(const Table& table, std::size_t row, double point) const {
  std::map<std::string, double> sums;
  const auto values = table.linear_values().row(row);
  for (std::size_t column = 0; column < values.size(); ++column) {
    const double term = ridge_->term(column, values[column]);
    if (term != 0) sums[table.linear().reason(column)] += term;
  }
  if (trees_) {
    const double linear = std::exp(ridge_->predict(values)) * table.rows()[row].base;
    if (point > 0 && linear > 0) sums["effets combinés"] += std::log(point / linear);
  }
  std::vector<Reason> reasons;
  for (const auto& [words, sum] : sums) reasons.push_back({words, 100 * std::expm1(sum)});
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& a, const Reason& b) { return std::abs(a.percent) > std::abs(b.percent); });
  return reasons;
}

Result<std::vector<Forecast>> Model::forecast(const Table& table, std::span<const std::size_t> rows) const {
  const auto [points, high] = BEFFROI_TRY(point_forecasts(table, rows, *ridge_, trees_.get(), high_trees_.get()));
  std::vector<Forecast> out(rows.size());
  for (std::size_t at = 0; at < rows.size(); ++at) {
    Forecast& forecast = out[at];
    forecast.point = points[at];
    const double unit = kTrialExcess * error_size(table, rows[at]) * std::sqrt(std::max(points[at], 1.0));
    const bool own = &table == table_.get();
    for (std::size_t quantile = 0; quantile < kQuantiles.size(); ++quantile) {
      const double margin = own ? margins_->margin(table.rows()[rows[at]].site, quantile) : margins_->everyone(quantile);
      forecast.quantiles[quantile] = std::max(points[at] + margin * unit, 0.0);
    }
    if (!high.empty()) lean_on(high[at], forecast);
    forecast.reasons = reasons(table, rows[at], points[at]);
  }
  return out;
}

}  // namespace beffroi::forecast
