#include "usecases/assistant/answer_events.h"

#include <charconv>
#include <string_view>

#include "usecases/assistant/answer_json.h"
#include "json/writer.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

namespace {

// Numbers the events and leaves out those the client has.
class NumberedEvents {
 public:
  NumberedEvents(http::EventStream& stream, std::string_view generation, std::size_t received)
      : stream_(stream), generation_(generation), received_(received) {}

  // False when nobody listens any more.
  bool send(std::string_view name, const std::string& data) {
    if (++number_ <= received_) return true;
    return stream_.send({name, data, generation_ + "." + std::to_string(number_)});
  }

 private:
  http::EventStream& stream_;
  std::string generation_;
  std::size_t received_;
  std::size_t number_ = 0;
};

void send_answer(const AnswerRequest& request, http::EventStream& stream) {
  const knowledge::CorpusInfo& base = request.corpus->info();
  answers::Question question = request.question;
  // Without a number: the place of another time tells nothing to a client that comes back.
  question.on_place = [&stream](int ahead) {
    json::Writer out;
    out.begin_object().field("ahead", ahead).end_object();
    (void)stream.send({"place", out.text(), {}});
  };
  answers::Answer answer = request.answerer->ask(question, request.stop);
  count(request.meter.get(), request.feedback.get(), answer);
  if (const Status written = request.trace.answered(answer); !written) answer = withheld(answer, written.error());
  NumberedEvents events(stream, base.generation, events_received(request.last_event_id, base.generation));
  if (!events.send("status", status_json(answer))) return;
  for (const answers::Sentence& sentence : answer.sentences) {
    if (!events.send("sentence", sentence_json(sentence))) return;
  }
  events.send("done", rest_json(answer, base));
}

}  // namespace

http::Reply answer_events(AnswerRequest request) {
  return http::event_reply([request = std::move(request)](http::EventStream& stream) { send_answer(request, stream); });
}

std::size_t events_received(std::string_view last_event_id, std::string_view generation) {
  const std::size_t dot = last_event_id.rfind('.');
  if (dot == std::string_view::npos || last_event_id.substr(0, dot) != generation) return 0;
  const std::string_view digits = last_event_id.substr(dot + 1);
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc{} && end == digits.data() + digits.size() ? number : 0;
}

}  // namespace beffroi::assistant
