#include "audit/journal.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "audit/rows.h"
#include "base/log.h"

namespace beffroi::audit {

namespace {

constexpr std::int64_t kPage = 500;  // PostgreSQL brings all the rows of a query at once

class TenantJournal final : public Journal {
 public:
  explicit TenantJournal(Clock clock) : clock_(std::move(clock)) {}
  Status write(const tenants::Tenant& tenant, const Entry& entry) override { return told(append(tenant, entry, clock_())); }
  Status write_within(db::Database& database, const tenants::Tenant& tenant, const Entry& entry) override {
    return told(append_within(database, tenant.id(), entry, clock_()));
  }

 private:
  static Status told(const Result<Line>& line) {
    if (line) return {};
    log::warn("audit_not_written", {{"code", std::string(beffroi::name_of(line.error().code))}, {"detail", line.error().detail}});
    return fail(
        Code::unavailable,
        "Le journal de la commune ne peut pas être écrit\u00a0: rien n’est fait qui n’y soit inscrit. Recommencez dans un instant\u00a0; si "
        "cela dure, prévenez l’administrateur.",
        "audit line not written");
  }

  const Clock clock_;
};

Status insert_line(db::Database& database, const Line& line) {
  db::Statement insert =
      BEFFROI_TRY(database.prepare(fmt::format("INSERT INTO audit_line ({}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", kColumns)));
  const auto text = [](const std::string& field) { return std::string_view(field); };
  BEFFROI_CHECK(insert.bind_all(line.number, line.at_ms, text(line.who_kind), text(line.who), text(line.action), text(line.object),
                                text(line.sources), text(line.model), text(line.model_sha256), line.passed, line.refused,
                                text(line.outcome), text(line.hash)));
  return insert.run();
}

Status keep_head(db::Database& database, const Head& head) {
  db::Statement upsert = BEFFROI_TRY(
      database.prepare("INSERT INTO audit_head (one, lines, hash, purged, purged_hash) VALUES (1, ?, ?, ?, ?) ON CONFLICT (one) DO UPDATE "
                       "SET lines = excluded.lines, hash = excluded.hash, purged = excluded.purged, purged_hash = excluded.purged_hash"));
  BEFFROI_CHECK(upsert.bind_all(head.lines, std::string_view(head.hash), head.purged, std::string_view(head.purged_hash)));
  return upsert.run();
}

// The last of the lines that may go: no line at or after it is younger than asked, and none before it.
Result<Line> last_to_purge(db::Database& database, std::int64_t before_ms) {
  db::Statement row = BEFFROI_TRY(database.prepare(
      fmt::format("SELECT {} FROM audit_line WHERE number < coalesce((SELECT min(number) FROM audit_line WHERE at_ms >= ?), "
                  "(SELECT max(number) + 1 FROM audit_line)) ORDER BY number DESC LIMIT 1",
                  kColumns)));
  BEFFROI_CHECK(row.bind(1, before_ms));
  if (!BEFFROI_TRY(row.step())) return Line{};
  return read_line(row);
}

Result<std::vector<Line>> lines_in(db::Statement& rows) {
  std::vector<Line> lines;
  while (BEFFROI_TRY(rows.step())) lines.push_back(read_line(rows));
  return lines;
}

}  // namespace

Line read_line(const db::Statement& row) {
  Line line;
  line.number = row.number(0);
  line.at_ms = row.number(1);
  int column = 2;
  for (std::string* field : {&line.who_kind, &line.who, &line.action, &line.object, &line.sources, &line.model, &line.model_sha256}) {
    *field = row.text(column++);
  }
  line.passed = row.number(column++);
  line.refused = row.number(column++);
  line.outcome = row.text(column++);
  line.hash = row.text(column);
  return line;
}

Status each_row(db::Database& database, const Period& period, const OnLine& on_line) {
  db::Statement rows = BEFFROI_TRY(database.prepare(
      fmt::format("SELECT {} FROM audit_line WHERE number > ? AND at_ms >= ? AND at_ms < ? ORDER BY number LIMIT ?", kColumns)));
  std::int64_t last = std::numeric_limits<std::int64_t>::min();
  for (bool more = true; more;) {
    rows.reset();
    BEFFROI_CHECK(rows.bind_all(last, period.from_ms, period.until_ms, kPage));
    std::int64_t read = 0;
    while (BEFFROI_TRY(rows.step())) {
      const Line line = read_line(rows);
      last = line.number;
      ++read;
      BEFFROI_CHECK(on_line(line));
    }
    more = read == kPage;
  }
  return {};
}

std::shared_ptr<Journal> make_journal(Clock clock) { return std::make_shared<TenantJournal>(std::move(clock)); }

Result<Line> append(const tenants::Tenant& tenant, const Entry& entry, std::int64_t at_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  Line line = BEFFROI_TRY(append_within(database, tenant.id(), entry, at_ms));
  BEFFROI_CHECK(transaction.commit());
  return line;
}

Result<Line> append_within(db::Database& database, std::string_view commune, const Entry& entry, std::int64_t at_ms) {
  Line line = BEFFROI_TRY(line_of(entry, at_ms));
  Head head = BEFFROI_TRY(head_of(database, commune));
  line.number = head.lines + 1;
  line.hash = chained(head.hash, line);
  BEFFROI_CHECK(insert_line(database, line));
  head.lines = line.number;
  head.hash = line.hash;
  BEFFROI_CHECK(keep_head(database, head));
  return line;
}

Result<Head> head_of(db::Database& database, std::string_view commune) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT lines, hash, purged, purged_hash FROM audit_head"));
  if (BEFFROI_TRY(row.step())) return Head{row.number(0), std::string(row.text(1)), row.number(2), std::string(row.text(3))};
  const std::string first = first_hash(commune);
  return Head{0, first, 0, first};
}

