// What the planner's pages share: their frame and menu, tables, fields, figures and days as French readers write them. Only for web/.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "pages/html.h"
#include "pages/table.h"
#include "people/visitor.h"
#include "usecases/canteen/web/desk.h"

namespace beffroi::canteen {

using pages::flag;
using pages::Html;
using pages::open_table;
using pages::write_cell;
using pages::write_heads;
using pages::write_number;

// One page asked for: who, what, and what to say above it.
struct Call {
  const Desk& desk;
  const people::Visitor& visitor;
  const http::Request& request;
  std::string alert = {};            // French: why the last form was refused

  [[nodiscard]] bool plans() const { return visitor.may(people::Right::plan_canteens); }
};
using PageAction = Result<http::Reply> (*)(const Call&);

struct PageHead {
  std::string_view title;
  std::string_view path;             // of the entry of the menu of canteens to mark: "/cantines/bilan"
};
// The whole page: the menu of canteens, what was done (?fait=…), the alert, then `body`. 422 with an alert.
[[nodiscard]] http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body);

// After a form: done, the reader is sent to `path` and told so; refused for what was written in it, `show` again with the reason.
[[nodiscard]] Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show);

struct Field {
  std::string_view name, label, type = "text", value = {}, hint = {};
  bool required = true;
  std::string_view id = {};          // empty: the name
};
void write_field(Html& html, const Field& field);
struct Choice {
  std::string value, label;
};
void write_choice(Html& html, const Field& field, const std::vector<Choice>& choices);
// Opens a form that changes something, with the token of the session. Closed by close().
void open_form(Html& html, const Call& call, std::string_view action, std::string_view css = "form");
void write_button(Html& html, std::string_view label, bool main = true);

// « lundi 4 septembre 2017 », « lun. 4 sept. »
[[nodiscard]] std::string day_words(forecast::Day day);
[[nodiscard]] std::string short_day(forecast::Day day);
// « 14 300 », « 0,8 % », « −9 % »
[[nodiscard]] std::string meals_words(double meals);
[[nodiscard]] std::string share_words(double share, int decimals);
[[nodiscard]] std::string signed_percent(double percent);
// The moment a thing was done, to the minute.
[[nodiscard]] std::string moment_words(std::int64_t at_ms);

// "/cantines/commandes/S001/2018-06-21"
[[nodiscard]] std::string day_path(std::string_view code, forecast::Day day);

// What the journal calls a day of the canteens: "canteens:2018-06-21"
[[nodiscard]] std::string object_of(forecast::Day day);

// Of a form or an address. Code::invalid_argument says which one.
[[nodiscard]] Result<forecast::Day> day_in(const http::Parameters& from, std::string_view name, std::string_view label);
[[nodiscard]] forecast::Day day_or(const http::Parameters& from, std::string_view name, forecast::Day otherwise);
[[nodiscard]] Result<int> count_in(const http::Parameters& from, std::string_view name, std::string_view label);
[[nodiscard]] std::optional<int> whole_number(std::string_view text);
// Spaces at both ends taken off.
[[nodiscard]] std::string trimmed(std::string_view text);

}  // namespace beffroi::canteen
