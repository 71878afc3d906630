#include "llm/openai/request_body.h"

#include <string_view>

#include "json/writer.h"

namespace beffroi::llm::openai {

namespace {

void add_message(json::Writer& out, std::string_view role, const std::string& content) {
  out.begin_object().field("role", role).field("content", content).end_object();
}

}  // namespace

std::string request_body(const Options& options, const ChatRequest& request) {
  json::Writer out;
  out.begin_object().field("model", options.model).key("messages").begin_array();
  if (!request.instructions.empty()) add_message(out, "system", request.instructions);
  for (const Exchange& exchange : request.earlier) {
    if (!exchange.message.empty()) add_message(out, "user", exchange.message);
    if (!exchange.reply.empty()) add_message(out, "assistant", exchange.reply);
  }
  add_message(out, "user", request.material.empty() ? request.message : request.material + "\n\n" + request.message);
  out.end_array().field("max_tokens", request.max_tokens).field("temperature", 0).field("stream", options.streams);
  if (options.streams && options.counts) out.key("stream_options").begin_object().field("include_usage", true).end_object();
  if (options.supports_grammar) out.field("cache_prompt", true);  // llama-server's own words
  if (!request.grammar.empty()) out.field("grammar", request.grammar);
  out.end_object();
  return std::move(out).text();
}

}  // namespace beffroi::llm::openai
