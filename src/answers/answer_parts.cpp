#include "answers/answer_parts.h"

#include <algorithm>
#include <chrono>

#include "answers/intent.h"
#include "answers/messages.h"
#include "answers/offer.h"
#include "answers/selection.h"
#include "answers/selector_model.h"
#include "answers/sourcing.h"
#include "knowledge/find.h"
#include "llm/embedder.h"
#include "text/tokens.h"

namespace beffroi::answers {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kSearched = 10;        // publications asked of search
constexpr std::size_t kOpened = 5;           // publications whose sentences are read
constexpr std::size_t kPassagesEach = 8;
constexpr std::size_t kSeeAlso = 4;
constexpr double kSeeAlsoRelevance = 0.15;

// What a reader of the sentence has under the eyes: its passage and the titles above.
std::string text_near(const Extract& extract) {
  std::string near = extract.found->publication->title;
  for (const auto& part : extract.passage->sections) near += "\n" + part;
  for (const auto& part : extract.passage->conditions) near += "\n" + part;
  for (const auto& block : extract.passage->blocks) near += "\n" + block.text;
  return near;
}

// An article of law that the question names and the publication does not: nothing here can be an answer about it.
bool cites_unknown_law(const Reading& reading, std::span<const Found> found) {
  for (const auto& fact : reading.facts) {
    if (fact.kind != text::FactKind::reference) continue;
    const bool article = fact.value.find_first_of("lrda") == 0;
    if (!article) continue;
    const bool known = std::any_of(found.begin(), found.end(), [&](const Found& one) {
      for (const auto& passage : one.publication->passages) {
        for (const auto& block : passage.blocks) {
          const auto there = text::facts(block.text);
          if (std::find(there.begin(), there.end(), fact) != there.end()) return true;
        }
      }
      return false;
    });
    if (!known) return true;
  }
  return false;
}

Offer offer_of(const Question& question, const Scoring& scoring) {
  Offer offer{question.text, question.commune, {}, question.on_place};
  for (const Window& window : windows_of(scoring.pool, scoring.probabilities)) {
    OfferedPassage passage{window.heading, {}};
    for (const std::size_t at : window.extracts) {
      passage.candidates.push_back({static_cast<int>(at) + 1, std::string(scoring.pool[at].text), scoring.probabilities[at]});
    }
    offer.passages.push_back(std::move(passage));
  }
  return offer;
}

// Another selector chooses among the passages where the trained one sees the best sentences; the others keep the trained probability,
// brought below what was looked at.
Result<Selector::Chosen> chosen_by(const Selector& selector, const Offer& offer, const std::stop_token& stop) {
  if (offer.passages.empty()) return Selector::Chosen{};
  return selector.choose(offer, stop);
}

std::vector<double> probabilities_of(const std::vector<Selector::Choice>& choices, const Scoring& scoring) {
  constexpr double kNotOffered = 0.5;  // of its trained probability: a sentence that nobody read again
  std::vector<double> probabilities = scoring.probabilities;
  for (double& probability : probabilities) probability *= kNotOffered;
  for (const auto& choice : choices) {
    if (choice.number < 1 || choice.number > static_cast<int>(probabilities.size())) continue;
    probabilities[static_cast<std::size_t>(choice.number - 1)] = std::clamp(choice.probability, 0.0, 1.0);
  }
  return probabilities;
}

Retrieved retrieved_of(double confidence, const Selection& selection, const Scoring& scoring) {
  Retrieved out;
  out.confidence = confidence;
  out.shown = confidence >= kAnswered && !selection.shown.empty();
  if (selection.best <= 0) return out;
  out.best = selection.best;
  double elsewhere = 0;
  for (std::size_t i = 0; i < scoring.pool.size(); ++i) {
    if (scoring.pool[i].found != scoring.pool[selection.best_index].found) elsewhere = std::max(elsewhere, scoring.probabilities[i]);
  }
  out.margin = std::max(0.0, out.best - elsewhere);
  return out;
}

Status status_for(double sure, const Selection& selection, bool nothing_shown) {
  if (sure < kAnswered || selection.best <= 0) return Status::not_found;
  if (selection.undecided) return Status::needs_precision;
  if (nothing_shown) return Status::not_found;
  return selection.list_cut ? Status::partial : Status::answered;
}

void add_contacts(Answer& answer, const Search& search) {
  if (search.found.empty() || answer.status == Status::out_of_scope) return;
  std::vector<std::string> shown;
  const Found* first = &search.found.front();
  for (const auto& sentence : answer.sentences) shown.push_back(sentence.source.passage_id);
  if (!answer.sentences.empty()) {
    const auto quoted = std::find_if(search.found.begin(), search.found.end(), [&](const Found& one) {
      return one.publication->id == answer.sentences.front().source.publication_id;
    });
    if (quoted != search.found.end()) first = &*quoted;
  }
  for (auto& contact : contacts_of(*first->publication, shown)) answer.contacts.push_back(std::move(contact));
}

void add_see_also(Answer& answer, const Search& search) {
  if (answer.status == Status::out_of_scope) return;
  for (const auto& one : search.found) {
    const bool quoted = std::any_of(answer.sentences.begin(), answer.sentences.end(),
                                    [&](const Sentence& sentence) { return sentence.source.publication_id == one.publication->id; });
    if (!quoted && answer.see_also.size() < kSeeAlso && (one.hit.relevance >= kSeeAlsoRelevance || one.rank == 0)) {
      answer.see_also.push_back(source_of(*one.publication));
    }
  }
}

}  // namespace

