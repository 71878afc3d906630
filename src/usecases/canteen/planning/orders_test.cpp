#include "usecases/canteen/planning/orders.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::canteen;

namespace {
forecast::Forecast forecast_of_100() {
  forecast::Forecast forecast;
  forecast.point = 100;
  forecast.quantiles = {100, 101, 102, 103, 104, 105, 106.2, 108, 110, 114};
  return forecast;
}
}  // namespace

TEST_CASE("orders are whole meals that cover a share of days; a strike lowers them, a closure ends them") {
  const auto forecast = forecast_of_100();
  CHECK(order_of(forecast, 0.8) == 107);
  CHECK(order_of(forecast, 0.5) == 100);
  const Scenario strike{0.3, {2}, "grève"};
  CHECK(order_under(forecast, 0.8, strike, 1) == 32);
  CHECK(order_under(forecast, 0.8, strike, 2) == 0);
  CHECK(order_under(forecast, 0.8, {}, 1) == 107);
}

TEST_CASE("covering more days costs meals and spares shortages") {
  const auto forecast = forecast_of_100();
  const Outlook middle = outlook_of(forecast, 100);
  CHECK(middle.surplus == doctest::Approx(middle.shortage));
  const std::vector<const forecast::Forecast*> all(20, &forecast);  // ten canteens, two days
  const auto trade = trade_of(all, 2);
  CHECK(trade.front().expected == doctest::Approx(1000));
  for (std::size_t at = 1; at < trade.size(); ++at) {
    CHECK(trade[at].surplus > trade[at - 1].surplus);
    CHECK(trade[at].shortage < trade[at - 1].shortage);
    CHECK(trade[at].surplus - trade[at].shortage == doctest::Approx(trade[at].meals - 1000).epsilon(0.02));
  }
  CHECK(trade_of(all, 0).empty());
}

TEST_CASE("the trade is told in meals, not as a percentage alone") {
  CHECK(in_words({0.8, 0, 861.6, 114.4, 14300}) == "à 80\u00a0%\u00a0: 862 repas de trop par jour, 0,8\u00a0% de manque (114 repas)");
  CHECK(in_words({0.8, 0, 12, 0.4, 400}) == "à 80\u00a0%\u00a0: 12 repas de trop par jour, 0,1\u00a0% de manque (moins d’un repas)");
}
