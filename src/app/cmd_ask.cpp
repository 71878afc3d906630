// beffroi ask: one question at the keyboard, or a file of them.
#include <fmt/format.h>

#include <fstream>

#include "answers/ask.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "base/files.h"
#include "json/reader.h"
#include "json/writer.h"
#include "usecases/assistant/answer_json.h"
#include "usecases/assistant/usage_json.h"

namespace beffroi::app {

namespace {

void print_contacts(std::string_view heading, const std::vector<answers::Contact>& contacts) {
  if (contacts.empty()) return;
  fmt::print("{}\n", heading);
  for (const answers::Contact& contact : contacts) {
    fmt::print("  {}{}{}{}{}\n", contact.name, contact.detail.empty() ? "" : "\u00a0: ", contact.detail, contact.url.empty() ? "" : " — ",
               contact.url);
  }
  fmt::print("\n");
}

void print_sentences(const answers::Answer& answer) {
  std::string shown;  // the passage whose source line was last printed
  for (const answers::Sentence& sentence : answer.sentences) {
    const answers::Source& source = sentence.source;
    if (source.passage_id != shown) {
      fmt::print("\n[{}] {}{}{} — {}\n", source.publication_id, source.title, source.section.empty() ? "" : " › ", source.section,
                 source.date);
      if (!source.conditions.empty()) fmt::print("    si\u00a0: {}\n", fmt::join(source.conditions, " › "));
      if (!source.url.empty()) fmt::print("    {}\n", source.url);
      shown = source.passage_id;
    }
    fmt::print("  « {} »\n", sentence.text);
  }
  if (!answer.sentences.empty()) fmt::print("\n");
}

void print_text(const answers::Answer& answer) {
  print_contacts("URGENCE", answer.emergency);
  if (!answer.corrected.empty()) fmt::print("Question corrigée\u00a0: {}\n", answer.corrected);
  if (!answer.message.empty()) fmt::print("{}\n", answer.message);
  print_sentences(answer);
  if (!answer.precision.choices.empty()) {
    fmt::print("{}\n", answer.precision.question);
    for (const answers::Choice& choice : answer.precision.choices) {
      fmt::print("  - {}    (--condition {})\n", choice.label, json::quoted(choice.condition));
    }
    fmt::print("\n");
  }
  print_contacts("À qui s’adresser", answer.contacts);
  if (!answer.base_notice.empty()) fmt::print("{}\n", answer.base_notice);
}

// One line of the batch form: id, status, sentences, timing, and the rest of the answer's facts a reader of the file may want.
std::string batch_line(const std::string& id, const answers::Answer& answer) {
  json::Writer out;
  out.begin_object().field("id", id).field("status", answers::name_of(answer.status)).key("sentences").begin_array();
  for (const answers::Sentence& sentence : answer.sentences) {
    out.begin_object().field("text", sentence.text).field("source", sentence.source.publication_id);
    out.field("passage", sentence.source.passage_id).field("title", sentence.source.title).field("section", sentence.source.section);
    out.field("date", sentence.source.date).field("conditions", sentence.source.conditions).field("url", sentence.source.url);
    out.end_object();
  }
  out.end_array().field("message", answer.message).field("confidence", answer.confidence).key("emergency").begin_array();
  for (const answers::Contact& contact : answer.emergency) out.value(contact.name);
  out.end_array().key("choices").begin_array();
  for (const answers::Choice& choice : answer.precision.choices) out.value(choice.condition);
  out.end_array().field("notice", answer.base_notice);
  out.key("timing").begin_object().field("search_ms", answer.timing.search_ms).field("selection_ms", answer.timing.selection_ms);
  out.field("total_ms", answer.timing.total_ms).end_object().end_object();
  return std::move(out).text() + '\n';
}

Result<std::string> answer_lines(const Engine& engine, const std::filesystem::path& questions, bool thorough) {
  std::ifstream stream(questions, std::ios::binary);
  if (!stream) return fail(Code::not_found, fmt::format("Impossible de lire «\u00a0{}\u00a0».", questions.string()));
  json::LinesReader reader(stream);
  std::string lines;
  while (true) {
    const auto document = BEFFROI_TRY(reader.next());
    if (!document) return lines;
    const json::Node id_node = BEFFROI_TRY(document->root().member("id"));
    const std::string id = BEFFROI_TRY(id_node.text());
    const json::Node question_node = BEFFROI_TRY(document->root().member("question"));
    answers::Question question;
    question.text = BEFFROI_TRY(question_node.text());
    if (const auto conditions = document->root().find("conditions")) question.conditions = BEFFROI_TRY(conditions->texts());
    question.thorough = thorough;
    lines += batch_line(id, engine.answerer()->ask(question, {}));
  }
}

int run_batch(const Engine& engine, const AskOptions& options) {
  auto lines = answer_lines(engine, options.questions, options.thorough);
  if (!lines) return say_fault(std::move(lines).error().at(options.questions.filename().string()));
  const Status written = write_file_atomically(options.out, *lines);
  return written ? kDone : say_fault(written.error());
}

}  // namespace

int run_ask(const Config& config, const AskOptions& options) {
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  if (options.thorough && (*engine)->language().chooser == nullptr) {
    const std::string& why = (*engine)->language().why_not;
    return say_fault({Code::unavailable, why.empty() ? "Seul un modèle installé ici sait choisir des phrases." : why, {}});
  }
  if (!options.questions.empty()) return run_batch(**engine, options);
  answers::Question question;
  question.text = options.question;
  question.conditions = options.conditions;
  question.thorough = options.thorough;
  const answers::Answer answer = (*engine)->answerer()->ask(question, {});
  if (options.json) fmt::print("{}\n", assistant::to_json(answer));
  else print_text(answer);
  if (options.thorough && !options.json) fmt::print("\n{}\n", assistant::cost_line(answer.usage));
  return answer.status == answers::Status::error ? kFailure : kDone;
}

}  // namespace beffroi::app
