#include "llm/openai/openai_model.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/log.h"
#include "base/pause.h"
#include "net/address.h"
#include "llm/openai/circuit.h"
#include "llm/openai/exchange.h"
#include "llm/openai/faults.h"
#include "llm/openai/request_body.h"
#include "llm/openai/sse_lines.h"
#include "llm/openai/upstream_reply.h"

namespace beffroi::llm::openai {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kRefusalBytes = 64 << 10;  // of a refusal's body: enough to see why
constexpr std::chrono::milliseconds kPauseBeforeRepeat{300};

// Reads one reply as it comes.
class Reading {
 public:
  explicit Reading(const ChatModel::OnText& on_text) : on_text_(on_text) {}

  bool take(Body kind, std::string_view bytes) {
    kind_ = kind;
    if (kind == Body::events) return take_events(bytes);
    if (kind == Body::json) body_ += bytes;
    else if (kind == Body::refusal) body_ += bytes.substr(0, kRefusalBytes - std::min(body_.size(), kRefusalBytes));
    return kind != Body::other;
  }

  [[nodiscard]] std::int64_t words() const { return kind_ == Body::events ? reply_.pieces() : static_cast<std::int64_t>(body_.size()); }

  // The reply, or what is wrong with it. `hurried`: see fault_of_end.
  [[nodiscard]] tl::expected<ChatReply, Fault> conclude(std::string_view name, const Ending& ending, bool hurried) {
    if (left_) return reply();
    if (ending.end == End::stopped) return tl::unexpected(fault_of_end(name, ending, hurried));
    if (fault_) return tl::unexpected(fault_of_words(name, *fault_));
    if (ending.status != 0 && ending.status != 200) return tl::unexpected(fault_of_refusal(name, ending, body_));
    if (kind_ == Body::other) return tl::unexpected(fault_of_page(name, ending));
    if (kind_ == Body::json && ending.end == End::whole) {
      if (const Status status = reply_.whole(body_); !status) return tl::unexpected(fault_of_words(name, status.error()));
      if (reply_.ended() && on_text_ && !reply_.text().empty()) on_text_(reply_.text());
    }
    if (!reply_.ended()) return tl::unexpected(fault_of_end(name, ending, hurried));
    return reply();
  }

 private:
  bool take_events(std::string_view bytes) {
    for (const std::string& data : lines_.feed(bytes)) {
      const Result<std::string> piece = reply_.event(data);
      if (!piece) fault_ = piece.error();
      else if (!piece->empty() && on_text_ && !on_text_(*piece)) left_ = true;
      if (fault_ || left_ || reply_.done()) return false;
    }
    return true;
  }

  [[nodiscard]] ChatReply reply() const {
    ChatReply reply{reply_.text(), reply_.cut(), {}};
    reply_.count_into(reply.usage);
    return reply;
  }

  const ChatModel::OnText& on_text_;
  Body kind_ = Body::events;
  SseLines lines_;
  UpstreamReply reply_;
  std::string body_;
  std::optional<Error> fault_;
  bool left_ = false;  // on_text had enough
};

class OpenAiModel final : public ChatModel {
 public:
  OpenAiModel(Options options, const net::Address& address)
      : options_(std::move(options)),
        url_(address.url + "/chat/completions"),
        clear_(!address.encrypted),
        id_(fmt::format("{}@{}", options_.model, address.place)),
        name_(fmt::format("«\u00a0{}\u00a0» ({})", options_.model, address.place)),
        circuit_(name_, {options_.faults_before_rest, options_.rest}) {}

  std::string model_id() const override { return id_; }
  Status health() const override { return circuit_.health(); }

  Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override {
    if (!request.grammar.empty() && !options_.supports_grammar) {
      return fail(Code::bad_input, fmt::format("Le modèle distant {} ne sait pas suivre une grammaire.", name_));
    }
    const auto start = Clock::now();
    const bool hurried = request.place.deadline < options_.total_timeout;
    Call call{url_,
              options_.key,
              request_body(options_, request),
              clear_,
              options_.connect_timeout,
              options_.first_token_timeout,
              options_.stall_timeout,
              start + (hurried ? request.place.deadline : options_.total_timeout),
              options_.max_reply_bytes};
    if (!options_.streams) call.first_word_timeout = options_.total_timeout;  // nothing comes before everything has
    const Circuit::Pass pass = BEFFROI_TRY(circuit_.enter());
    tl::expected<ChatReply, Fault> reply = attempt(call, on_text, stop, hurried);
    if (!reply) return conclude(pass, std::move(reply).error());
    circuit_.worked();
    reply->usage.model = id_;
    reply->usage.wall_s = std::chrono::duration<double>(Clock::now() - start).count();
    return std::move(*reply);
  }

 private:
  // Twice at most, the second time only when the first did nothing and there is time left.
  tl::expected<ChatReply, Fault> attempt(const Call& call, const OnText& on_text, const std::stop_token& stop, bool hurried) {
    for (bool again = false;; again = true) {
      Reading reading(on_text);
      const Listener listener{[&reading](Body kind, std::string_view bytes) { return reading.take(kind, bytes); },
                              [&reading] { return reading.words(); }};
      const Ending ending = exchange(call, listener, stop);
      tl::expected<ChatReply, Fault> reply = reading.conclude(name_, ending, hurried);
      if (reply || again || !reply.error().may_repeat) return reply;
      const auto wait = std::max<std::chrono::milliseconds>(ending.retry_after.value_or(std::chrono::seconds(0)), kPauseBeforeRepeat);
      if (wait >= call.ends_at - Clock::now()) return reply;
      if (!pause(wait, stop)) return tl::unexpected(fault_of_end(name_, {End::stopped, 0, std::nullopt, ""}, hurried));
    }
  }

  Result<ChatReply> conclude(Circuit::Pass pass, Fault fault) {
    if (fault.why.empty()) {
      circuit_.left(pass);
    } else {
      circuit_.failed(pass, fault.why);
      log::warn("upstream_fault", {{"model", id_}, {"code", std::string(name_of(fault.error.code))}, {"detail", fault.error.detail}});
    }
    return tl::unexpected(std::move(fault.error));
  }

  const Options options_;
  const std::string url_;
  const bool clear_;
  const std::string id_;
  const std::string name_;
  Circuit circuit_;
};

// A key goes into a header: one line of plain characters.
bool is_key(std::string_view key) {
  return std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

}  // namespace

Result<std::unique_ptr<ChatModel>> make_chat_model(Options options) {
  const net::Address address =
      BEFFROI_TRY(net::parse_address(options.base_url, options.trusted_local ? net::Trust::trusted_local : net::Trust::https_only));
  if (options.base_url.find('?') != std::string::npos) {
    return fail(Code::invalid_argument, "L’adresse d’un modèle distant s’arrête avant «\u00a0?\u00a0», par exemple https://exemple.fr/v1.");
  }
  if (options.model.empty()) return fail(Code::invalid_argument, "Le nom du modèle distant manque dans la configuration.");
  if (!is_key(options.key)) {
    return fail(Code::invalid_argument, "La clé du modèle distant ne convient pas\u00a0: une seule ligne, sans espace ni accent.");
  }
  return std::make_unique<OpenAiModel>(std::move(options), address);
}

}  // namespace beffroi::llm::openai
