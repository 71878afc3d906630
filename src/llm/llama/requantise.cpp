#include "llm/llama/requantise.h"

#include <llama.h>

#include <algorithm>
#include <thread>

#include "llm/llama/loaded_model.h"

namespace beffroi::llm::llama {

Status to_four_bits(const std::filesystem::path& from, const std::filesystem::path& to) {
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  llama_backend_init();
  llama_model_quantize_params params = llama_model_quantize_default_params();
  params.ftype = LLAMA_FTYPE_MOSTLY_Q4_K_S;
  params.pure = true;  // the last layer and the down projections too
  params.allow_requantize = true;
  params.nthread = static_cast<std::int32_t>(std::clamp(std::thread::hardware_concurrency(), 1U, 2U));
  if (llama_model_quantize(from.c_str(), to.c_str(), &params) == 0) return {};
  std::error_code ignored;
  std::filesystem::remove(to, ignored);
  return fail(Code::storage, "Le modèle n’a pas pu être préparé pour ce processeur (disque plein, fichier abîmé)\u00a0: il sert tel quel.",
              from.filename().string());
}

}  // namespace beffroi::llm::llama
