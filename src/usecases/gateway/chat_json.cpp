#include "usecases/gateway/chat_json.h"

#include "json/writer.h"

namespace beffroi::gateway {

namespace {

void begin(json::Writer& out, const Completion& completion, std::string_view object) {
  out.begin_object().field("id", completion.id).field("object", object).field("created", completion.created_s);
  out.field("model", completion.model);
}

void write_usage(json::Writer& out, const llm::Usage& usage) {
  out.key("usage");
  if (!usage.tokens_known) {
    out.null();
    return;
  }
  const std::int64_t prompt = usage.prompt_tokens + usage.reused_tokens;
  out.begin_object().field("prompt_tokens", prompt).field("completion_tokens", usage.generated_tokens);
  out.field("total_tokens", prompt + usage.generated_tokens);
  out.key("prompt_tokens_details").begin_object().field("cached_tokens", usage.reused_tokens).end_object().end_object();
}

enum class Piece { first, text, last };

std::string piece_json(const Completion& completion, Piece piece, std::string_view text, const Ended* ended) {
  json::Writer out;
  begin(out, completion, "chat.completion.chunk");
  out.key("choices").begin_array().begin_object().field("index", 0).key("delta").begin_object();
  if (piece == Piece::first) out.field("role", "assistant").field("content", "");
  if (piece == Piece::text) out.field("content", text);
  out.end_object().key("finish_reason");
  if (ended == nullptr) out.null();
  else out.value(ended->reason);
  out.end_object().end_array();
  if (ended != nullptr) out.key("beffroi").raw(ended->beffroi);
  out.end_object();
  return std::move(out).text();
}

}  // namespace

std::string completion_json(const Completion& completion, std::string_view text, const Ended& ended) {
  json::Writer out;
  begin(out, completion, "chat.completion");
  out.key("choices").begin_array().begin_object().field("index", 0).key("message").begin_object();
  out.field("role", "assistant").field("content", text).end_object();
  out.key("logprobs").null().field("finish_reason", ended.reason).end_object().end_array();
  write_usage(out, ended.usage);
  out.key("beffroi").raw(ended.beffroi).end_object();
  return std::move(out).text();
}

std::string first_chunk_json(const Completion& completion) { return piece_json(completion, Piece::first, {}, nullptr); }

std::string chunk_json(const Completion& completion, std::string_view text) { return piece_json(completion, Piece::text, text, nullptr); }

std::string last_chunk_json(const Completion& completion, const Ended& ended) { return piece_json(completion, Piece::last, {}, &ended); }

std::string usage_chunk_json(const Completion& completion, const llm::Usage& usage) {
  json::Writer out;
  begin(out, completion, "chat.completion.chunk");
  out.key("choices").begin_array().end_array();
  write_usage(out, usage);
  out.end_object();
  return std::move(out).text();
}

}  // namespace beffroi::gateway
