#include "knowledge/vectors_job.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "base/testing.h"
#include "knowledge/store.h"
#include "knowledge/testing/archives.h"
#include "knowledge/title_blind.h"
#include "llm/fake/fake_embedder.h"
#include "search/vectors.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using knowledge::testing::xml_of;

namespace {

class Town {
 public:
  explicit Town(int publications) {
    for (int i = 1; i <= publications; ++i) {
      const std::string content = fmt::format(
          "<Introduction><Texte><Paragraphe>Début {0}.</Paragraphe></Texte></Introduction><Texte><Chapitre><Titre>Coût</Titre>"
          "<Paragraphe>Prix {0}.</Paragraphe></Chapitre></Texte>",
          i);
      files_.emplace_back(fmt::format("F{}.xml", i),
                          xml_of({.id = fmt::format("F{}", i), .title = fmt::format("Titre {}", i), .content = content}));
    }
    import();
  }
  void change(std::size_t at, const std::string& title) {
    const std::string id = files_[at].first.substr(0, files_[at].first.find('.'));
    files_[at].second = xml_of({.id = id, .title = title, .content = "<Texte><Paragraphe>Autre.</Paragraphe></Texte>"});
    import();
  }
  [[nodiscard]] std::filesystem::path corpus() const { return folder_.path() / "corpus"; }
  [[nodiscard]] std::shared_ptr<const Corpus> open() const {
    auto corpus = Corpus::open(this->corpus());
    REQUIRE(corpus);
    return *corpus;
  }
  Result<VectorsReport> compute(llm::Embedder& embedder, bool titles_only = false, const std::stop_token& stop = {}) const {
    VectorsJob job;
    job.folder = corpus();
    job.titles_only = titles_only;
    return compute_vectors(*open(), embedder, job, stop);
  }

 private:
  void import() {
    knowledge::testing::write_zip(folder_.path() / "a.zip", files_);
    REQUIRE(import_vosdroits({.folder = corpus(), .inputs = {folder_.path() / "a.zip"}, .origin = {}, .progress = {}}, {}));
  }
  beffroi::testing::TemporaryFolder folder_;
  knowledge::testing::Files files_;
};

// Slow enough to be killed at work.
class SlowEmbedder final : public llm::Embedder {
 public:
  [[nodiscard]] int dimension() const override { return fake_.dimension(); }
  [[nodiscard]] std::string_view model_id() const override { return fake_.model_id(); }
  [[nodiscard]] Result<std::vector<float>> embed_query(std::string_view text, const std::stop_token& stop) override {
    return fake_.embed_query(text, stop);
  }
  [[nodiscard]] Result<std::vector<std::vector<float>>> embed_passages(std::span<const std::string> texts,
                                                                       const std::stop_token& stop) override {
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
    return fake_.embed_passages(texts, stop);
  }
  [[nodiscard]] Result<std::int64_t> count_tokens(std::string_view text) override { return fake_.count_tokens(text); }

 private:
  llm::fake::FakeEmbedder fake_;
};

}  // namespace

TEST_CASE("titles come first, passages after, and a second call has nothing to do") {
  const Town town(20);
  llm::fake::FakeEmbedder embedder;
  VectorsJob job;
  job.folder = town.corpus();
  std::size_t at_titles = 0;
  std::int64_t last = 0;
  job.on_titles_done = [&] { at_titles = search::VectorsFile::open(town.corpus() / kVectorsFile).value().size(); };
  job.progress = [&](std::int64_t done, std::int64_t total) {
    CHECK(done > last);
    CHECK(total == 60);
    last = done;
  };
  const auto report = compute_vectors(*town.open(), embedder, job, {});
  REQUIRE(report);
  CHECK(report->computed == 60);
  CHECK(report->total == 60);
  CHECK(at_titles == 20);
  CHECK(last == 60);
  const auto again = town.compute(embedder);
  REQUIRE(again);
  CHECK(again->computed == 0);
  CHECK(town.open()->searcher().has_vectors());
}

TEST_CASE("after an import, only what changed is computed again") {
  Town town(20);
  llm::fake::FakeEmbedder embedder;
  REQUIRE(town.compute(embedder));
  town.change(3, "Tout autre titre");
  const auto report = town.compute(embedder);
  REQUIRE(report);
  CHECK(report->computed == 2);
  CHECK(report->total == 59);
}

TEST_CASE("a stop keeps what was computed; a kill -9 costs only what was under way") {
  const Town town(60);
  SlowEmbedder embedder;
  std::stop_source stop;
  stop.request_stop();
  CHECK(town.compute(embedder, false, stop.get_token()).error().code == Code::cancelled);
  for (int round = 0; round < 3; ++round) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      static_cast<void>(town.compute(embedder));
      ::_exit(0);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
  }
  const auto before = search::VectorsFile::open(town.corpus() / kVectorsFile);
  REQUIRE(before);
  const auto report = town.compute(embedder);
  REQUIRE(report);
  CHECK(report->total == 180);
  CHECK(report->computed == 180 - static_cast<std::int64_t>(before->size()));
  const auto after = search::VectorsFile::open(town.corpus() / kVectorsFile);
  CHECK(after->size() == 180);
}

TEST_CASE("the title-blind corpus finds by words other than the title, and reads the same publications") {
  const Town town(5);
  llm::fake::FakeEmbedder embedder;
  const auto blind = open_title_blind(town.corpus(), &embedder, {});
  REQUIRE(blind);
  CHECK((*blind)->publication("F2")->title == "Titre 2");
  CHECK((*blind)->searcher().has_vectors());
  search::Query query;
  query.text = "prix 4";
  query.filter = search::Filter::everything();
  const auto found = (*blind)->searcher().search(query);
  REQUIRE(found);
  REQUIRE_FALSE(found->hits.empty());
  CHECK(found->hits.front().publication_id == "F4");
  CHECK(open_title_blind(town.corpus(), nullptr, {}));
}
