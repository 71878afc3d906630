#include "llm/worker/worker_model.h"

#include <algorithm>
#include <utility>

#include "base/waiting.h"
#include "llm/worker/messages.h"

namespace beffroi::llm::worker {

namespace {

tl::unexpected<Error> cut_short() {
  return fail(Code::unavailable, "Le moteur de langue s’est arrêté au milieu de sa réponse\u00a0: réessayez.", "no end");
}

}  // namespace

WorkerModel::WorkerModel(WorkerOptions options)
    : options_(std::move(options)), queue_(options_.slots, options_.max_waiting), child_(options_.child) {}

Result<ChatReply> WorkerModel::write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) {
  const Waiting elsewhere;
  const auto wait = proc::Wait::at_most(request.place.deadline, stop);
  const Queue::Turn turn = BEFFROI_TRY(queue_.enter(request.place, stop));
  proc::Exchange exchange = BEFFROI_TRY(child_.ask(encode(request), wait));
  ChatReply reply;
  while (auto message = BEFFROI_TRY(exchange.next(wait))) {
    Part part = BEFFROI_TRY(decode_part(*message));
    if (part.reply) {
      part.reply->text = std::move(reply.text);
      part.reply->usage.queued_s = turn.queued_s();
      return std::move(*part.reply);
    }
    reply.text += part.text;
    if (on_text && !on_text(part.text)) return reply;  // leaving the exchange stops the child
  }
  return cut_short();
}

Result<Choosing> WorkerModel::choose(const ChoosingRequest& request, const std::stop_token& stop) {
  const Waiting elsewhere;
  const auto wait = proc::Wait::at_most(request.place.deadline, stop);
  const Queue::Turn turn = BEFFROI_TRY(queue_.enter(request.place, stop));
  proc::Exchange exchange = BEFFROI_TRY(child_.ask(encode(request), wait));
  while (auto message = BEFFROI_TRY(exchange.next(wait))) {
    Part part = BEFFROI_TRY(decode_part(*message));
    if (!part.choosing) continue;
    part.choosing->usage.queued_s = turn.queued_s();
    return std::move(*part.choosing);
  }
  return cut_short();
}

void WorkerModel::preload(const std::vector<LetteredPassage>& passages, const std::stop_token& stop) {
  const auto wait = proc::Wait::at_most(std::chrono::hours(1), stop);
  auto exchange = child_.ask(encode(PreloadRequest{passages}), wait);
  while (exchange) {
    const auto message = exchange->next(wait);
    if (!message || !*message) return;
  }
}

}  // namespace beffroi::llm::worker
