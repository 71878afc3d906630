// Forecasts of counts: a table of rows seen from their horizon, a model fitted on what was known on a day, forecasts with their quantiles.
//
//   const Table table = Table::make(panel, 21);
//   const Model model = BEFFROI_TRY(Model::fit(table, last_known_day, boosting));
//   model.forecast(rows)
//
// A row of the table looks at counts at least `horizon` days older than its day, and a model learns from counts up to the last known day:
// nothing later has any part in a forecast, whatever stands in the panel. Same input, same output to the bit. Immutable; thread-safe.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecast/boosting.h"
#include "forecast/features.h"
#include "forecast/linear.h"
#include "forecast/margins.h"
#include "forecast/panel.h"
#include "forecast/ridge.h"

namespace beffroi::forecast {

inline constexpr int kMaxHorizonDays = 70;

class Table {
 public:
  // `horizon_days`: 1 to 70. Keeps the panel.
  [[nodiscard]] static std::shared_ptr<const Table> make(std::shared_ptr<const Panel> panel, int horizon_days);
  struct Options {
    int horizon_days = 21;
    Day first = std::numeric_limits<Day>::min(), last = std::numeric_limits<Day>::max();  // the rows of these days only, both included
    bool short_memory = false;  // every row as if 20 usual days were known: for models that serve towns in their first weeks
  };
  [[nodiscard]] static std::shared_ptr<const Table> make_with(std::shared_ptr<const Panel> panel, const Options& options);

  struct Row {
    std::size_t site = 0;
    int day = 0;             // index into the panel
    double base = 0;
    float ratio = 0;         // count / base; NaN where the day was not usual or not counted
    bool settled = false;    // enough days behind the level to learn from it
  };
  [[nodiscard]] const Panel& panel() const { return *panel_; }
  [[nodiscard]] const Features& features() const { return *features_; }
  [[nodiscard]] const LinearColumns& linear() const { return *linear_; }
  [[nodiscard]] int horizon_days() const { return horizon_; }
  [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }  // by site, then by day
  [[nodiscard]] const Matrix& values() const { return values_; }
  [[nodiscard]] const Matrix& linear_values() const { return linear_values_; }
  // The row of that site and day; empty when the service does not run that day or nothing is known of the site by then.
  [[nodiscard]] std::optional<std::size_t> find(std::size_t site, Day day) const;

 private:
  Table() = default;
  void add_rows(std::size_t site, int first, int last);
  bool short_memory_ = false;

  std::shared_ptr<const Panel> panel_;
  std::vector<Place> places_;
  std::unique_ptr<const History> history_;
  std::unique_ptr<const Features> features_;
  std::unique_ptr<const LinearColumns> linear_;
  int horizon_ = 0;
  std::vector<Row> rows_;
  Matrix values_, linear_values_;
};

struct Reason {
  std::string words;     // « jour isolé »
  double percent = 0;    // signed: −9 for nine in a hundred fewer
};

struct Forecast {
  double point = 0;                                    // counts, at least 0
  std::array<double, kQuantiles.size()> quantiles{};   // counts, as kQuantiles, never decreasing
  std::vector<Reason> reasons;                         // largest first
};

class Model {
 public:
  // Learns from the days up to `last_known`. `boosting`: null for the linear model alone. Code::invalid_argument when there is too little.
  [[nodiscard]] static Result<Model> fit(std::shared_ptr<const Table> table, Day last_known, const Boosting* boosting);

  // One forecast for each of these rows, in the same order.
  [[nodiscard]] Result<std::vector<Forecast>> forecast(std::span<const std::size_t> rows) const { return forecast(*table_, rows); }
  // The same for rows of another table with the same flags and horizon, whose sites the model has never seen: margins are everyone's.
  [[nodiscard]] Result<std::vector<Forecast>> forecast_unseen(const Table& table, std::span<const std::size_t> rows) const {
    return forecast(table, rows);
  }
  [[nodiscard]] bool boosted() const { return trees_ != nullptr; }

 private:
  Model() = default;
  // The usual size of an error for that row, in √counts.
  [[nodiscard]] double error_size(const Table& table, std::size_t row) const;
  [[nodiscard]] std::vector<Reason> reasons(const Table& table, std::size_t row, double point) const;
  [[nodiscard]] Result<std::vector<Forecast>> forecast(const Table& table, std::span<const std::size_t> rows) const;

  std::shared_ptr<const Table> table_;
  std::unique_ptr<const Ridge> ridge_;
  std::unique_ptr<const BoostedTrees> trees_, high_trees_;
  std::unique_ptr<const Ridge> error_size_;
  double error_mean_ = 1;
  std::unique_ptr<const Margins> margins_;
};

}  // namespace beffroi::forecast
