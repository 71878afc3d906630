#include "llm/e5/model_file.h"

#include <doctest/doctest.h>

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/testing.h"
#include "llm/e5/encoder.h"
#include "llm/e5/tokenizer.h"

using namespace beffroi;
using namespace beffroi::llm::e5;

namespace {

// A complete model of one layer, small enough to be cut and damaged thousands of times.
class SmallModel {
 public:
  static constexpr int kWidth = 32, kFeed = 64, kWords = 8, kWindow = 16;

  SmallModel() {
    number<std::uint32_t>(0x31533545);  // "E5S1"
    number<std::uint32_t>(1);
    for (const int value : {kWidth, 1, 1, kFeed, kWords, kWindow, 2}) number<std::int32_t>(value);
    number(1e-12F);
    number<std::int32_t>(kBlockWeights);
    write_vocabulary();
    write_tensors();
  }

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

 private:
  template <class T>
  void number(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }

  void write_vocabulary() {
    const std::vector<std::string> pieces = {"<s>", "<pad>", "</s>", "<unk>", "\u2581", "a", "\u2581a", "é"};
    const std::vector<float> scores = {0, 0, 0, 0, -3, -2, -1, -2};
    number<std::int32_t>(kWords);
    for (const int mark : {0, 2, 1, 3}) number<std::int32_t>(mark);
    std::string all;
    std::vector<std::uint32_t> offsets = {0};
    for (const auto& piece : pieces) {
      all += piece;
      offsets.push_back(static_cast<std::uint32_t>(all.size()));
    }
    number<std::uint64_t>(all.size());
    for (const auto offset : offsets) number(offset);
    for (const auto score : scores) number(score);
    bytes_ += all;
    number<std::int32_t>(1);  // one rewritten code point: ª becomes a
    number<std::uint32_t>(9);
    number<std::uint32_t>(0xAA);
    number<std::uint8_t>(1);
    number<std::uint32_t>('a');
  }

  void write_tensors() {
    struct Tensor {
      std::string name;
      int type;
      int count;
    };
    std::vector<Tensor> tensors = {{"emb.word", 1, kWords * kWidth},
                                   {"emb.pos", 0, kWindow * kWidth},
                                   {"emb.type", 0, 2 * kWidth},
                                   {"emb.ln.w", 0, kWidth},
                                   {"emb.ln.b", 0, kWidth}};
    for (const char* part : {"q", "k", "v", "ao"}) {
      tensors.push_back({std::string("l0.") + part + ".w", 1, kWidth * kWidth});
      tensors.push_back({std::string("l0.") + part + ".b", 0, kWidth});
    }
    for (const char* part : {"fi", "fo"}) {
      tensors.push_back({std::string("l0.") + part + ".w", 1, kWidth * kFeed});
      tensors.push_back({std::string("l0.") + part + ".b", 0, part[1] == 'i' ? kFeed : kWidth});
    }
    for (const char* part : {"aln.w", "aln.b", "oln.w", "oln.b"}) tensors.push_back({std::string("l0.") + part, 0, kWidth});

    std::size_t directory = 4;
    for (const auto& tensor : tensors) directory += 2 + tensor.name.size() + 1 + 4 + 8 + 8;
    std::size_t at = bytes_.size() + directory;
    number(static_cast<std::int32_t>(tensors.size()));
    for (const auto& tensor : tensors) {
      const std::size_t size =
          tensor.type == 0 ? static_cast<std::size_t>(tensor.count) * 4 : static_cast<std::size_t>(tensor.count) / 32 * 18;
      number(static_cast<std::uint16_t>(tensor.name.size()));
      bytes_ += tensor.name;
      number(static_cast<std::uint8_t>(tensor.type));
      number(static_cast<std::uint32_t>(tensor.count));
      number(static_cast<std::uint64_t>(at));
      number(static_cast<std::uint64_t>(size));
      at += size;
    }
    std::mt19937 random(3);
    while (bytes_.size() < at) bytes_.push_back(static_cast<char>(random() % 60));  // small positive weights and scales
  }

