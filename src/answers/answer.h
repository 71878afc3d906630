// The typed answer to a question: what is shown to a person, whoever asks and by whatever door (page, API, telephone, widget).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "answers/router.h"
#include "llm/usage.h"

namespace beffroi::answers {

// The one list of statuses, everywhere.
enum class Status {
  answered,         // the sentences answer the question
  partial,          // they answer part of it, and the message says which part is missing
  needs_precision,  // the answer depends on a condition the reader must choose
  not_found,        // nothing in the sources; the right place to ask is given
  out_of_scope,     // not a question for a town hall
  needs_human,      // personal situation, urgency, distress: a person must answer
  refused,          // the request asks Beffroi to break its rules
  busy,             // try again, with the place in the queue when there is one
  error,            // something broke on our side, said plainly
};
[[nodiscard]] std::string_view name_of(Status status);  // "needs_precision"

// Where a sentence comes from: enough to show it and to find it again.
struct Source {
  std::string publication_id;           // "F1341"
  std::string passage_id;               // "F1341#p7"
  std::string title;                    // of the publication
  std::string section;                  // chapter titles joined with " › "
  std::string date;                     // ISO day of the publication
  std::string url;                      // the official page
  std::string link;                     // our page, at the highlighted place: "/fiches/F1341?passage=F1341%23p7&debut=12&fin=80#p7"
  std::vector<std::string> conditions;  // condition path
};

struct Sentence {
  std::string text;           // the source's own words, or others that the gate found to say the same
  bool verbatim = true;
  Source source;
  std::string original = {};  // the source's own words, when `text` has others
  bool leans = false;         // cannot be read apart from the sentence before: an item of its list, its exception, « Dans ce cas… »
};

// A choice that tells answers apart: « Êtes-vous majeur ? »
struct Choice {
  std::string label;       // « Vous êtes majeur »
  std::string condition;   // what to send back in AskOptions::conditions
};
struct Precision {
  std::string question;    // French
  std::vector<Choice> choices;
};

struct Contact {           // where to ask: the town hall, a service of « Où s’adresser », an emergency number
  std::string name;
  std::string detail;      // telephone, address, hours or what it is for
  std::string url;
};

struct Timing {
  double search_ms = 0, selection_ms = 0, total_ms = 0;
};

struct Answer {
  std::string id;                     // random, for feedback; carries nothing of the asker
  Status status = Status::error;
  std::string message;                // French, one or two sentences for the reader, never a fact of the sources
  std::vector<Contact> emergency;     // shown before anything else when not empty
  std::vector<Sentence> sentences;    // reading order, grouped by source
  Precision precision;                // when the status is needs_precision (or to refine an answer); choices empty otherwise
  std::vector<Contact> contacts;      // the right place to ask
  std::vector<Source> see_also;       // publications found and not quoted
  std::string corrected;              // the question as corrected, when it was
  std::string base_notice;            // « base de novembre 2020 »
  double confidence = 0;              // 0 to 1, calibrated on the development questions
  Timing timing;
  llm::Usage usage;                   // of the model that helped to choose; no model named: none did
  Routing routing;
  std::string model_notice;           // French; why the model that was asked did not help; empty when it did or was not asked
};

}  // namespace beffroi::answers
