// What a model writes: through the privacy gate, counted, cut where asked, and marked.
#include <fmt/format.h>

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "compliance/ai_mark.h"
#include "crypto/token.h"
#include "json/writer.h"
#include "privacy/detect.h"
#include "usecases/gateway/chat.h"
#include "usecases/gateway/chat_json.h"
#include "usecases/gateway/fault.h"
#include "usecases/gateway/stop_words.h"
#include "usecases/gateway/ticket.h"
#include "usecases/gateway/trace.h"

namespace beffroi::gateway {

namespace {

constexpr std::chrono::milliseconds kDeadline{180'000};
constexpr std::size_t kBytesAToken = 3;  // of French, at the least: what is reserved before the model counts
constexpr std::int64_t kFrameTokens = 32;
constexpr std::string_view kService = "api";

// Everything one reply stands on, held for its time.
struct Job {
  std::shared_ptr<llm::ChatModel> model;
  std::shared_ptr<Ticket> ticket;
  ChatCall call;
  Completion completion;
  llm::ChatRequest request;
  std::string beffroi;  // what the extension member says
  std::function<void(const char*)> note_end;  // « done », « failed »: the journal
  std::stop_token stop;
};

std::int64_t tokens_to_reserve(const ChatCall& call) {
  return static_cast<std::int64_t>(call.conversation.bytes() / kBytesAToken) + kFrameTokens + call.max_tokens;
}

llm::ChatRequest request_of(const people::Visitor& visitor, const ChatCall& call) {
  llm::ChatRequest request;
  request.instructions = call.conversation.instructions;
  request.instructions_typed = true;
  request.earlier = call.conversation.earlier;
  request.message = call.conversation.message;
  request.max_tokens = static_cast<int>(call.max_tokens);
  request.place.commune = visitor.tenant.id();
  request.place.deadline = kDeadline;
  return request;
}

// How many of each kind stand in what was typed; when the detector fails, nothing is sent.
Result<std::map<std::string, int>> found_in(const Conversation& conversation, const privacy::Policy& policy) {
  std::map<std::string, int> counts;
  const auto look = [&](std::string_view text) -> Status {
    for (const privacy::Span& span : privacy::concerned(BEFFROI_TRY(privacy::detect(text)), privacy::Document::personal, policy)) {
      ++counts[std::string(privacy::name_of(span.label))];
    }
    return {};
  };
  BEFFROI_CHECK(look(conversation.instructions));
  for (const llm::Exchange& exchange : conversation.earlier) {
    BEFFROI_CHECK(look(exchange.message));
    BEFFROI_CHECK(look(exchange.reply));
  }
  BEFFROI_CHECK(look(conversation.message));
  return counts;
}

std::string_view treatment_of(const Sending& sending) {
  if (sending.destination == privacy::Destination::local) return "kept_on_this_machine";
  return sending.policy.upstream == privacy::Upstream::mask ? "masked" : "refused";
}

// The mark of what an AI wrote, and what the privacy gate saw: kinds and numbers, never the values.
Result<std::string> extension_of(const Services& services, const Conversation& conversation) {
  json::Writer out;
  out.begin_object();
  compliance::write_mark(out, {services.model->model_id(), compliance::kWritten});
  out.key("privacy").begin_object();
  out.field("destination", services.sending.destination == privacy::Destination::local ? "local" : "upstream");
  out.field("treatment", treatment_of(services.sending)).key("found").begin_object();
  for (const auto& [kind, count] : BEFFROI_TRY(found_in(conversation, services.sending.policy))) out.field(kind, count);
  out.end_object().end_object().end_object();
  return std::move(out).text();
}

// Writes, cuts at the stops, counts. `on_text` false: nobody listens.
Result<std::pair<std::string, Ended>> write(const Job& job, const llm::ChatModel::OnText& on_text) {
  StopWords stops(job.call.stops);
  std::string text;
  bool listened = true;
  const auto show = [&](const std::string& ready) {
    text += ready;
    if (!ready.empty() && on_text) listened = on_text(ready);
    return listened && !stops.met();
  };
  const auto reply = job.model->write(job.request, [&](std::string_view piece) { return show(stops.feed(piece)); }, job.stop);
  job.note_end(reply ? "done" : "failed");
  if (!reply) return tl::unexpected(reply.error());
  if (listened) show(stops.finish());
  job.ticket->spend(kService, reply->usage);
  return std::pair{std::move(text), Ended{reply->cut && !stops.met() ? "length" : "stop", reply->usage, job.beffroi}};
}

void send(const Job& job, http::EventStream& stream) {
  const auto say = [&stream](const std::string& data) { return stream.send({{}, data, {}}); };
  if (!say(first_chunk_json(job.completion))) return;
  bool heard = true;
  const auto written = write(job, [&](std::string_view text) { return heard = say(chunk_json(job.completion, text)); });
  if (!heard) return;
  if (!written) {  // the head is sent: the clients look for this member in every piece
    (void)say("{\"error\":" + http::openai_error(problem_of(written.error())) + "}");
    return;
  }
  if (!say(last_chunk_json(job.completion, written->second))) return;
  if (job.call.counts && !say(usage_chunk_json(job.completion, written->second.usage))) return;
  (void)say("[DONE]");
}

}  // namespace

Result<http::Reply> written_reply(const Services& services, const people::Visitor& visitor, const http::Request& request, ChatCall call) {
  BEFFROI_TRY(services.door->admit(request, people::Right::generate));
  BEFFROI_CHECK(services.model->health());
  Job job{services.model, nullptr, std::move(call), {}, {}, {}, {}, request.stop};
  job.beffroi = BEFFROI_TRY(extension_of(services, job.call.conversation));
  auto ticket = Ticket::take(services, visitor, tokens_to_reserve(job.call));
  if (!ticket) return std::move(ticket).error();
  job.ticket = *ticket;
  job.completion = {"chatcmpl-" + crypto::random_id(), services.now_ms() / 1000, job.call.model};
  job.request = request_of(visitor, job.call);
  BEFFROI_CHECK(note_generated(services, visitor, job.model->model_id(), "begun"));
  // The first line tells that it was begun: a model that wrote is not undone because its end could not be written.
  job.note_end = [services, visitor, model = job.model->model_id()](const char* outcome) {
    (void)note_generated(services, visitor, model, outcome);
  };

  http::Reply reply;
  if (job.call.stream) {
    reply = http::event_reply([job](http::EventStream& stream) { send(job, stream); });
  } else {
    const auto written = BEFFROI_TRY(write(job, {}));
    reply = http::json_reply(completion_json(job.completion, written.first, written.second));
  }
  compliance::mark(reply, {services.model->model_id(), compliance::kWritten});
  (*ticket)->write_headers(reply);
  return reply;
}

}  // namespace beffroi::gateway
