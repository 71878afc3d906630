#include "usecases/gateway/ticket.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/log.h"
#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

namespace {

// « 59s », « 6h12m3s »: as OpenAI writes it.
std::string in_words(int seconds) {
  std::string text;
  if (seconds >= 3600) text += fmt::format("{}h", seconds / 3600);
  if (seconds >= 60) text += fmt::format("{}m", seconds / 60 % 60);
  return text + fmt::format("{}s", seconds % 60);
}

void write(http::Reply& reply, std::string_view what, const Standing& standing) {
  reply.headers.emplace_back(fmt::format("X-RateLimit-Limit-{}", what), std::to_string(standing.limit));
  reply.headers.emplace_back(fmt::format("X-RateLimit-Remaining-{}", what), std::to_string(standing.remaining()));
  reply.headers.emplace_back(fmt::format("X-RateLimit-Reset-{}", what), in_words(standing.reset_s));
}

void write(http::Reply& reply, const Taken& taken) {
  write(reply, "Requests", taken.requests);
  write(reply, "Tokens", taken.tokens);
}

http::Reply too_many(std::string why, int retry_after_s, std::string code) {
  http::Problem problem = http::problem_of(429, std::move(why));
  problem.retry_after_s = retry_after_s;
  problem.code = std::move(code);
  return http::refusal(std::move(problem));
}

}  // namespace

tl::expected<std::shared_ptr<Ticket>, http::Reply> Ticket::take(const Services& services, const people::Visitor& visitor,
                                                                std::int64_t tokens) {
  std::shared_ptr<const Crowd::Place> place;
  if (tokens > 0 && services.crowd) {
    place = services.crowd->enter(visitor.tenant.id(), visitor.id);
    if (!place) {
      return tl::unexpected(
          too_many("Trop de demandes de cette clé ou de cette commune sont en cours en même temps. Recommencez dans un instant.", 1,
                   "too_many_at_once"));
    }
  }
  Wanted wanted{visitor.id, tokens};
  auto taken = gateway::take(visitor.tenant, wanted, services.now_ms());
  if (!taken) return tl::unexpected(refusal(taken.error()));
  if (!taken->granted) {
    http::Reply reply = too_many(taken->why, taken->retry_after_s, "quota_exceeded");
    write(reply, *taken);
    return tl::unexpected(std::move(reply));
  }
  auto ticket = std::make_shared<Ticket>(services, visitor, std::move(wanted), *std::move(taken));
  ticket->place_ = std::move(place);
  return ticket;
}

Ticket::Ticket(const Services& services, people::Visitor visitor, Wanted wanted, Taken taken)
    : services_(services),
      visitor_(std::move(visitor)),
      wanted_(std::move(wanted)),
      taken_(std::move(taken)),
      taken_ms_(services.now_ms()) {}

Ticket::~Ticket() {
  if (settled_) return;
  const Status given_back = settle(visitor_.tenant, wanted_, 0, taken_ms_);
  if (!given_back) log::warn("quota_not_settled", {{"code", std::string(name_of(given_back.error().code))}});
}

void Ticket::write_headers(http::Reply& reply) const { write(reply, taken_); }

void Ticket::spend(std::string_view service, const llm::Usage& usage) {
  settled_ = true;
  const std::int64_t spent = usage.tokens_known ? usage.prompt_tokens + usage.reused_tokens + usage.generated_tokens : wanted_.tokens;
  const Status settled = settle(visitor_.tenant, wanted_, spent, taken_ms_);
  if (!settled) log::warn("quota_not_settled", {{"code", std::string(name_of(settled.error().code))}});
  if (services_.meter) services_.meter(visitor_, service, usage);
}

}  // namespace beffroi::gateway
