#include "search/search.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>

#include "base/files.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::search;

namespace {

PublicationWords publication(std::string id, std::string title, std::string introduction, std::vector<std::string> bodies) {
  PublicationWords out;
  out.id = std::move(id);
  out.kind = "fiche";
  out.audiences = {"Particuliers"};
  out.title = std::move(title);
  out.introduction = std::move(introduction);
  for (std::string& body : bodies) {
    PassageWords passage;
    passage.id = out.id + "#p" + std::to_string(out.passages.size() + 1);
    passage.body = std::move(body);
    out.passages.push_back(std::move(passage));
  }
  return out;
}

std::vector<PublicationWords> small_town() {
  std::vector<PublicationWords> town = {
      publication("F1", "Carte d’identité perdue", "Que faire en cas de perte de la carte nationale d’identité ?",
                  {"Déclarez la perte à la mairie.", "Le timbre fiscal coûte 25 €."}),
      publication("F2", "Passeport d’un mineur", "Le passeport est demandé par le représentant légal.",
                  {"La présence du mineur est obligatoire."}),
      publication("F3", "Cantine scolaire", "Inscription et tarifs de la restauration.", {"La demande se fait avant le 15 juin."}),
      publication("F4", "Permis de construire", "Travaux soumis à autorisation d’urbanisme.", {"Le délai d’instruction est de 2 mois."})};
  town[1].audiences = {"Professionnels"};
  town[2].kind = "question";
  town[3].links = {"F1", "inconnue"};
  return town;
}

struct Town {
  testing::TemporaryFolder folder;
  std::filesystem::path path = folder.path() / "lexical.idx";
  std::unique_ptr<Searcher> searcher;

  explicit Town(std::vector<PublicationWords> publications = small_town()) {
    REQUIRE(build_index(publications, path, {.generation = "g1"}));
    auto opened = Searcher::open(path);
    REQUIRE(opened);
    searcher = std::move(*opened);
  }
  [[nodiscard]] Results ask(std::string text, Filter filter = Filter::everything()) const {
    auto results = searcher->search({.text = std::move(text), .filter = std::move(filter)});
    REQUIRE(results);
    return *results;
  }
};

std::string first(const Results& results) { return results.hits.empty() ? "" : results.hits.front().publication_id; }

}  // namespace

TEST_CASE("a question finds its publication, its best passage first") {
  const Town town;
  CHECK(town.searcher->generation() == "g1");
  CHECK_FALSE(town.searcher->has_vectors());
  const Results results = town.ask("Bonjour, combien coûte le timbre pour ma carte d'identité perdue ?");
  CHECK(first(results) == "F1");
  REQUIRE_FALSE(results.hits.front().passages.empty());
  CHECK(results.hits.front().passages.front().passage_id == "F1#p2");
  CHECK(results.mode == Mode::lexical);
  CHECK(results.corrected.empty());
  CHECK(results.lexical_coverage > 0.5);
}

TEST_CASE("accents, capitals, typing errors and text-message spellings lose nothing") {
  const Town town;
  CHECK(first(town.ask("PASSEPORT MINEUR")) == "F2");
  CHECK(first(town.ask("inscripiton cantien")) == "F3");
  CHECK(town.ask("inscripiton cantien").corrected == "inscription cantine");
  CHECK(first(town.ask("slt cmt faire pr le permi de construir svp")) == "F4");
}

TEST_CASE("nothing is shown that the filter does not name") {
  const Town town;
  CHECK(town.ask("carte identité passeport cantine permis", Filter{}).hits.empty());
  Filter only_audience;
  only_audience.audiences = {"Particuliers"};
  CHECK(town.ask("carte passeport", only_audience).hits.empty());  // no kind named
  Filter filter{.audiences = {"Particuliers"}, .kinds = {"fiche"}};
  for (const Hit& hit : town.ask("carte identité passeport cantine permis", filter).hits) {
    CHECK(hit.publication_id != "F2");
    CHECK(hit.publication_id != "F3");
  }
  filter.kinds = {"inconnu"};
  CHECK(town.ask("carte", filter).hits.empty());
}

TEST_CASE("wrong queries are refused with a sentence") {
  const Town town;
  const auto code = [&](const Query& query) { return town.searcher->search(query).error().code; };
  CHECK(code({.text = "caf\xC3", .filter = Filter::everything()}) == Code::invalid_argument);
  CHECK(code({.text = std::string(kMaxQueryBytes + 1, 'a'), .filter = Filter::everything()}) == Code::too_large);
  CHECK(code({.text = "carte", .filter = Filter::everything(), .limit = 0}) == Code::invalid_argument);
  CHECK(code({.text = "carte", .filter = Filter::everything(), .limit = 101}) == Code::invalid_argument);
  for (const char* odd : {"", "   ", "?!", "\U0001F600", "xyzxyz", "a'", "l' d'", "1 000 000 000 000", "R. *"}) {
    CAPTURE(odd);
    CHECK(town.searcher->search({.text = odd, .filter = Filter::everything()}));
  }
}

TEST_CASE("an empty corpus answers with nothing") {
  const Town town(std::vector<PublicationWords>{});
  CHECK(town.ask("carte").hits.empty());
}

TEST_CASE("a corpus that names two things alike is refused") {
  testing::TemporaryFolder folder;
  auto twice = small_town();
  twice.push_back(twice.front());
  CHECK(build_index(twice, folder.path() / "x", {}).error().code == Code::invalid_argument);
}

TEST_CASE("a hidden title finds nothing, the body still does") {
  testing::TemporaryFolder folder;
  REQUIRE(build_index(small_town(), folder.path() / "blind", {.generation = "g", .hide_titles = true}));
  const auto blind = Searcher::open(folder.path() / "blind").value();
  CHECK(blind->search({.text = "construire", .filter = Filter::everything()})->hits.empty());
  CHECK(first(*blind->search({.text = "restauration", .filter = Filter::everything()})) == "F3");
}

TEST_CASE("a missing, truncated or altered index is one clear error") {
  const Town town;
  CHECK(Searcher::open(town.folder.path() / "absent").error().code == Code::unavailable);
  const std::string whole = read_file(town.path).value();
  const auto broken = town.folder.path() / "broken";
  const auto opens = [&](const std::string& bytes) {
    REQUIRE(write_file_atomically(broken, bytes));
    const auto opened = Searcher::open(broken);
    if (!opened) CHECK(opened.error().code == Code::unavailable);
    return opened.has_value();
  };
  CHECK(opens(whole));
  for (std::size_t size = 0; size < whole.size(); size += 97) CHECK_FALSE(opens(whole.substr(0, size)));
  CHECK_FALSE(opens(whole + "x"));
  for (std::size_t at = 0; at < whole.size(); at += 61) {
    std::string altered = whole;
    altered[at] = static_cast<char>(altered[at] ^ 0x10);
    const bool is_flag = at >= 12 && at < 16;  // flags are free bits of the header
    if (!is_flag) CHECK_FALSE(opens(altered));
  }
}
