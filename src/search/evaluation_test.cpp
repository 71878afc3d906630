#include "search/evaluation.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace beffroi;
using namespace beffroi::search;

TEST_CASE("figures of a run, computed by hand") {
  const auto queries = parse_queries("qid\tquery\ttheme\nq1\tcarte d'identité\tpapiers\nq2\tcantine\t\nq3\tjamais jugée\t\n").value();
  const auto judgements = parse_judgements("qid\t0\tdoc_id\tgrade\nq1\t0\tA\t5\nq1\t0\tB\t3\nq2\t0\tC\t1\nq2 0 D 0\n").value();
  const Run run = parse_run("q1 Q0 X 1 9.0 t\nq1 Q0 B 2 8.0 t\nq1 Q0 A 3 7.0 t\nq3 Q0 A 1 1 t\n").value();
  const RetrievalFigures figures = evaluate(run, judgements, queries);
  CHECK(figures.queries == 2);  // q3 has no judgement
  CHECK(figures.hit_at_1 == doctest::Approx(0));
  CHECK(figures.hit_at_5 == doctest::Approx(0.5));
  CHECK(figures.recall_at_5 == doctest::Approx(0.5));
  CHECK(figures.mrr_at_10 == doctest::Approx(0.25));
  const double gain = 3 / std::log2(3.0) + 5 / std::log2(4.0);
  const double ideal = 5 / std::log2(2.0) + 3 / std::log2(3.0);
  CHECK(figures.ndcg_at_10 == doctest::Approx(gain / ideal / 2));
}

TEST_CASE("a perfect run has perfect figures, and more than ten relevant publications do not change that") {
  std::string qrels, run;
  for (int at = 1; at <= 12; ++at) qrels += "q 0 D" + std::to_string(at) + " 4\n";
  for (int at = 1; at <= 12; ++at) run += "q Q0 D" + std::to_string(at) + " " + std::to_string(at) + " 1 t\n";
  const std::vector<EvaluationQuery> queries = {{"q", "x", ""}};
  const auto figures = evaluate(parse_run(run).value(), parse_judgements(qrels).value(), queries);
  for (const double figure : {figures.hit_at_1, figures.hit_at_5, figures.recall_at_5, figures.mrr_at_10, figures.ndcg_at_10}) {
    CHECK(figure == doctest::Approx(1));
  }
}

TEST_CASE("run lines are read back in their order") {
  const std::vector<std::string> ids = {"F2", "F1"};
  const std::vector<double> scores = {2.5, 1};
  const std::string lines = run_lines("q7", ids, scores, "beffroi");
  CHECK(lines == "q7 Q0 F2 1 2.500000 beffroi\nq7 Q0 F1 2 1.000000 beffroi\n");
  CHECK(parse_run(lines).value().at("q7") == ids);
}

TEST_CASE("malformed files name the line") {
  CHECK(parse_queries("id\ttext\n1\tx\n").error().message.find("Ligne 1") != std::string::npos);
  CHECK(parse_judgements("q 0 d 1\nq 0 d\n").error().message.find("Ligne 2") != std::string::npos);
  CHECK(parse_judgements("q 0 d 1\nq 0 d x\n").error().code == Code::bad_input);
  CHECK(parse_run("q Q0 d one 1 t\n").error().code == Code::bad_input);
  CHECK(parse_queries("").value().empty());
}
