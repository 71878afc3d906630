#include "answers/route_evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "json/writer.h"

namespace beffroi::answers {
namespace {

bool shows_support(const Answer& answer, const Labelled& question) {
  return std::any_of(answer.sentences.begin(), answer.sentences.end(),
                     [&](const Sentence& sentence) { return supports(sentence.text, question.support); });
}

std::string line_of(const RoutedQuestion& routed) {
  json::Writer out;
  out.begin_object().field("id", routed.id).field("route", name_of(routed.routing.route)).field("sureness", routed.routing.sureness);
  out.field("confidence", routed.confidence).field("more_advised", routed.routing.more_advised).field("labelled", routed.labelled);
  out.field("by_extracts", routed.by_extracts).field("asked_model", routed.asked_model).field("by_model", routed.by_model);
  return std::move(out.end_object()).text();
}

std::string share_of(int part, int whole) {
  return whole == 0 ? std::string("—") : fmt::format("{} / {} ({:.1f} %)", part, whole, 100.0 * part / whole);
}

}  // namespace

Result<std::vector<RoutedQuestion>> run_routes(const Answerer& answerer, const std::vector<Labelled>& questions, const RouteRun& run) {
  std::ofstream out;
  if (!run.out.empty()) out.open(run.out, std::ios::binary | std::ios::trunc);
  std::vector<RoutedQuestion> all;
  for (const Labelled& one : questions) {
    Question question;
    question.text = one.question;
    const Answer plain = answerer.ask(question, {});
    RoutedQuestion routed{one.id, plain.routing, plain.confidence, !one.support.empty(), shows_support(plain, one)};
    if (run.thorough) {
      question.thorough = true;
      const Answer thorough = answerer.ask(question, {});
      routed.asked_model = thorough.routing.route == Route::model;
      routed.by_model = shows_support(thorough, one);
    }
    if (out.is_open() && !(out << line_of(routed) << '\n' << std::flush)) {
      return fail(Code::storage, "Le fichier n’a pas pu être écrit (disque plein ou dossier absent).", run.out.string());
    }
    all.push_back(std::move(routed));
  }
  return all;
}

RouteFigures figures_of(const std::vector<RoutedQuestion>& questions) {
  RouteFigures out;
  for (const RoutedQuestion& one : questions) {
    ++out.questions;
    out.without_model += one.routing.more_advised ? 0 : 1;
    if (!one.labelled || !one.asked_model) continue;
    ++out.compared;
    out.extracts_right += one.by_extracts ? 1 : 0;
    out.model_right += one.by_model ? 1 : 0;
    out.routed_right += (one.routing.more_advised ? one.by_model : one.by_extracts) ? 1 : 0;
    if (!one.routing.more_advised && !one.by_extracts && one.by_model) ++out.wrong;
    if (one.routing.more_advised && one.by_extracts) ++out.needless;
  }
  return out;
}

std::string to_text(const RouteFigures& f) {
  std::string out = fmt::format("questions                        {}\n", f.questions);
  out += fmt::format("répondues sans modèle            {}\n", share_of(f.without_model, f.questions));
  if (f.compared == 0) return out + "erreurs de route                 non mesurées (--model demande aussi au modèle)\n";
  out += fmt::format("comparées aux deux routes        {}\n", f.compared);
  out += fmt::format("erreurs de route                 {}\n", share_of(f.wrong, f.compared));
  out += fmt::format("modèle conseillé sans besoin     {}\n", share_of(f.needless, f.compared));
  out += fmt::format("phrase attendue, extraits seuls  {}\n", share_of(f.extracts_right, f.compared));
  out += fmt::format("phrase attendue, modèle partout  {}\n", share_of(f.model_right, f.compared));
  out += fmt::format("phrase attendue, route conseillée {}\n", share_of(f.routed_right, f.compared));
  return out;
}

}  // namespace beffroi::answers
