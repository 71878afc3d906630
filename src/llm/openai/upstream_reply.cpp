#include "llm/openai/upstream_reply.h"

#include <algorithm>
#include <array>
#include <optional>

namespace beffroi::llm::openai {

namespace {

constexpr json::Limits kLimits{.size_bytes = 64 << 20, .depth = 16};  // the size was bounded on the way in

// A count that is a whole number and not negative; -1 otherwise.
std::int64_t count_of(const std::optional<json::Node>& node) {
  if (!node) return -1;
  const Result<std::int64_t> value = node->integer();
  return value && *value >= 0 ? *value : -1;
}

std::optional<json::Node> member_of(const std::optional<json::Node>& node, std::string_view name) {
  return node ? node->find(name) : std::nullopt;
}

}  // namespace

Result<std::string> UpstreamReply::event(std::string_view data) {
  if (data == "[DONE]") {
    done_ = true;
    return std::string();
  }
  const json::Document document = BEFFROI_TRY(json::Document::parse(data, kLimits));
  std::string piece = BEFFROI_TRY(choice_of(document.root(), "delta"));
  text_ += piece;
  return piece;
}

Status UpstreamReply::whole(std::string_view body) {
  const json::Document document = BEFFROI_TRY(json::Document::parse(body, kLimits));
  text_ = BEFFROI_TRY(choice_of(document.root(), "message"));
  done_ = true;
  return {};
}

Result<std::string> UpstreamReply::choice_of(const json::Node& root, std::string_view holder) {
  if (root.find("error")) return fail(Code::unavailable, "il a signalé une erreur pendant la réponse");
  read_usage(root);
  const json::Node choices = BEFFROI_TRY(root.member("choices"));
  if (choices.kind() != json::Kind::array) return choices.fault("une liste était attendue");
  if (choices.size() == 0) return std::string();  // the event that only counts
  const json::Node choice = choices.at(0);
  const json::Node words = BEFFROI_TRY(choice.member(holder));
  if (words.kind() != json::Kind::object) return words.fault("un objet était attendu");
  std::string piece;
  if (const auto content = words.find("content")) piece = BEFFROI_TRY(content->text());
  const auto thought = words.find("reasoning_content");
  if (!piece.empty() || (thought && !thought->text_or_empty().empty())) ++pieces_;
  BEFFROI_CHECK(end_of(choice));
  return piece;
}

Status UpstreamReply::end_of(const json::Node& choice) {
  const auto reason = choice.find("finish_reason");
  if (!reason) return {};
  const std::string why = BEFFROI_TRY(reason->text());
  if (why != "stop" && why != "length" && why != "eos") return reason->fault("la réponse ne s’est pas terminée d’elle-même");
  ended_ = true;
  cut_ = why == "length";
  return {};
}

void UpstreamReply::read_usage(const json::Node& root) {
  const auto usage = root.find("usage");
  if (!usage) return;
  prompt_tokens_ = count_of(usage->find("prompt_tokens"));
  generated_tokens_ = count_of(usage->find("completion_tokens"));
  reused_tokens_ = std::clamp<std::int64_t>(count_of(member_of(usage->find("prompt_tokens_details"), "cached_tokens")), 0,
                                            std::max<std::int64_t>(prompt_tokens_, 0));
}

void UpstreamReply::count_into(Usage& usage) const {
  usage.tokens_known = prompt_tokens_ >= 0 && generated_tokens_ >= 0;
  if (!usage.tokens_known) return;
  usage.reused_tokens += reused_tokens_;
  usage.prompt_tokens += prompt_tokens_ - reused_tokens_;
  usage.generated_tokens += generated_tokens_;
}

bool says_too_long(std::string_view body) {
  constexpr std::array kWords = {std::string_view("context_length_exceeded"), std::string_view("exceed_context_size"),
                                 std::string_view("maximum context length"), std::string_view("available context size")};
  return std::any_of(kWords.begin(), kWords.end(), [body](std::string_view word) { return body.find(word) != std::string_view::npos; });
}

}  // namespace beffroi::llm::openai
