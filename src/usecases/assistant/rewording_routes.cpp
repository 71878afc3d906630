// What was asked is answered again here, then reworded: no sentence ever comes from the client.
#include "usecases/assistant/rewording_routes.h"

#include <utility>

#include "compliance/ai_mark.h"
#include "json/writer.h"
#include "usecases/assistant/door.h"
#include "usecases/assistant/input.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/rewording_json.h"

namespace beffroi::assistant {

namespace {

using http::Reply;
using http::Request;

constexpr const char* kNoModel = "Aucun modèle de langue n’est en service ici\u00a0: les réponses sont faites sans lui.";

// Everything a rewording stands on, held for its time: an import may replace the base meanwhile.
struct Job {
  std::shared_ptr<const answers::Answerer> answerer;
  std::shared_ptr<const knowledge::Corpus> corpus;
  std::shared_ptr<const answers::Rewriter> rewriter;
  std::string commune;
  RewordingInput input;
  std::stop_token stop;
  std::shared_ptr<Meter> meter;
  Trace trace;
};

Result<Job> job_of(const Services& services, RewordingInput input, const std::stop_token& stop) {
  if (services.rewriter == nullptr) return fail(Code::unavailable, kNoModel);
  Job job{services.answerer(), services.corpus(), services.rewriter, services.commune, std::move(input), stop,
          services.meter,      services.trace};
  if (!job.answerer || !job.corpus) return tl::unexpected(not_ready());
  job.input.question = asked_here(services, std::move(job.input.question));
  return job;
}

RewordingReply reply_to(const Job& job, const answers::Answer& answer) {
  RewordingReply reply;
  reply.status = answer.status;
  reply.style = job.input.style;
  reply.model = job.rewriter->model_id();
  return reply;
}

// The sentences of a thorough answer were chosen again by the model: that is part of what this cost.
void add_choosing(answers::Rewording& rewording, const answers::Answer& answer) {
  if (!answer.usage.model.empty()) rewording.usage += answer.usage;
}

// The model is not asked.
void send_refusal(const Job& job, http::EventStream& stream, RewordingReply reply, const Error& error) {
  reply.status = answers::Status::error;
  reply.rewording.message = error.message;
  if (!stream.send({"status", rewording_beginning_json(reply), {}})) return;
  (void)stream.send({"done", rewording_rest_json(reply, job.corpus->info()), {}});
}

void send_rewording(const Job& job, http::EventStream& stream) {
  const auto on_place = [&stream](int ahead) {
    json::Writer out;
    out.begin_object().field("ahead", ahead).end_object();
    (void)stream.send({"place", out.text(), {}});
  };
  answers::Question question = job.input.question;
  question.on_place = on_place;
  const answers::Answer answer = job.answerer->ask(question, job.stop);
  RewordingReply reply = reply_to(job, answer);
  if (const Status written = job.trace.rewording_begun(reply.model); !written)
    return send_refusal(job, stream, std::move(reply), written.error());
  if (!stream.send({"status", rewording_beginning_json(reply), {}})) return;
  const auto on_sentence = [&stream](const answers::Sentence& sentence) {
    return stream.send({"sentence", reworded_sentence_json(sentence), {}});
  };
  reply.rewording = job.rewriter->reword(answer.sentences, {job.input.style, job.commune, on_place}, on_sentence, job.stop);
  (void)job.trace.reworded(reply.rewording, reply.model);  // that it was begun is written: its verdicts alone would miss
  add_choosing(reply.rewording, answer);
  count(job.meter.get(), "rewording", reply.rewording.usage);
  (void)stream.send({"done", rewording_rest_json(reply, job.corpus->info()), {}});
}

}  // namespace

bool can_be_thorough(const Services& services) {
  const auto answerer = services.answerer();
  return answerer != nullptr && answerer->can_be_thorough() && can_reword(services);
}

bool can_reword(const Services& services) { return services.rewriter != nullptr && services.rewriter->health().has_value(); }

Result<Reply> rewording_reply(const Services& services, const Request& request) {
  RewordingInput input = BEFFROI_TRY(rewording_from_json(request.body));
  Job job = BEFFROI_TRY(job_of(services, std::move(input), request.stop));
  if (request.accepts("text/event-stream")) {
    return http::event_reply([job = std::move(job)](http::EventStream& stream) { send_rewording(job, stream); });
  }
  const answers::Answer answer = job.answerer->ask(job.input.question, job.stop);
  if (answer.status == answers::Status::error) return fail(Code::internal, answer.message);
  if (answer.status == answers::Status::busy) return fail(Code::busy, answer.message);
  RewordingReply reply = reply_to(job, answer);
  reply.rewording = job.rewriter->reword(answer.sentences, {job.input.style, job.commune, {}}, {}, job.stop);
  BEFFROI_CHECK(job.trace.reworded(reply.rewording, reply.model));
  add_choosing(reply.rewording, answer);
  count(job.meter.get(), "rewording", reply.rewording.usage);
  Reply sent = http::json_reply(to_json(reply, job.corpus->info()));
  if (reply.rewording.reworded > 0) compliance::mark(sent, {reply.model});
  return sent;
}

Result<Reply> model_reply(const Services& services, const Request&) {
  json::Writer out;
  out.begin_object().field("available", can_reword(services)).field("thorough", can_be_thorough(services));
  out.field("name", services.rewriter != nullptr ? services.rewriter->model_id() : std::string());
  std::string state = "Prêt à reformuler.";
  if (services.rewriter == nullptr) state = kNoModel;
  else if (const Status health = services.rewriter->health(); !health) state = health.error().message;
  out.field("state", state).end_object();
  return http::json_reply(std::move(out).text());
}

Result<answers::Rewording> reworded_answer(const Services& services, const answers::Question& question, answers::Style style,
                                           const std::stop_token& stop) {
  const Job job = BEFFROI_TRY(job_of(services, {question, style}, stop));
  const answers::Answer answer = job.answerer->ask(job.input.question, stop);
  answers::Rewording rewording = job.rewriter->reword(answer.sentences, {style, job.commune, {}}, {}, stop);
  BEFFROI_CHECK(job.trace.reworded(rewording, job.rewriter->model_id()));
  add_choosing(rewording, answer);
  count(job.meter.get(), "rewording", rewording.usage);
  return rewording;
}

}  // namespace beffroi::assistant
