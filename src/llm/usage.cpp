#include "llm/usage.h"

namespace beffroi::llm {

Usage& Usage::operator+=(const Usage& other) {
  if (!other.model.empty()) model = other.model;
  prompt_tokens += other.prompt_tokens;
  reused_tokens += other.reused_tokens;
  generated_tokens += other.generated_tokens;
  cpu_s += other.cpu_s;
  wall_s += other.wall_s;
  queued_s += other.queued_s;
  if (other.joules) joules = joules.value_or(0) + *other.joules;
  tokens_known = tokens_known && other.tokens_known;
  return *this;
}

}  // namespace beffroi::llm
