#include "usecases/canteen/store/imports.h"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>
#include <span>
#include <unordered_map>

#include "usecases/canteen/store/attendance.h"
#include "usecases/canteen/store/sites.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::to_iso;

constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr Day kEver = 366 * 200;

std::span<const std::byte> bytes_of(std::string_view text) { return {reinterpret_cast<const std::byte*>(text.data()), text.size()}; }

const char* s(std::size_t count) { return count > 1 ? "s" : ""; }

// Writes a draft that is ready, inside a transaction that its caller opened.
class Writing {
 public:
  Writing(db::Database& commune, const Draft& draft) : commune_(commune), draft_(draft) {}

  Result<std::string> write() {
    BEFFROI_CHECK(make_places());
    BEFFROI_CHECK(write_attendance());
    BEFFROI_CHECK(write_enrolment());
    BEFFROI_CHECK(write_menus());
    BEFFROI_CHECK(write_holidays());
    return summary();
  }

 private:
  Status make_places() {
    const auto known = BEFFROI_TRY(sites(commune_));
    for (const Place& place : draft_.places) {
      if (!place.known) ++created_;
      ids_.push_back(place.known ? known[*place.known].id : BEFFROI_TRY(add_site(commune_, place.created)));
    }
    return {};
  }

  Status write_attendance() {
    if (draft_.entries.empty()) return {};
    db::Statement day =
        BEFFROI_TRY(commune_.prepare("INSERT INTO canteen_served (site, day, served, ordered) VALUES (?, ?, ?, ?) "
                                     "ON CONFLICT (site, day) DO UPDATE SET served = excluded.served, ordered = excluded.ordered"));
    db::Statement forget = BEFFROI_TRY(commune_.prepare("DELETE FROM canteen_guests WHERE site = ? AND day = ?"));
    db::Statement guests =
        BEFFROI_TRY(commune_.prepare("INSERT INTO canteen_guests (site, day, category, served, ordered) VALUES (?, ?, ?, ?, ?)"));
    for (const Entry& entry : draft_.entries) {
      const std::int64_t site = ids_[entry.place];
      BEFFROI_CHECK(Row(day).number(site).day(entry.day).count(entry.meals.served).count(entry.meals.ordered).run());
      BEFFROI_CHECK(Row(forget).number(site).day(entry.day).run());  // a new total has new parts, or none
      for (const Guests& each : entry.guests) {
        BEFFROI_CHECK(Row(guests).number(site).day(entry.day).text(each.category).count(each.meals.served).count(each.meals.ordered).run());
      }
    }
    return {};
  }

  Status write_enrolment() {
    if (draft_.enrolment.empty()) return {};
    db::Statement insert =
        BEFFROI_TRY(commune_.prepare("INSERT INTO canteen_enrolment (site, school_year, children) VALUES (?, ?, ?) "
                                     "ON CONFLICT (site, school_year) DO UPDATE SET children = excluded.children"));
    for (const EnrolmentEntry& entry : draft_.enrolment)
      BEFFROI_CHECK(Row(insert).number(ids_[entry.place]).number(entry.school_year).number(entry.children).run());
    return {};
  }

  // The dishes of a day are those of the last file that speaks of it.
  Status write_menus() {
    if (draft_.menus.empty()) return {};
    db::Statement forget = BEFFROI_TRY(commune_.prepare("DELETE FROM canteen_dish WHERE day = ?"));
    std::set<Day> days;
    for (const MenuEntry& entry : draft_.menus) days.insert(entry.day);
    for (const Day day : days) BEFFROI_CHECK(Row(forget).day(day).run());
    db::Statement insert = BEFFROI_TRY(commune_.prepare("INSERT INTO canteen_dish (day, dish) VALUES (?, ?)"));
    for (const MenuEntry& entry : draft_.menus) BEFFROI_CHECK(Row(insert).day(entry.day).text(entry.dish).run());
    return {};
  }

  Status write_holidays() {
    if (draft_.holidays.empty()) return {};
    db::Statement insert =
        BEFFROI_TRY(commune_.prepare("INSERT INTO canteen_holiday (zone, first_day, last_day, title) VALUES (?, ?, ?, ?) "
                                     "ON CONFLICT (zone, first_day) DO UPDATE SET last_day = excluded.last_day, title = excluded.title"));
    for (const HolidayEntry& entry : draft_.holidays)
      BEFFROI_CHECK(Row(insert).text(entry.zone).day(entry.first).day(entry.last).text(entry.title).run());
    return {};
  }

