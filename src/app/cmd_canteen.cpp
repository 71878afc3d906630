// beffroi canteen check | forecast | backtest: what looks wrong in the files, the canteens' weeks to come, and forecasts measured on the past.
#include <fmt/format.h>

#include "app/canteen_commands.h"
#include "app/commands.h"
#include "app/console.h"
#include "base/files.h"
#include "forecast/boosting.h"
#include "json/writer.h"
#include "usecases/canteen/canteen.h"

namespace beffroi::app {

namespace {

constexpr const char* kNoBoosting =
    "Sans LightGBM, les prévisions sont celles du modèle linéaire seul, un peu moins justes. «\u00a0tools/deps lightgbm\u00a0» l’installe.\n";

Result<forecast::Day> asked_day(const std::string& text) {
  if (const auto day = forecast::parse_iso(text)) return *day;
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme AAAA-MM-JJ.", text));
}

Result<canteen::BacktestOptions> asked(const CanteenBacktestOptions& options) {
  canteen::BacktestOptions out;
  out.from = BEFFROI_TRY(asked_day(options.from));
  out.to = BEFFROI_TRY(asked_day(options.to));
  if (out.from > out.to) return fail(Code::invalid_argument, "Le premier jour vient après le dernier.");
  out.horizons = options.horizons;
  out.unseen = options.unseen;
  return out;
}

void print_figures(const canteen::Dataset& dataset, const std::vector<canteen::PastForecast>& forecasts,
                   const CanteenBacktestOptions& options, bool boosted) {
  json::Writer out;
  out.begin_object().field("boosted", boosted).key("horizons").begin_array();
  for (const int horizon : options.horizons) {
    const canteen::Figures figures = canteen::figures_of(dataset, forecasts, horizon);
    out.begin_object().field("horizon", horizon).field("site_days", figures.site_days).field("wape", figures.wape);
    out.field("bias", figures.bias).field("coverage80", figures.coverage80).field("shortage80", figures.shortage80);
    out.field("surplus80", figures.surplus80).field("cost4", figures.cost4).field("agents_cost4", figures.agents_cost4).end_object();
    if (options.json) continue;
    fmt::print("à {} jours, {} jours de cantine\u00a0: erreur {:.2f}\u00a0% des repas, biais {:+.2f}\u00a0%\n", horizon, figures.site_days,
               100 * figures.wape, 100 * figures.bias);
    fmt::print("  commande à 80\u00a0%\u00a0: couvre {:.1f}\u00a0% des jours, {:.2f}\u00a0% de trop, {:.2f}\u00a0% de manque\n",
               100 * figures.coverage80, 100 * figures.surplus80, 100 * figures.shortage80);
    fmt::print("  coût (un repas manquant compte quatre)\u00a0: {:.2f}, celui des agents {:.2f}\n", 100 * figures.cost4,
               100 * figures.agents_cost4);
  }
  if (options.json) fmt::print("{}\n", out.end_array().end_object().text());
}

void print_town(const std::vector<canteen::PlannedDay>& days, double service) {
  for (std::size_t begin = 0; begin < days.size();) {
    double expected = 0, order = 0;
    std::size_t end = begin;
    for (; end < days.size() && days[end].day == days[begin].day; ++end) {
      expected += days[end].forecast.point;
      order += canteen::order_of(days[end].forecast, service);
    }
    fmt::print("{}  {} cantines, {:.0f} repas attendus, commande {:.0f}\n", forecast::to_iso(days[begin].day), end - begin, expected,
               order);
    begin = end;
  }
}

void print_site(const canteen::Dataset& dataset, const std::vector<canteen::PlannedDay>& days, const CanteenForecastOptions& options) {
  constexpr std::size_t kReasons = 4;
  for (const canteen::PlannedDay& planned : days) {
    if (dataset.panel->sites[planned.site].id != options.site) continue;
    fmt::print("{}  {:.0f} repas attendus, commande {:.0f}\u00a0: {}\n", forecast::to_iso(planned.day), planned.forecast.point,
               canteen::order_of(planned.forecast, options.service), canteen::in_words(planned.forecast.reasons, kReasons));
  }
}

}  // namespace

std::shared_ptr<const forecast::Boosting> boosting_of(const Config& config, bool linear) {
  if (linear) return nullptr;
  const auto opened = forecast::open_lightgbm(forecast::lightgbm_path(config.deps));
  if (opened) return *opened;
  say_fault(opened.error());
  fmt::print(stderr, kNoBoosting);
  return nullptr;
}

int run_canteen_check(const Config&, const CanteenCheckOptions& options) {
  const auto dataset = canteen::read_dataset(options.data);
  if (!dataset) return say_fault(dataset.error());
  const auto findings = canteen::findings_of(*dataset);
  for (const canteen::Finding& finding : findings) fmt::print("{}\n", finding.sentence);
  if (findings.empty()) fmt::print(stderr, "Rien d’étrange dans ces fichiers.\n");
  else fmt::print(stderr, "À vérifier avant de prévoir\u00a0: {}.\n", findings.size());
  return findings.empty() ? kDone : kFailure;
}

int run_canteen_forecast(const Config& config, const CanteenForecastOptions& options) {
  const auto last_known = asked_day(options.last_known);
  if (!last_known) {
    say_fault(last_known.error());
    return kWrongUse;
  }
  const auto dataset = canteen::read_dataset(options.data);
  if (!dataset) return say_fault(dataset.error());
  const auto boosting = boosting_of(config, options.linear);
  const auto days = canteen::plan(*dataset, {*last_known, options.days, boosting.get()});
  if (!days) return say_fault(days.error());
  if (!options.out.empty()) {
    if (const Status written = write_file_atomically(options.out, canteen::to_csv(*dataset, *days, options.service)); !written)
      return say_fault(written.error());
  }
  if (options.site.empty()) print_town(*days, options.service);
  else print_site(*dataset, *days, options);
  return kDone;
}

int run_canteen_backtest(const Config& config, const CanteenBacktestOptions& options) {
  auto wish = asked(options);
  if (!wish) {
    say_fault(wish.error());
    return kWrongUse;
  }
  const auto dataset = canteen::read_dataset(options.data);
  if (!dataset) return say_fault(dataset.error());
  if (dataset->scored.empty())
    return say_fault({Code::not_found, "Il manque la liste des jours à mesurer, scored_site_days.csv.", "no scored site-day"});
  const auto boosting = boosting_of(config, options.linear);
  wish->boosting = boosting.get();
  Progress progress("Essai sur le passé");
  const auto forecasts = canteen::backtest(*dataset, *wish, [&progress](long long done, long long total) { progress.at(done, total); });
  if (!forecasts) return say_fault(forecasts.error());
  if (!options.out.empty()) {
    if (const Status written = write_file_atomically(options.out, canteen::to_csv(*dataset, *forecasts)); !written)
      return say_fault(written.error());
  }
  print_figures(*dataset, *forecasts, options, boosting != nullptr);
  return kDone;
}

}  // namespace beffroi::app
