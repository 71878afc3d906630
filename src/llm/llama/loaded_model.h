// A GGUF model in memory: its vocabulary and the frame its makers put around a conversation. Immutable, thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/chat_model.h"

struct llama_model;
struct llama_vocab;

namespace beffroi::llm::llama {

using Token = std::int32_t;

// A conversation as the model reads it, cut where its state is kept: the tokens of a part do not depend on what comes after it, so
// they are the same whether the state was kept or not. The model's marks (<|im_end|>…) are only those of its frame: written in a
// text, they are read as plain letters.
struct Framed {
  std::vector<Token> instructions;  // from the start up to the end of the instructions
  std::vector<Token> material;      // then up to the person's message
  std::vector<Token> message;       // then what was said before, and the message, up to the first word of the reply
};
// Instructions that a person typed are read with the message, for no state of them may be kept.

class LoadedModel {
 public:
  // Code::not_found without the file, Code::bad_input when it is damaged or of an architecture that the engine cannot run.
  [[nodiscard]] static Result<std::shared_ptr<const LoadedModel>> load(const std::filesystem::path& file);
  ~LoadedModel();
  LoadedModel(const LoadedModel&) = delete;
  LoadedModel& operator=(const LoadedModel&) = delete;

  // Changes when the weights or the frame do: states kept for another fingerprint are never put back.
  [[nodiscard]] const std::string& fingerprint() const { return fingerprint_; }
  [[nodiscard]] const std::string& name() const { return name_; }  // of the file, without its extension

  [[nodiscard]] std::vector<Token> tokens_of(std::string_view text) const;
  [[nodiscard]] std::string piece_of(Token token) const;  // may be part of a character
  [[nodiscard]] bool ends(Token token) const;
  [[nodiscard]] Token end() const;                                // of a turn
  [[nodiscard]] std::int32_t vocabulary_size() const;

  [[nodiscard]] Framed framed(const ChatRequest& request) const;
  [[nodiscard]] Framed framed(std::string_view instructions, std::string_view material, std::string_view message) const;

  [[nodiscard]] llama_model* get() const { return model_; }
  [[nodiscard]] const llama_vocab* vocabulary() const;

 private:
  LoadedModel(llama_model* model, const std::filesystem::path& file);
  [[nodiscard]] bool read_frame();

  llama_model* model_;
  std::string name_;
  std::string fingerprint_;
  std::vector<Token> opening_, between_, closing_;  // of the frame, around the instructions and the message
};

}  // namespace beffroi::llm::llama
