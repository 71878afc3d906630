// One request a group of sentences: ask, check, put together, show.
#include "answers/rewording.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <span>
#include <utility>

#include "answers/rewording_prompts.h"
#include "answers/written.h"
#include "base/log.h"
#include "grounding/coverage.h"
#include "grounding/gate.h"
#include "grounding/verbatim.h"

namespace beffroi::answers {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kDeadline{150};          // for the whole answer
constexpr std::size_t kMaxGroupBytes = 3000;            // a longer one is shown as it is
constexpr std::size_t kMaxWrittenEach = 4;              // sentences of the model for one of the source: more is chatter
constexpr std::size_t kMaxReplyGrowth = 3;              // times the source, in bytes
constexpr std::size_t kMinReplyBytes = 400;

using Group = std::span<const Sentence>;

std::vector<Group> groups_of(const std::vector<Sentence>& sentences) {
  std::vector<Group> groups;
  for (std::size_t first = 0; first < sentences.size();) {
    std::size_t end = first + 1;
    while (end < sentences.size() && sentences[end].leans && sentences[end].source.passage_id == sentences[first].source.passage_id) ++end;
    groups.push_back(Group(sentences).subspan(first, end - first));
    first = end;
  }
  return groups;
}

std::string text_of(Group group, std::string_view between) {
  std::string text;
  for (const Sentence& sentence : group) text += (text.empty() ? "" : std::string(between)) + sentence.text;
  return text;
}

// A sentence of the model that the check let pass, and the sentences of the group it was made from.
struct Accepted {
  std::string text;
  std::size_t first = 0;
  std::size_t count = 1;  // 1, or all of them
};

class Check {
 public:
  explicit Check(Group group) : group_(group), source_(text_of(group, " ")) {
    for (const Sentence& sentence : group) cited_.push_back({sentence.text, sentence.source.conditions});
  }

  // Nothing when it is refused, or when it is the source's own words.
  std::optional<Accepted> accept(const std::string& written) {
    if (!keeps_tone(written, source_)) return refuse(written, "tone");
    for (std::size_t i = 0; i < cited_.size(); ++i) {
      const auto verdict = grounding::check(written, std::span(cited_).subspan(i, 1)).verdict;
      if (verdict == grounding::Verdict::verbatim) return std::nullopt;
      if (verdict == grounding::Verdict::supported) return Accepted{written, i, 1};
    }
    const grounding::Decision decision = grounding::check(written, cited_);
    if (decision.verdict == grounding::Verdict::verbatim) return std::nullopt;
    if (decision.verdict == grounding::Verdict::refused) return refuse(written, grounding::name_of(decision.reason));
    // Made of several: an item told with its lead says « one of » as if it were the only one. Only the whole group may be told at once.
    return needs_all(written) ? std::optional(Accepted{written, 0, cited_.size()}) : refuse(written, "part of a list");
  }

  [[nodiscard]] std::vector<Refused>& refused() { return refused_; }

 private:
  std::optional<Accepted> refuse(const std::string& written, std::string_view reason) {
    refused_.push_back({written, std::string(reason)});
    return std::nullopt;
  }

  [[nodiscard]] bool needs_all(const std::string& written) const {
    for (std::size_t i = 0; i < cited_.size(); ++i) {
      std::vector<grounding::CitedSentence> others = cited_;
      others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
      if (grounding::check(written, others).verdict != grounding::Verdict::refused) return false;
    }
    return true;
  }

  Group group_;
  std::string source_;
  std::vector<grounding::CitedSentence> cited_;
  std::vector<Refused> refused_;
};

// For each sentence of the group: what tells it in full in the model's words, or its own words.
std::vector<Sentence> put_together(Group group, const std::vector<Accepted>& accepted) {
  const auto told_from = [&](std::size_t first, std::size_t count) {
    std::vector<std::string> told;
    for (const Accepted& one : accepted) {
      if (one.first == first && one.count == count) told.push_back(one.text);
    }
    return told;
  };
  std::vector<Sentence> out;
  const auto add = [&](Group original, const std::vector<std::string>& told) {
    for (const std::string& text : told) out.push_back({text, false, original.front().source, text_of(original, " ")});
  };
  const std::vector<std::string> at_once = group.size() > 1 ? told_from(0, group.size()) : std::vector<std::string>{};
  const auto told_at_once = [&](const Sentence& sentence) { return grounding::tells_all(sentence.text, at_once); };
  if (!at_once.empty() && std::all_of(group.begin(), group.end(), told_at_once)) {
    add(group, at_once);
    return out;
  }
  for (std::size_t i = 0; i < group.size(); ++i) {
    const std::vector<std::string> told = told_from(i, 1);
    if (!told.empty() && grounding::tells_all(group[i].text, told)) add(group.subspan(i, 1), told);
    else out.push_back(group[i]);
  }
  return out;
}

std::string counted(int count, std::string_view one, std::string_view several) {
  return fmt::format("{} {}", count, count > 1 ? several : one);
}

std::string message_of(const Rewording& rewording) {
  if (rewording.fault) {
    return rewording.fault->message + " Ce qui n’est pas reformulé est montré dans les mots de la fiche.";
  }
  if (rewording.sentences.empty()) return "Il n’y a aucune phrase à reformuler.";
  if (rewording.reworded == 0 && rewording.refused == 0) return "Le modèle n’a rien changé\u00a0: voici les mots de la fiche.";
  if (rewording.reworded == 0) {
    return "Le modèle n’a rien écrit qui passe la vérification\u00a0: voici les mots de la fiche.";
  }
  std::string message = "Un programme a comparé chaque phrase reformulée à la fiche\u00a0: nombres, dates, noms, conditions, négations.";
  if (rewording.refused > 0) {
    message += fmt::format(
        " {}\u00a0: les mots de la fiche restent à leur place.",
        counted(rewording.refused, "phrase écrite par le modèle a été refusée", "phrases écrites par le modèle ont été refusées"));
  }
  return message;
}

class Run {
 public:
  Run(llm::ChatModel& model, const RewordingRequest& request, const std::stop_token& stop)
      : model_(model), request_(request), stop_(stop) {}