  std::string bytes_;
};

// Opens these bytes as a model and, when accepted, embeds with it: neither may crash.
Result<ModelFile> opened(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  auto model = ModelFile::open(path);
  if (model) {
    const Tokenizer tokenizer(model->vocabulary);
    std::vector<int> pieces = tokenizer.pieces("a é aaa b", 10);
    pieces.insert(pieces.begin(), model->vocabulary.begin_id);
    pieces.push_back(model->vocabulary.end_id);
    CHECK(Encoder(*model).encode(pieces).size() == static_cast<std::size_t>(model->width));
  }
  return model;
}

}  // namespace

TEST_CASE("a whole model opens, with its vocabulary and its layer") {
  const testing::TemporaryFolder folder;
  const auto model = opened(folder.path() / "model", SmallModel().bytes());
  REQUIRE(model);
  CHECK(model->width == SmallModel::kWidth);
  CHECK(model->layers.size() == 1);
  CHECK(model->vocabulary.piece(6) == "\u2581a");
}

TEST_CASE("a model cut anywhere is one clear error") {
  const testing::TemporaryFolder folder;
  const SmallModel whole;
  for (std::size_t size = 0; size < whole.bytes().size(); size += size < 700 ? 1 : 37) {
    CAPTURE(size);
    const auto model = opened(folder.path() / "model", whole.bytes().substr(0, size));
    REQUIRE_FALSE(model);
    CHECK(model.error().code == Code::unavailable);
  }
}

TEST_CASE("a model with damaged numbers is refused or still safe to use") {
  const testing::TemporaryFolder folder;
  const SmallModel whole;
  std::mt19937 random(11);
  int refused = 0;
  for (int round = 0; round < 1500; ++round) {
    std::string bytes = whole.bytes();
    const std::size_t head = 1100;  // header, vocabulary and directory
    for (int change = 0; change < 2; ++change) bytes[random() % head] = static_cast<char>(random());
    refused += opened(folder.path() / "model", bytes) ? 0 : 1;
  }
  CHECK(refused > 500);
}

TEST_CASE("another file, an empty one, a folder and an absent one are told what to do") {
  const testing::TemporaryFolder folder;
  const auto path = folder.path() / "model";
  REQUIRE(write_file_atomically(path, "GGUF" + std::string(5000, 'x')));
  for (const auto& wrong : {path, folder.path() / "absent", folder.path()}) {
    const auto model = ModelFile::open(wrong);
    REQUIRE_FALSE(model);
    CHECK(model.error().code == Code::unavailable);
    CHECK(model.error().message.find("make setup") != std::string::npos);
  }
  REQUIRE(write_file_atomically(path, ""));
  CHECK_FALSE(ModelFile::open(path));
}

TEST_CASE("pieces: the most probable division, no mark from a text, unknowns together, malformed bytes as spaces") {
  const testing::TemporaryFolder folder;
  const auto model = opened(folder.path() / "model", SmallModel().bytes());
  REQUIRE(model);
  const Tokenizer tokenizer(model->vocabulary);
  const auto pieces = [&](std::string_view text) { return tokenizer.pieces(text, 100); };
  CHECK(pieces("a") == std::vector<int>{6});
  CHECK(pieces("  aa\n\ta ") == std::vector<int>{6, 5, 6});
  CHECK(pieces("\u00AA") == std::vector<int>{6});
  CHECK(pieces("e\u0301") == std::vector<int>{4, 7});
  CHECK(pieces("é") == std::vector<int>{4, 7});
  CHECK(pieces("<s>") == std::vector<int>{4, 3});
  CHECK(pieces("axyza") == std::vector<int>{6, 3, 5});
  CHECK(pieces("a\xFF\xC3") == std::vector<int>{6});
  CHECK(pieces("a\xE2\x82"
               "a") == std::vector<int>{6, 6});
  CHECK(pieces(std::string("a\0a", 3)) == std::vector<int>{6, 6});
  CHECK(pieces("").empty());
  CHECK(tokenizer.pieces("aaaaaaaa", 3).size() == 3);
}
