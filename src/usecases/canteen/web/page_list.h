// Inside web/: one function a page or a form; routes.cpp gives them their addresses.
#pragma once

#include "usecases/canteen/web/parts.h"

namespace beffroi::canteen {

// plan_page.cpp: the table by day and canteen
[[nodiscard]] Result<http::Reply> show_plan(const Call& call);
// forecast_pages.cpp: the forecast in the background
[[nodiscard]] Result<http::Reply> start_forecast(const Call& call);
[[nodiscard]] Result<http::Reply> show_forecast(const Call& call);
[[nodiscard]] Result<http::Reply> stop_forecast(const Call& call);
// day_page.cpp: one canteen on one day
[[nodiscard]] Result<http::Reply> show_day(const Call& call);
[[nodiscard]] Result<http::Reply> decide_day(const Call& call);
// served_page.cpp: what was served, a day for every canteen
[[nodiscard]] Result<http::Reply> show_served(const Call& call);
[[nodiscard]] Result<http::Reply> save_served(const Call& call);
// review_page.cpp, site_page.cpp: errors, by month and canteen; one canteen
[[nodiscard]] Result<http::Reply> show_review(const Call& call);
[[nodiscard]] Result<http::Reply> show_site(const Call& call);
// calendar_page.cpp: days, local edits, events
[[nodiscard]] Result<http::Reply> show_calendar(const Call& call);
[[nodiscard]] Result<http::Reply> change_calendar(const Call& call);
// strike_page.cpp: strikes and closures
[[nodiscard]] Result<http::Reply> show_strikes(const Call& call);
[[nodiscard]] Result<http::Reply> change_strikes(const Call& call);
// import_pages.cpp, mapping_page.cpp: a file, and how it is read
[[nodiscard]] Result<http::Reply> show_import(const Call& call);
[[nodiscard]] Result<http::Reply> take_upload(const Call& call);
[[nodiscard]] Result<http::Reply> show_mapping(const Call& call);
[[nodiscard]] Result<http::Reply> answer_mapping(const Call& call);
// settings_page.cpp: canteens, zone, days of service, level of service
[[nodiscard]] Result<http::Reply> show_settings(const Call& call);
[[nodiscard]] Result<http::Reply> change_settings(const Call& call);
// export_pages.cpp: CSV and ODS
[[nodiscard]] Result<http::Reply> export_orders(const Call& call);
[[nodiscard]] Result<http::Reply> export_review(const Call& call);

}  // namespace beffroi::canteen
