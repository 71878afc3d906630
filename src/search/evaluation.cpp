#include "search/evaluation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <functional>

namespace beffroi::search {

namespace {

std::vector<std::string_view> split(std::string_view line, std::string_view separators, bool keep_empty) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    if (keep_empty || end > at) parts.push_back(line.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

tl::unexpected<Error> bad_line(std::size_t number, std::string_view expected) {
  return fail(Code::bad_input, "Ligne " + std::to_string(number) + " : " + std::string(expected) + " attendu.");
}

bool parse_int(std::string_view text, int& value) {
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  return parsed.ec == std::errc{} && parsed.ptr == text.data() + text.size();
}

// Calls `take` with every line and its number, from 1, without empty ones; stops at the first error.
Status for_each_line(std::string_view text, const std::function<Status(std::string_view, std::size_t)>& take) {
  std::size_t number = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (!line.empty()) BEFFROI_CHECK(take(line, number));
    at = end + 1;
  }
  return {};
}

double discount(std::size_t rank_from_0) { return 1 / std::log2(static_cast<double>(rank_from_0) + 2); }

double ideal_gain(const Grades& grades) {
  std::vector<int> sorted;
  for (const auto& [id, grade] : grades) {
    if (grade > 0) sorted.push_back(grade);
  }
  std::ranges::sort(sorted, std::greater{});
  double gain = 0;
  for (std::size_t rank = 0; rank < sorted.size() && rank < 10; ++rank) gain += sorted[rank] * discount(rank);
  return gain;
}

void add_query(const std::vector<std::string>& ids, const Grades& grades, RetrievalFigures& sum) {
  const auto relevant = static_cast<double>(std::ranges::count_if(grades, [](const auto& item) { return item.second > 0; }));
  double gain = 0, found_in_5 = 0, reciprocal = 0;
  for (std::size_t rank = 0; rank < ids.size() && rank < 10; ++rank) {
    const auto grade = grades.find(ids[rank]);
    if (grade == grades.end() || grade->second <= 0) continue;
    gain += grade->second * discount(rank);
    if (rank < 5) ++found_in_5;
    if (reciprocal == 0) reciprocal = 1 / static_cast<double>(rank + 1);
  }
  ++sum.queries;
  sum.hit_at_1 += reciprocal == 1 ? 1 : 0;
  sum.hit_at_5 += found_in_5 > 0 ? 1 : 0;
  sum.recall_at_5 += found_in_5 / std::min(relevant, 5.0);
  sum.mrr_at_10 += reciprocal;
  sum.ndcg_at_10 += gain / ideal_gain(grades);
}

}  // namespace

Result<std::vector<EvaluationQuery>> parse_queries(std::string_view text) {
  std::vector<EvaluationQuery> queries;
  std::vector<std::string_view> columns;
  const auto take = [&](std::string_view line, std::size_t number) -> Status {
    const auto cells = split(line, "\t", true);
    if (columns.empty()) {
      columns = cells;
      const bool named = std::ranges::count(columns, "qid") == 1 && std::ranges::count(columns, "query") == 1;
      return named ? Status{} : bad_line(number, "un en-tête avec les colonnes qid et query");
    }
    EvaluationQuery query;
    for (std::size_t at = 0; at < cells.size() && at < columns.size(); ++at) {
      if (columns[at] == "qid") query.qid = cells[at];
      if (columns[at] == "query") query.text = cells[at];
      if (columns[at] == "theme") query.group = cells[at];
    }
    if (query.qid.empty()) return bad_line(number, "un identifiant dans la colonne qid");
    queries.push_back(std::move(query));
    return {};
  };
  BEFFROI_CHECK(for_each_line(text, take));
  return queries;
}

Result<Judgements> parse_judgements(std::string_view text) {
  Judgements judgements;
  const auto take = [&](std::string_view line, std::size_t number) -> Status {
    const auto cells = split(line, "\t ", false);
    int grade = 0;
    if (cells.size() != 4) return bad_line(number, "« qid 0 document note »");
    if (!parse_int(cells[3], grade)) return number == 1 ? Status{} : bad_line(number, "une note entière en quatrième colonne");
    judgements[std::string(cells[0])][std::string(cells[2])] = grade;
    return {};
  };
  BEFFROI_CHECK(for_each_line(text, take));
  return judgements;
}

Result<Run> parse_run(std::string_view text) {
  std::map<std::string, std::vector<std::pair<int, std::string>>> ranked;
  const auto take = [&](std::string_view line, std::size_t number) -> Status {
    const auto cells = split(line, "\t ", false);
    int rank = 0;
    if (cells.size() != 6 || !parse_int(cells[3], rank)) return bad_line(number, "« qid Q0 document rang score nom »");
    ranked[std::string(cells[0])].emplace_back(rank, cells[2]);
    return {};
  };
  BEFFROI_CHECK(for_each_line(text, take));
  Run run;
  for (auto& [qid, items] : ranked) {
    std::ranges::stable_sort(items, {}, &std::pair<int, std::string>::first);
    for (auto& [rank, id] : items) run[qid].push_back(std::move(id));
  }
  return run;
}

std::string run_lines(std::string_view qid, std::span<const std::string> ids, std::span<const double> scores, std::string_view tag) {
  std::string lines;
  for (std::size_t at = 0; at < ids.size(); ++at) {
    std::array<char, 32> score{};
    std::snprintf(score.data(), score.size(), "%.6f", scores[at]);
    lines.append(qid).append(" Q0 ").append(ids[at]).append(" ").append(std::to_string(at + 1)).append(" ");
    lines.append(score.data()).append(" ").append(tag).append("\n");
  }
  return lines;
}

RetrievalFigures evaluate(const Run& run, const Judgements& judgements, std::span<const EvaluationQuery> queries) {
  static const std::vector<std::string> nothing;
  RetrievalFigures figures;
  for (const EvaluationQuery& query : queries) {
    const auto grades = judgements.find(query.qid);
    if (grades == judgements.end() || ideal_gain(grades->second) <= 0) continue;
    const auto found = run.find(query.qid);
    add_query(found == run.end() ? nothing : found->second, grades->second, figures);
  }
  const double count = std::max<double>(1, static_cast<double>(figures.queries));
  for (double* figure : {&figures.hit_at_1, &figures.hit_at_5, &figures.recall_at_5, &figures.mrr_at_10, &figures.ndcg_at_10})
    *figure /= count;
  return figures;
}

}  // namespace beffroi::search
