#include "usecases/canteen/importing/draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "usecases/canteen/dataset.h"
#include "usecases/canteen/importing/draft_parts.h"

namespace beffroi::canteen {

namespace {

// Columns of days, in the order in which their form is looked for.
std::vector<std::size_t> day_columns(const Columns& columns) {
  std::vector<std::size_t> out;
  for (const Role role : {Role::day, Role::first_day, Role::last_day}) {
    if (const auto place = place_of(columns, role)) out.push_back(*place);
  }
  return out;
}

void read_day_form(const Reading& reading) {
  Draft& draft = reading.draft;
  const auto columns = day_columns(draft.columns);
  if (columns.empty()) return;
  std::vector<std::string_view> values;
  for (const std::size_t column : columns) {
    for (const auto& row : reading.table.rows) values.push_back(row[column]);
  }
  draft.days = forms_of(values);
  draft.day_form = draft.days.answer.value_or(reading.answers.day_form.value_or(draft.days.proposed));
  if (draft.days.answer || reading.answers.day_form) return;
  Notice notice;
  notice.kind = Notice::Kind::days;
  notice.count = reading.table.rows.size();
  notice.sentence =
      draft.days.possible.empty()
          ? "Toutes les dates n’ont pas la même forme, ou ne sont pas des dates à quatre chiffres d’année. Choisissez comment "
            "les lire\u00a0: les autres lignes seront montrées."
          : "Les dates ne sont pas de la forme AAAA-MM-JJ. Dites comment les lire. " + draft.days.evidence;
  draft.notices.push_back(std::move(notice));
}

}  // namespace

bool Draft::ready() const {
  return std::none_of(notices.begin(), notices.end(), [](const Notice& notice) { return notice.blocking; });
}

std::string_view Reading::cell(std::size_t row, Role role) const {
  const auto place = place_of(draft.columns, role);
  return place ? std::string_view(table.rows[row][*place]) : std::string_view{};
}

void Collected::add(std::string example) {
  ++notice_.count;
  if (notice_.examples.size() < kExamples) notice_.examples.push_back(std::move(example));
}

void Collected::tell(Draft& draft, std::string sentence) {
  if (notice_.count == 0) return;
  notice_.sentence = std::move(sentence);
  draft.notices.push_back(notice_);
}

std::optional<forecast::Day> day_of_row(const Reading& reading, std::size_t row, Role role) {
  return read_day(reading.cell(row, role), reading.draft.day_form);
}

Count read_count(std::string_view text) {
  std::string digits;
  for (const char letter : text) {
    if (letter != ' ' && letter != '\xC2' && letter != '\xA0') digits += letter == ',' ? '.' : letter;  // no-break spaces too
  }
  if (digits.empty()) return {};
  double value = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (fault != std::errc{} || end != digits.data() + digits.size()) return {{}, fmt::format("«\u00a0{}\u00a0» n’est pas un nombre.", text)};
  if (value < 0) return {{}, fmt::format("{} repas\u00a0: un nombre ne peut pas être négatif.", text)};
  if (value > static_cast<double>(kMostMeals)) return {{}, fmt::format("{} repas\u00a0: c’est plus de {:.0f}.", text, kMostMeals)};
  const int whole = static_cast<int>(value);
  if (static_cast<double>(whole) != value) return {{}, fmt::format("{} repas\u00a0: il faut un nombre entier.", text)};
  return {whole, {}};
}

std::string at_line(const Reading& reading, std::size_t row, std::string_view what) {
  return fmt::format("ligne {}\u00a0: {}", reading.table.lines[row], what);
}

Draft draft_of(const CsvTable& table, const Answers& answers, const Known& known) {
  Draft draft;
  draft.columns = answers.columns && answers.columns->roles.size() == table.header.size() ? *answers.columns : guess_columns(table.header);
  draft.rows = table.rows.size();
  const Reading reading{table, answers, known, draft};
  if (std::string fault = fault_of(draft.columns); !fault.empty()) {
    Notice notice;
    notice.sentence = std::move(fault);
    draft.notices.push_back(std::move(notice));
    return draft;
  }
  read_day_form(reading);
  switch (draft.columns.kind) {
    case FileKind::attendance: read_attendance(reading); break;
    case FileKind::enrolment: read_enrolment(reading); break;
    case FileKind::menus: read_menus(reading); break;
    case FileKind::holidays: read_holidays(reading); break;
  }
  const bool found = !draft.entries.empty() || !draft.enrolment.empty() || !draft.menus.empty() || !draft.holidays.empty();
  if (!found && draft.ready()) {
    Notice notice;
    notice.kind = Notice::Kind::nothing;
    notice.sentence = draft.unchanged > 0 ? "Tout ce que dit ce fichier est déjà enregistré\u00a0: il n’y a rien à importer."
                                          : "Ce fichier ne contient rien à importer.";
    draft.notices.push_back(std::move(notice));
  }
  return draft;
}

}  // namespace beffroi::canteen
