#include "compliance/ai_mark.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::compliance {

namespace {

bool fits_a_header(std::string_view text) {
  return !text.empty() && text.size() <= 200 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

void mark(http::Reply& reply, const Generated& by) { reply.headers.emplace_back(std::string(kAiHeader), meta_mark(by)); }

std::string meta_mark(const Generated& by) {
  std::string value = fmt::format("true; system=\"{}\"", kAiSystem);
  if (fits_a_header(by.model)) value += fmt::format("; model=\"{}\"", by.model);
  return value;
}

void write_mark(json::Writer& out, const Generated& by) {
  out.field("notice", kAiNotice).key("generated_by").begin_object();
  out.field("ai", true).field("system", kAiSystem).field("model", by.model).field("digital_source_type", by.source).end_object();
}

std::string mention(const Generated& by) {
  return fmt::format(
      "Texte {} ({}{}).",
      by.source == kWritten ? "écrit par une intelligence artificielle" : "produit avec l’aide d’une intelligence artificielle", kAiSystem,
      by.model.empty() ? "" : ", modèle " + by.model);
}

}  // namespace beffroi::compliance
