#include "knowledge/replica.h"

#include <doctest/doctest.h>

#include "db/testing.h"
#include "knowledge/corpus.h"
#include "knowledge/store.h"
#include "knowledge/testing/archives.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using knowledge::testing::Sample;
using knowledge::testing::xml_of;

namespace {

// A machine with its own copy of the base.
struct Machine {
  beffroi::testing::TemporaryFolder folder;
  std::filesystem::path corpus = folder.path() / "corpus";

  void import(int count, const std::string& word) const {
    knowledge::testing::Files files;
    for (int i = 1; i <= count; ++i) {
      Sample sample;
      sample.id = "F" + std::to_string(i);
      sample.title = "Titre " + std::to_string(i);
      const std::string said = i == 1 ? word : "gratuite";
      sample.content = "<Texte><Paragraphe>La carte numéro " + std::to_string(i) + " est " + said + ".</Paragraphe></Texte>";
      files.emplace_back(sample.id + ".xml", xml_of(sample));
    }
    knowledge::testing::write_zip(folder.path() / "base.zip", files);
    REQUIRE(import_vosdroits({.folder = corpus, .inputs = {folder.path() / "base.zip"}, .origin = {}, .progress = {}}, {}));
  }

  [[nodiscard]] std::string first_hit(const std::string& words) const {
    const auto opened = Corpus::open(corpus);
    REQUIRE(opened);
    search::Query query;
    query.text = words;
    query.filter = search::Filter::everything();
    const auto found = (*opened)->searcher().search(query);
    REQUIRE(found);
    return found->hits.empty() ? "" : found->hits.front().publication_id;
  }

  [[nodiscard]] std::string generation() const { return (*Corpus::open(corpus))->info().generation; }
};

template <class Test>
void on_each_engine(const Test& test) {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto shared = db::Database::open(ground.place("corpora"));
    REQUIRE(shared);
    test(*shared);
  }
}

}  // namespace

TEST_CASE("what one machine imports, the others find, with their own file and index") {
  on_each_engine([](db::Database& shared) {
    const Machine importer, other;
    const auto nothing = pull(other.corpus, "vosdroits", shared);
    REQUIRE(nothing);
    CHECK_FALSE(nothing->changed);
    CHECK(publish(other.corpus, "vosdroits", shared).error().code == Code::not_found);

    importer.import(5, "gratuite");
    CHECK(publish(importer.corpus, "vosdroits", shared)->taken == 5);
    CHECK_FALSE(publish(importer.corpus, "vosdroits", shared)->changed);
    CHECK(pull(other.corpus, "vosdroits", shared)->taken == 5);
    CHECK(other.generation() == importer.generation());
    CHECK(other.first_hit("numéro 4") == "F4");

    // One sheet changes and one goes: only they travel.
    importer.import(4, "payante");
    const auto published = publish(importer.corpus, "vosdroits", shared);
    CHECK(published->taken == 1);
    CHECK(published->removed == 1);
    const auto pulled = pull(other.corpus, "vosdroits", shared);
    CHECK(pulled->taken == 1);
    CHECK(pulled->removed == 1);
    CHECK(other.generation() == importer.generation());
    CHECK(other.first_hit("payante") == "F1");
    CHECK_FALSE(pull(other.corpus, "vosdroits", shared)->changed);
  });
}

TEST_CASE("a machine that imported something else takes what is shared") {
  on_each_engine([](db::Database& shared) {
    const Machine importer, other;
    importer.import(3, "gratuite");
    other.import(6, "ancienne");
    REQUIRE(publish(importer.corpus, "vosdroits", shared));
    const auto pulled = pull(other.corpus, "vosdroits", shared);
    CHECK(pulled->taken == 1);
    CHECK(pulled->removed == 3);
    CHECK(other.generation() == importer.generation());
  });
}

TEST_CASE("a shared publication that was altered changes nothing here") {
  on_each_engine([](db::Database& shared) {
    const Machine importer, other;
    importer.import(3, "gratuite");
    REQUIRE(publish(importer.corpus, "vosdroits", shared));
    auto alter = shared.prepare("UPDATE publication SET body = ? WHERE id = 'F2'");
    REQUIRE(alter->bind(1, std::as_bytes(std::span("autre", 5))));
    REQUIRE(alter->run());
    CHECK(pull(other.corpus, "vosdroits", shared).error().code == Code::bad_input);
    CHECK_FALSE(std::filesystem::exists(other.corpus / "corpus.sqlite"));
    REQUIRE(shared.execute("DELETE FROM publication WHERE id = 'F2'"));
    CHECK(pull(other.corpus, "vosdroits", shared).error().code == Code::bad_input);  // the generation tells
  });
}
