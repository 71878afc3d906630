#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <random>
#include <thread>

#include "base/testing.h"
#include "knowledge/corpus.h"
#include "knowledge/dates.h"
#include "knowledge/store.h"
#include "knowledge/testing/archives.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using knowledge::testing::Files;
using knowledge::testing::Sample;
using knowledge::testing::xml_of;
using Strings = std::vector<std::string>;

namespace {

Files base(int count, const std::string& word = "gratuite") {
  Files files;
  for (int i = 1; i <= count; ++i) {
    Sample sample;
    sample.id = "F" + std::to_string(i);
    sample.title = "Titre " + std::to_string(i);
    sample.content = "<Texte><Paragraphe>La carte numéro " + std::to_string(i) + " est " + word + ".</Paragraphe></Texte>";
    files.emplace_back(sample.id + ".xml", xml_of(sample));
  }
  return files;
}

class Town {
 public:
  Result<ImportReport> import(const Files& files, const std::string& name = "vosdroits.zip") {
    knowledge::testing::write_zip(folder_.path() / name, files);
    return import_vosdroits({.folder = corpus(), .inputs = {folder_.path() / name}, .origin = {}, .progress = {}}, {});
  }
  [[nodiscard]] std::filesystem::path corpus() const { return folder_.path() / "corpus"; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }

 private:
  beffroi::testing::TemporaryFolder folder_;
};

std::string first_hit(const Corpus& corpus, const std::string& words) {
  search::Query query;
  query.text = words;
  query.filter = search::Filter::everything();
  const auto found = corpus.searcher().search(query);
  REQUIRE(found);
  return found->hits.empty() ? "" : found->hits.front().publication_id;
}

}  // namespace

TEST_CASE("an import is stored, indexed, dated, and told to its readers") {
  Town town;
  const auto report = town.import(base(5));
  REQUIRE(report);
  CHECK(report->read == 5);
  CHECK(report->added == 5);
  CHECK(report->rejected.empty());
  const auto corpus = Corpus::open(town.corpus());
  REQUIRE(corpus);
  const CorpusInfo& info = (*corpus)->info();
  CHECK(info.publications == 5);
  CHECK(info.passages == 5);
  CHECK(info.newest_date == "2020-10-01");
  CHECK(info.origin == "vosdroits.zip");
  CHECK(info.notice == "Base officielle d’octobre 2020\u00a0: vérifiez sur service-public.fr que la règle n’a pas changé.");
  CHECK((*corpus)->publication("F3")->passages.at(0).blocks.at(0).text == "La carte numéro 3 est gratuite.");
  CHECK((*corpus)->publication("F99").error().code == Code::not_found);
  CHECK(first_hit(**corpus, "titre 4") == "F4");
  int seen = 0;
  REQUIRE((*corpus)->for_each([&](const Publication&) { ++seen; }));
  CHECK(seen == 5);
}

TEST_CASE("a second import touches only what changed and tells it; an open corpus keeps what it opened") {
  Town town;
  REQUIRE(town.import(base(5)));
  const auto before = Corpus::open(town.corpus());
  const auto again = town.import(base(5));
  REQUIRE(again);
  CHECK(again->unchanged == 5);
  CHECK(again->changes.empty());
  CHECK(Corpus::open(town.corpus()).value()->info().generation == (*before)->info().generation);

  Files files = base(4);
  files[1].second = xml_of({.id = "F2", .title = "Titre changé"});
  files.emplace_back("F9.xml", xml_of({.id = "F9", .title = "Nouveau venu"}));
  const auto report = town.import(files);
  REQUIRE(report);
  CHECK(report->added == 1);
  CHECK(report->changed == 1);
  CHECK(report->removed == 1);
  CHECK(report->unchanged == 3);
  CHECK(report->changes == Strings{"F2 modifiée\u00a0: Titre changé", "F9 ajoutée\u00a0: Nouveau venu", "F5 retirée\u00a0: Titre 5"});

  CHECK((*before)->publication("F2")->title == "Titre 2");
  CHECK((*before)->publication("F5"));
  const auto after = Corpus::open(town.corpus());
  CHECK((*after)->info().generation != (*before)->info().generation);
  CHECK((*after)->publication("F2")->title == "Titre changé");
  CHECK((*after)->publication("F5").error().code == Code::not_found);
  CHECK(first_hit(**after, "nouveau venu") == "F9");
}

