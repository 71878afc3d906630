// /conformite/conservation: for how long what is kept, and the purge with its proof.
#include <fmt/format.h>

#include <charconv>

#include "audit/export.h"
#include "audit/journal.h"
#include "compliance/retention.h"
#include "usecases/oversight/call.h"
#include "usecases/oversight/purge_job.h"

namespace beffroi::oversight {

namespace {

constexpr std::size_t kPurgesShown = 5;

std::string field_of(const compliance::Keeper& keeper) { return "jours-" + keeper.kind; }

void write_kind(Html& html, const compliance::Keeper& keeper, const compliance::Retention& retention, const http::Parameters& sent) {
  html.open("tr").open("th", {{"scope", "row"}}).text(keeper.title);
  html.element("p", {{"class", "quiet"}}, keeper.contents).close();
  html.open("td", {{"class", "days"}});
  if (!keeper.purge) {
    html.text(compliance::readable_days(keeper, 0));
  } else {
    const std::string id = field_of(keeper);
    const std::string value = sent.find(id) != nullptr ? std::string(sent.value(id)) : std::to_string(retention.days);
    html.open("label", {{"for", id}}).element("span", {{"class", "visually-hidden"}}, keeper.title + ", ").text("jours").close();
    html.single(
        "input",
        {{"id", id}, {"name", id}, {"type", "text"}, {"inputmode", "numeric"}, {"value", value}, {"aria-describedby", id + "-bornes"}});
    html.element("p", {{"class", "quiet"}, {"id", id + "-bornes"}},
                 fmt::format("de {} à {}{}", keeper.least_days, keeper.most_days, retention.decided ? ", décidé par la commune" : ""));
  }
  html.close().close();
}

void write_durations(Html& html, const Call& call, const std::vector<compliance::Retention>& durations, const http::Parameters& sent) {
  html.open("form", {{"class", "form wide-form"}, {"method", "post"}, {"action", "/conformite/conservation"}});
  pages::write_hidden(html, "csrf", call.visitor.csrf);
  pages::open_table(html, "durees", "Ce qui est gardé, et pendant combien de jours");
  pages::write_heads(html, {"Ce qui est gardé", "Durée"});
  html.open("tbody");
  for (std::size_t i = 0; i < durations.size(); ++i) write_kind(html, call.services.keepers[i], durations[i], sent);
  html.close().close().close();
  pages::write_button(html, "Enregistrer ces durées");
  html.close();
}

std::string state_words(const jobs::Job& job) {
  switch (job.state) {
    case jobs::State::waiting: return job.error.empty() ? "attend son tour" : "sera tentée à nouveau\u00a0: " + job.error;
    case jobs::State::running: return "en cours";
    case jobs::State::done: return job.line.empty() ? "faite" : "faite. " + job.line;
    case jobs::State::failed: return "n’a pas abouti\u00a0: " + job.error;
    case jobs::State::stopped: return "arrêtée";
  }
  return "";
}

// What the journal says of past purges: « opinions:2026-11-27:3 », one a kind, and « all:… » for the whole.
void write_proofs(Html& html, const std::vector<audit::Line>& lines, const Call& call) {
  if (lines.empty()) return;
  pages::open_table(html, "preuves", "Dernières preuves de purge, lignes du journal");
  pages::write_heads(html, {"Ligne", "Quand", "Ce qui a été effacé"});
  html.open("tbody");
  for (const audit::Line& line : lines) {
    const std::size_t first = line.object.find(':'), second = line.object.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) continue;
    const std::string kind = line.object.substr(0, first), day = line.object.substr(first + 1, second - first - 1);
    std::string rest = line.object.substr(second + 1);
    rest = rest.substr(0, rest.find(':'));
    const compliance::Keeper* keeper = compliance::keeper_of(call.services.keepers, kind);
    html.open("tr").element("th", {{"scope", "row"}}, std::to_string(line.number));
    pages::write_cell(html, pages::french_moment(line.at_ms));
    pages::write_cell(
        html, kind == "all"
                  ? fmt::format("En tout\u00a0: {}{}", rest, line.outcome == "done" ? ", plus aucune trace dans les fichiers" : "")
                  : fmt::format("{}, avant le {}\u00a0: {}", keeper == nullptr ? kind : keeper->title, pages::french_date(day), rest));
    html.close();
  }
  html.close().close().close();
}

void write_purge_form(Html& html, const Call& call) {
  pages::open_form(html, "/conformite/conservation/purge", call.visitor.csrf);
  pages::write_choice(
      html, {.name = "date",
             .value = "verifiee",
             .label = fmt::format("La machine dit\u00a0: {}. C’est bien la date d’aujourd’hui.", pages::french_moment(call.now_ms())),
             .hint = "À cocher seulement si une purge a été refusée parce que l’horloge avait avancé."});
  pages::write_button(html, "Purger maintenant");
  html.close();
}

// A whole number of days, and nothing else.
Result<std::int64_t> days_in(const compliance::Keeper& keeper, std::string_view text) {
  std::int64_t days = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (fault == std::errc{} && end == text.data() + text.size()) return days;
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0»\u00a0: écrivez un nombre entier de jours.", keeper.title));
}

}  // namespace