  [[nodiscard]] std::string summary() const {
    std::string out;
    const auto add = [&](std::size_t count, std::string_view what) {
      if (count > 0) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", count, what);
    };
    add(created_, created_ > 1 ? "cantines créées" : "cantine créée");
    add(draft_.entries.size(), draft_.entries.size() > 1 ? "jours de cantine" : "jour de cantine");
    add(draft_.enrolment.size(), draft_.enrolment.size() > 1 ? "effectifs d’enfants inscrits" : "effectif d’enfants inscrits");
    add(draft_.menus.size(), draft_.menus.size() > 1 ? "plats" : "plat");
    add(draft_.holidays.size(), draft_.holidays.size() > 1 ? "périodes de vacances" : "période de vacances");
    if (draft_.unchanged > 0) out += fmt::format(" ({} déjà enregistré{})", draft_.unchanged, s(draft_.unchanged));
    return out + ".";
  }

  db::Database& commune_;
  const Draft& draft_;
  std::vector<std::int64_t> ids_;
  std::size_t created_ = 0;
};

// What « like » and new names became: the next file finds them known.
Status remember(db::Database& commune, const CsvTable& table, const Answers& answers, const Draft& draft) {
  Answers kept = answers;
  kept.columns = draft.columns;
  if (!draft.days.answer && !draft.days.possible.empty()) kept.day_form = draft.day_form;
  db::Statement shape =
      BEFFROI_TRY(commune.prepare("INSERT INTO canteen_file_shape (signature, answers) VALUES (?, ?) "
                                  "ON CONFLICT (signature) DO UPDATE SET answers = excluded.answers"));
  BEFFROI_CHECK(Row(shape).text(signature_of(table.header)).text(to_json(kept)).run());
  const auto known = BEFFROI_TRY(sites(commune));
  std::map<std::string, std::string> code_of_name;
  for (const StoredSite& site : known) code_of_name[site.name.name + "|" + std::string(word_of(site.name.kind))] = site.name.code;
  std::map<std::string, const Spelling*> by_key;
  for (const Spelling& spelling : draft.spellings) by_key[spelling.key] = &spelling;
  db::Statement insert =
      BEFFROI_TRY(commune.prepare("INSERT INTO canteen_spelling (spelling, target) VALUES (?, ?) "
                                  "ON CONFLICT (spelling) DO UPDATE SET target = excluded.target"));
  for (const Spelling& spelling : draft.spellings) {
    const Spelling* root = &spelling;
    while (root->target.kind == Target::Kind::like && by_key.contains(root->target.of)) root = by_key[root->target.of];
    Target target = root->target;
    if (target.kind == Target::Kind::create) {
      const auto code = code_of_name.find(root->name.name + "|" + std::string(word_of(root->name.kind)));
      if (code == code_of_name.end()) continue;
      target = {Target::Kind::known, code->second};
    }
    BEFFROI_CHECK(Row(insert).text(spelling.key).text(to_text(target)).run());
  }
  return {};
}

Status write_journal(db::Database& commune, const ImportOrder& order, const std::string& summary) {
  if (order.waiting == 0) {
    db::Statement insert = BEFFROI_TRY(commune.prepare(
        "INSERT INTO canteen_import (name, content, state, summary, author, made_at, account) VALUES (?, ?, 'done', ?, ?, ?, ?)"));
    BEFFROI_CHECK(insert.bind_all(std::string_view(order.name), bytes_of({}), std::string_view(summary), std::string_view(order.by.author),
                                  order.by.at_ms, std::string_view(order.by.account)));
    return insert.run();
  }
  db::Statement update = BEFFROI_TRY(commune.prepare(
      "UPDATE canteen_import SET state = 'done', content = ?, summary = ?, author = ?, made_at = ?, account = ? WHERE id = ? AND state = "
      "'waiting'"));
  BEFFROI_CHECK(update.bind_all(bytes_of({}), std::string_view(summary), std::string_view(order.by.author), order.by.at_ms,
                                std::string_view(order.by.account), order.waiting));
  BEFFROI_CHECK(update.run());
  if (commune.changes() == 0) return fail(Code::conflict, "Ce fichier a déjà été importé, ou abandonné.");
  return {};
}

}  // namespace

Result<ReadFile> read_upload(std::string_view content) {
  if (content.size() > kMostFileBytes) return fail(Code::too_large, "Le fichier dépasse 16\u00a0Mo\u00a0: découpez-le par année.");
  const DecodedText decoded = BEFFROI_TRY(decode_text(content));
  ReadFile out{BEFFROI_TRY(parse_csv(decoded.text)), decoded.encoding};
  if (out.table.rows.empty()) return fail(Code::bad_input, "Le fichier ne contient aucune ligne sous celle des titres.");
  return out;
}

