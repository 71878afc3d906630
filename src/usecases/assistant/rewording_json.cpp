#include "usecases/assistant/rewording_json.h"

#include <fmt/format.h>

#include <algorithm>

#include "compliance/ai_mark.h"
#include "json/writer.h"
#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/page_parts.h"
#include "usecases/assistant/usage_json.h"

namespace beffroi::assistant {

namespace {

void write_beginning(json::Writer& out, const RewordingReply& reply) {
  out.field("status", answers::name_of(reply.status)).field("style", answers::name_of(reply.style)).field("model", reply.model);
}

void write_sentence(json::Writer& out, const answers::Sentence& sentence) {
  out.begin_object().field("text", sentence.text).field("verbatim", sentence.verbatim).field("original", sentence.original);
  write_source(out, sentence.source);
  out.end_object();
}

void write_rest(json::Writer& out, const RewordingReply& reply, const knowledge::CorpusInfo& base) {
  const answers::Rewording& rewording = reply.rewording;
  const bool letter = reply.style == answers::Style::letter_paragraph;
  out.field("message", rewording.message).field("reworded", rewording.reworded).field("refused", rewording.refused);
  out.field("letter", letter ? letter_paragraph(rewording.sentences, reply.model) : std::string());
  if (rewording.reworded > 0) compliance::write_mark(out, {reply.model});
  write_usage(out, rewording.usage);
  write_base(out, base);
}

bool ends_a_sentence(char last) { return last == '.' || last == ';' || last == ':' || last == ',' || last == '!' || last == '?'; }

}  // namespace

std::string to_json(const RewordingReply& reply, const knowledge::CorpusInfo& base) {
  json::Writer out;
  out.begin_object();
  write_beginning(out, reply);
  out.key("sentences").begin_array();
  for (const answers::Sentence& sentence : reply.rewording.sentences) write_sentence(out, sentence);
  out.end_array();
  write_rest(out, reply, base);
  out.end_object();
  return std::move(out).text();
}

std::string rewording_beginning_json(const RewordingReply& reply) {
  json::Writer out;
  out.begin_object();
  write_beginning(out, reply);
  out.field("notice", compliance::kAiNotice);  // before the first sentence
  out.end_object();
  return std::move(out).text();
}

std::string reworded_sentence_json(const answers::Sentence& sentence) {
  json::Writer out;
  write_sentence(out, sentence);
  return std::move(out).text();
}

std::string rewording_rest_json(const RewordingReply& reply, const knowledge::CorpusInfo& base) {
  json::Writer out;
  out.begin_object();
  write_rest(out, reply, base);
  out.end_object();
  return std::move(out).text();
}

std::string letter_paragraph(const std::vector<answers::Sentence>& sentences, const std::string& model) {
  std::string paragraph;
  const answers::Source* former = nullptr;
  for (const answers::Sentence& sentence : sentences) {
    const answers::Source& source = sentence.source;
    if (former == nullptr || former->publication_id != source.publication_id) {
      const std::string_view opening = former == nullptr ? "Voici ce qu’indique la fiche officielle" : "La fiche officielle";
      const std::string_view verb = former == nullptr ? "" : ", indique aussi";
      paragraph += fmt::format("{}{} «\u00a0{}\u00a0», mise à jour le {}{}\u00a0:", former == nullptr ? "" : " ", opening, source.title,
                               french_date(source.date), verb);
    }
    if (source.conditions != (former == nullptr ? std::vector<std::string>{} : former->conditions)) {
      paragraph += source.conditions.empty() ? " (sans situation particulière)"
                                             : fmt::format(" (situation\u00a0: {})", fmt::join(source.conditions, " › "));
    }
    paragraph += " " + sentence.text + (ends_a_sentence(sentence.text.back()) ? "" : ".");
    former = &source;
  }
  const bool by_model = std::any_of(sentences.begin(), sentences.end(), [](const answers::Sentence& one) { return !one.verbatim; });
  if (by_model) paragraph += "\n\n" + compliance::mention({model});
  return paragraph;
}

}  // namespace beffroi::assistant
