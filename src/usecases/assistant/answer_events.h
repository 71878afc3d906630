// The answer as a stream of events: `place` while a thorough question waits for the model, `status` first of the answer, then one
// `sentence` each, then `done` with the rest.
//
// Events are numbered « generation.n ». The same question asked again with Last-Event-ID gets only what follows, as long as the base is
// the same: the answer to a question is the same every time, so nothing has to be kept of it meanwhile.
#pragma once

#include <memory>
#include <stop_token>
#include <string>

#include "answers/ask.h"
#include "http/message.h"
#include "knowledge/corpus.h"
#include "usecases/assistant/trace.h"

namespace beffroi::assistant {

class Meter;
class FeedbackStore;

struct AnswerRequest {
  std::shared_ptr<const answers::Answerer> answerer;
  std::shared_ptr<const knowledge::Corpus> corpus;
  answers::Question question;
  std::string last_event_id;  // of the client's former stream; empty for a new one
  std::stop_token stop;
  std::shared_ptr<Meter> meter;  // may be null
  std::shared_ptr<FeedbackStore> feedback;  // may be null
  Trace trace;
};

[[nodiscard]] http::Reply answer_events(AnswerRequest request);

// How many events of this generation the client has already received; 0 when the id is not one of ours.
[[nodiscard]] std::size_t events_received(std::string_view last_event_id, std::string_view generation);

}  // namespace beffroi::assistant
