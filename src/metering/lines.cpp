#include "metering/lines.h"

namespace beffroi::metering {

namespace {

// joules: NULL when no counter measured them.
constexpr db::Migration kMigrations[] = {{2, R"sql(
  CREATE TABLE metering_line (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL DEFAULT (date('now')),
    service TEXT NOT NULL,
    model TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    reused_tokens INTEGER NOT NULL,
    generated_tokens INTEGER NOT NULL,
    tokens_known INTEGER NOT NULL CHECK (tokens_known IN (0, 1)),
    cpu_s REAL NOT NULL,
    wall_s REAL NOT NULL,
    joules REAL
  ) STRICT;
  CREATE INDEX metering_line_day ON metering_line (day);
)sql"}};

constexpr int kJoules = 9;  // position of the parameter

}  // namespace

std::span<const db::Migration> lines_migrations() { return kMigrations; }

Status keep(db::Database& commune, const Line& line) {
  const llm::Usage& usage = line.usage;
  db::Statement insert = BEFFROI_TRY(
      commune.prepare("INSERT INTO metering_line (service, model, prompt_tokens, reused_tokens, generated_tokens, tokens_known, cpu_s, "
                      "wall_s, joules) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(line.service), std::string_view(usage.model), usage.prompt_tokens, usage.reused_tokens,
                                usage.generated_tokens, std::int64_t{usage.tokens_known ? 1 : 0}, usage.cpu_s, usage.wall_s));
  BEFFROI_CHECK(usage.joules ? insert.bind(kJoules, *usage.joules) : insert.bind_null(kJoules));
  return insert.run();
}

Result<std::map<std::string, Totals>> totals_by_model(db::Database& commune, std::string_view first_day, std::string_view last_day) {
  db::Statement sums = BEFFROI_TRY(commune.prepare(
      "SELECT model, count(*), sum(prompt_tokens), sum(reused_tokens), sum(generated_tokens), sum(1 - tokens_known), sum(cpu_s), "
      "sum(wall_s), coalesce(sum(joules), 0), count(joules) FROM metering_line WHERE day BETWEEN ? AND ? GROUP BY model"));
  BEFFROI_CHECK(sums.bind_all(first_day, last_day));
  std::map<std::string, Totals> by_model;
  while (BEFFROI_TRY(sums.step())) {
    Totals& totals = by_model[std::string(sums.text(0))];
    totals.requests = sums.number(1);
    totals.prompt_tokens = sums.number(2);
    totals.reused_tokens = sums.number(3);
    totals.generated_tokens = sums.number(4);
    totals.tokens_unknown = sums.number(5);
    totals.cpu_s = sums.real(6);
    totals.wall_s = sums.real(7);
    if (sums.text(0).empty()) {
      totals.without_model = totals.requests;
    } else {
      totals.measured_joules = sums.real(8);
      totals.measured = sums.number(9);
    }
  }
  return by_model;
}

}  // namespace beffroi::metering
