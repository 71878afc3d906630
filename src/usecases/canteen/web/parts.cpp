#include "usecases/canteen/web/parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <ctime>

#include "http/problem.h"
#include "pages/dates.h"
#include "usecases/canteen/web/forecast_job.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::array<std::string_view, 7> kWeekdays = {"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"};
constexpr std::array<std::string_view, 7> kShortWeekdays = {"lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."};
constexpr std::array<std::string_view, 12> kShortMonths = {"janv.", "févr.", "mars",  "avr.", "mai",  "juin",
                                                           "juil.", "août",  "sept.", "oct.", "nov.", "déc."};

struct MenuEntryOf {
  std::string_view path, label;
  bool plans;  // for those who change things
};
constexpr std::array<MenuEntryOf, 7> kMenu = {{{"/cantines", "Commandes", false},
                                               {"/cantines/servis", "Repas servis", true},
                                               {"/cantines/bilan", "Bilan", false},
                                               {"/cantines/calendrier", "Calendrier", false},
                                               {"/cantines/greves", "Grèves et fermetures", false},
                                               {"/cantines/import", "Importer", true},
                                               {"/cantines/reglages", "Cantines et réglages", false}}};

struct DoneWords {
  std::string_view word, sentence;
};
constexpr std::array<DoneWords, 8> kDone = {{{"decide", "La commande est enregistrée."},
                                             {"servi", "Les repas servis sont enregistrés."},
                                             {"import", "Le fichier est importé."},
                                             {"abandon", "Le fichier est abandonné\u00a0: rien n’a été importé."},
                                             {"calendrier", "Le calendrier est modifié. Refaites la prévision pour en tenir compte."},
                                             {"greve", "Le jour est enregistré."},
                                             {"reglages", "Les réglages sont enregistrés."},
                                             {"arret", "La prévision s’arrête."}}};

void write_menu(Html& html, const Call& call, std::string_view current) {
  html.open("nav", {{"class", "canteen-menu"}, {"aria-label", "Cantines"}}).open("ul");
  for (const MenuEntryOf& entry : kMenu) {
    if (entry.plans && !call.plans()) continue;
    html.open("li");
    html.element("a", {{"href", entry.path}, pages::optional("aria-current", entry.path == current ? "page" : "")}, entry.label);
    html.close();
  }
  html.close().close();
}

void write_done(Html& html, std::string_view word) {
  for (const DoneWords& done : kDone) {
    if (done.word == word) html.element("p", {{"class", "canteen-done"}, {"role", "status"}}, done.sentence);
  }
}

std::tm local_time(std::int64_t at_ms) {
  const auto seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm local{};
  localtime_r(&seconds, &local);
  return local;
}

}  // namespace

Day today(const Desk& desk) { return civil_day(desk.now_ms()); }

By by(const Desk& desk, const people::Visitor& visitor) { return {visitor.name, desk.now_ms(), visitor.account}; }

http::Reply page(const Call& call, const PageHead& head, const std::function<void(Html&)>& body) {
  const pages::Surroundings around = call.desk.around(call.visitor);
  std::string html = pages::framed(around, {std::string(head.title) + " – Cantines", "/cantines"}, [&](Html& out) {
    write_menu(out, call, head.path);
    if (!call.alert.empty()) {
      out.open("div", {{"class", "canteen-alert"}, {"role", "alert"}}).element("p", call.alert).close();
    } else {
      write_done(out, call.request.query.value("fait"));
    }
    body(out);
  });
  return http::html_reply(std::move(html), call.alert.empty() ? 200 : 422);
}

Result<http::Reply> after_form(const Call& call, const Status& status, const std::string& path, PageAction show) {
  if (status) return http::see_other(path);
  const Code code = status.error().code;
  if (code != Code::invalid_argument && code != Code::bad_input && code != Code::conflict && code != Code::too_large && code != Code::busy)
    return tl::unexpected<Error>(status.error());
  Call again = call;
  again.alert = status.error().message;
  return show(again);
}

void write_field(Html& html, const Field& field) {
  const std::string_view id = field.id.empty() ? field.name : field.id;
  const std::string hint_id = std::string(id) + "-aide";
  html.open("div", {{"class", "field"}});
  html.element("label", {{"for", id}}, field.label);
  if (!field.hint.empty()) html.element("p", {{"class", "quiet"}, {"id", hint_id}}, field.hint);
  html.single("input", {{"id", id},
                        {"name", field.name},
                        {"type", field.type},
                        {"value", field.value},
                        pages::optional("min", field.type == "number" ? "0" : ""),
                        pages::optional("aria-describedby", field.hint.empty() ? "" : hint_id),
                        flag("required", field.required)});
  html.close();
}

