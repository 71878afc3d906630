#include "usecases/canteen/importing/answers.h"

#include "json/reader.h"
#include "json/writer.h"
#include "text/analysis.h"

namespace beffroi::canteen {

namespace {

constexpr std::string_view kKnown = "known:", kLike = "like:";

}  // namespace

std::string to_text(const Target& target) {
  switch (target.kind) {
    case Target::Kind::unanswered: return "";
    case Target::Kind::known: return std::string(kKnown) + target.of;
    case Target::Kind::create: return "create";
    case Target::Kind::like: return std::string(kLike) + target.of;
    case Target::Kind::left_out: return "left_out";
  }
  return "";
}

Target target_of(std::string_view text) {
  if (text.starts_with(kKnown)) return {Target::Kind::known, std::string(text.substr(kKnown.size()))};
  if (text.starts_with(kLike)) return {Target::Kind::like, std::string(text.substr(kLike.size()))};
  if (text == "create") return {Target::Kind::create, {}};
  if (text == "left_out") return {Target::Kind::left_out, {}};
  return {};
}

std::string_view word_of(SameDay answer) {
  switch (answer) {
    case SameDay::ask: return "ask";
    case SameDay::add: return "add";
    case SameDay::first: return "first";
    case SameDay::last: return "last";
  }
  return "";
}

std::string_view word_of(Differs answer) { return answer == Differs::ask ? "ask" : answer == Differs::keep ? "keep" : "replace"; }
std::string_view word_of(Faulty answer) { return answer == Faulty::ask ? "ask" : "leave_out"; }

SameDay same_day_of(std::string_view word) {
  return word == "add" ? SameDay::add : word == "first" ? SameDay::first : word == "last" ? SameDay::last : SameDay::ask;
}
Differs differs_of(std::string_view word) { return word == "keep" ? Differs::keep : word == "replace" ? Differs::replace : Differs::ask; }
Faulty faulty_of(std::string_view word) { return word == "leave_out" ? Faulty::leave_out : Faulty::ask; }

std::string to_json(const Answers& answers) {
  json::Writer out;
  out.begin_object();
  if (answers.columns) {
    std::vector<std::string> roles;
    for (const Role role : answers.columns->roles) roles.emplace_back(word_of(role));
    out.field("kind", word_of(answers.columns->kind)).field("columns", roles);
  }
  if (answers.day_form) out.field("days", word_of(*answers.day_form));
  if (answers.meals) out.field("meals", std::vector<std::string>(answers.meals->begin(), answers.meals->end()));
  out.end_object();
  return std::move(out).text();
}

Result<Answers> answers_of(std::string_view json) {
  const auto document = BEFFROI_TRY(json::Document::parse(json));
  const auto root = document.root();
  Answers answers;
  const auto wrong = [] { return fail(Code::bad_input, "Les réponses gardées pour ce fichier ne se lisent pas.", "answers"); };
  if (const auto kind = root.find("kind")) {
    Columns columns;
    const auto read = file_kind(BEFFROI_TRY(kind->text()));
    if (!read) return wrong();
    columns.kind = *read;
    const auto roles = BEFFROI_TRY(root.member("columns"));
    for (const std::string& word : BEFFROI_TRY(roles.texts())) {
      const auto role = role_of(word);
      if (!role) return wrong();
      columns.roles.push_back(*role);
    }
    answers.columns = std::move(columns);
  }
  if (const auto days = root.find("days")) {
    answers.day_form = day_form(BEFFROI_TRY(days->text()));
    if (!answers.day_form) return wrong();
  }
  if (const auto meals = root.find("meals")) {
    const auto words = BEFFROI_TRY(meals->texts());
    answers.meals = std::set<std::string>(words.begin(), words.end());
  }
  return answers;
}

std::string signature_of(const std::vector<std::string>& header) {
  std::string out;
  for (const std::string& name : header) out += text::fold(name) + "|";
  return out;
}

}  // namespace beffroi::canteen
