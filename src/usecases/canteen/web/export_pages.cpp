// /cantines/export: the same figures for a spreadsheet.
#include <fmt/format.h>

#include "usecases/canteen/exporting/tables.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kLongest = 400;            // days in a file
constexpr Day kOrders = 13, kReview = 90;

struct Period {
  Day from = 0, to = 0;
};

Result<Period> period_of(const Call& call, Period otherwise) {
  const Period period{day_or(call.request.query, "du", otherwise.from), day_or(call.request.query, "au", otherwise.to)};
  if (period.to < period.from || period.to - period.from > kLongest)
    return fail(Code::invalid_argument, "La période d’un export va d’un jour à un autre, plus tard, dans l’année.");
  return period;
}

Result<http::Reply> file_of(const Call& call, const std::string& name, const std::vector<Sheet>& sheets) {
  const std::string_view format = call.request.captured.value("format");
  http::Reply reply;
  if (format == "csv") {
    reply.content_type = "text/csv; charset=utf-8";
    reply.body = to_csv(sheets.front());
  } else if (format == "ods") {
    reply.content_type = kOdsType;
    reply.body = BEFFROI_TRY(to_ods(sheets));
  } else {
    return fail(Code::not_found, "Les exports sont en CSV ou en ODS.");
  }
  reply.headers.emplace_back("Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", name, format));
  return reply;
}

}  // namespace

Result<http::Reply> export_orders(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk);
  const Period period = BEFFROI_TRY(period_of(call, {now, now + kOrders}));
  const PlannedWindow window = BEFFROI_TRY(planned_window(commune, {period.from, period.to, 1}));
  const auto percent = whole_number(trimmed(call.request.query.value("couvrir")));
  const double service = percent && *percent >= 50 && *percent <= 95 ? *percent / 100.0 : window.settings.service;
  return recorded(call.desk, call.visitor, audit::Action::data_exported, "canteens:orders",
                  [&] { return file_of(call, "commandes-" + forecast::to_iso(period.from), orders_sheets(window, service)); });
}

Result<http::Reply> export_review(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk);
  const Period period = BEFFROI_TRY(period_of(call, {now - kReview, now}));
  const Settings kept = BEFFROI_TRY(settings(commune));
  const auto came = BEFFROI_TRY(outcomes(commune, {period.from, period.to, kept.lead_days}));
  const auto all = BEFFROI_TRY(sites(commune));
  return recorded(call.desk, call.visitor, audit::Action::data_exported, "canteens:review",
                  [&] { return file_of(call, "bilan-" + forecast::to_iso(period.from), review_sheets(came, all)); });
}

}  // namespace beffroi::canteen
