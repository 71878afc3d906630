#include "pages/form.h"

namespace beffroi::pages {

namespace {

std::string hint_id(const Field& field) { return std::string(field.id) + "-aide"; }
std::string fault_id(const Field& field) { return std::string(field.id) + "-erreur"; }

std::string described_by(const Field& field) {
  std::string ids;
  if (!field.hint.empty()) ids = hint_id(field);
  if (!field.fault.empty()) ids += (ids.empty() ? "" : " ") + fault_id(field);
  return ids;
}

void write_label(Html& html, const Field& field) {
  html.open("label", {{"for", field.id}}).text(field.label);
  if (!field.required) html.element("span", {{"class", "quiet"}}, " (facultatif)");
  html.close();
  if (!field.hint.empty()) html.element("p", {{"class", "field-hint"}, {"id", hint_id(field)}}, field.hint);
  if (!field.fault.empty()) {
    html.open("p", {{"class", "field-fault"}, {"id", fault_id(field)}});
    html.element("span", {{"class", "visually-hidden"}}, "Erreur\u00a0: ").text(field.fault).close();
  }
}

}  // namespace

void write_faults(Html& html, std::span<const Fault> faults) {
  if (faults.empty()) return;
  html.open("div", {{"class", "form-faults"}, {"role", "alert"}, {"id", "erreurs"}, {"tabindex", "-1"}});
  html.element("h2", faults.size() == 1 ? "Il y a un problème" : "Il y a des problèmes");
  html.open("ul");
  for (const Fault& fault : faults) {
    html.open("li");
    if (fault.field.empty()) html.text(fault.message);
    else html.element("a", {{"href", "#" + fault.field}}, fault.message);
    html.close();
  }
  html.close().close();
}

std::string_view fault_of(std::span<const Fault> faults, std::string_view field) {
  for (const Fault& fault : faults) {
    if (fault.field == field) return fault.message;
  }
  return {};
}

void open_form(Html& html, std::string_view action, std::string_view csrf) {
  html.open("form", {{"class", "form"}, {"method", "post"}, {"action", action}});
  if (!csrf.empty()) write_hidden(html, "csrf", csrf);
}

void write_hidden(Html& html, std::string_view name, std::string_view value) {
  html.single("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
}

void write_field(Html& html, const Field& field) {
  html.open("div", {{"class", "field"}});
  write_label(html, field);
  const bool typed_as_it_is = field.type == "text" || field.type == "email";
  html.single("input", {{"id", field.id},
                        {"name", field.id},
                        {"type", field.type},
                        optional("value", field.type == "password" ? std::string_view{} : field.value),
                        {"autocomplete", field.autocomplete},
                        optional("autocapitalize", typed_as_it_is ? "none" : ""),
                        optional("spellcheck", typed_as_it_is ? "false" : ""),
                        optional("maxlength", field.most_characters),
                        optional("aria-describedby", described_by(field)),
                        optional("aria-invalid", field.fault.empty() ? "" : "true"),
                        flag("required", field.required)});
  html.close();
}

void write_text_area(Html& html, const Field& field, std::string_view rows) {
  html.open("div", {{"class", "field"}});
  write_label(html, field);
  html.open("textarea", {{"id", field.id},
                         {"name", field.id},
                         {"rows", rows},
                         optional("maxlength", field.most_characters),
                         optional("aria-describedby", described_by(field)),
                         optional("aria-invalid", field.fault.empty() ? "" : "true"),
                         flag("required", field.required)});
  // A browser drops one line feed at the beginning.
  html.text("\n").text(field.value).close();
  html.close();
}

void write_choice(Html& html, const Choice& choice) {
  const std::string id = std::string(choice.name) + "-" + std::string(choice.value);
  html.open("div", {{"class", "choice"}});
  html.single("input", {{"id", id}, {"type", choice.type}, {"name", choice.name}, {"value", choice.value}, flag("checked", choice.chosen)});
  html.open("label", {{"for", id}}).text(choice.label);
  if (!choice.hint.empty()) html.element("span", {{"class", "field-hint"}}, choice.hint);
  html.close().close();
}

void write_select(Html& html, const Field& field, std::span<const Option> options) {
  html.open("div", {{"class", "field"}});
  write_label(html, field);
  html.open("select", {{"id", field.id},
                       {"name", field.id},
                       optional("aria-describedby", described_by(field)),
                       optional("aria-invalid", field.fault.empty() ? "" : "true")});
  for (const Option& option : options) {
    html.element("option", {{"value", option.value}, flag("selected", option.value == field.value)}, option.label);
  }
  html.close().close();
}

void write_button(Html& html, std::string_view label) {
  html.element("button", {{"class", "button button-main"}, {"type", "submit"}}, label);
}

void write_quiet_button(Html& html, std::string_view label, std::string_view about) {
  html.open("button", {{"class", "button"}, {"type", "submit"}}).text(label);
  if (!about.empty()) html.element("span", {{"class", "visually-hidden"}}, " " + std::string(about));
  html.close();
}

}  // namespace beffroi::pages
