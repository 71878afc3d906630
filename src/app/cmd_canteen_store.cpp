// beffroi canteen import | calendar | forecast | override | served | review | export, on a commune's own database.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>

#include "app/at_commune.h"
#include "app/canteen_commands.h"
#include "base/clock.h"
#include "base/files.h"
#include "json/writer.h"
#include "usecases/canteen/canteen.h"

namespace beffroi::app {

namespace {

using canteen::forecast_town;
using forecast::Day;

// The commune, open.
struct Store {
  const tenants::Tenant& tenant;
  db::Database& commune;
};

constexpr Day kReviewDays = 90, kOrderDays = 13;
constexpr std::size_t kDoubts = 15;

Day today() {
  const std::time_t seconds = std::time(nullptr);
  std::tm local{};
  localtime_r(&seconds, &local);
  return forecast::day_of({local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

canteen::By at_keyboard() { return {"ligne de commande", now_ms()}; }

Result<Day> day_of(const std::string& text, Day otherwise) {
  if (text.empty()) return otherwise;
  if (const auto day = forecast::parse_iso(text)) return *day;
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme AAAA-MM-JJ.", text));
}

Result<canteen::StoredSite> site_of(db::Database& commune, const std::string& code) {
  for (const canteen::StoredSite& site : BEFFROI_TRY(canteen::sites(commune))) {
    if (site.name.code == code) return site;
  }
  return fail(Code::invalid_argument, fmt::format("Aucune cantine n’a le code «\u00a0{}\u00a0».", code));
}

struct Pair {
  std::string left, right;
};
Result<Pair> cut(const std::string& text) {
  const std::size_t equal = text.rfind('=');
  if (equal == std::string::npos || equal == 0)
    return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0»\u00a0: il faut un signe = entre les deux.", text));
  return Pair{text.substr(0, equal), text.substr(equal + 1)};
}

canteen::Target target_of(const std::string& answer) {
  if (answer == "nouvelle") return {canteen::Target::Kind::create, {}};
  if (answer == "laisser") return {canteen::Target::Kind::left_out, {}};
  return {canteen::Target::Kind::known, answer};
}

Result<canteen::Answers> answers_of(db::Database& commune, const canteen::CsvTable& table, const CanteenImportOptions& options) {
  canteen::Answers answers = BEFFROI_TRY(canteen::remembered_answers(commune, table.header));
  if (!options.days.empty()) answers.day_form = canteen::day_form(options.days);
  answers.same_day = canteen::same_day_of(options.same_day);
  answers.differs = canteen::differs_of(options.differs);
  answers.faulty = options.leave_faulty ? canteen::Faulty::leave_out : canteen::Faulty::ask;
  answers.our_town = options.our_town;
  if (options.names.empty()) return answers;
  const canteen::Draft draft = canteen::draft_of(table, answers, BEFFROI_TRY(canteen::known_of(commune, today())));
  for (const std::string& name : options.names) {
    const Pair pair = BEFFROI_TRY(cut(name));
    bool found = false;
    for (const canteen::Spelling& spelling : draft.spellings) {
      if (spelling.name.name != pair.left) continue;
      answers.spellings[spelling.key] = target_of(pair.right);
      found = true;
    }
    if (!found) return fail(Code::invalid_argument, fmt::format("Aucune ligne du fichier n’a le nom «\u00a0{}\u00a0».", pair.left));
  }
  return answers;
}

void print_draft(const canteen::Draft& draft) {
  for (const canteen::Notice& notice : draft.notices) {
    fmt::print("{} {}\n", notice.blocking ? "?" : "-", notice.sentence);
    for (const std::string& example : notice.examples) fmt::print("    {}\n", example);
  }
  for (const canteen::Spelling& spelling : draft.spellings) {
    if (spelling.source == canteen::Spelling::Source::proposed)
      fmt::print("- «\u00a0{}\u00a0» → {}, proposé\u00a0: à vérifier\n", spelling.name.name, canteen::to_text(spelling.target));
  }
  const std::size_t days = draft.entries.size();
  fmt::print("{} jour{} de cantine, {} déjà enregistré{}\n", days, days > 1 ? "s" : "", draft.unchanged, draft.unchanged > 1 ? "s" : "");
}

// Told before anything is written; nothing of it prevents the import.
Status print_doubts(db::Database& commune, const canteen::Draft& draft) {
  if (!draft.ready()) return {};
  const auto doubts = BEFFROI_TRY(canteen::doubts_of(commune, draft, today()));
  if (!doubts.empty()) fmt::print("Ce qui étonne\u00a0:\n");
  for (std::size_t at = 0; at < std::min(doubts.size(), kDoubts); ++at) fmt::print("- {}\n", doubts[at]);
  if (doubts.size() > kDoubts) fmt::print("- … et {} de plus.\n", doubts.size() - kDoubts);
  return {};
}

Status import(const Store& store, const CanteenImportOptions& options) {
  db::Database& commune = store.commune;
  const std::string content = BEFFROI_TRY(read_file(options.file));
  const canteen::ReadFile file = BEFFROI_TRY(canteen::read_upload(content));
  const canteen::Answers answers = BEFFROI_TRY(answers_of(commune, file.table, options));
  const canteen::Draft draft = canteen::draft_of(file.table, answers, BEFFROI_TRY(canteen::known_of(commune, today())));
  const std::size_t lines = file.table.rows.size();
  fmt::print("{} ligne{}, codage {}\n", lines, lines > 1 ? "s" : "", canteen::name_of(file.encoding));
  print_draft(draft);
  BEFFROI_CHECK(print_doubts(commune, draft));
  if (options.check) {
    if (!draft.ready())
      return fail(Code::conflict, "Il reste des questions\u00a0: répondez par les options (beffroi canteen import --help).");
    return {};
  }
  const std::string done = BEFFROI_TRY(recorded(store.tenant, audit::Action::data_imported, "canteens:file", [&] {
    return canteen::import_table(commune, file.table, answers, {options.file.filename().string(), 0, today(), at_keyboard()});
  }));
  fmt::print("Importé\u00a0: {}\n", done);
  return {};
}

Status calendar(const Store& store, const CanteenCalendarOptions& options) {
  db::Database& commune = store.commune;
  if (!options.zone.empty()) {
    canteen::Settings kept = BEFFROI_TRY(canteen::settings(commune));
    kept.zone = options.zone;
    BEFFROI_CHECK(
        recorded(store.tenant, audit::Action::setting_changed, "canteens", [&] { return canteen::save_settings(commune, kept); }));
  }
  for (const bool open : {true, false}) {
    for (const std::string& text : open ? options.open : options.close) {
      const Day day = BEFFROI_TRY(day_of(text, 0));
      BEFFROI_CHECK(recorded(store.tenant, audit::Action::calendar_changed, "canteens:" + forecast::to_iso(day),
                             [&] { return canteen::edit_day(commune, day, {open, options.reason}, at_keyboard()); }));
    }
  }
  const canteen::Town town = BEFFROI_TRY(canteen::load_town(commune, today()));
  if (const std::string doubt = canteen::zone_doubt(town.rules, canteen::done_days(town)); !doubt.empty()) fmt::print("{}\n", doubt);
  const Day from = BEFFROI_TRY(day_of(options.from, today())), to = BEFFROI_TRY(day_of(options.to, from + kOrderDays));
  for (Day day = from; day <= to; ++day) {
    const canteen::CalendarDay there = canteen::calendar_day(town.rules, day);
    if (there.kind == canteen::DayKind::no_service) continue;
    fmt::print("{}  {}  {}\n", forecast::to_iso(day), there.open ? "ouvert" : "fermé ", there.words);
  }
  return {};
}

Status plan(db::Database& commune, const CanteenPlanOptions& options, const forecast::Boosting* boosting) {
  Progress progress("Prévision");
  const auto done = BEFFROI_TRY(forecast_town(
      commune, {.today = today(), .days = options.days, .by = at_keyboard(), .boosting = boosting, .progress = [&](int at, int total) {
                  progress.at(at, total);
                }}));
  const auto window = BEFFROI_TRY(canteen::planned_window(commune, {today(), today() + options.days - 1, 1}));
  for (const Day day : window.days) {
    double expected = 0, order = 0;
    for (std::size_t site = 0; site < window.sites.size(); ++site) {
      const auto found = window.forecasts.find({site, day});
      if (found == window.forecasts.end() || window.sites[site].closed) continue;
      expected += found->second.forecast.point;
      order += window.order({site, day}, window.settings.service).value_or(0);
    }
    fmt::print("{}  {:.0f} repas attendus, commande {:.0f}\n", forecast::to_iso(day), expected, order);
  }
  fmt::print("{} prévisions faites, d’après les repas servis jusqu’au {}.\n", done.forecasts, forecast::to_iso(done.last_known));
  return {};
}

Status decide(const Store& store, const CanteenOverrideOptions& options) {
  db::Database& commune = store.commune;
  const canteen::StoredSite site = BEFFROI_TRY(site_of(commune, options.site));
  const Day day = BEFFROI_TRY(day_of(options.day, today()));
  const auto window = BEFFROI_TRY(canteen::planned_window(commune, {day, day, 1}));
  canteen::Decision decision{options.meals, {}, options.reason, at_keyboard()};
  for (std::size_t place = 0; place < window.sites.size(); ++place) {
    if (window.sites[place].id != site.id) continue;
    if (const auto proposed = window.proposed({place, day}, window.settings.service)) decision.proposed = static_cast<int>(*proposed);
  }
  return recorded(store.tenant, audit::Action::order_decided, fmt::format("canteens:{}:{}", site.id, forecast::to_iso(day)),
                  [&] { return canteen::decide_order(commune, site.id, day, decision); });
}

Status served(const Store& store, const CanteenServedOptions& options) {
  db::Database& commune = store.commune;
  const Day day = BEFFROI_TRY(day_of(options.day, today()));
  if (day > today()) return fail(Code::invalid_argument, "Ce jour n’est pas encore passé.");
  std::vector<canteen::ServedMeals> meals;
  for (const std::string& text : options.meals) {
    const Pair pair = BEFFROI_TRY(cut(text));
    int number = 0;
    const auto [end, fault] = std::from_chars(pair.right.data(), pair.right.data() + pair.right.size(), number);
    if (fault != std::errc{} || end != pair.right.data() + pair.right.size())
      return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas un nombre de repas.", pair.right));
    meals.push_back({BEFFROI_TRY(site_of(commune, pair.left)).id, day, number});
  }
  return recorded(store.tenant, audit::Action::meals_recorded, "canteens:" + forecast::to_iso(day),
                  [&] { return canteen::record_served(commune, meals); });
}

void print_score(const char* name, const canteen::Score& score) {
  if (score.days == 0) return;
  fmt::print(
      "{}\u00a0: {} jours de cantine, erreur {:.2f}\u00a0%, biais {:+.2f}\u00a0%, {:.0f} repas de trop, {:.0f} de manque, {:.0f}\u00a0% des jours couverts\n",
      name, score.days, 100 * score.wape(), 100 * score.bias(), score.surplus, score.shortage, 100 * score.coverage());
}

void write_score(json::Writer& out, const char* name, const canteen::Score& score) {
  out.key(name).begin_object().field("site_days", score.days).field("wape", score.wape()).field("bias", score.bias());
  out.field("surplus", score.surplus)
      .field("shortage", score.shortage)
      .field("coverage", score.coverage())
      .field("cost4", score.cost4())
      .end_object();
}

Status review(const Store& store, const CanteenReviewOptions& options) {
  db::Database& commune = store.commune;
  const Day to = BEFFROI_TRY(day_of(options.to, today())), from = BEFFROI_TRY(day_of(options.from, to - kReviewDays));
  const canteen::Settings kept = BEFFROI_TRY(canteen::settings(commune));
  const auto sites = BEFFROI_TRY(canteen::sites(commune));
  constexpr std::size_t kLargest = 15;
  const canteen::Review review = canteen::review_of(BEFFROI_TRY(canteen::outcomes(commune, {from, to, kept.lead_days})), kLargest);
  if (options.json) {
    json::Writer out;
    out.begin_object();
    write_score(out, "point", review.all.point);
    write_score(out, "proposed", review.all.proposed);
    write_score(out, "proposed_beside_agents", review.all.proposed_beside);
    write_score(out, "agents", review.all.agents);
    fmt::print("{}\n", std::move(out.end_object()).text());
    return {};
  }
  print_score("Prévision", review.all.point);
  print_score("Commande proposée", review.all.proposed);
  print_score("Commande proposée, les jours où celle des agents est connue", review.all.proposed_beside);
  print_score("Commande des agents, les mêmes jours", review.all.agents);
  for (const auto& [month, compared] : review.by_month) print_score(canteen::month_words(month).c_str(), compared.point);
  for (const canteen::Outcome& outcome : review.largest) {
    fmt::print("{}  {}\u00a0: {:.0f} servis, {:.0f} prévus{}\n", forecast::to_iso(outcome.day), sites[outcome.site].name.name,
               outcome.served, outcome.point, outcome.agents ? fmt::format(", {:.0f} commandés par les agents", *outcome.agents) : "");
  }
  return {};
}

Status export_to(const Store& store, const CanteenExportOptions& options) {
  db::Database& commune = store.commune;
  std::vector<canteen::Sheet> sheets;
  if (options.what == "bilan") {
    const Day to = BEFFROI_TRY(day_of(options.to, today())), from = BEFFROI_TRY(day_of(options.from, to - kReviewDays));
    const canteen::Settings kept = BEFFROI_TRY(canteen::settings(commune));
    sheets =
        canteen::review_sheets(BEFFROI_TRY(canteen::outcomes(commune, {from, to, kept.lead_days})), BEFFROI_TRY(canteen::sites(commune)));
  } else {
    const Day from = BEFFROI_TRY(day_of(options.from, today())), to = BEFFROI_TRY(day_of(options.to, from + kOrderDays));
    const auto window = BEFFROI_TRY(canteen::planned_window(commune, {from, to, 1}));
    sheets = canteen::orders_sheets(window, window.settings.service);
  }
  const std::string file = options.out.extension() == ".ods" ? BEFFROI_TRY(canteen::to_ods(sheets)) : canteen::to_csv(sheets.front());
  return recorded(store.tenant, audit::Action::data_exported, options.what == "bilan" ? "canteens:review" : "canteens:orders",
                  [&] { return write_file_atomically(options.out, file); });
}

// Opens the commune's database, and does one thing.
template <class Options>
int on_store(const Config& config, const Options& options, Status (*act)(const Store&, const Options&)) {
  return at_commune(config, options.commune, [&](const tenants::Tenant& tenant) -> Status {
    db::Database commune = BEFFROI_TRY(tenant.connect());
    return act({tenant, commune}, options);
  });
}

}  // namespace

int run_canteen_import(const Config& config, const CanteenImportOptions& options) { return on_store(config, options, import); }
int run_canteen_calendar(const Config& config, const CanteenCalendarOptions& options) { return on_store(config, options, calendar); }
int run_canteen_override(const Config& config, const CanteenOverrideOptions& options) { return on_store(config, options, decide); }
int run_canteen_served(const Config& config, const CanteenServedOptions& options) { return on_store(config, options, served); }
int run_canteen_review(const Config& config, const CanteenReviewOptions& options) { return on_store(config, options, review); }
int run_canteen_export(const Config& config, const CanteenExportOptions& options) { return on_store(config, options, export_to); }

int run_canteen_plan(const Config& config, const CanteenPlanOptions& options) {
  const auto boosting = boosting_of(config, options.linear);
  return at_commune(config, options.commune, [&](const tenants::Tenant& tenant) -> Status {
    db::Database commune = BEFFROI_TRY(tenant.connect());
    return plan(commune, options, boosting.get());
  });
}

}  // namespace beffroi::app
