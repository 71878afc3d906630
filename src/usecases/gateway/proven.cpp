// Answers of the official base: the source's own sentences, each with its source. No model states a fact, so nothing is marked as an AI's.
#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "crypto/token.h"
#include "json/writer.h"
#include "search/search.h"
#include "usecases/gateway/chat.h"
#include "usecases/gateway/chat_json.h"
#include "usecases/gateway/fault.h"
#include "usecases/gateway/ticket.h"
#include "usecases/gateway/trace.h"

namespace beffroi::gateway {

namespace {

using answers::Answer;
using answers::Contact;
using answers::Source;

// The sources of the sentences, once each, in their order; a sentence bears the number of its own.
std::vector<const Source*> sources_of(const Answer& answer) {
  std::vector<const Source*> sources;
  for (const answers::Sentence& sentence : answer.sentences) {
    const auto same = [&](const Source* known) { return known->passage_id == sentence.source.passage_id; };
    if (std::none_of(sources.begin(), sources.end(), same)) sources.push_back(&sentence.source);
  }
  return sources;
}

std::size_t number_of(const std::vector<const Source*>& sources, const Source& source) {
  const auto same = [&](const Source* known) { return known->passage_id == source.passage_id; };
  return static_cast<std::size_t>(std::find_if(sources.begin(), sources.end(), same) - sources.begin()) + 1;
}

std::string line_of(const Contact& contact) {
  std::string line = "- " + contact.name;
  if (!contact.detail.empty()) line += "\u00a0: " + contact.detail;
  if (!contact.url.empty()) line += " (" + contact.url + ")";
  return line;
}

void add_part(std::string& text, const std::string& part) {
  if (part.empty()) return;
  if (!text.empty()) text += "\n\n";
  text += part;
}

std::string lines_of(std::string_view title, const std::vector<Contact>& contacts) {
  if (contacts.empty()) return {};
  std::string lines(title);
  for (const Contact& contact : contacts) lines += "\n" + line_of(contact);
  return lines;
}

// Plain text for who shows no more than the content: each sentence with the number of its source.
std::string text_of(const Answer& answer) {
  std::string text = lines_of("Urgence\u00a0:", answer.emergency);
  add_part(text, answer.message);
  const auto sources = sources_of(answer);
  std::string sentences;
  for (const answers::Sentence& sentence : answer.sentences) {
    sentences += fmt::format("{}{} [{}]", sentences.empty() ? "" : "\n", sentence.text, number_of(sources, sentence.source));
  }
  add_part(text, sentences);
  std::string named;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    named += fmt::format("\n[{}] {}, fiche du {} — {}", i + 1, sources[i]->title, sources[i]->date, sources[i]->url);
  }
  if (!named.empty()) add_part(text, "Sources\u00a0:" + named);
  std::string choices = answer.precision.question;
  for (const answers::Choice& choice : answer.precision.choices) choices += "\n- " + choice.label;
  if (!answer.precision.choices.empty()) add_part(text, choices);
  if (answer.sentences.empty()) add_part(text, lines_of("Où s’adresser\u00a0:", answer.contacts));
  add_part(text, answer.base_notice);
  return text;
}

void write_source(json::Writer& out, const Source& source) {
  out.begin_object().field("publication_id", source.publication_id).field("passage_id", source.passage_id).field("title", source.title);
  out.field("section", source.section).field("date", source.date).field("url", source.url).field("link", source.link);
  out.field("conditions", source.conditions).end_object();
}

void write_contacts(json::Writer& out, std::string_view name, const std::vector<Contact>& contacts) {
  out.key(name).begin_array();
  for (const Contact& contact : contacts) {
    out.begin_object().field("name", contact.name).field("detail", contact.detail).field("url", contact.url).end_object();
  }
  out.end_array();
}

std::string extension_of(const Answer& answer, bool read_last_only) {
  const auto sources = sources_of(answer);
  json::Writer out;
  out.begin_object().field("status", answers::name_of(answer.status)).field("message", answer.message).key("sentences").begin_array();
  for (const answers::Sentence& sentence : answer.sentences) {
    out.begin_object().field("text", sentence.text).field("verbatim", sentence.verbatim);
    out.field("source", number_of(sources, sentence.source)).end_object();
  }
  out.end_array().key("sources").begin_array();
  for (const Source* source : sources) write_source(out, *source);
  out.end_array();
  write_contacts(out, "emergency", answer.emergency);
  write_contacts(out, "contacts", answer.contacts);
  out.key("precision").begin_object().field("question", answer.precision.question).key("choices").begin_array();
  for (const answers::Choice& choice : answer.precision.choices) {
    out.begin_object().field("label", choice.label).field("condition", choice.condition).end_object();
  }
  out.end_array().end_object().field("base_notice", answer.base_notice).field("confidence", answer.confidence);
  out.field("notice",
            read_last_only ? "La base officielle répond au dernier message seulement\u00a0: les précédents n’ont pas été lus." : "");
  out.end_object();
  return std::move(out).text();
}

Result<answers::Question> question_of(const Services& services, const people::Visitor& visitor, const ChatCall& call) {
  answers::Question question;
  question.text = call.conversation.message;
  std::replace_if(question.text.begin(), question.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  if (question.text.size() > search::kMaxQueryBytes) {
    return wrong("messages", fmt::format("Une question à la base officielle a {} octets au plus.", search::kMaxQueryBytes));
  }
  question.conditions = call.retrieval.conditions;
  question.audiences = call.retrieval.audiences;
  question.commune = visitor.tenant.id();
  question.town_hall = BEFFROI_TRY(services.town_hall(visitor.tenant));
  return question;
}

void send(const Completion& completion, const std::string& text, const Ended& ended, bool counts, http::EventStream& stream) {
  const auto say = [&stream](const std::string& data) { return stream.send({{}, data, {}}); };
  (void)(say(first_chunk_json(completion)) && say(chunk_json(completion, text)) && say(last_chunk_json(completion, ended)) &&
         (!counts || say(usage_chunk_json(completion, ended.usage))) && say("[DONE]"));
}

}  // namespace

Result<http::Reply> proven_reply(const Services& services, const people::Visitor& visitor, const http::Request& request,
                                 const ChatCall& call) {
  if (!call.stops.empty()) return unsupported("stop", "une réponse de la base officielle est donnée entière. Retirez ce paramètre.");
  if (!BEFFROI_TRY(services.may_read_base(visitor.tenant))) {
    return fail(Code::denied, "La base officielle n’est pas ouverte à cette commune\u00a0: son administrateur peut la faire ouvrir.");
  }
  answers::Question question = BEFFROI_TRY(question_of(services, visitor, call));
  auto ticket = Ticket::take(services, visitor);
  if (!ticket) return std::move(ticket).error();
  const auto answerer = services.answerer();
  if (!answerer) return fail(Code::unavailable, "La base officielle n’est pas encore prête. Recommencez dans un instant.");
  const Answer answer = answerer->ask(question, request.stop);
  if (answer.status == answers::Status::error) return fail(Code::internal, answer.message);
  if (answer.status == answers::Status::busy) return fail(Code::busy, answer.message);
  (*ticket)->spend("api", answer.usage);
  BEFFROI_CHECK(note_answered(services, visitor, answer));

  const Conversation& conversation = call.conversation;
  const bool read_last_only = !conversation.earlier.empty() || !conversation.instructions.empty();
  const Completion completion{"chatcmpl-" + crypto::random_id(), services.now_ms() / 1000, call.model};
  const std::string text = text_of(answer);
  const Ended ended{"stop", answer.usage, extension_of(answer, read_last_only)};
  http::Reply reply;
  if (call.stream) {
    reply = http::event_reply(
        [completion, text, ended, counts = call.counts](http::EventStream& stream) { send(completion, text, ended, counts, stream); });
  } else {
    reply = http::json_reply(completion_json(completion, text, ended));
  }
  (*ticket)->write_headers(reply);
  return reply;
}

}  // namespace beffroi::gateway