TEST_CASE("a publication of several audiences is one publication, in the words meant for individuals") {
  Town town;
  Files files = {{"pro/F1.xml", xml_of({.id = "F1", .title = "Pour les pros", .date = "2020-11-01", .audience = "Professionnels"})},
                 {"part/F1.xml", xml_of({.id = "F1", .title = "Pour tous", .audience = "Particuliers"})},
                 {"asso/F1.xml", xml_of({.id = "F1", .title = "Pour les associations", .audience = "Associations"})},
                 {"pro/F2.xml", xml_of({.id = "F2", .title = "Ancien", .date = "2019-01-01", .audience = "Professionnels"})},
                 {"bis/F2.xml", xml_of({.id = "F2", .title = "Récent", .date = "2020-01-01", .audience = "Professionnels"})}};
  const auto report = town.import(files);
  REQUIRE(report);
  CHECK(report->read == 2);
  const auto corpus = Corpus::open(town.corpus());
  CHECK((*corpus)->publication("F1")->title == "Pour tous");
  CHECK((*corpus)->publication("F1")->audiences == Strings{"Associations", "Particuliers", "Professionnels"});
  CHECK((*corpus)->publication("F2")->title == "Récent");
  std::reverse(files.begin(), files.end());
  const auto reversed = town.import(files);
  REQUIRE(reversed);
  CHECK(reversed->unchanged == 2);
}

TEST_CASE("redirected identifiers keep working, and importing them twice changes nothing") {
  Town town;
  Files files = base(2);
  files.emplace_back(
      "redirections.xml",
      "<Redirections><Redirection ancien=\"F50\" nouveau=\"F51\"/><Redirection ancien=\"F51\" nouveau=\"F2\"/></Redirections>");
  files.emplace_back("arborescence.xml", "<Arborescence/>");
  REQUIRE(town.import(files));
  const auto corpus = Corpus::open(town.corpus());
  CHECK((*corpus)->publication("F50")->id == "F2");
  CHECK((*corpus)->publication("F51")->id == "F2");
  REQUIRE(town.import(files));
  CHECK(Corpus::open(town.corpus()).value()->info().generation == (*corpus)->info().generation);
}

TEST_CASE("what the package no longer lists is kept apart as withdrawn") {
  Town town;
  const auto json_of = [](const std::string& id) {
    return R"({"id":"x","children":[{"type":"element","name":"Publication","attributes":{"ID":")" + id +
           R"("},"children":[{"type":"element","name":"dc:title","children":[{"type":"text","text":"Titre"}]},)"
           R"({"type":"element","name":"dc:date","children":[{"type":"text","text":"modified 2020-01-01"}]},)"
           R"({"type":"element","name":"Texte","children":[{"type":"element","name":"Paragraphe","children":[{"type":"text","text":"Mots."}]}]}]}]})";
  };
  knowledge::testing::write_tgz(town.folder() / "a.tgz", {{"package/data/part/F1.json", json_of("F1")},
                                                          {"package/data/part/F2.json", json_of("F2")},
                                                          {"package/data/part/index.json", "[\"F1\"]"},
                                                          {"package/data/pro/F2.json", json_of("F2")},
                                                          {"package/data/pro/F3.json", json_of("F3")},
                                                          {"package/data/pro/index.json", "[\"F2\"]"},
                                                          {"package/data/index.json", "[{\"id\":\"F1\"}]"}});
  const auto report =
      import_vosdroits({.folder = town.corpus(), .inputs = {town.folder() / "a.tgz"}, .origin = "paquet", .progress = {}}, {});
  REQUIRE(report);
  CHECK(report->read == 3);
  CHECK(report->withdrawn == 1);
  const auto corpus = Corpus::open(town.corpus());
  CHECK((*corpus)->info().publications == 2);
  CHECK((*corpus)->info().withdrawn == 1);
  CHECK_FALSE((*corpus)->publication("F2")->withdrawn);
  CHECK((*corpus)->publication("F3")->withdrawn);
}

TEST_CASE("unreadable files are listed when they are few, refused with all the rest when they are not") {
  Town town;
  Files files = base(150);
  files[7].second = "<Publication";
  const auto report = town.import(files);
  REQUIRE(report);
  CHECK(report->read == 149);
  REQUIRE(report->rejected.size() == 1);
  CHECK(report->rejected[0].find("F8.xml\u00a0: XML mal formé") == 0);

  files[8].second = "\xff";
  files[9].second = "";
  const auto refused = town.import(files);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::bad_input);
  CHECK(refused.error().message.find("3 fichiers sur 150 sont illisibles") == 0);
  CHECK(Corpus::open(town.corpus()).value()->info().publications == 149);
}