Search run_search(const Answerer::Parts& parts, const Question& question, const std::stop_token& stop) {
  const auto start = Clock::now();
  Search out;
  search::Query query;
  query.text = question.text;
  query.limit = kSearched;
  query.passages_each = kPassagesEach;
  query.filter = knowledge::publications_that_tell();
  query.filter.all_audiences = question.audiences.empty();
  query.filter.audiences = question.audiences;
  std::vector<float> vector;
  if (parts.embedder != nullptr && parts.corpus->searcher().has_vectors()) {
    // Without a vector, search is lexical: an engine that fails does not take the answer away.
    if (auto embedded = parts.embedder->embed_query(parts.corpus->searcher().understood(question.text), stop))
      vector = std::move(*embedded);
  }
  query.vector = vector;
  auto results = parts.corpus->searcher().search(query);
  if (!results) {
    out.fault = results.error();
    return out;
  }
  out.corrected = results->corrected;
  out.coverage = results->lexical_coverage;
  for (auto& hit : results->hits) {
    if (out.found.size() >= kOpened) break;
    auto publication = parts.corpus->publication(hit.publication_id);
    if (!publication || publication->passages.empty()) continue;
    Found found;
    found.publication = std::make_shared<const knowledge::Publication>(std::move(*publication));
    found.hit = std::move(hit);
    found.rank = out.found.size();
    out.found.push_back(std::move(found));
  }
  out.elapsed_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  return out;
}

Scoring score(const Question& question, const Search& search) {
  Scoring out;
  out.reading = read_question(search.corrected.empty() ? question.text : search.corrected);
  out.pool = extracts_of(search.found);
  out.scored = features_of(out.reading, out.pool);
  for (const auto& features : out.scored.features) out.probabilities.push_back(probability(features));
  return out;
}

Signals signals_of(const Question&, const Search& search, const Scoring& scoring, std::optional<std::size_t> best) {
  Signals signals;
  signals.relevance = search.found.empty() ? 0 : search.found.front().hit.relevance;
  signals.coverage = search.coverage;
  signals.unknown = scoring.scored.unknown;
  signals.terms = static_cast<double>(std::min<std::size_t>(scoring.reading.terms.size(), 12)) / 12;
  signals.personal = scoring.reading.personal ? 1 : 0;
  signals.past = scoring.reading.past ? 1 : 0;
  if (!best) return signals;
  const auto value = [&](std::string_view name) {
    const auto at = std::find(kFeatureNames.begin(), kFeatureNames.end(), name) - kFeatureNames.begin();
    return static_cast<double>(scoring.scored.features[*best][static_cast<std::size_t>(at)]);
  };
  signals.best = scoring.probabilities[*best];
  signals.context = value("cover_context");
  signals.beyond_title = value("cover_beyond_title");
  signals.title = value("title_cover");
  signals.figures = missing_figures(scoring.reading, scoring.pool[*best]);
  signals.names = missing_names(scoring.reading, scoring.pool[*best]);
  return signals;
}

