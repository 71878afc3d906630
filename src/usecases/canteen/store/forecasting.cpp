#include "usecases/canteen/store/forecasting.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::canteen {

Result<ForecastDone> forecast_town(db::Database& commune, const ForecastOrder& order) {
  const Town town = BEFFROI_TRY(load_town(commune, order.today));
  if (!town.last_known)
    return fail(Code::bad_input, "Aucun repas servi n’est enregistré\u00a0: importez d’abord un fichier de fréquentation.");
  const forecast::Day last_known = std::min(*town.last_known, order.today - 1);
  const int days = order.today - 1 + order.days - last_known;
  if (days > forecast::kMaxHorizonDays) {
    return fail(Code::bad_input,
                fmt::format("Les derniers repas servis connus datent du {}\u00a0: c’est trop ancien pour prévoir d’ici le {}. "
                            "Importez ou saisissez les repas servis depuis.",
                            forecast::to_iso(last_known), forecast::to_iso(last_known + days)));
  }
  auto planned = BEFFROI_TRY(plan(town.dataset, {last_known, days, order.boosting, order.progress, order.stop}));
  std::erase_if(planned, [&](const PlannedDay& each) { return each.site >= town.sites.size() || town.sites[each.site].closed; });
  ForecastDone done;
  done.run = BEFFROI_TRY(save_run(commune, {0, order.by, last_known, order.boosting != nullptr}, planned, town.sites));
  done.forecasts = planned.size();
  done.last_known = last_known;
  return done;
}

}  // namespace beffroi::canteen