void write_choice(Html& html, const Field& field, const std::vector<Choice>& choices) {
  const std::string_view id = field.id.empty() ? field.name : field.id;
  const std::string hint_id = std::string(id) + "-aide";
  html.open("div", {{"class", "field"}});
  html.element("label", {{"for", id}}, field.label);
  if (!field.hint.empty()) html.element("p", {{"class", "quiet"}, {"id", hint_id}}, field.hint);
  html.open("select", {{"id", id}, {"name", field.name}, pages::optional("aria-describedby", field.hint.empty() ? "" : hint_id)});
  for (const Choice& choice : choices)
    html.element("option", {{"value", choice.value}, flag("selected", choice.value == field.value)}, choice.label);
  html.close().close();
}

void open_form(Html& html, const Call& call, std::string_view action, std::string_view css) {
  html.open("form", {{"class", css}, {"method", "post"}, {"action", action}});
  html.single("input", {{"type", "hidden"}, {"name", "csrf"}, {"value", call.visitor.csrf}});
}

void write_button(Html& html, std::string_view label, bool main) {
  html.element("button", {{"class", main ? "button button-main" : "button"}, {"type", "submit"}}, label);
}

std::string day_words(Day day) {
  return fmt::format("{} {}", kWeekdays.at(static_cast<std::size_t>(forecast::weekday_of(day))), pages::french_date(forecast::to_iso(day)));
}

std::string short_day(Day day) {
  const forecast::CivilDate date = forecast::civil_of(day);
  return fmt::format("{}\u00a0{}\u00a0{}", kShortWeekdays.at(static_cast<std::size_t>(forecast::weekday_of(day))), date.day_of_month,
                     kShortMonths.at(static_cast<std::size_t>(date.month - 1)));
}

std::string meals_words(double meals) {
  std::string digits = fmt::format("{:.0f}", std::abs(meals));
  std::string out;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at > 0 && (digits.size() - at) % 3 == 0) out += "\u202f";
    out += digits[at];
  }
  return (meals < 0 && digits != "0" ? "−" : "") + out;
}

std::string share_words(double share, int decimals) {
  std::string text = fmt::format("{:.{}f}", std::abs(100 * share), decimals);
  const bool nothing = text.find_first_not_of("0.") == std::string::npos;
  std::replace(text.begin(), text.end(), '.', ',');
  return (share < 0 && !nothing ? "−" : "") + text + "\u00a0%";
}

std::string signed_percent(double percent) { return (percent < 0 ? "" : "+") + share_words(percent / 100, 0); }

std::string moment_words(std::int64_t at_ms) {
  const std::tm local = local_time(at_ms);
  return fmt::format("{:02}/{:02}/{} à {}\u00a0h\u00a0{:02}", local.tm_mday, local.tm_mon + 1, local.tm_year + 1900, local.tm_hour,
                     local.tm_min);
}

std::string day_path(std::string_view code, Day day) {
  return fmt::format("/cantines/commandes/{}/{}", pages::percent_encoded(code), forecast::to_iso(day));
}

std::string object_of(Day day) { return "canteens:" + forecast::to_iso(day); }

Result<Day> day_in(const http::Parameters& from, std::string_view name, std::string_view label) {
  if (const auto day = forecast::parse_iso(trimmed(from.value(name)))) return *day;
  return fail(Code::invalid_argument, fmt::format("{}\u00a0: il faut une date, comme 2018-06-21.", label));
}

Day day_or(const http::Parameters& from, std::string_view name, Day otherwise) {
  return forecast::parse_iso(trimmed(from.value(name))).value_or(otherwise);
}

Result<int> count_in(const http::Parameters& from, std::string_view name, std::string_view label) {
  if (const auto number = whole_number(trimmed(from.value(name)))) return *number;
  return fail(Code::invalid_argument, fmt::format("{}\u00a0: il faut un nombre entier.", label));
}

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\n' || text.front() == '\r' || text.front() == '\t'))
    text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t')) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace beffroi::canteen
