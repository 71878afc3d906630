// What several pages share: the frame, the question box, dates, sources. Only for pages_*.cpp.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "pages/dates.h"
#include "pages/frame.h"
#include "pages/html.h"
#include "usecases/assistant/pages.h"

namespace beffroi::assistant {

using pages::Attribute;
using pages::flag;
using pages::Frame;
using pages::french_date;
using pages::Html;
using pages::optional;
using pages::percent_encoded;
using pages::write_date;

// A whole document: head, skip link, header, notice about the base, `<main>` filled by `body`, footer.
[[nodiscard]] std::string framed(const PageContext& context, const Frame& frame, const std::function<void(Html&)>& body);

// The box where a question is written: a GET form to `action` ("/" or "/recherche").
struct Box {
  std::string_view action, label, hint, button, value;
};
void write_box(Html& html, const Box& box);

// What article 50 of the European regulation on AI asks, before the first exchange; nothing where no model is offered. Outside of what the
// interface takes over: it stays.
void write_ai_notice(Html& html, const PageContext& context);

// Of the session, in a form that is sent by POST; nothing for the public.
void write_token(Html& html, const PageContext& context);

// The commune itself, for who prefers a person.
void write_town_hall(Html& html, const answers::TownHall& town_hall);

// The digits of a text that is a French telephone number and nothing else: "03 53 01 00 59" → "0353010059". Empty otherwise.
[[nodiscard]] std::string telephone_digits(std::string_view text);

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
void write_rewording_form(Html& html, const PageContext& context, const AnswerPage& page);

// « Chercher plus à fond », once a model that can choose is there (pages_thorough.cpp).
void write_thorough_form(Html& html, const PageContext& context, const AnswerPage& page);

}  // namespace beffroi::assistant
