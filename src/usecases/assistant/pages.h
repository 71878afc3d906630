// The pages of the assistant, in French, as pure functions from what is to be shown to complete HTML documents.
//
// They work without JavaScript: plain links and forms. When the browser runs scripts, the interface of ui/ takes over the
// element #assistant of the home and answer pages, starting from the JSON left in the page. Everything is escaped (pages/html.h).
// Thread-safe: no state. Each page says the date of the base it stands on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "answers/answer.h"
#include "answers/ask.h"
#include "answers/highlight.h"
#include "answers/rewording.h"
#include "knowledge/corpus.h"
#include "knowledge/publication.h"
#include "pages/frame.h"

namespace beffroi::assistant {

struct PageContext {
  answers::TownHall town_hall;
  knowledge::CorpusInfo base;
  pages::Surroundings around;  // its town hall, notice and foot are written by the assistant
  bool model_offered = false;  // a model may write or choose from here: people are told before the first exchange
};

struct AnswerPage {
  std::string question;
  std::vector<std::string> conditions;  // choices already made
  answers::Answer answer;
  std::string answer_json;              // the same answer as the API writes it, for the interface; may be empty
  bool can_reword = false;              // a language model is there: the ways to reword are offered
  bool can_be_thorough = false;         // and it can choose sentences: searching deeper is offered
  bool thorough = false;                // the answer to a thorough question: the interface does not take the page over
};

struct RewordingPage {
  std::string question;
  std::vector<std::string> conditions;
  bool thorough = false;                // of the answer to a thorough question
  answers::Style style = answers::Style::plain;
  answers::Rewording rewording;
  std::string model;                    // its id
};

struct SearchResult {
  std::string id, title, date, description;
  std::string audience;                 // "Particuliers", may be empty
};
struct SearchPage {
  std::string query;                    // empty: the box alone
  std::string corrected;
  std::vector<SearchResult> results;
};

struct ErrorPage {
  int status = 500;
  std::string title, detail;            // French
};

[[nodiscard]] std::string render_home(const PageContext& context);
[[nodiscard]] std::string render_answer(const PageContext& context, const AnswerPage& page);
[[nodiscard]] std::string render_rewording(const PageContext& context, const RewordingPage& page);
[[nodiscard]] std::string render_search(const PageContext& context, const SearchPage& page);
// `highlight`: the cited passage, already checked; without a range, the page says that the sentence is no longer there.
[[nodiscard]] std::string render_publication(const PageContext& context, const knowledge::Publication& publication,
                                             const std::optional<answers::Highlight>& highlight);
[[nodiscard]] std::string render_accessibility(const PageContext& context);
[[nodiscard]] std::string render_privacy(const PageContext& context);
[[nodiscard]] std::string render_thanks(const PageContext& context);  // after the opinion form
[[nodiscard]] std::string render_error(const PageContext& context, const ErrorPage& error);

}  // namespace beffroi::assistant
