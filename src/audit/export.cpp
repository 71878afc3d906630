#include "audit/export.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "audit/csv.h"
#include "json/writer.h"

namespace beffroi::audit {

namespace {

constexpr std::size_t kPieceBytes = 64 << 10;

std::string csv_row(const Line& line) {
  std::string row;
  add_csv_row(row, {std::to_string(line.number), utc_text(line.at_ms), line.who_kind, line.who, line.action, line.object, line.sources,
                    line.model, line.model_sha256, std::to_string(line.passed), std::to_string(line.refused), line.outcome, line.hash});
  return row;
}

std::string csv_header() {
  std::string row(kCsvBeginning);
  add_csv_row(row, {"number", "time", "who_kind", "who", "action", "object", "sources", "model", "model_sha256", "passed", "refused",
                    "outcome", "hash"});
  return row;
}

std::string json_of(const Line& line) {
  json::Writer out;
  out.begin_object().field("number", line.number).field("time", utc_text(line.at_ms)).field("at_ms", line.at_ms);
  out.field("who_kind", line.who_kind).field("who", line.who).field("action", line.action).field("object", line.object);
  out.field("sources", line.sources).field("model", line.model).field("model_sha256", line.model_sha256).field("passed", line.passed);
  out.field("refused", line.refused).field("outcome", line.outcome).field("hash", line.hash).end_object();
  return std::move(out).text();
}

// « 1764201600000-1764288000000 », empty for what has no bound.
std::string bounds_of(const Period& period) {
  const Period whole;
  return fmt::format("{}-{}", period.from_ms == whole.from_ms ? "" : std::to_string(period.from_ms),
                     period.until_ms == whole.until_ms ? "" : std::to_string(period.until_ms));
}

class Pieces {
 public:
  explicit Pieces(const Sink& sink) : sink_(sink) {}
  Status add(std::string_view text) {
    waiting_ += text;
    return waiting_.size() < kPieceBytes ? Status{} : flush();
  }
  Status flush() {
    Status given = sink_(waiting_);
    waiting_.clear();
    return given;
  }

 private:
  const Sink& sink_;
  std::string waiting_;
};

}  // namespace

std::optional<Format> format_named(std::string_view name) {
  if (name == "csv") return Format::csv;
  if (name == "json") return Format::json;
  return std::nullopt;
}

Status export_lines(const tenants::Tenant& tenant, const Export& asked, const Sink& sink) {
  const Entry entry{.who = asked.who, .action = Action::audit_exported, .object = bounds_of(asked.period)};
  BEFFROI_TRY(append(tenant, entry, asked.at_ms));
  Pieces pieces(sink);
  if (asked.format == Format::csv) {
    BEFFROI_CHECK(pieces.add(csv_header()));
    BEFFROI_CHECK(each_line(tenant, asked.period, [&](const Line& line) { return pieces.add(csv_row(line)); }));
    return pieces.flush();
  }
  bool first = true;
  BEFFROI_CHECK(pieces.add(R"({"commune":)" + json::quoted(tenant.id()) + R"(,"lines":[)"));
  BEFFROI_CHECK(each_line(tenant, asked.period, [&](const Line& line) {
    const std::string_view before = first ? "\n" : ",\n";
    first = false;
    return pieces.add(std::string(before) + json_of(line));
  }));
  BEFFROI_CHECK(pieces.add("\n]}\n"));
  return pieces.flush();
}

std::string utc_text(std::int64_t ms) {
  using std::chrono::days;
  using std::chrono::milliseconds;
  const std::chrono::sys_time<milliseconds> time{milliseconds(ms)};
  const auto midnight = std::chrono::floor<days>(time);
  const std::chrono::year_month_day day(midnight);
  const std::chrono::hh_mm_ss clock(time - midnight);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

Result<std::int64_t> midnight_of(std::string_view day) {
  int year = 0;
  unsigned month = 0, of_month = 0;
  const auto read = [&](std::size_t at, std::size_t size, auto& number) {
    const std::string_view digits = day.substr(at, size);
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return fault == std::errc{} && end == digits.data() + digits.size();
  };
  const bool shaped = day.size() == 10 && day[4] == '-' && day[7] == '-' && read(0, 4, year) && read(5, 2, month) && read(8, 2, of_month);
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(of_month)};
  if (!shaped || year < 1970 || !date.ok()) {
    return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas un jour de la forme AAAA-MM-JJ.", day));
  }
  return std::chrono::sys_days(date).time_since_epoch().count() * kDayMs;
}

}  // namespace beffroi::audit
