#include "usecases/canteen/dataset.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "base/files.h"
#include "usecases/canteen/csv.h"
#include "usecases/canteen/menu_words.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Panel;

constexpr int kWednesday = 2, kSaturday = 5;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr Day kMaxDays = 366 * 60;

// One row of a file: its cells by name, and its place for what is said of it.
struct Line {
  const CsvTable& table;
  std::size_t at;
  std::string_view file;

  [[nodiscard]] std::string_view cell(std::size_t column) const { return table.rows[at][column]; }
  [[nodiscard]] tl::unexpected<Error> wrong(std::string_view what) const {
    return fail(Code::bad_input, fmt::format("{}, ligne {}\u00a0: {}", file, table.lines[at], what));
  }
  [[nodiscard]] Result<Day> day(std::size_t column) const {
    if (const auto day = forecast::parse_iso(cell(column))) return *day;
    return wrong(fmt::format("«\u00a0{}\u00a0» n’est pas une date de la forme AAAA-MM-JJ.", cell(column)));
  }
  // Empty: nothing recorded.
  [[nodiscard]] Result<float> count(std::size_t column) const {
    const std::string_view text = cell(column);
    if (text.empty()) return kNone;
    float value = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size() || !(value >= 0) || value > kMostMeals)
      return wrong(fmt::format("«\u00a0{}\u00a0» n’est pas un nombre de repas entre 0 et {:.0f}.", text, kMostMeals));
    return value;
  }
};

Result<std::optional<CsvTable>> read_table(const std::filesystem::path& folder, const char* name, bool needed) {
  std::error_code ignored;
  if (!needed && !std::filesystem::exists(folder / name, ignored)) return std::optional<CsvTable>{};
  auto text = read_file(folder / name);
  if (!text) return tl::unexpected<Error>(std::move(text).error().at(name));
  auto table = parse_csv(*text);
  if (!table) return tl::unexpected<Error>(std::move(table).error().at(name));
  return std::optional<CsvTable>{*std::move(table)};
}

