#include "answers/rewording_evaluation.h"

#include <fmt/format.h>

#include <fstream>
#include <set>

#include "json/writer.h"

namespace beffroi::answers {
namespace {

std::string shown_line(const std::string& id, const Sentence& sentence) {
  json::Writer out;
  out.begin_object().field("id", id).field("shown", sentence.text).field("source", sentence.original).end_object();
  return std::move(out).text();
}

std::string refused_line(const std::string& id, const Refused& refused) {
  json::Writer out;
  out.begin_object().field("id", id).field("refused", refused.text).field("reason", refused.reason).end_object();
  return std::move(out).text();
}

// A source sentence is told in the model's words when it is not shown in its own.
int told_of(const std::vector<Sentence>& sources, const std::vector<Sentence>& shown) {
  std::multiset<std::string> own;
  for (const Sentence& sentence : shown) {
    if (sentence.verbatim) own.insert(sentence.text);
  }
  int told = 0;
  for (const Sentence& source : sources) {
    const auto found = own.find(source.text);
    if (found == own.end()) ++told;
    else own.erase(found);
  }
  return told;
}

void add(RewordingFigures& figures, const std::vector<Sentence>& sources, const Rewording& rewording) {
  ++figures.answers;
  figures.sources += static_cast<int>(sources.size());
  figures.told += told_of(sources, rewording.sentences);
  figures.written += rewording.written;
  figures.accepted += rewording.accepted;
  figures.refused += rewording.refused;
  for (const Refused& refused : rewording.refusals) ++figures.reasons[refused.reason];
  figures.faults += rewording.fault ? 1 : 0;
  figures.wall_s += rewording.usage.wall_s;
  figures.cpu_s += rewording.usage.cpu_s;
}

std::string share_of(int part, int whole) {
  return whole == 0 ? std::string("—") : fmt::format("{} / {} ({:.0f} %)", part, whole, 100.0 * part / whole);
}

}  // namespace

Result<RewordingFigures> run_rewordings(const Answerer& answerer, const Rewriter& rewriter, const std::vector<Labelled>& questions,
                                        const RewordingRun& run) {
  std::ofstream out;
  if (!run.out.empty()) out.open(run.out, std::ios::binary | std::ios::trunc);
  RewordingFigures figures;
  for (const Labelled& one : questions) {
    ++figures.questions;
    Question question;
    question.text = one.question;
    const std::vector<Sentence> sources = answerer.ask(question, {}).sentences;
    if (sources.empty()) continue;
    const Rewording rewording = rewriter.reword(sources, {run.style, {}, {}}, {}, {});
    add(figures, sources, rewording);
    if (!out.is_open()) continue;
    for (const Sentence& sentence : rewording.sentences) {
      if (!sentence.verbatim) out << shown_line(one.id, sentence) << '\n';
    }
    for (const Refused& refused : rewording.refusals) out << refused_line(one.id, refused) << '\n';
    if (!(out << std::flush))
      return fail(Code::storage, "Le fichier n’a pas pu être écrit (disque plein ou dossier absent).", run.out.string());
  }
  return figures;
}

std::string to_text(const RewordingFigures& f) {
  std::string out = fmt::format("questions                          {}\n", f.questions);
  out += fmt::format("réponses avec des phrases          {}\n", f.answers);
  out += fmt::format("phrases écrites par le modèle      {}\n", f.written);
  out += fmt::format("  acceptées, autrement dites       {}\n", share_of(f.accepted, f.written));
  out += fmt::format("  mot pour mot celles de la fiche  {}\n", share_of(f.written - f.accepted - f.refused, f.written));
  out += fmt::format("  refusées                         {}\n", share_of(f.refused, f.written));
  for (const auto& [reason, count] : f.reasons) out += fmt::format("    {:<31}{}\n", reason, count);
  out += fmt::format("phrases des fiches                 {}\n", f.sources);
  out += fmt::format("  montrées autrement dites         {}\n", share_of(f.told, f.sources));
  out += fmt::format("  montrées dans leurs mots         {}\n", share_of(f.sources - f.told, f.sources));
  out += fmt::format("réponses que le modèle n’a pas finies {}\n", f.faults);
  out += fmt::format("temps, processeur                  {:.0f} s, {:.0f} s\n", f.wall_s, f.cpu_s);
  return out;
}

}  // namespace beffroi::answers
