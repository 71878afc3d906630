#include "llm/llama/testing/tiny_model.h"

#include <fmt/format.h>
#include <ggml.h>
#include <gguf.h>

#include <cstdlib>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace beffroi::llm::llama::testing {

namespace {

constexpr int kWidth = 32;
constexpr int kHidden = 64;
constexpr int kLayers = 2;
constexpr int kHeads = 4;
constexpr int kKvHeads = 2;
constexpr int kContext = 4096;

// Every byte is a token, after the marks: any text can be read and written.
struct Vocabulary {
  std::vector<std::string> tokens = {"<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>"};
  std::vector<float> scores;
  std::vector<std::int32_t> types = {2, 3, 3, 3, 3};  // unknown, control
  Vocabulary() {
    for (int byte = 0; byte < 256; ++byte) {
      tokens.push_back(fmt::format("<0x{:02X}>", byte));
      types.push_back(6);  // byte
    }
    scores.assign(tokens.size(), 0.0F);
  }
};

class Writer {
 public:
  explicit Writer(const TinyModel& options) : options_(options), file_(gguf_init_empty(), gguf_free) {
    const ggml_init_params room{.mem_size = 8U << 20, .mem_buffer = nullptr, .no_alloc = false};
    tensors_.reset(ggml_init(room));
  }

  void write(const std::filesystem::path& path) {
    describe();
    const auto words = static_cast<int>(vocabulary_.tokens.size());
    matrix("token_embd.weight", kWidth, words, 1.0F);
    matrix("output.weight", kWidth, words, 0.6F);
    ones("output_norm.weight");
    for (int layer = 0; layer < kLayers; ++layer) add_layer(fmt::format("blk.{}.", layer));
    if (!gguf_write_to_file(file_.get(), path.c_str(), false)) std::abort();
  }

 private:
  void describe() {
    gguf_context* file = file_.get();
    const std::string arch = options_.architecture;
    gguf_set_val_str(file, "general.architecture", options_.architecture);
    gguf_set_val_str(file, "general.name", "tiny");
    const auto number = [&](const char* name, std::uint32_t value) { gguf_set_val_u32(file, (arch + name).c_str(), value); };
    number(".context_length", kContext);
    number(".embedding_length", kWidth);
    number(".block_count", kLayers);
    number(".feed_forward_length", kHidden);
    number(".attention.head_count", kHeads);
    number(".attention.head_count_kv", kKvHeads);
    number(".rope.dimension_count", kWidth / kHeads);
    gguf_set_val_f32(file, (arch + ".attention.layer_norm_rms_epsilon").c_str(), 1e-5F);
    gguf_set_val_str(file, "tokenizer.ggml.model", "llama");
    std::vector<const char*> tokens;
    for (const std::string& token : vocabulary_.tokens) tokens.push_back(token.c_str());
    gguf_set_arr_str(file, "tokenizer.ggml.tokens", tokens.data(), tokens.size());
    gguf_set_arr_data(file, "tokenizer.ggml.scores", GGUF_TYPE_FLOAT32, vocabulary_.scores.data(), vocabulary_.scores.size());
    gguf_set_arr_data(file, "tokenizer.ggml.token_type", GGUF_TYPE_INT32, vocabulary_.types.data(), vocabulary_.types.size());
    gguf_set_val_u32(file, "tokenizer.ggml.bos_token_id", 1);
    gguf_set_val_u32(file, "tokenizer.ggml.eos_token_id", 4);
    gguf_set_val_bool(file, "tokenizer.ggml.add_bos_token", false);
    gguf_set_val_bool(file, "tokenizer.ggml.add_space_prefix", false);
    if (options_.with_frame) gguf_set_val_str(file, "tokenizer.chat_template", "{# chatml #}<|im_start|>{{ role }}");
  }

  void add_layer(const std::string& layer) {
    constexpr int kKvWidth = kWidth / kHeads * kKvHeads;
    ones(layer + "attn_norm.weight");
    ones(layer + "ffn_norm.weight");
    matrix(layer + "attn_q.weight", kWidth, kWidth, 0.5F);
    matrix(layer + "attn_k.weight", kWidth, kKvWidth, 0.5F);
    matrix(layer + "attn_v.weight", kWidth, kKvWidth, 0.5F);
    matrix(layer + "attn_output.weight", kWidth, kWidth, 0.5F);
    matrix(layer + "ffn_gate.weight", kWidth, kHidden, 0.4F);
    matrix(layer + "ffn_up.weight", kWidth, kHidden, 0.4F);
    matrix(layer + "ffn_down.weight", kHidden, kWidth, 0.4F);
  }

  void matrix(const std::string& name, int columns, int rows, float spread) {
    ggml_tensor* tensor = ggml_new_tensor_2d(tensors_.get(), GGML_TYPE_F32, columns, rows);
    auto* values = static_cast<float*>(tensor->data);
    for (int i = 0; i < columns * rows; ++i) values[i] = spread * (static_cast<float>(random_() % 2001) / 1000.0F - 1.0F);
    add(name, tensor);
  }

  void ones(const std::string& name) {
    ggml_tensor* tensor = ggml_new_tensor_1d(tensors_.get(), GGML_TYPE_F32, kWidth);
    auto* values = static_cast<float*>(tensor->data);
    for (int i = 0; i < kWidth; ++i) values[i] = 1.0F;
    add(name, tensor);
  }

  void add(const std::string& name, ggml_tensor* tensor) {
    ggml_set_name(tensor, name.c_str());
    gguf_add_tensor(file_.get(), tensor);
  }

  const TinyModel options_;
  const Vocabulary vocabulary_;
  std::mt19937 random_{7};
  std::unique_ptr<gguf_context, decltype(&gguf_free)> file_;
  struct FreeTensors {
    void operator()(ggml_context* context) const { ggml_free(context); }
  };
  std::unique_ptr<ggml_context, FreeTensors> tensors_;
};

}  // namespace

void write_tiny_model(const std::filesystem::path& file, const TinyModel& options) { Writer(options).write(file); }

}  // namespace beffroi::llm::llama::testing
