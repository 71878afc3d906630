// bench_requantise IN OUT TYPE [OUTPUT_TYPE]: a GGUF model with its matrices in another form (q4_0, q4_k, iq4_nl, q8_0), the last layer in
// OUTPUT_TYPE when it is given. For docs/performance.md: what other files of the default model would cost.
#include <fmt/format.h>
#include <llama.h>

#include <map>
#include <string>

int main(int argc, char** argv) {
  struct Form {
    llama_ftype file;
    ggml_type tensor;
  };
  const std::map<std::string, Form> forms = {{"q4_0", {LLAMA_FTYPE_MOSTLY_Q4_0, GGML_TYPE_Q4_0}},
                                             {"q4_k", {LLAMA_FTYPE_MOSTLY_Q4_K_S, GGML_TYPE_Q4_K}},
                                             {"iq4_nl", {LLAMA_FTYPE_MOSTLY_IQ4_NL, GGML_TYPE_IQ4_NL}},
                                             {"q6_k", {LLAMA_FTYPE_MOSTLY_Q6_K, GGML_TYPE_Q6_K}},
                                             {"q8_0", {LLAMA_FTYPE_MOSTLY_Q8_0, GGML_TYPE_Q8_0}}};
  if (argc < 4 || !forms.contains(argv[3]) || (argc > 4 && !forms.contains(argv[4]))) return 2;
  llama_log_set([](ggml_log_level, const char*, void*) {}, nullptr);
  llama_backend_init();
  llama_model_quantize_params params = llama_model_quantize_default_params();
  params.nthread = 2;
  params.allow_requantize = true;
  params.pure = true;  // every matrix, whatever its place
  params.ftype = forms.at(argv[3]).file;
  if (argc > 4) params.output_tensor_type = forms.at(argv[4]).tensor;
  return llama_model_quantize(argv[1], argv[2], &params) == 0 ? 0 : 1;
}
