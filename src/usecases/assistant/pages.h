// The pages of the assistant, in French, as pure functions from what is to be shown to complete HTML documents.
//
// They work without JavaScript: plain links and forms. When the browser runs scripts, the interface of ui/ takes over the
// element #assistant of the home and answer pages, starting from the JSON left in the page. Everything is escaped (html.h).
// Thread-safe: no state. Each page says the date of the base it stands on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/answer.h"
#include "answers/ask.h"
#include "knowledge/corpus.h"
#include "knowledge/publication.h"

namespace beffroi::assistant {

// Addresses of the embedded style, script and logo; empty when the program was built without the interface: plain pages.
struct Skin {
  std::string style, script, logo;
};

struct PageContext {
  answers::TownHall town_hall;
  knowledge::CorpusInfo base;
  Skin skin;
};

struct AnswerPage {
  std::string question;
  std::vector<std::string> conditions;  // choices already made
  answers::Answer answer;
  std::string answer_json;              // the same answer as the API writes it, for the interface; may be empty
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

// The sentence to show in its place: bytes of the text of one block of one passage.
struct Highlight {
  std::string passage_id;
  std::size_t block = 0;
  std::size_t begin_bytes = 0, end_bytes = 0;
};

[[nodiscard]] std::string render_home(const PageContext& context);
[[nodiscard]] std::string render_answer(const PageContext& context, const AnswerPage& page);
[[nodiscard]] std::string render_search(const PageContext& context, const SearchPage& page);
[[nodiscard]] std::string render_publication(const PageContext& context, const knowledge::Publication& publication,
                                             const std::optional<Highlight>& highlight);
[[nodiscard]] std::string render_accessibility(const PageContext& context);
[[nodiscard]] std::string render_privacy(const PageContext& context);
[[nodiscard]] std::string render_thanks(const PageContext& context);  // after the opinion form

// 404, 500, 503… `message` is the French sentence of the Error, or empty for the usual one.
[[nodiscard]] std::string render_error(const PageContext& context, int status, std::string_view message);

}  // namespace beffroi::assistant
