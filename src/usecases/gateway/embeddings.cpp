#include "usecases/gateway/embeddings.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>
#include <vector>

#include "crypto/token.h"
#include "json/writer.h"
#include "usecases/gateway/body.h"
#include "usecases/gateway/fault.h"
#include "usecases/gateway/ticket.h"

namespace beffroi::gateway {

namespace {

constexpr std::size_t kMostTexts = 128, kMostBytes = 128 << 10;  // some seconds of one core

struct Call {
  std::vector<std::string> texts;
  bool base64 = false;
  bool are_questions = false;
};

Result<std::vector<std::string>> texts_of(const json::Node& root) {
  const auto input = root.find("input");
  if (!input) return wrong("input", "«\u00a0input\u00a0» manque.");
  std::vector<std::string> texts;
  if (input->kind() == json::Kind::string) {
    texts.push_back(BEFFROI_TRY(member_text(*input, "input")));
  } else {
    if (input->size() > 0 && input->kind() == json::Kind::array && input->at(0).kind() != json::Kind::string) {
      return unsupported("input", "des textes étaient attendus\u00a0: les jetons d’un autre modèle ne peuvent pas être lus ici.");
    }
    auto list = input->texts();
    if (!list) return wrong("input", list.error().message);
    texts = *std::move(list);
  }
  std::size_t bytes = 0;
  for (const std::string& text : texts) bytes += text.size();
  const bool has_empty = std::any_of(texts.begin(), texts.end(), [](const std::string& text) { return text.empty(); });
  if (texts.empty() || has_empty)
    return wrong("input", "«\u00a0input\u00a0»\u00a0: un texte, ou une liste de textes, qui ne soient pas vides.");
  if (texts.size() > kMostTexts || bytes > kMostBytes) {
    return wrong("input", fmt::format("«\u00a0input\u00a0»\u00a0: {} textes et {} octets au plus. Envoyez-les en plusieurs fois.",
                                      kMostTexts, kMostBytes));
  }
  return texts;
}

Result<Call> call_of(const json::Node& root, int dimension) {
  BEFFROI_CHECK(only(root, {"model", "input", "encoding_format", "dimensions", "user", "beffroi"}));
  Call call;
  call.texts = BEFFROI_TRY(texts_of(root));
  if (const auto format = root.find("encoding_format")) {
    const std::string name = BEFFROI_TRY(member_text(*format, "encoding_format"));
    if (name != "float" && name != "base64") return wrong("encoding_format", "«\u00a0encoding_format\u00a0»\u00a0: float ou base64.");
    call.base64 = name == "base64";
  }
  if (BEFFROI_TRY(number_or(root, "dimensions", dimension, {1, 1 << 20})) != dimension) {
    return unsupported("dimensions", fmt::format("les vecteurs de ce modèle ont {} composantes.", dimension));
  }
  if (const auto extension = root.find("beffroi")) {
    if (const Status known = extension->only({"input_type"}); !known) return wrong("beffroi", known.error().message);
    const auto type = extension->find("input_type");
    const std::string_view name = type ? type->text_or_empty() : "passage";
    if (name != "passage" && name != "query")
      return wrong("beffroi.input_type", "«\u00a0beffroi.input_type\u00a0»\u00a0: passage ou query.");
    call.are_questions = name == "query";
  }
  return call;
}

Result<std::vector<std::vector<float>>> vectors_of(llm::Embedder& embedder, const Call& call, const std::stop_token& stop) {
  if (!call.are_questions) return embedder.embed_passages(call.texts, stop);
  std::vector<std::vector<float>> vectors;
  for (const std::string& text : call.texts) vectors.push_back(BEFFROI_TRY(embedder.embed_query(text, stop)));
  return vectors;
}

std::string json_of(std::string_view model, const Call& call, const std::vector<std::vector<float>>& vectors, std::int64_t tokens) {
  json::Writer out;
  out.begin_object().field("object", "list").key("data").begin_array();
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    out.begin_object().field("object", "embedding").field("index", i).key("embedding");
    if (call.base64) {
      out.value(base64_of(vectors[i]));
    } else {
      out.begin_array();
      for (const float component : vectors[i]) out.value(static_cast<double>(component));
      out.end_array();
    }
    out.end_object();
  }
  out.end_array().field("model", model).key("usage").begin_object();
  out.field("prompt_tokens", tokens).field("total_tokens", tokens).end_object().end_object();
  return std::move(out).text();
}

}  // namespace

std::string base64_of(std::span<const float> vector) {
  static_assert(std::endian::native == std::endian::little);
  std::string bytes(vector.size_bytes(), '\0');
  std::memcpy(bytes.data(), vector.data(), vector.size_bytes());
  std::string text = crypto::base64url(bytes);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return text;
}

Result<http::Reply> embeddings_reply(const Services& services, const people::Visitor& visitor, const http::Request& request) {
  const json::Document document = BEFFROI_TRY(parsed(request.body));
  const std::string model = BEFFROI_TRY(required_text(document.root(), "model"));
  if (services.embedder == nullptr || model != services.embedder->model_id()) return unknown_model(model);
  const Call call = BEFFROI_TRY(call_of(document.root(), services.embedder->dimension()));
  std::int64_t tokens = 0;
  for (const std::string& text : call.texts) tokens += BEFFROI_TRY(services.embedder->count_tokens(text));
  auto ticket = Ticket::take(services, visitor, std::max<std::int64_t>(tokens, 1));
  if (!ticket) return std::move(ticket).error();
  const auto vectors = BEFFROI_TRY(vectors_of(*services.embedder, call, request.stop));
  llm::Usage usage;
  usage.model = model;
  usage.prompt_tokens = tokens;
  (*ticket)->spend("embeddings", usage);
  http::Reply reply = http::json_reply(json_of(model, call, vectors, tokens));
  (*ticket)->write_headers(reply);
  return reply;
}

}  // namespace beffroi::gateway
