#include "search/vectors.h"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

#include "base/testing.h"
#include "search/search.h"
#include "search/vector_index.h"

using namespace beffroi;
using namespace beffroi::search;

namespace {

const VectorsInfo kInfo{"g1", "small-model", 4, false};
using Vector = std::vector<float>;

std::string bytes_of(const std::filesystem::path& path) { return read_file(path).value(); }

VectorsWriter open_writer(const std::filesystem::path& path, const VectorsInfo& info = kInfo, const VectorsWriter::Keep& keep = {}) {
  auto writer = VectorsWriter::open(path, info, keep);
  REQUIRE(writer);
  return std::move(*writer);
}

}  // namespace

TEST_CASE("vectors are read back as they were written, and the writing goes on where it stopped") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "vectors.bin";
  {
    VectorsWriter writer = open_writer(path);
    CHECK(writer.append("F1", 11, Vector{1, 0, 0, 0}));
    CHECK(writer.append("F1#p2", 12, Vector{0, 1, 0, 0.5}));
    CHECK(writer.append("F1", 11, Vector{1, 0, 0, 0}).error().code == Code::conflict);
    CHECK(writer.append("F3", 1, Vector{1, 0}).error().code == Code::invalid_argument);
    CHECK(writer.append("F3", 1, Vector{1, 0, 0, NAN}).error().code == Code::invalid_argument);
    CHECK(writer.append(std::string(64, 'x'), 1, Vector{1, 0, 0, 0}).error().code == Code::invalid_argument);
    CHECK(VectorsWriter::open(path, kInfo).error().code == Code::busy);
    CHECK(writer.sync());
  }
  VectorsWriter writer = open_writer(path);
  CHECK(writer.size() == 2);
  CHECK(writer.contains("F1#p2"));
  CHECK(writer.append("F4", 14, Vector{0, 0, 0, 1}));
  const VectorsFile file = VectorsFile::open(path).value();
  CHECK(file.info() == kInfo);
  REQUIRE(file.size() == 3);
  CHECK(file.id(1) == "F1#p2");
  CHECK(file.fingerprint(1) == 12);
  CHECK(file.vector(1)[3] == 0.5F);
  CHECK(file.id(2) == "F4");
}

TEST_CASE("wherever a crash cuts the file, whole records are read and the next one is appended after them") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "vectors.bin";
  {
    VectorsWriter writer = open_writer(path);
    for (int at = 0; at < 3; ++at) REQUIRE(writer.append("F" + std::to_string(at), 1, Vector{1, 2, 3, 4}));
  }
  const std::string whole = bytes_of(path);
  const std::size_t record = VectorsFile::open(path)->complete_bytes() / 3 / 2;  // some step that is no multiple of a record
  std::size_t former = 0;
  for (std::size_t size = whole.size() % record; size <= whole.size(); size += record) {
    REQUIRE(write_file_atomically(path, whole.substr(0, size)));
    const auto read = VectorsFile::open(path);
    const std::size_t present = read ? read->size() : 0;
    CHECK(present >= former);
    former = present;
    VectorsWriter writer = open_writer(path);
    CHECK(writer.size() == present);
    REQUIRE(writer.append("new", 1, Vector{4, 3, 2, 1}));
    const VectorsFile after = VectorsFile::open(path).value();
    CHECK(after.size() == present + 1);
    CHECK(after.id(present) == "new");
  }
  CHECK(former == 3);
  std::string altered = whole;
  altered[altered.size() - 3] ^= 1;
  REQUIRE(write_file_atomically(path, altered));
  CHECK(VectorsFile::open(path)->size() == 2);
}

TEST_CASE("a new generation carries over what did not change; another model starts afresh") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "vectors.bin";
  {
    VectorsWriter writer = open_writer(path);
    REQUIRE(writer.append("F1", 1, Vector{1, 0, 0, 0}));
    REQUIRE(writer.append("F2", 2, Vector{0, 1, 0, 0}));
  }
  VectorsInfo next = kInfo;
  next.generation = "g2";
  const auto unchanged = [](std::string_view id, std::uint64_t fingerprint) { return id == "F2" && fingerprint == 2; };
  {
    const VectorsWriter writer = open_writer(path, next, unchanged);
    CHECK(writer.size() == 1);
    CHECK(writer.contains("F2"));
  }
  next.model = "other";
  CHECK(open_writer(path, next, unchanged).size() == 0);
}

TEST_CASE("what is no file of vectors is told apart from none") {
  testing::TemporaryFolder folder;
  CHECK(VectorsFile::open(folder.path() / "absent").error().code == Code::not_found);
  for (const std::string& bytes : {std::string(), std::string("short"), std::string(1000, 'x'), std::string(1000, '\0')}) {
    REQUIRE(write_file_atomically(folder.path() / "odd", bytes));
    CHECK(VectorsFile::open(folder.path() / "odd").error().code == Code::unavailable);
  }
  CHECK(open_writer(folder.path() / "odd").size() == 0);  // and a writer replaces it
}

TEST_CASE("the 8-bit scan finds the same nearest vectors as the full numbers") {
  testing::TemporaryFolder folder;
  std::vector<PublicationWords> publications(300);
  const auto index_path = folder.path() / "index", vectors_path = folder.path() / "vectors";
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<Vector> vectors;
  {
    VectorsWriter writer = open_writer(vectors_path, {"g", "m", 96, false});
    for (std::size_t at = 0; at < publications.size(); ++at) {
      publications[at].id = "F" + std::to_string(at);
      vectors.emplace_back(96);
      for (float& x : vectors.back()) x = normal(random);
      if (at != 5) REQUIRE(writer.append(publications[at].id, 1, vectors.back()));
    }
  }
  REQUIRE(build_index(publications, index_path, {}));
  const IndexFile index = IndexFile::open(index_path).value();
  const VectorIndex vector_index(VectorsFile::open(vectors_path).value(), index);
  const VectorSet& set = vector_index.publications();
  CHECK(set.present() == 299);
  CHECK(std::isnan(set.cosine(5, vectors[5])));
  CHECK(set.cosine(8, vectors[8]) == doctest::Approx(1));
  std::vector<std::uint8_t> allowed(300, 1);
  allowed[17] = 0;
  std::vector<Scored> expected;
  for (std::uint32_t at = 0; at < 300; ++at) {
    if (at != 5 && at != 17) expected.push_back({at, set.cosine(at, vectors[17])});
  }
  CHECK(set.nearest(vectors[17], allowed, 10) == best_of(expected, 10));
}
