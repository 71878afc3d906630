#include "usecases/gateway/chat_call.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "usecases/gateway/body.h"
#include "usecases/gateway/fault.h"
#include "usecases/gateway/messages.h"

namespace beffroi::gateway {

namespace {

using json::Kind;
using json::Node;

constexpr std::string_view kGreedy =
    "le moteur choisit toujours le mot le plus probable\u00a0; seule la valeur {} est admise. Retirez ce paramètre.";

// Members that change nothing of what is written: who asks, what a cache does, what a store that does not exist would keep.
constexpr std::array<std::string_view, 7> kWithoutEffect{
    "seed", "user", "metadata", "safety_identifier", "service_tier", "prompt_cache_key", "parallel_tool_calls"};
constexpr std::array<std::string_view, 9> kRead{"model", "messages", "stream",     "stream_options", "max_tokens", "max_completion_tokens",
                                                "stop",  "beffroi",  "temperature"};

template <std::size_t Size>
bool is_one_of(std::string_view name, const std::array<std::string_view, Size>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Members whose only value admitted is the one that asks for nothing.
struct Neutral {
  std::string_view name;
  double value;
  std::string_view shown;
};
constexpr std::array<Neutral, 5> kNeutral{
    {{"temperature", 0, "0"}, {"top_p", 1, "1"}, {"n", 1, "1"}, {"presence_penalty", 0, "0"}, {"frequency_penalty", 0, "0"}}};

bool is_empty_or_off(const Node& node) {
  if (node.kind() == Kind::boolean) return !*node.boolean();
  return (node.kind() == Kind::array || node.kind() == Kind::object) && node.size() == 0;
}

bool asks_for_plain_text(std::string_view name, const Node& node) {
  if (name == "response_format") {
    const auto type = node.find("type");
    return type && type->text_or_empty() == "text";
  }
  if (name == "modalities") return node.kind() == Kind::array && node.size() == 1 && node.at(0).text_or_empty() == "text";
  if (name == "tool_choice") return node.text_or_empty() == "none" || node.text_or_empty() == "auto";
  return false;
}

Status check_member(std::string_view name, const Node& node) {
  if (node.kind() == Kind::null || is_one_of(name, kWithoutEffect)) return {};
  for (const Neutral& neutral : kNeutral) {
    if (name != neutral.name) continue;
    const auto value = node.number();
    if (!value) return wrong(std::string(name), value.error().message);
    if (*value != neutral.value) return unsupported(std::string(name), fmt::format(fmt::runtime(kGreedy), neutral.shown));
    return {};
  }
  if (is_one_of(name, kRead)) return {};
  for (const std::string_view off : {"logprobs", "logit_bias", "tools", "functions", "store"}) {
    if (name != off) continue;
    if (is_empty_or_off(node)) return {};
    return unsupported(std::string(name), "n’est pas pris en charge ici. Retirez ce paramètre.");
  }
  if (asks_for_plain_text(name, node)) return {};
  if (name == "response_format" || name == "modalities" || name == "tool_choice") {
    return unsupported(std::string(name), "seul du texte simple peut être demandé ici. Retirez ce paramètre.");
  }
  return unsupported(std::string(name), "ce paramètre n’est pas connu ici. Retirez-le.");
}

Result<std::int64_t> max_tokens_of(const Node& root) {
  const bool modern = root.find("max_completion_tokens").has_value();
  if (modern && root.find("max_tokens"))
    return wrong("max_tokens", "max_tokens et max_completion_tokens disent la même chose\u00a0: un seul des deux.");
  const std::string name = modern ? "max_completion_tokens" : "max_tokens";
  const auto given = root.find(name);
  if (!given) return kUsualReplyTokens;
  const auto count = given->integer();
  if (!count) return wrong(name, count.error().message);
  if (*count < 1 || *count > kMostReplyTokens)
    return wrong(name, fmt::format("«\u00a0{}\u00a0»\u00a0: un nombre entier de 1 à {}.", name, kMostReplyTokens));
  return *count;
}

Result<std::vector<std::string>> stops_of(const Node& root) {
  const auto given = root.find("stop");
  if (!given) return std::vector<std::string>{};
  std::vector<std::string> stops;
  if (given->kind() == Kind::string) {
    stops.push_back(BEFFROI_TRY(member_text(*given, "stop")));
  } else {
    auto list = given->texts();
    if (!list) return wrong("stop", list.error().message);
    stops = *std::move(list);
  }
  const auto good = [](const std::string& stop) { return !stop.empty() && stop.size() <= kMostStopBytes; };
  if (stops.size() > kMostStops || !std::all_of(stops.begin(), stops.end(), good)) {
    return wrong("stop", fmt::format("«\u00a0stop\u00a0»\u00a0: {} textes au plus, de 1 à {} octets.", kMostStops, kMostStopBytes));
  }
  return stops;
}

Result<Retrieval> retrieval_of(const Node& root) {
  Retrieval retrieval;
  const auto given = root.find("beffroi");
  if (!given) return retrieval;
  if (const Status known = given->only({"retrieval", "proof", "conditions", "audiences"}); !known)
    return wrong("beffroi", known.error().message);
  retrieval.wanted = BEFFROI_TRY(flag_or(*given, "retrieval", false, "beffroi.retrieval"));
  const bool proof = BEFFROI_TRY(flag_or(*given, "proof", retrieval.wanted, "beffroi.proof"));
  if (retrieval.wanted && !proof) {
    return unsupported("beffroi.proof", "une réponse tirée de la base officielle porte toujours ses preuves\u00a0: true, ou rien.");
  }
  if (proof && !retrieval.wanted) {
    return unsupported("beffroi.proof", "ce qu’un modèle écrit seul n’a pas de preuve\u00a0: demandez aussi retrieval.");
  }
  retrieval.conditions = BEFFROI_TRY(texts_or_none(*given, "conditions", "beffroi.conditions"));
  retrieval.audiences = BEFFROI_TRY(texts_or_none(*given, "audiences", "beffroi.audiences"));
  return retrieval;
}

}  // namespace

std::size_t Conversation::bytes() const {
  std::size_t bytes = instructions.size() + message.size();
  for (const llm::Exchange& exchange : earlier) bytes += exchange.message.size() + exchange.reply.size();
  return bytes;
}

Result<ChatCall> chat_call_of(std::string_view body) {
  const json::Document document = BEFFROI_TRY(parsed(body));
  const Node root = document.root();
  for (std::size_t i = 0; i < root.size(); ++i) BEFFROI_CHECK(check_member(root.name_at(i), root.at(i)));
  ChatCall call;
  call.model = BEFFROI_TRY(required_text(root, "model"));
  call.conversation = BEFFROI_TRY(conversation_of(root));
  call.stream = BEFFROI_TRY(flag_or(root, "stream", false, "stream"));
  if (const auto options = root.find("stream_options")) {
    if (!call.stream) return wrong("stream_options", "«\u00a0stream_options\u00a0» n’a de sens qu’avec stream.");
    if (const Status known = options->only({"include_usage", "include_obfuscation"}); !known)
      return wrong("stream_options", known.error().message);
    call.counts = BEFFROI_TRY(flag_or(*options, "include_usage", false, "stream_options.include_usage"));
  }
  call.max_tokens = BEFFROI_TRY(max_tokens_of(root));
  call.stops = BEFFROI_TRY(stops_of(root));
  call.retrieval = BEFFROI_TRY(retrieval_of(root));
  return call;
}

}  // namespace beffroi::gateway