Result<http::Reply> show_retention(const Call& call) {
  const auto durations = BEFFROI_TRY(compliance::retentions(call.tenant(), call.services.keepers));
  auto jobs = BEFFROI_TRY(purge_jobs(call.tenant()));
  jobs.resize(std::min(jobs.size(), kPurgesShown));
  audit::LinesAsked asked;
  asked.action = audit::name_of(audit::Action::purged);
  const auto proofs = BEFFROI_TRY(audit::matching_lines(call.tenant(), asked, 10));
  const auto backups = call.services.backups ? BEFFROI_TRY(call.services.backups()) : std::vector<compliance::BackupHeld>{};
  const http::Parameters sent = call.faults.empty() ? http::Parameters{} : BEFFROI_TRY(call.request.form());
  return page(call, {"Conservation", "/conformite/conservation"}, [&](Html& html) {
    html.element("h1", "Durées de conservation");
    html.element("p",
                 "Ce qui est plus ancien est effacé chaque jour, avec une preuve au journal. Allonger une durée ne fait rien revenir.");
    write_durations(html, call, durations, sent);
    html.element("h2", {{"id", "purge"}}, "Purges");
    if (jobs.empty()) html.element("p", "Aucune purge n’a encore été demandée.");
    html.open("ul");
    for (const jobs::Job& job : jobs)
      html.element("li", fmt::format("Demandée le {}\u00a0: {}", pages::french_moment(job.created_ms), state_words(job)));
    html.close();
    write_purge_form(html, call);
    write_proofs(html, proofs, call);
    html.element("h2", "Sauvegardes");
    html.element("p", backups_words(backups));
  });
}

Result<http::Reply> change_retention(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const auto change = [&]() -> Status {
    const auto now = BEFFROI_TRY(compliance::retentions(call.tenant(), call.services.keepers));
    std::vector<compliance::NewRetention> wanted;  // all of them are read before one is changed
    for (std::size_t i = 0; i < now.size(); ++i) {
      const compliance::Keeper& keeper = call.services.keepers[i];
      const std::string* text = keeper.purge ? form.find(field_of(keeper)) : nullptr;
      if (text == nullptr) continue;
      const std::int64_t days = BEFFROI_TRY(days_in(keeper, *text));
      if (days < keeper.least_days || days > keeper.most_days)
        return fail(Code::invalid_argument,
                    fmt::format("«\u00a0{}\u00a0»\u00a0: de {} à {} jours.", keeper.title, keeper.least_days, keeper.most_days));
      if (days != now[i].days) wanted.push_back({keeper.kind, days});
    }
    for (const compliance::NewRetention& one : wanted) {
      BEFFROI_CHECK(compliance::set_retention(call.tenant(), call.services.keepers, one, call.who(), call.now_ms()));
    }
    return {};
  };
  return after_form(call, change(), "/conformite/conservation?fait=durees", show_retention);
}

Result<http::Reply> purge_now(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  BEFFROI_CHECK(ask_purge(call.tenant(), {call.who(), form.value("date") == "verifiee"}));
  if (call.services.wake) call.services.wake();
  return http::see_other("/conformite/conservation?fait=purge#purge");
}

}  // namespace beffroi::oversight
