#include "search/speller.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "search/search.h"
#include "search/synonyms.h"

using namespace beffroi;
using namespace beffroi::search;

TEST_CASE("edit distance counts insertions, deletions, substitutions and swaps") {
  CHECK(edit_distance("contrat", "contrat", 2) == 0);
  CHECK(edit_distance("contat", "contrat", 2) == 1);
  CHECK(edit_distance("contratt", "contrat", 2) == 1);
  CHECK(edit_distance("contrst", "contrat", 2) == 1);
  CHECK(edit_distance("cotnrat", "contrat", 2) == 1);
  CHECK(edit_distance("cotnart", "contrat", 2) == 2);
  CHECK(edit_distance("mairie", "contrat", 2) == 3);
  CHECK(edit_distance("", "ab", 2) == 2);
  CHECK(edit_distance("", "", 2) == 0);
}

TEST_CASE("the speller corrects against the corpus and leaves the rest alone") {
  testing::TemporaryFolder folder;
  std::vector<PublicationWords> publications(3);
  const char* bodies[] = {"le contrat de travail", "le contrat et le contrôle", "la carte de séjour"};
  for (std::size_t at = 0; at < 3; ++at) {
    publications[at].id = "F" + std::to_string(at);
    publications[at].title = "Titre";
    publications[at].introduction = bodies[at];
  }
  REQUIRE(build_index(publications, folder.path() / "index", {}));
  const IndexFile index = IndexFile::open(folder.path() / "index").value();
  const Speller speller(index);
  CHECK(speller.knows("contrat"));
  CHECK_FALSE(speller.knows("contrats"));
  const std::pair<const char*, const char*> cases[] = {
      {"contrat", "contrat"}, {"cotnrat", "contrat"}, {"contrst", "contrat"}, {"tarvail", "travail"}, {"catre", "carte"},
      {"car", "car"},         {"xxxxxxx", "xxxxxxx"}, {"c0ntrat", "c0ntrat"}, {"sejuor", "sejour"},   {"artec", "artec"}};
  for (const auto& [word, expected] : cases) {
    CAPTURE(word);
    CHECK(speller.correct(word) == expected);
  }
  CHECK(speller.correct(std::string(500, 'a')) == std::string(500, 'a'));
}

TEST_CASE("synonyms go both ways or one way") {
  const Synonyms list("# comment\nboulot > travail\ncarte d'identité, CNI = carte nationale d'identité\nligne sans signe\n");
  using Stems = std::vector<std::string>;
  CHECK(list.expand(Stems{"boulot"}) == Stems{"travail"});
  CHECK(list.expand(Stems{"travail"}).empty());
  CHECK(list.knows("cni"));
  CHECK_FALSE(list.knows("sans"));
  CHECK(list.expand(Stems{"cni"}).size() == 3);
  CHECK_FALSE(Synonyms::built_in().expand(Stems{"cni"}).empty());
}