class Reading {
 public:
  explicit Reading(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<Dataset> all() {
    panel_.flags = menu_flag_list();
    BEFFROI_CHECK(sites());
    BEFFROI_CHECK(calendar());
    BEFFROI_CHECK(strikes());
    BEFFROI_CHECK(menus());
    BEFFROI_CHECK(enrolment());
    BEFFROI_CHECK(attendance());
    BEFFROI_CHECK(scored());
    Dataset out{std::make_shared<const Panel>(std::move(panel_)), std::move(agents_), std::move(scored_)};
    return out;
  }

 private:
  // Calls `row` with the places of the columns for each row of the file.
  Status each(const char* file, bool needed, const std::vector<const char*>& columns,
              const std::function<Status(const Line&, const std::vector<std::size_t>&)>& row) {
    const auto table = BEFFROI_TRY(read_table(folder_, file, needed));
    if (!table) return {};
    std::vector<std::size_t> places;
    for (const char* name : columns) {
      const auto place = table->column(name);
      if (!place) return tl::unexpected<Error>(Error(place.error()).at(file));
      places.push_back(*place);
    }
    for (std::size_t at = 0; at < table->rows.size(); ++at) BEFFROI_CHECK(row(Line{*table, at, file}, places));
    return {};
  }

  Status sites() {
    std::map<std::string, int, std::less<>> sectors;
    BEFFROI_CHECK(each("sites.csv", true, {"site_id", "site", "type", "sector"}, [&](const Line& line, const auto& at) -> Status {
      const std::string id(line.cell(at[0]));
      if (!site_at_.emplace(id, panel_.sites.size()).second)
        return line.wrong(fmt::format("la cantine «\u00a0{}\u00a0» est déjà donnée.", id));
      const std::string_view type = line.cell(at[2]);
      const int sector = sectors.emplace(line.cell(at[3]), static_cast<int>(sectors.size())).first->second;
      panel_.sites.push_back({id, std::string(line.cell(at[1])), type == "M" ? 0 : type == "E" ? 1 : 2, sector, {}});
      return {};
    }));
    if (panel_.sites.empty()) return fail(Code::bad_input, "sites.csv\u00a0: aucune cantine.");
    return {};
  }

  Status calendar() {
    std::map<Day, forecast::DayFacts> days;
    const auto read = [&](const char* file, bool needed, std::vector<const char*> columns) {
      return each(file, needed, columns, [&, strikes = columns.size() > 5](const Line& line, const auto& at) -> Status {
        const Day day = BEFFROI_TRY(line.day(at[0]));
        const int weekday = forecast::weekday_of(day);
        forecast::DayFacts facts;
        facts.open = line.cell(at[1]) == "1" && weekday != kWednesday && weekday < kSaturday;
        facts.public_holiday = !line.cell(at[2]).empty();
        facts.ramadan = line.cell(at[3]) == "1";
        facts.feast = line.cell(at[4]) == "1";
        facts.unusual = strikes && line.cell(at[5]) == "1";
        days.emplace(day, facts);
        return {};
      });
    };
    BEFFROI_CHECK(read("calendar.csv", true, {"date", "school_day", "public_holiday", "ramadan", "aid", "strike"}));
    BEFFROI_CHECK(read("calendar_future.csv", false, {"date", "school_day", "public_holiday", "ramadan", "aid"}));
    if (days.empty() || days.rbegin()->first - days.begin()->first > kMaxDays)
      return fail(Code::bad_input, "calendar.csv\u00a0: aucun jour, ou plus de soixante ans.");
    panel_.first = days.begin()->first;
    panel_.days.resize(static_cast<std::size_t>(days.rbegin()->first - panel_.first + 1));
    for (const auto& [day, facts] : days) panel_.days[static_cast<std::size_t>(day - panel_.first)] = facts;
    for (int year = forecast::civil_of(panel_.first).year; year <= forecast::civil_of(days.rbegin()->first).year; ++year) {
      for (const forecast::Holiday& holiday : forecast::public_holidays(year)) {
        if (!panel_.holds(holiday.day)) continue;
        facts_of(holiday.day).public_holiday = true;
        facts_of(holiday.day).open = false;
      }
    }
    panel_.counts.assign(panel_.sites.size() * panel_.day_count(), kNone);
    agents_ = panel_.counts;
    return {};
  }

  Status strikes() {
    return each("strikes.csv", false, {"date"}, [&](const Line& line, const auto& at) -> Status {
      const Day day = BEFFROI_TRY(line.day(at[0]));
      if (panel_.holds(day)) facts_of(day).unusual = true;
      return {};
    });
  }

  Status menus() {
    return each("menus.csv", false, {"date", "dish"}, [&](const Line& line, const auto& at) -> Status {
      const Day day = BEFFROI_TRY(line.day(at[0]));
      if (panel_.holds(day)) facts_of(day).flags |= menu_flags(line.cell(at[1]));
      return {};
    });
  }

  Status enrolment() {
    return each("enrolment.csv", false, {"site_id", "school_year", "effectif"}, [&](const Line& line, const auto& at) -> Status {
      const std::size_t site = BEFFROI_TRY(site_of(line, at[0]));
      const auto year = forecast::parse_iso(fmt::format("{}-09-01", line.cell(at[1]).substr(0, 4)));
      if (!year) return line.wrong(fmt::format("«\u00a0{}\u00a0» n’est pas une année scolaire (2016-2017).", line.cell(at[1])));
      const float children = BEFFROI_TRY(line.count(at[2]));
      if (children > 0) panel_.sites[site].enrolment[forecast::civil_of(*year).year] = children;
      return {};
    });
  }

  Status attendance() {
    std::set<std::pair<std::size_t, Day>> seen;
    return each("attendance.csv", true, {"site_id", "date", "served", "agents"}, [&](const Line& line, const auto& at) -> Status {
      const std::size_t site = BEFFROI_TRY(site_of(line, at[0]));
      const Day day = BEFFROI_TRY(line.day(at[1]));
      const float served = BEFFROI_TRY(line.count(at[2])), ordered = BEFFROI_TRY(line.count(at[3]));
      if (!panel_.holds(day)) return line.wrong("ce jour n’est pas dans le calendrier.");
      const std::size_t cell = site * panel_.day_count() + static_cast<std::size_t>(day - panel_.first);
      const auto same = [](float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); };
      if (!seen.emplace(site, day).second && (!same(panel_.counts[cell], served) || !same(agents_[cell], ordered)))
        return line.wrong("cette cantine a déjà d’autres nombres ce jour-là.");
      panel_.counts[cell] = served;
      agents_[cell] = ordered;
      return {};
    });
  }

  Status scored() {
    return each("scored_site_days.csv", false, {"site_id", "date"}, [&](const Line& line, const auto& at) -> Status {
      const std::size_t site = BEFFROI_TRY(site_of(line, at[0]));
      scored_.emplace_back(site, BEFFROI_TRY(line.day(at[1])));
      return {};
    });
  }

  Result<std::size_t> site_of(const Line& line, std::size_t column) {
    const auto found = site_at_.find(line.cell(column));
    if (found == site_at_.end()) return line.wrong(fmt::format("la cantine «\u00a0{}\u00a0» n’est pas dans sites.csv.", line.cell(column)));
    return found->second;
  }
  forecast::DayFacts& facts_of(Day day) { return panel_.days[static_cast<std::size_t>(day - panel_.first)]; }

  std::filesystem::path folder_;
  Panel panel_;
  std::vector<float> agents_;
  std::vector<std::pair<std::size_t, Day>> scored_;
  std::map<std::string, std::size_t, std::less<>> site_at_;
};

}  // namespace

Result<Dataset> read_dataset(const std::filesystem::path& folder) { return Reading(folder).all(); }

}  // namespace beffroi::canteen
