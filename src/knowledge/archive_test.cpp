#include "knowledge/archive.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "knowledge/testing/archives.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using knowledge::testing::Files;

namespace {

const Files kFiles = {
    {"data/F1.json", std::string(70'000, 'a')}, {"data/skipped.txt", "non"}, {"data/F2.json", "deux"}, {"data/F3.json", ""}};

struct Read {
  Status status;
  Files files;
  std::int64_t unreadable = 0;
};

Read read(const std::filesystem::path& path, const ArchiveLimits& limits = {}, const std::stop_token& stop = {}) {
  Read out;
  ArchiveVisit visit;
  visit.limits = limits;
  visit.wants = [](std::string_view name) { return name.ends_with(".json"); };
  visit.take = [&](ArchiveFile file) -> Status {
    if (file.bytes) out.files.emplace_back(file.path, *file.bytes);
    else ++out.unreadable;
    return {};
  };
  out.status = read_archive(path, visit, stop);
  return out;
}

void check_refused(const Read& read, Code code, std::string_view words) {
  REQUIRE_FALSE(read.status);
  CHECK(read.status.error().code == code);
  CHECK_MESSAGE(read.status.error().message.find(words) != std::string::npos, read.status.error().message);
}

}  // namespace

TEST_CASE("the three kinds give the same files, whatever their names") {
  beffroi::testing::TemporaryFolder folder;
  knowledge::testing::write_tgz(folder.path() / "a", kFiles);
  knowledge::testing::write_zip(folder.path() / "b", kFiles);
  knowledge::testing::write_folder(folder.path() / "c", kFiles);
  for (const char* name : {"a", "b", "c"}) {
    const Read all = read(folder.path() / name);
    CHECK(all.status);
    REQUIRE(all.files.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      CHECK(all.files[i].first == kFiles[i == 0 ? 0 : i + 1].first);
      CHECK(all.files[i].second == kFiles[i == 0 ? 0 : i + 1].second);
    }
  }
}

TEST_CASE("long names and several gzip streams end to end are read") {
  beffroi::testing::TemporaryFolder folder;
  std::string archive = knowledge::testing::tar({{"data/F1.json", "un"}});
  archive.resize(1024);
  std::string record = knowledge::testing::tar({{"PaxHeader", "30 path=data/a/long/F22.json\n"}});
  record.resize(1024);
  record[156] = 'x';
  int sum = std::stoi(record.substr(148, 6), nullptr, 8) + 'x' - '0';
  std::snprintf(record.data() + 148, 8, "%06o", static_cast<unsigned>(sum));
  const std::string rest = knowledge::testing::tar({{"short", "long"}});
  REQUIRE(write_file_atomically(folder.path() / "a.tgz", knowledge::testing::gzip(archive + record) + knowledge::testing::gzip(rest)));
  const Read all = read(folder.path() / "a.tgz");
  CHECK(all.status);
  REQUIRE(all.files.size() == 2);
  CHECK(all.files[1].first == "data/a/long/F22.json");
  CHECK(all.files[1].second == "long");
}

TEST_CASE("a truncated or altered archive is refused as a whole, wherever it is cut") {
  beffroi::testing::TemporaryFolder folder;
  Files many;
  for (int i = 0; i < 40; ++i)
    many.emplace_back("F" + std::to_string(i) + ".json", std::string(300, static_cast<char>('a' + i % 20)) + std::to_string(i * 7919));
  knowledge::testing::write_tgz(folder.path() / "a.tgz", many);
  knowledge::testing::write_zip(folder.path() / "a.zip", many);
  for (const char* name : {"a.tgz", "a.zip"}) {
    const std::string whole = read_file(folder.path() / name).value();
    for (int part = 1; part < 20; ++part) {
      REQUIRE(write_file_atomically(folder.path() / "cut", whole.substr(0, whole.size() * static_cast<std::size_t>(part) / 20)));
      check_refused(read(folder.path() / "cut"), Code::bad_input, "abîmé ou incomplet");
    }
  }
  std::string altered = read_file(folder.path() / "a.tgz").value();
  altered[altered.size() / 2] ^= 0x10;
  REQUIRE(write_file_atomically(folder.path() / "altered.tgz", altered));
  CHECK_FALSE(read(folder.path() / "altered.tgz").status);
}

TEST_CASE("one damaged entry of a zip is told apart from the others") {
  beffroi::testing::TemporaryFolder folder;
  knowledge::testing::write_zip(folder.path() / "a.zip", {{"F1.json", "contenu stocké tel quel, un"}, {"F2.json", std::string(5000, 'b')}});
  std::string bytes = read_file(folder.path() / "a.zip").value();
  bytes[bytes.find("F2.json") + 7 + 6] ^= 0x55;
  REQUIRE(write_file_atomically(folder.path() / "a.zip", bytes));
  const Read all = read(folder.path() / "a.zip");
  CHECK(all.status);
  CHECK(all.files.size() == 1);
  CHECK(all.unreadable == 1);
}

TEST_CASE("bombs are refused by number, by size, by total and by ratio") {
  beffroi::testing::TemporaryFolder folder;
  const Files bomb = {{"F1.json", std::string(3 << 20, '\0')}, {"F2.json", std::string(3 << 20, '\0')}};
  knowledge::testing::write_tgz(folder.path() / "a.tgz", bomb);
  knowledge::testing::write_zip(folder.path() / "a.zip", bomb);
  for (const char* name : {"a.tgz", "a.zip"}) {
    const auto path = folder.path() / name;
    CHECK(read(path).status);
    check_refused(read(path, {.entries = 1}), Code::bad_input, "plus de 1 fichiers");
    check_refused(read(path, {.entry_bytes = 2 << 20}), Code::bad_input, "un fichier dépasse 2 Mio");
    check_refused(read(path, {.total_bytes = 4 << 20}), Code::bad_input, "plus de 4 Mio");
    check_refused(read(path, {.ratio_from_bytes = 1 << 20}), Code::bad_input, "grossit plus de 300 fois");
  }
}

TEST_CASE("what is no archive, what is missing and what is stopped are told in French") {
  beffroi::testing::TemporaryFolder folder;
  REQUIRE(write_file_atomically(folder.path() / "page.zip", "<html>Erreur 404</html>"));
  check_refused(read(folder.path() / "page.zip"), Code::bad_input, "n’est ni un zip");
  check_refused(read(folder.path() / "absent"), Code::not_found, "n’existe pas");
  knowledge::testing::write_tgz(folder.path() / "a.tgz", kFiles);
  std::stop_source stop;
  stop.request_stop();
  check_refused(read(folder.path() / "a.tgz", {}, stop.get_token()), Code::cancelled, "interrompue");
}
