#include "llm/llama/loaded_model.h"

#include <fmt/format.h>
#include <llama.h>

#include <algorithm>
#include <array>
#include <functional>
#include <mutex>
#include <utility>

#include "base/log.h"

namespace beffroi::llm::llama {

namespace {

// llama.cpp talks a lot, and calls a request that was stopped an error. Only why a file does not load is worth hearing.
thread_local bool loading = false;

void hush(ggml_log_level level, const char* text, void*) {
  if (level != GGML_LOG_LEVEL_ERROR || !loading) return;
  std::string line(text);
  while (!line.empty() && line.back() == '\n') line.pop_back();
  if (!line.empty()) log::warn("llama", {{"says", line}});
}

void start_backend() {
  static std::once_flag once;
  std::call_once(once, [] {
    llama_log_set(hush, nullptr);
    llama_backend_init();
  });
}

constexpr std::string_view kPlace = "\x1f#\x1f";  // stands for a text in the frame; no frame has it

std::vector<Token> tokenized(const llama_vocab* vocabulary, std::string_view text, bool marks) {
  std::vector<Token> tokens(text.size() + 8);
  const auto length = static_cast<std::int32_t>(text.size());
  const auto fill = [&] {
    return llama_tokenize(vocabulary, text.data(), length, tokens.data(), static_cast<std::int32_t>(tokens.size()), false, marks);
  };
  int count = fill();
  if (count < 0) {  // what it needed
    tokens.resize(static_cast<std::size_t>(-count));
    count = fill();
  }
  tokens.resize(static_cast<std::size_t>(std::max(0, count)));
  return tokens;
}

}  // namespace

LoadedModel::LoadedModel(llama_model* model, const std::filesystem::path& file) : model_(model), name_(file.stem().string()) {
  const char* frame = llama_model_chat_template(model_, nullptr);
  std::array<char, 256> description{};
  llama_model_desc(model_, description.data(), description.size());
  // Name, shape, weight in bytes and time of the file: a file replaced by another is another model.
  std::error_code ignored;
  const auto written = std::filesystem::last_write_time(file, ignored).time_since_epoch().count();
  const std::string all =
      fmt::format("{}|{}|{}|{}|{}", name_, description.data(), llama_model_size(model_), written, frame != nullptr ? frame : "");
  fingerprint_ = fmt::format("{:016x}", std::hash<std::string>{}(all));
}

LoadedModel::~LoadedModel() { llama_model_free(model_); }

Result<std::shared_ptr<const LoadedModel>> LoadedModel::load(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) {
    return fail(Code::not_found, "Le modèle de langue n’est pas installé\u00a0: lancez «\u00a0beffroi models install\u00a0».",
                file.filename().string());
  }
  start_backend();
  llama_model_params params = llama_model_default_params();
  params.n_gpu_layers = -1;
  params.load_mode =
      LLAMA_LOAD_MODE_NONE;  // mapped, the file stays in memory beside the weights rearranged for this processor: 600 MB more
  loading = true;
  llama_model* model = llama_model_load_from_file(file.c_str(), params);
  loading = false;
  if (model == nullptr) {
    return fail(
        Code::bad_input,
        "Le fichier du modèle de langue est abîmé ou d’un genre que Beffroi ne sait pas lire\u00a0: lancez «\u00a0beffroi models check\u00a0».",
        file.filename().string());
  }
  std::shared_ptr<LoadedModel> loaded(new LoadedModel(model, file));
  if (!llama_model_has_decoder(model) || llama_model_is_recurrent(model) || llama_model_is_hybrid(model) ||
      llama_model_is_diffusion(model)) {
    return fail(Code::bad_input, "Ce modèle n’est pas un modèle de conversation que Beffroi sait faire tourner.", file.filename().string());
  }
  if (!loaded->read_frame()) {
    return fail(Code::bad_input, "Ce modèle ne dit pas comment lui parler, ou d’une façon que Beffroi ne connaît pas.",
                file.filename().string());
  }
  return loaded;
}

const llama_vocab* LoadedModel::vocabulary() const { return llama_model_get_vocab(model_); }
std::int32_t LoadedModel::vocabulary_size() const { return llama_vocab_n_tokens(vocabulary()); }
bool LoadedModel::ends(Token token) const { return llama_vocab_is_eog(vocabulary(), token); }

Token LoadedModel::end() const {
  const Token turn = llama_vocab_eot(vocabulary());
  return turn != LLAMA_TOKEN_NULL ? turn : llama_vocab_eos(vocabulary());
}

std::vector<Token> LoadedModel::tokens_of(std::string_view text) const { return tokenized(vocabulary(), text, false); }

std::string LoadedModel::piece_of(Token token) const {
  std::array<char, 256> buffer{};
  const int size = llama_token_to_piece(vocabulary(), token, buffer.data(), buffer.size(), 0, false);
  return size > 0 ? std::string(buffer.data(), static_cast<std::size_t>(size)) : std::string();
}

bool LoadedModel::read_frame() {
  const char* pattern = llama_model_chat_template(model_, nullptr);
  if (pattern == nullptr) return false;
  const std::string place(kPlace);
  const std::array<llama_chat_message, 2> turns = {{{"system", place.c_str()}, {"user", place.c_str()}}};
  std::string frame(4096, '\0');
  const int size =
      llama_chat_apply_template(pattern, turns.data(), turns.size(), true, frame.data(), static_cast<std::int32_t>(frame.size()));
  if (size <= 0 || static_cast<std::size_t>(size) > frame.size()) return false;
  frame.resize(static_cast<std::size_t>(size));
  const std::size_t first = frame.find(kPlace);
  const std::size_t second = first == std::string::npos ? first : frame.find(kPlace, first + kPlace.size());
  if (second == std::string::npos) return false;
  opening_ = tokenized(vocabulary(), frame.substr(0, first), true);
  between_ = tokenized(vocabulary(), frame.substr(first + kPlace.size(), second - first - kPlace.size()), true);
  closing_ = tokenized(vocabulary(), frame.substr(second + kPlace.size()), true);
  const Token start = llama_vocab_bos(vocabulary());
  if (llama_vocab_get_add_bos(vocabulary()) && (opening_.empty() || opening_.front() != start)) opening_.insert(opening_.begin(), start);
  return true;
}

Framed LoadedModel::framed(std::string_view instructions, std::string_view material, std::string_view message) const {
  ChatRequest request;
  request.instructions = instructions;
  request.material = material;
  request.message = message;
  return framed(request);
}

Framed LoadedModel::framed(const ChatRequest& request) const {
  const auto append = [](std::vector<Token>& to, const std::vector<Token>& more) { to.insert(to.end(), more.begin(), more.end()); };
  Framed framed{opening_, tokens_of(request.material), {}};
  std::vector<Token>& instructions = request.instructions_typed && !opening_.empty() ? framed.message : framed.instructions;
  append(instructions, tokens_of(request.instructions));
  append(instructions, between_);
  for (const Exchange& exchange : request.earlier) {
    append(framed.message, tokens_of(exchange.message));
    append(framed.message, closing_);
    append(framed.message, tokens_of(exchange.reply));
    append(framed.message, between_);
  }
  append(framed.message, tokens_of(request.message));
  append(framed.message, closing_);
  return framed;
}

}  // namespace beffroi::llm::llama
