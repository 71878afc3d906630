#include "search/features.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

#include "base/testing.h"
#include "search/retriever.h"
#include "search/training.h"

using namespace beffroi;
using namespace beffroi::search;

namespace {

PublicationWords publication(const char* id, const char* title, const char* introduction) {
  PublicationWords out;
  out.id = id;
  out.kind = "fiche";
  out.audiences = {"Particuliers"};
  out.title = title;
  out.introduction = introduction;
  PassageWords passage;
  passage.id = std::string(id) + "#p1";
  passage.body = introduction;
  out.passages.push_back(passage);
  return out;
}

struct Town {
  testing::TemporaryFolder folder;
  std::filesystem::path index = folder.path() / "index", vectors = folder.path() / "vectors";
  std::unique_ptr<Retriever> retriever;
  LexicalScores scores;

  Town() {
    std::vector<PublicationWords> town = {publication("A", "Carte d’identité", "La carte d’identité se demande en mairie."),
                                          publication("B", "Timbre fiscal", "Le timbre s’achète en ligne."),
                                          publication("C", "Passeport", "Le passeport se demande en mairie, la carte d’identité aussi."),
                                          publication("D", "Cantine", "Les menus de la cantine.")};
    town[0].related = {"B"};
    town[1].links = {"C"};
    for (const std::size_t at : {0, 2}) town[at].topic_path = {"Papiers", "Identité"};
    REQUIRE(build_index(town, index, {.generation = "g"}));
    auto writer = VectorsWriter::open(vectors, {"g", "model", 3, false});
    REQUIRE(writer);
    REQUIRE(writer->append("A", 1, std::vector<float>{1, 0, 0}));
    REQUIRE(writer->append("B", 1, std::vector<float>{0, 1, 0}));
    REQUIRE(writer->append("C", 1, std::vector<float>{0.6F, 0.8F, 0}));
    REQUIRE(writer->append("D", 1, std::vector<float>{0, 0, 1}));
    retriever = Retriever::open(index, vectors).value();
  }
  [[nodiscard]] Retriever::Found find(std::string_view text, std::vector<float> vector = {}) {
    return retriever->find(text, vector, Filter::everything(), scores).value();
  }
};

float value(const Retriever::Found& found, const Retriever& retriever, std::string_view id, Feature feature) {
  for (std::size_t row = 0; row < found.rows.size(); ++row) {
    const auto& record = retriever.index().publications[found.evidence.candidates[row]];
    if (retriever.index().text(record.id) == id) return found.rows[row][static_cast<std::size_t>(feature)];
  }
  return -99;
}

}  // namespace

TEST_CASE("every feature has one name of its own") {
  std::set<std::string_view> names;
  for (const std::string_view name : feature_names()) {
    CHECK_FALSE(name.empty());
    names.insert(name);
  }
  CHECK(names.size() == kFeatures);
}

TEST_CASE("features say what they are named after") {
  Town town;
  const auto found = town.find("carte d'identité");
  const auto of = [&](std::string_view id, Feature feature) { return value(found, *town.retriever, id, feature); };
  CHECK(of("A", Feature::title_covered) == doctest::Approx(1));
  CHECK(of("A", Feature::title_share) == doctest::Approx(1));
  CHECK(of("A", Feature::title_likeness) == doctest::Approx(1));
  CHECK(of("A", Feature::relative_first_stage) == doctest::Approx(1));
  CHECK(of("A", Feature::rank_by_words) == 0);
  CHECK(of("A", Feature::title_pairs) > 0);
  CHECK(of("A", Feature::question_words) == 2);
  CHECK(of("A", Feature::question_known) == doctest::Approx(1));
  CHECK(of("A", Feature::first_words_in_title) == 2);
  CHECK(of("C", Feature::title_covered) == 0);
  CHECK(of("C", Feature::passage_covered) == doctest::Approx(1));
  CHECK(of("C", Feature::passage_pairs) > 0);
  CHECK(of("C", Feature::topic_2) > 0);       // A, the best, has the same
  CHECK(of("B", Feature::related_in) > 0);    // brought by A's recommendation alone
  CHECK(of("B", Feature::links_out) > 0);     // it links to C, found too
  CHECK(of("B", Feature::title_said) == 0);
  CHECK(std::isnan(of("A", Feature::meaning)));
  CHECK(of("D", Feature::fused) == -99);      // nothing brings it
}

TEST_CASE("with a vector, candidates come by meaning too") {
  Town town;
  const auto found = town.find("menu", {0, 0, 1});
  CHECK(found.evidence.has_meaning());
  const auto of = [&](std::string_view id, Feature feature) { return value(found, *town.retriever, id, feature); };
  CHECK(of("D", Feature::meaning) == doctest::Approx(1));
  CHECK(of("D", Feature::rank_by_meaning) == 0);
  CHECK(of("D", Feature::relative_meaning) == doctest::Approx(0).epsilon(0.02));
  CHECK(of("A", Feature::meaning) == doctest::Approx(0));
  CHECK(std::isnan(of("D", Feature::passage_meaning)));
  CHECK(town.retriever->find("menu", std::vector<float>{1, 0}, Filter::everything(), town.scores).error().code == Code::invalid_argument);
  CHECK(town.retriever->find("menu", std::vector<float>{1, 0, NAN}, Filter::everything(), town.scores).error().code ==
        Code::invalid_argument);
}

TEST_CASE("vectors of another corpus, or of titles where they are hidden, are not used") {
  Town town;
  const auto other = town.folder.path() / "other";
  {
    REQUIRE(VectorsWriter::open(other, {"another generation", "model", 3, false}));
  }
  CHECK_FALSE(Retriever::open(town.index, other).value()->has_vectors());
  {
    REQUIRE(VectorsWriter::open(other, {"g", "model", 3, true}));
  }
  CHECK_FALSE(Retriever::open(town.index, other).value()->has_vectors());
  CHECK_FALSE(Retriever::open(town.index, town.folder.path() / "absent").value()->has_vectors());
}

TEST_CASE("nothing the filter hides becomes a candidate, by meaning or by neighbourhood either") {
  Town town;
  Filter nothing;
  CHECK(town.retriever->find("carte", std::vector<float>{1, 0, 0}, nothing, town.scores)->rows.empty());
}

TEST_CASE("the training table has a line for each candidate and keeps questions without any") {
  Town town;
  const std::vector<EvaluationQuery> queries = {{"q1", "carte d'identité", "papiers"}, {"q2", "xyzxyz", "rien"}};
  const Judgements judgements = {{"q1", {{"A", 5}}}};
  const auto out = town.folder.path() / "table.tsv";
  REQUIRE(write_training_table(town.index, {}, {queries, {}, judgements}, Filter::everything(), out));
  const std::string table = read_file(out).value();
  CHECK(table.starts_with("qid\tgroup\tpublication\tgrade\ttitle_said\t"));
  CHECK(table.find("\nq1\tpapiers\tA\t5\t") != std::string::npos);
  CHECK(table.find("\nq1\tpapiers\tC\t0\t") != std::string::npos);
  CHECK(table.ends_with("\nq2\trien\n"));
}