TEST_CASE("nothing to import, nothing imported: told in French, the former base untouched") {
  Town town;
  CHECK(Corpus::open(town.corpus()).error().message.find("pas encore importée") != std::string::npos);
  CHECK(town.import({{"menu.xml", "<Menu/>"}}).error().message.find("Aucune publication") == 0);
  REQUIRE(town.import(base(3)));
  CHECK(town.import({{"lisezmoi.txt", "vide"}}).error().code == Code::bad_input);
  const auto none = import_vosdroits({.folder = town.corpus(), .inputs = {}, .origin = {}, .progress = {}}, {});
  CHECK(none.error().code == Code::invalid_argument);
  std::stop_source stop;
  stop.request_stop();
  const auto stopped = import_vosdroits(
      {.folder = town.corpus(), .inputs = {town.folder() / "vosdroits.zip"}, .origin = {}, .progress = {}}, stop.get_token());
  CHECK(stopped.error().code == Code::cancelled);
  CHECK(Corpus::open(town.corpus()).value()->info().publications == 3);
}

TEST_CASE("an index that is missing, damaged or of another import is made again when the corpus is opened") {
  Town town;
  REQUIRE(town.import(base(3)));
  const auto index = town.corpus() / kIndexFile;
  std::filesystem::remove(index);
  CHECK(first_hit(*Corpus::open(town.corpus()).value(), "titre 2") == "F2");
  REQUIRE(write_file_atomically(index, "n’importe quoi"));
  CHECK(first_hit(*Corpus::open(town.corpus()).value(), "titre 2") == "F2");
  const std::string former = read_file(index).value();
  REQUIRE(town.import(base(4)));
  REQUIRE(write_file_atomically(index, former));
  CHECK(first_hit(*Corpus::open(town.corpus()).value(), "titre 4") == "F4");
}

TEST_CASE("a kill -9 at any moment of an import leaves one whole base") {
  Town town;
  REQUIRE(town.import(base(400)));
  knowledge::testing::write_zip(town.folder() / "next.zip", base(400, "payante"));
  const auto started = std::chrono::steady_clock::now();
  REQUIRE(town.import(base(400)));
  const auto whole_import = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count();
  std::mt19937 random(std::random_device{}());
  int killed = 0;
  for (int round = 0; round < 12; ++round) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      const auto done = import_vosdroits({.folder = town.corpus(),
                                          .inputs = {town.folder() / (round % 2 == 0 ? "next.zip" : "vosdroits.zip")},
                                          .origin = {},
                                          .progress = {}},
                                         {});
      ::_exit(done ? 0 : 1);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random() % static_cast<unsigned long>(whole_import * 2)));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    killed += WIFSIGNALED(status) ? 1 : 0;
    const auto corpus = Corpus::open(town.corpus());
    REQUIRE(corpus);
    CHECK((*corpus)->info().publications == 400);
    const std::string first = (*corpus)->publication("F1")->passages.at(0).blocks.at(0).text;
    const std::string last = (*corpus)->publication("F400")->passages.at(0).blocks.at(0).text;
    CHECK(first.substr(first.rfind(' ')) == last.substr(last.rfind(' ')));
    CHECK(first_hit(**corpus, "titre 7") == "F7");
  }
  MESSAGE("killed while at work: " << killed << " of 12");
}

TEST_CASE("a full disk is told in French and loses nothing") {
  Town town;
  REQUIRE(town.import(base(50)));
  knowledge::testing::write_zip(town.folder() / "big.zip", base(2000, std::string(500, 'x')));
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {300'000, 300'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto refused =
        import_vosdroits({.folder = town.corpus(), .inputs = {town.folder() / "big.zip"}, .origin = {}, .progress = {}}, {});
    ::_exit(!refused && refused.error().code == Code::storage && !refused.error().message.empty() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  const auto corpus = Corpus::open(town.corpus());
  REQUIRE(corpus);
  CHECK((*corpus)->info().publications == 50);
  CHECK(first_hit(**corpus, "titre 7") == "F7");
}

TEST_CASE("the notice is said in French, and only when the base is old") {
  const auto day = [](int y, unsigned m, unsigned d) {
    return Clock::time_point(std::chrono::sys_days(std::chrono::year(y) / std::chrono::month(m) / std::chrono::day(d)));
  };
  CHECK(notice_for("2026-10-20", day(2026, 11, 22)).empty());
  CHECK(notice_for("2020-11-12", day(2026, 11, 22)) ==
        "Base officielle de novembre 2020\u00a0: vérifiez sur service-public.fr que la règle n’a pas changé.");
  CHECK(notice_for("2026-08-01", day(2026, 11, 22)).find("d’août 2026") != std::string::npos);
  CHECK_FALSE(notice_for("", day(2026, 11, 22)).empty());
  CHECK(month_in_french("2020-13-01").empty());
  CHECK(utc_now(day(2026, 1, 2)) == "2026-01-02T00:00:00Z");
}
