#include "usecases/assistant/usage_json.h"

#include <fmt/format.h>

namespace beffroi::assistant {

namespace {

// 1.25 → « 1,3 »
std::string french_number(double number) {
  std::string text = fmt::format("{:.1f}", number);
  text.replace(text.find('.'), 1, ",");
  return text;
}

}  // namespace

void write_usage(json::Writer& out, const llm::Usage& usage) {
  out.key("usage").begin_object().field("model", usage.model).field("prompt_tokens", usage.prompt_tokens);
  out.field("reused_tokens", usage.reused_tokens).field("generated_tokens", usage.generated_tokens);
  out.field("tokens_known", usage.tokens_known).field("cpu_s", usage.cpu_s).field("wall_s", usage.wall_s).field("queued_s", usage.queued_s);
  out.key("joules");
  if (usage.joules) out.value(*usage.joules);
  else out.null();
  out.field("line", cost_line(usage)).end_object();
}

std::string cost_line(const llm::Usage& usage) {
  if (usage.model.empty()) return "Sans modèle\u00a0: 0.";
  std::string line = fmt::format("Modèle {}\u00a0: ", usage.model);
  if (usage.tokens_known) {
    line += fmt::format("{} fragments de mots lus", usage.prompt_tokens);
    if (usage.reused_tokens > 0) line += fmt::format(" (et {} déjà en mémoire)", usage.reused_tokens);
    line += fmt::format(", {} écrits", usage.generated_tokens);
  } else {
    line += "nombre de mots inconnu";
  }
  line += usage.cpu_s > 0 ? fmt::format(", {} s de processeur", french_number(usage.cpu_s))
                          : fmt::format(", temps de processeur inconnu ({} s de réponse)", french_number(usage.wall_s));
  return line + (usage.joules ? fmt::format("\u00a0; énergie mesurée\u00a0: {} J.", french_number(*usage.joules))
                              : "\u00a0; énergie\u00a0: inconnue.");
}

}  // namespace beffroi::assistant
