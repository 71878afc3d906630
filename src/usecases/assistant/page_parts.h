// What several pages share: the frame, the question box, dates, sources. Only for pages_*.cpp.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "usecases/assistant/html.h"
#include "usecases/assistant/pages.h"

namespace beffroi::assistant {

struct Frame {
  std::string_view title;         // of this page; the name of the site and of the commune follow
  std::string_view current;       // path of the entry of the menu to mark: "/", "/recherche"
  bool interactive = false;       // the interface takes over #assistant
};

// A whole document: head, skip link, header, notice about the base, `<main>` filled by `body`, footer.
[[nodiscard]] std::string framed(const PageContext& context, const Frame& frame, const std::function<void(Html&)>& body);

// The box where a question is written: a GET form to `action` ("/" or "/recherche").
struct Box {
  std::string_view action, label, hint, button, value;
};
void write_box(Html& html, const Box& box);

// The commune itself, for who prefers a person.
void write_town_hall(Html& html, const answers::TownHall& town_hall);

// The digits of a text that is a French telephone number and nothing else: "03 53 01 00 59" → "0353010059". Empty otherwise.
[[nodiscard]] std::string telephone_digits(std::string_view text);

// "2019-08-28" → "28 août 2019"; anything else is given back as it is.
[[nodiscard]] std::string french_date(std::string_view iso);
// <time datetime="2019-08-28">28 août 2019</time>
void write_date(Html& html, std::string_view iso);

// « base de novembre 2020 … », when there is something to say.
void write_base_notice(Html& html, std::string_view notice);

// What the status means for the reader: « Réponse partielle ».
[[nodiscard]] std::string_view label_of(answers::Status status);

// "/fiches/F1341"
[[nodiscard]] std::string publication_path(std::string_view id);

// "/?q=…&condition=…"
[[nodiscard]] std::string question_path(const std::string& question, const std::vector<std::string>& conditions);

// « Vous êtes majeur › Première demande »
[[nodiscard]] std::string joined(const std::vector<std::string>& conditions);

// The first words, so that each link says which sentence it checks (the interface says the same: words.ts).
[[nodiscard]] std::string beginning_of(std::string_view text);

// The ways to reword an answer, once a model is there (pages_rewording.cpp).
void write_rewording_form(Html& html, const AnswerPage& page);

// « Chercher plus à fond », once a model that can choose is there (pages_thorough.cpp).
void write_thorough_form(Html& html, const AnswerPage& page);

}  // namespace beffroi::assistant
