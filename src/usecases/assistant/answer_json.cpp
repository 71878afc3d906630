#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/usage_json.h"

#include <vector>

namespace beffroi::assistant {

namespace {

using answers::Answer;
using answers::Contact;
using answers::Source;

void write_members(json::Writer& out, const Source& source) {
  out.begin_object();
  out.field("publication_id", source.publication_id).field("passage_id", source.passage_id).field("title", source.title);
  out.field("section", source.section).field("date", source.date).field("url", source.url).field("link", source.link);
  out.field("conditions", source.conditions);
  out.end_object();
}

void write_sentence(json::Writer& out, const answers::Sentence& sentence) {
  out.begin_object().field("text", sentence.text).field("verbatim", sentence.verbatim);
  write_source(out, sentence.source);
  out.end_object();
}

void write_contacts(json::Writer& out, std::string_view name, const std::vector<Contact>& contacts) {
  out.key(name).begin_array();
  for (const Contact& contact : contacts) {
    out.begin_object().field("name", contact.name).field("detail", contact.detail).field("url", contact.url).end_object();
  }
  out.end_array();
}

void write_precision(json::Writer& out, const answers::Precision& precision) {
  out.key("precision").begin_object().field("question", precision.question).key("choices").begin_array();
  for (const answers::Choice& choice : precision.choices) {
    out.begin_object().field("label", choice.label).field("condition", choice.condition).end_object();
  }
  out.end_array().end_object();
}

// What a reader must know before the sentences.
void write_beginning(json::Writer& out, const Answer& answer) {
  out.field("id", answer.id).field("status", answers::name_of(answer.status)).field("message", answer.message);
  write_contacts(out, "emergency", answer.emergency);
  out.field("corrected", answer.corrected);
}

void write_rest(json::Writer& out, const Answer& answer) {
  write_precision(out, answer.precision);
  write_contacts(out, "contacts", answer.contacts);
  out.key("see_also").begin_array();
  for (const Source& source : answer.see_also) write_members(out, source);
  out.end_array().field("base_notice", answer.base_notice).field("confidence", answer.confidence);
  out.key("timing").begin_object().field("search_ms", answer.timing.search_ms).field("selection_ms", answer.timing.selection_ms);
  out.field("total_ms", answer.timing.total_ms).end_object();
  write_usage(out, answer.usage);
  out.field("route", answers::name_of(answer.routing.route)).field("more_advised", answer.routing.more_advised);
  out.field("model_notice", answer.model_notice);
}

}  // namespace

void write_source(json::Writer& out, const Source& source) {
  out.key("source");
  write_members(out, source);
}

void write_base(json::Writer& out, const knowledge::CorpusInfo& base) {
  out.key("base").begin_object();
  out.field("name", base.name).field("publisher", base.publisher).field("licence", base.licence).field("origin", base.origin);
  out.field("newest_date", base.newest_date).field("notice", base.notice);
  out.end_object();
}

std::string to_json(const Answer& answer, const knowledge::CorpusInfo* base) {
  json::Writer out;
  out.begin_object();
  write_beginning(out, answer);
  out.key("sentences").begin_array();
  for (const answers::Sentence& sentence : answer.sentences) write_sentence(out, sentence);
  out.end_array();
  write_rest(out, answer);
  if (base != nullptr) write_base(out, *base);
  out.end_object();
  return std::move(out).text();
}

std::string status_json(const Answer& answer) {
  json::Writer out;
  out.begin_object();
  write_beginning(out, answer);
  out.end_object();
  return std::move(out).text();
}

std::string sentence_json(const answers::Sentence& sentence) {
  json::Writer out;
  write_sentence(out, sentence);
  return std::move(out).text();
}

std::string rest_json(const Answer& answer, const knowledge::CorpusInfo& base) {
  json::Writer out;
  out.begin_object();
  write_rest(out, answer);
  write_base(out, base);
  out.end_object();
  return std::move(out).text();
}

}  // namespace beffroi::assistant