Status each_line(const tenants::Tenant& tenant, const Period& period, const OnLine& on_line) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(database, db::Transaction::Kind::read));
  return each_row(database, period, on_line);
}

Result<std::vector<Line>> latest_lines(const tenants::Tenant& tenant, int limit, const Period& period, std::int64_t before_number) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(
      fmt::format("SELECT {} FROM audit_line WHERE number < ? AND at_ms >= ? AND at_ms < ? ORDER BY number DESC LIMIT ?", kColumns)));
  BEFFROI_CHECK(rows.bind_all(before_number, period.from_ms, period.until_ms, std::int64_t{limit}));
  return lines_in(rows);
}

Result<std::vector<Line>> matching_lines(const tenants::Tenant& tenant, const LinesAsked& asked, int limit) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::string conditions = "number < ? AND at_ms >= ? AND at_ms < ?";
  const std::pair<std::string_view, const std::string&> fields[] = {
      {"who_kind", asked.who_kind}, {"who", asked.who}, {"action", asked.action}};
  for (const auto& [column, value] : fields) {
    if (!value.empty()) conditions += fmt::format(" AND {} = ?", column);
  }
  db::Statement rows =
      BEFFROI_TRY(database.prepare(fmt::format("SELECT {} FROM audit_line WHERE {} ORDER BY number DESC LIMIT ?", kColumns, conditions)));
  BEFFROI_CHECK(rows.bind_all(asked.before_number, asked.period.from_ms, asked.period.until_ms));
  int position = 3;
  for (const auto& [column, value] : fields) {
    if (!value.empty()) BEFFROI_CHECK(rows.bind(++position, std::string_view(value)));
  }
  BEFFROI_CHECK(rows.bind(++position, std::int64_t{limit}));
  return lines_in(rows);
}

Result<std::vector<Line>> lines_by(const tenants::Tenant& tenant, const std::vector<std::string>& ids, int limit) {
  if (ids.empty()) return std::vector<Line>{};
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::string marks;
  for (std::size_t i = 0; i < ids.size(); ++i) marks += i == 0 ? "?" : ", ?";
  db::Statement rows = BEFFROI_TRY(
      database.prepare(fmt::format("SELECT {} FROM audit_line WHERE who IN ({}) ORDER BY number DESC LIMIT ?", kColumns, marks)));
  int position = 0;
  for (const std::string& id : ids) BEFFROI_CHECK(rows.bind(++position, std::string_view(id)));
  BEFFROI_CHECK(rows.bind(++position, std::int64_t{limit}));
  return lines_in(rows);
}

Result<Purge> purge_within(db::Database& database, const PurgeAsked& asked) {
  const Line last = BEFFROI_TRY(last_to_purge(database, asked.before_ms));
  if (last.number == 0) return Purge{};
  Entry signed_off;
  signed_off.who = asked.who;
  signed_off.action = Action::lines_purged;
  signed_off.object = fmt::format("{}:{}", last.number, last.hash);
  BEFFROI_TRY(append_within(database, asked.commune, signed_off, asked.at_ms));
  Head head = BEFFROI_TRY(head_of(database, asked.commune));
  const std::int64_t lines = last.number - head.purged;
  head.purged = last.number;
  head.purged_hash = last.hash;
  BEFFROI_CHECK(keep_head(database, head));
  db::Statement erase = BEFFROI_TRY(database.prepare("DELETE FROM audit_line WHERE number <= ?"));
  BEFFROI_CHECK(erase.bind(1, last.number));
  BEFFROI_CHECK(erase.run());
  return Purge{lines, last.number};
}

}  // namespace beffroi::audit
