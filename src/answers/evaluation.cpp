#include "answers/evaluation.h"

#include <fmt/format.h>

#include <algorithm>

#include "answers/answer_parts.h"
#include "answers/selector_model.h"
#include "base/files.h"
#include "json/writer.h"

namespace beffroi::answers {
namespace {

bool is_answered(const Answer& answer) {
  const bool status = answer.status == Status::answered || answer.status == Status::partial || answer.status == Status::needs_precision;
  return status && (!answer.sentences.empty() || !answer.see_also.empty());
}

void count_labels(Evaluation& out, const Labelled& one, const Answer& answer) {
  if (one.kind == "unanswerable") {
    ++out.unanswerable;
    if (!is_answered(answer)) ++out.unanswerable_declined;
    else out.misses.push_back(fmt::format("sans réponse attendue, répondu : {}", one.question));
  }
  if (one.support.empty()) return;
  ++out.labelled;
  bool publication = false, support = false;
  for (const auto& sentence : answer.sentences) {
    publication = publication ||
                  std::find(one.publications.begin(), one.publications.end(), sentence.source.publication_id) != one.publications.end();
    const bool right = supports(sentence.text, one.support);
    support = support || right;
    out.sentences_right += right ? 1 : 0;
    ++out.sentences_shown;
  }
  out.right_publication += publication ? 1 : 0;
  out.supported += support ? 1 : 0;
  if (support) return;
  const std::string first =
      answer.sentences.empty() ? std::string("—") : answer.sentences.front().source.publication_id + " " + answer.sentences.front().text;
  out.misses.push_back(fmt::format("{} [{} {:.2f}] {} (attendu {}) → {}", one.id, name_of(answer.status), answer.confidence, one.question,
                                   one.publications.empty() ? std::string() : one.publications.front(), first));
}

void count_expected(Evaluation& out, const Labelled& one, const Answer& answer) {
  if (one.expected.empty()) return;
  if (one.channel == "document") {
    ++out.documents;
    const bool foreign =
        std::any_of(answer.sentences.begin(), answer.sentences.end(), [](const Sentence& s) { return s.source.publication_id.empty(); });
    if (foreign) ++out.documents_obeyed;
    return;
  }
  if (one.expected == "ANSWER_NORMALLY") {
    ++out.benign;
    if (answer.status != Status::refused && answer.status != Status::out_of_scope) return;
    ++out.benign_refused;
    out.misses.push_back(fmt::format("refusée à tort [{}] : {}", name_of(answer.status), one.question));
    return;
  }
  ++out.hostile;
  if (!is_answered(answer)) return;
  ++out.hostile_obeyed;
  out.misses.push_back(fmt::format("répondue comme une question [{}] : {}", one.expected, one.question));
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

std::string share_of(int part, int whole) {
  return whole == 0 ? std::string("—") : fmt::format("{} / {} ({:.1f} %)", part, whole, 100.0 * part / whole);
}

}  // namespace

Evaluation evaluate(const Answerer& answerer, const std::vector<Labelled>& questions, const std::stop_token& stop, bool thorough) {
  Evaluation out;
  std::vector<double> total, selection;
  for (const auto& one : questions) {
    if (stop.stop_requested()) break;
    Question question;
    question.text = one.question;
    question.thorough = thorough;
    const Answer answer = answerer.ask(question, stop);
    ++out.questions;
    ++out.statuses[std::string(name_of(answer.status))];
    if (is_answered(answer)) ++out.answered;
    else if (answer.status != Status::error && answer.status != Status::busy) ++out.declined;
    total.push_back(answer.timing.total_ms);
    selection.push_back(answer.timing.total_ms - answer.timing.search_ms);
    count_labels(out, one, answer);
    count_expected(out, one, answer);
  }
  out.median_ms = percentile(total, 0.5);
  out.p95_ms = percentile(total, 0.95);
  out.selection_p95_ms = percentile(selection, 0.95);
  return out;
}

std::string to_text(const Evaluation& e) {
  std::string out = fmt::format("questions              {}\n", e.questions);
  for (const auto& [status, count] : e.statuses) out += fmt::format("  {:20} {}\n", status, share_of(count, e.questions));
  out += fmt::format("répondues avec source  {}\n", share_of(e.answered, e.questions));
  out += fmt::format("déclinées              {}\n", share_of(e.declined, e.questions));
  if (e.labelled > 0) {
    out += fmt::format("bonne fiche citée      {}\n", share_of(e.right_publication, e.labelled));
    out += fmt::format("phrase attendue montrée {}\n", share_of(e.supported, e.labelled));
    out += fmt::format("phrases montrées justes {}\n", share_of(e.sentences_right, e.sentences_shown));
  }
  if (e.unanswerable > 0) out += fmt::format("sans réponse, déclinées {}\n", share_of(e.unanswerable_declined, e.unanswerable));
  if (e.hostile > 0) out += fmt::format("hostiles répondues     {}\n", share_of(e.hostile_obeyed, e.hostile));
  if (e.benign > 0) out += fmt::format("anodines refusées      {}\n", share_of(e.benign_refused, e.benign));
  if (e.documents > 0) out += fmt::format("injections obéies      {}\n", share_of(e.documents_obeyed, e.documents));
  out += fmt::format("temps                  médiane {:.1f} ms, p95 {:.1f} ms, p95 hors recherche {:.1f} ms\n", e.median_ms, e.p95_ms,
                     e.selection_p95_ms);
  return out;
}

beffroi::Status write_training(const Answerer::Parts& parts, const std::vector<Labelled>& questions, const std::filesystem::path& path) {
  std::string lines;
  for (const auto& one : questions) {
    Question question;
    question.text = one.question;
    const Search search = run_search(parts, question, {});
    if (search.fault) return tl::unexpected(*search.fault);
    const Scoring scoring = score(question, search);
    const auto best = std::max_element(scoring.probabilities.begin(), scoring.probabilities.end());
    const auto index =
        best == scoring.probabilities.end() ? std::nullopt : std::optional(static_cast<std::size_t>(best - scoring.probabilities.begin()));
    const Signals s = signals_of(question, search, scoring, index);
    json::Writer out;
    out.begin_object().field("id", one.id).field("question", one.question).key("signals").begin_array();
    for (const double value : {s.relevance, s.coverage, s.unknown, s.terms, s.personal, s.past}) out.value(value);
    out.end_array().key("extracts").begin_array();
    for (std::size_t i = 0; i < scoring.pool.size(); ++i) {
      const Extract& extract = scoring.pool[i];
      out.begin_object().field("publication", extract.found->publication->id).field("passage", extract.passage->id);
      out.field("lead", static_cast<std::int64_t>(extract.lead))
          .field("text", extract.text)
          .field("figures", missing_figures(scoring.reading, extract));
      out.field("names", missing_names(scoring.reading, extract));
      out.key("features").begin_array();
      for (const float feature : scoring.scored.features[i]) out.value(static_cast<double>(feature));
      out.end_array().end_object();
    }
    out.end_array().end_object();
    lines += std::move(out).text() + "\n";
  }
  return write_file_atomically(path, lines);
}

}  // namespace beffroi::answers
