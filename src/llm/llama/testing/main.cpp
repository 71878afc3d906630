// tiny_model FILE [ARCHITECTURE]: the model of a few kilobytes of the tests, for those that run the whole program (tests/engine).
#include "llm/llama/testing/tiny_model.h"

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  beffroi::llm::llama::testing::TinyModel options;
  if (argc > 2) options.architecture = argv[2];
  beffroi::llm::llama::testing::write_tiny_model(argv[1], options);
  return 0;
}
