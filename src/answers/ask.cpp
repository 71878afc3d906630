// The journey of a question: danger and intent are read first, then search, sentences, case, gate; the status comes last.
#include "answers/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "answers/answer_parts.h"
#include "answers/emergency.h"
#include "answers/features.h"
#include "answers/intent.h"
#include "answers/messages.h"
#include "answers/selection.h"
#include "answers/selector_model.h"
#include "answers/sourcing.h"
#include "base/log.h"
#include "text/utf8.h"

namespace beffroi::answers {
namespace {

using Clock = std::chrono::steady_clock;

double milliseconds_since(Clock::time_point start) { return std::chrono::duration<double, std::milli>(Clock::now() - start).count(); }

std::string random_id() {
  thread_local std::random_device source;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", source(), source(), source(), source());
}

Answer broken(Answer answer, const Error& fault) {
  const bool ours =
      fault.code != Code::invalid_argument && fault.code != Code::too_large && fault.code != Code::cancelled && fault.code != Code::busy;
  if (ours) log::error("ask", {{"code", std::string(name_of(fault.code))}, {"detail", fault.detail}});
  answer.status = fault.code == Code::busy ? Status::busy : Status::error;
  answer.message = fault.message.empty() ? message_for(answer.status) : fault.message;
  answer.sentences.clear();
  return answer;
}

Status status_of(Intent intent) {
  switch (intent) {
    case Intent::greeting:
    case Intent::foreign: return Status::out_of_scope;
    case Intent::local: return Status::not_found;
    case Intent::own_case:
    case Intent::distress: return Status::needs_human;
    case Intent::question: return Status::answered;
    default: return Status::refused;
  }
}

}  // namespace

Answerer::Answerer(Parts parts) : parts_(std::move(parts)) {}

Answer Answerer::ask(const Question& question, const std::stop_token& stop) const {
  const auto start = Clock::now();
  Answer answer;
  answer.id = random_id();
  answer.base_notice = notice_of(parts_.corpus->info());
  answer.contacts.push_back(contact_of(question.town_hall.value_or(parts_.town_hall)));
  if (question.text.size() > search::kMaxQueryBytes) {
    return broken(std::move(answer),
                  {Code::too_large, "Votre question est trop longue : posez-la en quelques phrases.", "question too long"});
  }
  if (!text::is_valid_utf8(question.text)) {
    return broken(std::move(answer), {Code::invalid_argument, "Votre question n’a pas pu être lue : réécrivez-la.", "invalid utf-8"});
  }
  if (question.text.find_first_not_of(" \t\r\n") == std::string::npos) {
    return broken(std::move(answer), {Code::invalid_argument, "Écrivez votre question.", "empty question"});
  }
  const Emergency emergency = read_emergency(question.text);
  answer.emergency = emergency.numbers;
  const Intent intent = read_intent(question.text);
  const bool closed = intent != Intent::question && intent != Intent::own_case && intent != Intent::distress && intent != Intent::local;
  if (closed && !emergency.acute) {
    answer.status = status_of(intent);
    answer.message = message_for(intent);
    answer.timing.total_ms = milliseconds_since(start);
    return answer;
  }
  try {
    const Search search = run_search(parts_, question, stop);
    answer.timing.search_ms = search.elapsed_ms;
    if (search.fault) return broken(std::move(answer), *search.fault);
    fill(answer, parts_, question, search, stop);
  } catch (const std::exception& fault) {
    return broken(std::move(answer), {Code::internal, {}, fault.what()});
  }
  settle(answer, emergency, intent);
  answer.timing.total_ms = milliseconds_since(start);
  return answer;
}

void settle(Answer& answer, const Emergency& emergency, Intent intent) {
  if (emergency.acute) {
    answer.status = Status::needs_human;
    answer.message = message_for_emergency();
    answer.routing = {};
    return;
  }
  if (intent == Intent::question) return;
  // What the base says may help beside a person's case; it is no answer to it. For local facts it would only mislead.
  answer.status = status_of(intent);
  answer.message = message_for(intent);
  if (intent == Intent::local) answer.sentences.clear();
  answer.precision = {};
  answer.routing = {};
}

}  // namespace beffroi::answers
