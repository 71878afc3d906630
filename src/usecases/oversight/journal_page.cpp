// /conformite/journal: who did what. Each reading is a line of it, written before the page is shown.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "audit/export.h"
#include "audit/journal.h"
#include "audit/verify.h"
#include "compliance/who.h"
#include "usecases/oversight/call.h"
#include "usecases/oversight/journal_words.h"

namespace beffroi::oversight {

namespace {

constexpr int kLinesShown = 50;
constexpr std::array<std::string_view, 2> kFormats{"csv", "json"};

// What the form of the page asks; kept as it was typed, to be shown again.
struct Filter {
  std::string from, to, who, action;
  std::int64_t before = std::numeric_limits<std::int64_t>::max();

  [[nodiscard]] std::string query(std::int64_t before_number) const {
    std::string text = fmt::format("?du={}&au={}&qui={}&quoi={}", http::percent_encoded(from), http::percent_encoded(to),
                                   http::percent_encoded(who), http::percent_encoded(action));
    return before_number == 0 ? text : fmt::format("{}&avant={}", text, before_number);
  }
};

Filter filter_of(const http::Parameters& query) {
  Filter filter{std::string(query.value("du")), std::string(query.value("au")), std::string(query.value("qui")),
                std::string(query.value("quoi"))};
  const std::string_view before = query.value("avant");
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(before.data(), before.data() + before.size(), number);
  if (!before.empty() && fault == std::errc{} && end == before.data() + before.size()) filter.before = number;
  return filter;
}

Result<audit::Period> period_of(const Filter& filter) {
  audit::Period period;
  if (!filter.from.empty()) period.from_ms = BEFFROI_TRY(audit::midnight_of(filter.from));
  if (!filter.to.empty()) period.until_ms = BEFFROI_TRY(audit::midnight_of(filter.to)) + audit::kDayMs;
  return period;
}

Result<audit::LinesAsked> lines_asked(const Filter& filter) {
  audit::LinesAsked asked;
  asked.period = BEFFROI_TRY(period_of(filter));
  asked.action = filter.action;
  asked.before_number = filter.before;
  const std::size_t colon = filter.who.find(':');  // « person:a1b2 », « public »
  asked.who_kind = filter.who.substr(0, colon);
  if (colon != std::string::npos) asked.who = filter.who.substr(colon + 1);
  return asked;
}

Result<Known> known_of(const Call& call) {
  return Known{BEFFROI_TRY(people::accounts(call.tenant())), BEFFROI_TRY(people::keys(call.tenant())), call.services.keepers};
}

std::vector<pages::Option> whose(const Known& known) {
  std::vector<pages::Option> options{{"", "Tous"}};
  for (const audit::Actor actor : {audit::Actor::anonymous, audit::Actor::key, audit::Actor::console, audit::Actor::program}) {
    const std::string name(audit::name_of(actor));
    options.push_back({name, audit::title_of_actor(name)});
  }
  for (const people::Account& account : known.accounts) {
    options.push_back({"person:" + account.id, fmt::format("{} ({})", account.name, account.login)});
  }
  return options;
}

std::vector<pages::Option> which() {
  std::vector<pages::Option> options{{"", "Tout"}};
  for (const audit::Action action : audit::all_actions()) {
    const std::string name(audit::name_of(action));
    options.push_back({name, audit::title_of_action(name)});
  }
  return options;
}

void write_filter(Html& html, const Filter& filter, const Known& known) {
  html.open("form", {{"class", "oversight-filter"}, {"method", "get"}, {"action", "/conformite/journal"}});
  pages::write_field(html, {.id = "du", .label = "Du", .type = "date", .value = filter.from, .required = false});
  pages::write_field(html, {.id = "au", .label = "Au", .type = "date", .value = filter.to, .required = false});
  pages::write_select(html, {.id = "qui", .label = "Qui", .value = filter.who}, whose(known));
  pages::write_select(html, {.id = "quoi", .label = "Quoi", .value = filter.action}, which());
  html.open("p").element("button", {{"class", "button button-main"}, {"type", "submit"}}, "Filtrer").text(" ");
  html.element("a", {{"class", "button"}, {"href", "/conformite/journal"}}, "Tout revoir").close();
  html.close();
}

void write_lines(Html& html, const std::vector<audit::Line>& lines, const Known& known) {
  pages::open_table(html, "lignes", "Lignes du journal, la plus récente d’abord");
  pages::write_heads(html, {"N°", "Quand", "Qui", "Quoi", "Détail"});
  html.open("tbody");
  for (const audit::Line& line : lines) {
    html.open("tr").element("th", {{"scope", "row"}}, std::to_string(line.number));
    html.element("td", {{"class", "when"}}, pages::french_moment(line.at_ms));
    pages::write_cell(html, who_words(known, line));
    pages::write_cell(html, audit::title_of_action(line.action));
    html.open("td", {{"class", "details"}});
    write_details(html, known, line);
    html.close().close();
  }
  html.close().close().close();
}

void write_verification(Html& html, const Call& call, const std::optional<audit::Verification>& found) {
  html.element("h2", "Est-il entier\u00a0?");
  if (found && found->whole()) {
    html.open("div", {{"class", "form-done"}, {"role", "status"}});
    html.element("p", fmt::format("Le journal est entier\u00a0: {} lignes relues, {} écrites depuis le début, {} purgées à leur terme.",
                                  found->kept, found->head.lines, found->head.purged));
    html.element("p", "Notez cette empreinte ailleurs (courriel, papier)\u00a0: elle prouvera plus tard que rien n’a été réécrit depuis.");
    html.open("p").element("code", {{"class", "secret"}}, fmt::format("{}:{}", found->head.lines, found->head.hash)).close().close();
  } else if (found) {
    html.open("div", {{"class", "form-faults"}, {"role", "alert"}});
    html.element("p", fmt::format("Le journal n’est pas entier\u00a0: {}. Ne le purgez pas, et prévenez l’administrateur de la machine.",
                                  found->fault));
    html.close();
  }
  html.element("p", "Chaque ligne porte l’empreinte de la précédente. Une ligne changée, ôtée, ajoutée ou déplacée se voit.");
  pages::open_form(html, "/conformite/journal/verification", call.visitor.csrf);
  pages::write_quiet_button(html, "Vérifier le journal");
  html.close();
}

Result<http::Reply> journal(const Call& call, const std::optional<audit::Verification>& found) {
  const Filter filter = filter_of(call.request.query);
  Call told = call;
  auto asked = lines_asked(filter);
  if (!asked) {
    told.faults.push_back({"du", asked.error().message});
    asked = audit::LinesAsked{};
  }
  BEFFROI_TRY(audit::append(call.tenant(), compliance::entry_of(call.visitor, audit::Action::audit_read), call.now_ms()));
  const Known known = BEFFROI_TRY(known_of(call));
  const auto lines = BEFFROI_TRY(audit::matching_lines(call.tenant(), *asked, kLinesShown));
  return page(told, {"Journal", "/conformite/journal"}, [&](Html& html) {
    html.element("h1", "Journal");
    html.element(
        "p",
        "Qui a fait quoi, quand, à partir de quelles sources et avec quel modèle. Jamais une question, une réponse ni un nom d’habitant. "
        "Votre lecture y est elle-même inscrite.");
    write_filter(html, filter, known);
    if (lines.empty()) html.element("p", "Aucune ligne ne répond à ce filtre.");
    else write_lines(html, lines, known);
    if (lines.size() == kLinesShown) {
      const std::string older = "/conformite/journal" + filter.query(lines.back().number);
      html.open("p", {{"class", "oversight-tools"}}).element("a", {{"class", "button"}, {"href", older}}, "Lignes plus anciennes").close();
    }
    html.element("h2", "Garder une copie");
    html.element("p", "L’export contient toutes les lignes de la période choisie plus haut, avec leurs empreintes.");
    write_downloads(html, "/conformite/journal/export", kFormats, filter.query(0));
    write_verification(html, call, found);
  });
}

}  // namespace

Result<http::Reply> show_journal(const Call& call) { return journal(call, std::nullopt); }

Result<http::Reply> verify_journal(const Call& call) { return journal(call, BEFFROI_TRY(audit::verify(call.tenant()))); }

Result<http::Reply> export_journal(const Call& call) {
  const std::string_view name = call.request.captured.value("format");
  const auto format = audit::format_named(name);
  if (!format) return fail(Code::not_found, "Cet export est en CSV ou en JSON.");
  audit::Export asked{.format = *format, .who = call.who(), .at_ms = call.now_ms()};
  asked.period = BEFFROI_TRY(period_of(filter_of(call.request.query)));
  std::string body;
  BEFFROI_CHECK(audit::export_lines(call.tenant(), asked, [&body](std::string_view piece) -> Status {
    body += piece;
    return {};
  }));
  return file(std::move(body), "journal-" + call.tenant().id(), name);
}

}  // namespace beffroi::oversight