  Rewording over(const std::vector<Sentence>& sentences, const Rewriter::OnSentence& on_sentence) {
    for (const Group& group : groups_of(sentences)) {
      for (Sentence& sentence : reworded(group)) {
        if (!sentence.verbatim) ++out_.reworded;
        if (listened_ && on_sentence) listened_ = on_sentence(sentence);
        out_.sentences.push_back(std::move(sentence));
      }
    }
    if (out_.fault && out_.fault->code != Code::cancelled)
      log::warn("rewording_fault", {{"code", std::string(beffroi::name_of(out_.fault->code))}, {"detail", out_.fault->detail}});
    out_.message = message_of(out_);
    return std::move(out_);
  }

 private:
  std::vector<Sentence> reworded(Group group) {
    const std::string text = text_of(group, "\n");
    if (text.size() > kMaxGroupBytes || out_.fault || !listened_) return {group.begin(), group.end()};
    const Result<llm::ChatReply> reply = ask(text);
    if (!reply) {
      if (reply.error().code != Code::too_large) out_.fault = reply.error();  // one group too long says nothing of the others
      return {group.begin(), group.end()};
    }
    out_.usage += reply->usage;
    return put_together(group, accepted(group, *reply));
  }

  Result<llm::ChatReply> ask(const std::string& text) {
    if (stop_.stop_requested()) return fail(Code::cancelled, "La reformulation a été arrêtée.");
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(ends_at_ - Clock::now());
    if (left <= std::chrono::milliseconds(0)) return fail(Code::timeout, "La reformulation a pris trop de temps.");
    llm::ChatRequest asked = rewording_of(text, request_.style);
    asked.place = {request_.commune, llm::Priority::chat, left, request_.on_place};
    // An engine that does not know when to stop is stopped here.
    const std::size_t limit = std::max(kMinReplyBytes, kMaxReplyGrowth * text.size());
    std::size_t written = 0;
    bool endless = false;
    const auto on_text = [&](std::string_view piece) {
      written += piece.size();
      endless = endless || written > limit;
      return !endless && !stop_.stop_requested();
    };
    llm::ChatReply reply = BEFFROI_TRY(model_.write(asked, on_text, stop_));
    if (stop_.stop_requested()) return fail(Code::cancelled, "La reformulation a été arrêtée.");
    reply.cut = reply.cut || endless;
    return reply;
  }

  std::vector<Accepted> accepted(Group group, const llm::ChatReply& reply) {
    Check check(group);
    std::vector<Accepted> all;
    std::vector<std::string> written = written_sentences(reply.text, reply.cut);
    if (written.size() > kMaxWrittenEach * group.size()) written.resize(kMaxWrittenEach * group.size());
    for (const std::string& sentence : written) {
      const auto again = [&](const Accepted& one) { return grounding::bare(one.text) == grounding::bare(sentence); };
      if (std::any_of(all.begin(), all.end(), again)) continue;
      ++out_.written;
      if (auto one = check.accept(sentence)) all.push_back(std::move(*one));
    }
    out_.accepted += static_cast<int>(all.size());
    out_.refused += static_cast<int>(check.refused().size());
    std::move(check.refused().begin(), check.refused().end(), std::back_inserter(out_.refusals));
    return all;
  }

  llm::ChatModel& model_;
  const RewordingRequest& request_;
  const std::stop_token& stop_;
  const Clock::time_point ends_at_ = Clock::now() + kDeadline;
  Rewording out_;
  bool listened_ = true;
};

}  // namespace

std::string_view name_of(Style style) {
  switch (style) {
    case Style::falc: return "falc";
    case Style::letter_paragraph: return "letter_paragraph";
    case Style::plain: break;
  }
  return "plain";
}

std::optional<Style> style_named(std::string_view name) {
  for (const Style style : {Style::plain, Style::falc, Style::letter_paragraph}) {
    if (name == name_of(style)) return style;
  }
  return std::nullopt;
}

Rewriter::Rewriter(std::shared_ptr<llm::ChatModel> model) : model_(std::move(model)) {}

Rewording Rewriter::reword(const std::vector<Sentence>& sentences, const RewordingRequest& request, const OnSentence& on_sentence,
                           const std::stop_token& stop) const {
  return Run(*model_, request, stop).over(sentences, on_sentence);
}

}  // namespace beffroi::answers