double missing_figures(const Reading& reading, const Extract& best) {
  if (reading.facts.empty()) return 0;
  const auto there = text::facts(text_near(best));
  const auto missing = std::count_if(reading.facts.begin(), reading.facts.end(),
                                     [&](const text::Fact& fact) { return std::find(there.begin(), there.end(), fact) == there.end(); });
  return static_cast<double>(missing) / static_cast<double>(reading.facts.size());
}

double missing_names(const Reading& reading, const Extract& best) {
  if (reading.names.empty()) return 0;
  std::vector<std::string> there;
  for (auto& token : text::tokens(text_near(best))) there.push_back(std::move(token.folded));
  const auto missing = std::count_if(reading.names.begin(), reading.names.end(),
                                     [&](const std::string& name) { return std::find(there.begin(), there.end(), name) == there.end(); });
  return static_cast<double>(missing) / static_cast<double>(reading.names.size());
}

void fill(Answer& answer, const Answerer::Parts& parts, const Question& question, const Search& search, const std::stop_token& stop) {
  const auto start = Clock::now();
  answer.corrected = search.corrected;
  const Scoring scoring = score(question, search);
  const Wanted wanted{question.text, &scoring.reading, question.conditions};
  Selection selection = select(wanted, scoring.pool, scoring.probabilities);
  const auto sure_of = [&](const Selection& made) {
    return confidence(signals_of(question, search, scoring, made.best > 0 ? std::optional(made.best_index) : std::nullopt));
  };
  answer.confidence = sure_of(selection);
  answer.routing = route_of(retrieved_of(answer.confidence, selection, scoring));
  if (question.thorough && parts.selector != nullptr) {
    auto chosen = chosen_by(*parts.selector, offer_of(question, scoring), stop);
    if (chosen && !chosen->choices.empty()) {
      Selection other = select(wanted, scoring.pool, probabilities_of(chosen->choices, scoring));
      answer.routing.route = Route::model;
      answer.routing.more_advised = false;
      answer.routing.changed = other.shown != selection.shown;
      answer.usage = std::move(chosen->usage);
      answer.confidence = sure_of(other);
      selection = std::move(other);
    } else {
      // The trained selector's choice stays, and the reader is told.
      answer.model_notice = message_without_model(chosen ? nullptr : &chosen.error());
    }
  }
  if (cites_unknown_law(scoring.reading, search.found)) answer.confidence = std::min(answer.confidence, (kInScope + kAnswered) / 2);
  if (answer.confidence >= kAnswered) {
    for (const std::size_t at : selection.shown) {
      if (auto sentence = verified_sentence(scoring.pool[at])) answer.sentences.push_back(std::move(*sentence));
    }
  }
  const bool foreign_to_the_town = answer.confidence < kInScope && !concerns_the_town(question.text);
  answer.status = foreign_to_the_town ? Status::out_of_scope : status_for(answer.confidence, selection, answer.sentences.empty());
  answer.message = message_for(answer.status);
  if (foreign_to_the_town) answer.routing = {};
  const bool found = answer.status == Status::answered || answer.status == Status::partial || answer.status == Status::needs_precision;
  if (found) answer.precision = selection.precision;
  if (found && !question.thorough && parts.selector != nullptr) parts.selector->pass_by(offer_of(question, scoring));
  add_contacts(answer, search);
  add_see_also(answer, search);
  answer.timing.selection_ms = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

}  // namespace beffroi::answers
