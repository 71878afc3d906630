// Forms that everybody can fill in: a label for each field, its hint and its fault tied to it, the faults told first and linked to where
// they are, the right words for a password manager. Plain POST forms that work without JavaScript.
// Names of fields are literals of ours. Pure functions of their writer; not thread-safe.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pages/html.h"

namespace beffroi::pages {

// What is wrong, and the id of the field to go to; empty: the form as a whole.
struct Fault {
  std::string field;
  std::string message;
};

// At the head of the page, announced at once; nothing when there is no fault.
void write_faults(Html& html, std::span<const Fault> faults);
// The message of this field's fault; empty when it has none.
[[nodiscard]] std::string_view fault_of(std::span<const Fault> faults, std::string_view field);

// Opens a POST form, with the token of the session when there is one; closed by html.close().
void open_form(Html& html, std::string_view action, std::string_view csrf);
void write_hidden(Html& html, std::string_view name, std::string_view value);

struct Field {
  std::string_view id;               // its name in the form too
  std::string_view label;
  std::string_view hint = {};
  std::string_view type = "text";    // "password", "email", "number"…
  std::string_view value = {};       // never of a password
  std::string_view autocomplete = "off";
  std::string_view fault = {};
  bool required = true;
  std::string_view most_characters = {};  // a number, written
};
void write_field(Html& html, const Field& field);
// Several lines; its type is not read.
void write_text_area(Html& html, const Field& field, std::string_view rows);

struct Choice {
  std::string_view name, value, label;
  bool chosen = false;
  std::string_view type = "checkbox";  // or "radio"
  std::string_view hint = {};
};
// Several of them belong in a fieldset with its legend. Their ids are name-value.
void write_choice(Html& html, const Choice& choice);

// A list to choose one from.
struct Option {
  std::string value, label;
};
void write_select(Html& html, const Field& field, std::span<const Option> options);

void write_button(Html& html, std::string_view label);        // the main one of its form
// `about`: said after the label to who cannot see the line it is on.
void write_quiet_button(Html& html, std::string_view label, std::string_view about = {});

}  // namespace beffroi::pages
