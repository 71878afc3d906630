// The addresses of oversight, each with the right it needs.
#include "usecases/oversight/call.h"

namespace beffroi::oversight {

namespace {

constexpr std::size_t kFormLimitBytes = 128 << 10;  // the text of a charter, percent-encoded

}  // namespace

void add_routes(http::Router& router, const Services& services) {
  using people::Right;
  const auto action = [&services](PageAction of) {
    return [services, of](const people::Visitor& visitor, const http::Request& request) { return of({services, visitor, request}); };
  };
  const auto get = [&](const char* path, Right right, PageAction of) {
    router.add(people::route(services.door, http::Method::get, path, right, action(of)));
  };
  const auto post = [&](const char* path, Right right, PageAction of) {
    http::Route route = people::route(services.door, http::Method::post, path, right, action(of));
    route.body_limit_bytes = kFormLimitBytes;
    route.media_types = {"application/x-www-form-urlencoded"};
    router.add(std::move(route));
  };
  get("/charte", Right::open, show_charter);
  post("/charte", Right::own_account, accept_text);
  get("/conformite", Right::see_register, show_hub);
  get("/conformite/charte", Right::manage_charter, show_charters);
  post("/conformite/charte", Right::manage_charter, publish_text);
  get("/conformite/charte/{version}", Right::manage_charter, show_version);
  get("/conformite/acceptations", Right::see_register, show_acceptances);
  get("/conformite/acceptations/export/{format}", Right::see_register, export_acceptances);
  get("/conformite/journal", Right::see_audit, show_journal);
  post("/conformite/journal/verification", Right::see_audit, verify_journal);
  get("/conformite/journal/export/{format}", Right::see_audit, export_journal);
  get("/conformite/conservation", Right::manage_retention, show_retention);
  post("/conformite/conservation", Right::manage_retention, change_retention);
  post("/conformite/conservation/purge", Right::manage_retention, purge_now);
  get("/conformite/registre", Right::see_register, show_register);
  post("/conformite/registre", Right::name_delegate, save_delegate);
  get("/conformite/registre/export/{format}", Right::see_register, export_register);
  get("/conformite/personnes", Right::serve_requests, show_persons);
  get("/conformite/personnes/{id}", Right::serve_requests, show_person);
  post("/conformite/personnes/{id}/donnees", Right::serve_requests, hand_over);
  post("/conformite/personnes/{id}/effacement", Right::serve_requests, erase);
}

}  // namespace beffroi::oversight
