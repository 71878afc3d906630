// /cantines/import/{numero}: how a file is read, what is asked about it, what it would change; then all of it is imported, or nothing.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "usecases/canteen/store/attendance.h"
#include "usecases/canteen/store/doubts.h"
#include "usecases/canteen/store/imports.h"
#include "usecases/canteen/web/mapping_form.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::size_t kPreview = 15, kDoubts = 15;

Result<std::int64_t> number_of(const Call& call) {
  const auto number = whole_number(call.request.captured.value("numero"));
  if (!number) return fail(Code::not_found, "Ce fichier n’existe pas.");
  return *number;
}

void write_file(Html& html, const Upload& upload, const ReadFile& file) {
  const std::string separator = file.table.separator == '\t' ? "tabulation" : fmt::format("«\u00a0{}\u00a0»", file.table.separator);
  html.element("p", fmt::format("«\u00a0{}\u00a0»\u00a0: {} lignes, codage {}, séparateur {}.", upload.name,
                                meals_words(static_cast<double>(file.table.rows.size())), name_of(file.encoding), separator));
}

void write_doubts(Html& html, const std::vector<std::string>& doubts) {
  if (doubts.empty()) return;
  html.element("h2", "Ce qui étonne");
  html.element("p", "Rien n’empêche d’importer\u00a0; mais ces points méritent un regard, dans le fichier ou dans le calendrier.");
  html.open("div", {{"class", "canteen-alarms"}}).open("ul");
  for (std::size_t at = 0; at < std::min(doubts.size(), kDoubts); ++at) html.element("li", doubts[at]);
  if (doubts.size() > kDoubts) html.element("li", fmt::format("… et {} autres.", doubts.size() - kDoubts));
  html.close().close();
}

std::string name_of_place(const Questions& questions, std::size_t place) {
  const Place& of = questions.draft.places[place];
  return of.known ? questions.known.sites[*of.known].name : of.created.name + " (nouvelle)";
}

void write_preview(Html& html, const Questions& questions) {
  const Draft& draft = questions.draft;
  html.element("h2", "Ce qui sera enregistré");
  const auto created = std::count_if(draft.places.begin(), draft.places.end(), [](const Place& place) { return !place.known; });
  html.open("ul");
  if (created > 0) html.element("li", fmt::format("{} cantine{} nouvelle{}", created, created > 1 ? "s" : "", created > 1 ? "s" : ""));
  if (!draft.entries.empty())
    html.element("li", meals_words(static_cast<double>(draft.entries.size())) + " jours de cantine, nouveaux ou changés");
  if (draft.unchanged > 0)
    html.element("li", meals_words(static_cast<double>(draft.unchanged)) + " jours de cantine déjà enregistrés tels quels");
  if (!draft.enrolment.empty()) html.element("li", fmt::format("{} effectifs d’enfants inscrits", draft.enrolment.size()));
  if (!draft.menus.empty()) html.element("li", fmt::format("{} plats", draft.menus.size()));
  for (const HolidayEntry& entry : draft.holidays) {
    html.element("li",
                 fmt::format("Zone {}, {}\u00a0: du {} au {}", entry.zone, entry.title, day_words(entry.first), day_words(entry.last)));
  }
  html.close();
  if (draft.entries.empty()) return;
  open_table(html, "tableau-apercu", "Les premiers jours");
  write_heads(html, {"Cantine", "Jour", "Servis", "Commandés", "Convives"}, {2, 4});
  html.open("tbody");
  for (std::size_t at = 0; at < std::min(draft.entries.size(), kPreview); ++at) {
    const Entry& entry = draft.entries[at];
    html.open("tr").element("th", {{"scope", "row"}}, name_of_place(questions, entry.place));
    write_cell(html, day_words(entry.day));
    for (const auto& meals : {entry.meals.served, entry.meals.ordered}) write_number(html, meals ? meals_words(*meals) : "—");
    std::string guests;
    for (const Guests& each : entry.guests)
      guests += fmt::format("{}{} {}", guests.empty() ? "" : ", ", each.category, each.meals.served.value_or(0));
    write_cell(html, guests);
    html.close();
  }
  html.close().close().close();
}

void write_action(Html& html, std::string_view value, std::string_view label, bool main) {
  html.element("button", {{"class", main ? "button button-main" : "button"}, {"type", "submit"}, {"name", "action"}, {"value", value}},
               label);
}

}  // namespace

Result<http::Reply> show_mapping(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const std::int64_t id = BEFFROI_TRY(number_of(call));
  const Upload upload = BEFFROI_TRY(waiting_upload(commune, id));
  const ReadFile file = BEFFROI_TRY(read_upload(upload.content));
  const Day now = today(call.desk);
  const Answers answers = call.request.method == http::Method::post ? answers_from(BEFFROI_TRY(call.request.form()), file.table)
                                                                    : BEFFROI_TRY(remembered_answers(commune, file.table.header));
  const Known known = BEFFROI_TRY(known_of(commune, now));
  const Draft draft = draft_of(file.table, answers, known);
  const auto doubts = draft.ready() ? BEFFROI_TRY(doubts_of(commune, draft, now)) : std::vector<std::string>{};
  const Questions questions{file.table, draft, answers, known, call.request.query.value("tout") == "oui"};
  return page(call, {"Vérifier le fichier", "/cantines/import"}, [&](Html& html) {
    html.element("h1", "Vérifier le fichier avant l’import");
    write_file(html, upload, file);
    html.element("p", {{"class", "canteen-done"}, {"role", "status"}},
                 draft.ready() ? "Tout est répondu\u00a0: vérifiez, puis importez."
                               : "Il reste des questions\u00a0: répondez, puis relisez le fichier.");
    open_form(html, call, fmt::format("/cantines/import/{}", id));
    write_columns(html, questions);
    write_days(html, questions);
    write_spellings(html, questions);
    write_meals(html, questions);
    write_notices(html, questions);
    write_doubts(html, doubts);
    write_preview(html, questions);
    html.open("p", {{"class", "buttons"}});
    write_action(html, "relire", "Relire avec ces réponses", !draft.ready());
    if (draft.ready()) write_action(html, "importer", "Importer ce fichier", true);
    write_action(html, "abandonner", "Abandonner", false);
    html.close().close();
  });
}

Result<http::Reply> answer_mapping(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const std::string_view action = form.value("action");
  if (action != "importer" && action != "abandonner") return show_mapping(call);
  const std::int64_t id = BEFFROI_TRY(number_of(call));
  const auto act = [&]() -> Status {
    db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
    if (action == "abandonner") return drop_upload(commune, id);
    const Upload upload = BEFFROI_TRY(waiting_upload(commune, id));
    const ReadFile file = BEFFROI_TRY(read_upload(upload.content));
    BEFFROI_TRY(import_table(commune, file.table, answers_from(form, file.table),
                             {upload.name, id, today(call.desk), by(call.desk, call.visitor)}));
    return {};
  };
  const auto taken =
      action == "importer" ? recorded(call.desk, call.visitor, audit::Action::data_imported, fmt::format("canteens:{}", id), act) : act();
  return after_form(call, taken, action == "importer" ? "/cantines/import?fait=import" : "/cantines/import?fait=abandon", show_mapping);
}

}  // namespace beffroi::canteen