Result<std::int64_t> keep_upload(db::Database& commune, const Upload& upload, const By& by) {
  db::Statement old =
      BEFFROI_TRY(commune.prepare("UPDATE canteen_import SET state = 'dropped', content = ? WHERE state = 'waiting' AND made_at < ?"));
  BEFFROI_CHECK(old.bind_all(bytes_of({}), by.at_ms - kDayMs));
  BEFFROI_CHECK(old.run());
  db::Statement insert = BEFFROI_TRY(commune.prepare(
      "INSERT INTO canteen_import (name, content, state, summary, author, made_at, account) VALUES (?, ?, 'waiting', '', ?, ?, ?) RETURNING id"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(upload.name), bytes_of(upload.content), std::string_view(by.author), by.at_ms,
                                std::string_view(by.account)));
  if (!BEFFROI_TRY(insert.step())) return fail(Code::internal, "Le fichier n’a pas pu être gardé.", "insert returned no row");
  const std::int64_t id = insert.number(0);
  while (BEFFROI_TRY(insert.step())) {
  }
  return id;
}

Result<Upload> waiting_upload(db::Database& commune, std::int64_t id) {
  db::Statement row = BEFFROI_TRY(commune.prepare("SELECT name, content FROM canteen_import WHERE id = ? AND state = 'waiting'"));
  BEFFROI_CHECK(row.bind_all(id));
  if (!BEFFROI_TRY(row.step())) return fail(Code::not_found, "Ce fichier n’attend plus\u00a0: il a été importé, ou abandonné.");
  const auto bytes = row.bytes(1);
  return Upload{std::string(row.text(0)), std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())};
}

Status drop_upload(db::Database& commune, std::int64_t id) {
  db::Statement update =
      BEFFROI_TRY(commune.prepare("UPDATE canteen_import SET state = 'dropped', content = ? WHERE id = ? AND state = 'waiting'"));
  BEFFROI_CHECK(update.bind_all(bytes_of({}), id));
  return update.run();
}

Result<Known> known_of(db::Database& commune, Day today) {
  Known known;
  known.today = today;
  const auto all = BEFFROI_TRY(sites(commune));
  for (const StoredSite& site : all) known.sites.push_back(site.name);
  db::Statement spellings = BEFFROI_TRY(commune.prepare("SELECT spelling, target FROM canteen_spelling"));
  while (BEFFROI_TRY(spellings.step())) known.spellings[std::string(spellings.text(0))] = target_of(spellings.text(1));
  const auto recorded =
      std::make_shared<const std::map<SiteDay, Recorded>>(BEFFROI_TRY(recorded_between(commune, all, today - kEver, today + kEver)));
  known.recorded = [recorded](std::size_t site, Day day) {
    const auto found = recorded->find({site, day});
    return found == recorded->end() ? Recorded{} : found->second;
  };
  return known;
}

Result<Answers> remembered_answers(db::Database& commune, const std::vector<std::string>& header) {
  db::Statement row = BEFFROI_TRY(commune.prepare("SELECT answers FROM canteen_file_shape WHERE signature = ?"));
  const std::string signature = signature_of(header);
  BEFFROI_CHECK(row.bind_all(std::string_view(signature)));
  if (!BEFFROI_TRY(row.step())) return Answers{};
  return answers_of(row.text(0));
}

Result<std::string> import_table(db::Database& commune, const CsvTable& table, const Answers& answers, const ImportOrder& order) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  const Known known = BEFFROI_TRY(known_of(commune, order.today));
  const Draft draft = draft_of(table, answers, known);
  for (const Notice& notice : draft.notices) {
    if (notice.blocking) return fail(Code::conflict, notice.sentence);
  }
  std::string summary = BEFFROI_TRY(Writing(commune, draft).write());
  BEFFROI_CHECK(remember(commune, table, answers, draft));
  BEFFROI_CHECK(write_journal(commune, order, summary));
  BEFFROI_CHECK(transaction.commit());
  return summary;
}

Result<std::vector<PastImport>> past_imports(db::Database& commune, int most) {
  db::Statement rows = BEFFROI_TRY(
      commune.prepare("SELECT name, summary, author, made_at FROM canteen_import WHERE state = 'done' ORDER BY id DESC LIMIT ?"));
  BEFFROI_CHECK(rows.bind_all(std::int64_t{most}));
  std::vector<PastImport> out;
  while (BEFFROI_TRY(rows.step()))
    out.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2)), rows.number(3)});
  return out;
}

}  // namespace beffroi::canteen
