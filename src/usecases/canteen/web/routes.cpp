// The addresses of the planner's pages.
#include "usecases/canteen/web/desk.h"

#include "usecases/canteen/store/imports.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

constexpr std::size_t kFormLimitBytes = 256 << 10;            // a line a canteen
constexpr std::size_t kUploadLimitBytes = kMostFileBytes + (1 << 20);

const std::vector<std::string>& form_types() {
  static const std::vector<std::string> types = {"application/x-www-form-urlencoded"};
  return types;
}

}  // namespace

void add_canteen_routes(http::Router& router, const std::shared_ptr<const people::Door>& door, const Desk& desk) {
  const auto action = [&desk](PageAction of) {
    return [desk, of](const people::Visitor& visitor, const http::Request& request) { return of({desk, visitor, request}); };
  };
  const auto read = [&](const char* pattern, PageAction of, people::Right right = people::Right::see_canteens) {
    router.add(people::route(door, http::Method::get, pattern, right, action(of)));
  };
  const auto change = [&](const char* pattern, PageAction of) {
    http::Route route = people::route(door, http::Method::post, pattern, people::Right::plan_canteens, action(of));
    route.body_limit_bytes = kFormLimitBytes;
    route.media_types = form_types();
    router.add(std::move(route));
  };
  constexpr auto kPlans = people::Right::plan_canteens;
  read("/cantines", show_plan);
  read("/cantines/export/commandes/{format}", export_orders);
  read("/cantines/export/bilan/{format}", export_review);
  read("/cantines/commandes/{code}/{jour}", show_day);
  change("/cantines/commandes/{code}/{jour}", decide_day);
  read("/cantines/previsions", show_forecast);
  change("/cantines/previsions", start_forecast);
  change("/cantines/previsions/arret", stop_forecast);
  read("/cantines/servis", show_served, kPlans);
  change("/cantines/servis", save_served);
  read("/cantines/bilan", show_review);
  read("/cantines/bilan/{code}", show_site);
  read("/cantines/calendrier", show_calendar);
  change("/cantines/calendrier", change_calendar);
  read("/cantines/greves", show_strikes);
  change("/cantines/greves", change_strikes);
  read("/cantines/import", show_import, kPlans);
  read("/cantines/import/{numero}", show_mapping, kPlans);
  change("/cantines/import/{numero}", answer_mapping);
  read("/cantines/reglages", show_settings);
  change("/cantines/reglages", change_settings);
  http::Route upload = people::route(door, http::Method::post, "/cantines/import", kPlans, action(take_upload));
  upload.body_limit_bytes = kUploadLimitBytes;
  upload.media_types = {"multipart/form-data", "application/x-www-form-urlencoded"};
  router.add(std::move(upload));
}

}  // namespace beffroi::canteen
