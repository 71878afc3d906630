#include "usecases/assistant/input.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "json/reader.h"
#include "text/utf8.h"

namespace beffroi::assistant {

namespace {

constexpr std::array<std::string_view, 3> kAudiences{"Particuliers", "Professionnels", "Associations"};

std::size_t count_characters(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

struct TextRule {
  std::string_view name;  // « La question »
  std::size_t max_characters;
};

// Valid UTF-8 in one line, of bounded length.
Result<std::string> checked_text(std::string_view text, const TextRule& rule) {
  if (!text::is_valid_utf8(text)) return fail(Code::invalid_argument, fmt::format("{} n’est pas écrite en UTF-8.", rule.name));
  if (text.find('\0') != std::string_view::npos)
    return fail(Code::invalid_argument, fmt::format("{} contient un caractère nul.", rule.name));
  if (count_characters(text) > rule.max_characters) {
    return fail(Code::too_large, fmt::format("{} est trop longue\u00a0: {} caractères au plus.", rule.name, rule.max_characters));
  }
  std::string line(text);
  std::replace_if(line.begin(), line.end(), is_control, ' ');
  return line;
}

// A fault of the text itself, once its JSON was well formed: 422, unless it is a matter of length.
Error as_bad_input(Error error) {
  if (error.code == Code::invalid_argument) error.code = Code::bad_input;
  return error;
}

// Text that is not JSON at all is a malformed request (400); JSON that says something else than expected is a bad content (422).
Result<json::Document> parsed(std::string_view body) {
  auto document = json::Document::parse(body);
  if (!document && document.error().code == Code::bad_input) {
    Error error = document.error();
    error.code = Code::invalid_argument;
    error.message = "Le corps de la demande n’est pas du JSON bien formé. " + error.message;
    return tl::unexpected(std::move(error));
  }
  return document;
}

Result<std::vector<std::string>> checked_audiences(const json::Node& list) {
  std::vector<std::string> audiences = BEFFROI_TRY(list.texts());
  if (audiences.size() > kAudiences.size()) return list.fault(fmt::format("{} éléments au plus", kAudiences.size()));
  for (const std::string& audience : audiences) {
    if (auto checked = checked_audience(audience); !checked) return tl::unexpected(as_bad_input(checked.error()));
  }
  return audiences;
}

// The members that a question has, whatever it is asked for.
Result<answers::Question> question_of(const json::Node& root) {
  const json::Node asked = BEFFROI_TRY(root.member("question"));
  auto text = checked_question(BEFFROI_TRY(asked.text()));
  if (!text) return tl::unexpected(as_bad_input(text.error()));
  answers::Question question;
  question.text = std::move(*text);
  if (const auto conditions = root.find("conditions")) {
    auto checked = checked_conditions(BEFFROI_TRY(conditions->texts()));
    if (!checked) return tl::unexpected(as_bad_input(checked.error()));
    question.conditions = std::move(*checked);
  }
  if (const auto audiences = root.find("audiences")) question.audiences = BEFFROI_TRY(checked_audiences(*audiences));
  if (const auto thorough = root.find("thorough")) question.thorough = BEFFROI_TRY(thorough->boolean());
  return question;
}

bool is_answer_id(std::string_view id) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
  };
  return id.size() >= 8 && id.size() <= 64 && std::all_of(id.begin(), id.end(), plain);
}

}  // namespace

Result<std::string> checked_question(std::string_view text) {
  std::string question = BEFFROI_TRY(checked_text(text, {"La question", kMaxQuestionCharacters}));
  if (text::squeeze_spaces(question).empty()) return fail(Code::invalid_argument, "La question est vide.");
  return question;
}

Result<std::vector<std::string>> checked_conditions(std::vector<std::string> conditions) {
  if (conditions.size() > kMaxConditions) {
    return fail(Code::invalid_argument, fmt::format("Une question porte au plus {} conditions.", kMaxConditions));
  }
  for (std::string& condition : conditions) condition = BEFFROI_TRY(checked_text(condition, {"Une condition", kMaxConditionCharacters}));
  return conditions;
}

Result<std::string> checked_audience(std::string_view audience) {
  if (std::find(kAudiences.begin(), kAudiences.end(), audience) != kAudiences.end()) return std::string(audience);
  return fail(Code::invalid_argument,
              fmt::format("Ce public n’est pas connu\u00a0; publics admis\u00a0: {}.", fmt::join(kAudiences, ", ")));
}

Result<answers::Style> checked_style(std::string_view name) {
  if (const auto style = answers::style_named(name)) return *style;
  return fail(Code::invalid_argument,
              "Cette façon de reformuler n’est pas connue\u00a0; façons admises\u00a0: plain, falc, letter_paragraph.");
}

Result<answers::Question> question_from_json(std::string_view body) {
  const json::Document document = BEFFROI_TRY(parsed(body));
  BEFFROI_CHECK(document.root().only({"question", "conditions", "audiences", "thorough"}));
  return question_of(document.root());
}

Result<RewordingInput> rewording_from_json(std::string_view body) {
  const json::Document document = BEFFROI_TRY(parsed(body));
  const json::Node root = document.root();
  BEFFROI_CHECK(root.only({"question", "conditions", "audiences", "thorough", "style"}));
  RewordingInput input;
  input.question = BEFFROI_TRY(question_of(root));
  const json::Node style = BEFFROI_TRY(root.member("style"));
  auto checked = checked_style(BEFFROI_TRY(style.text()));
  if (!checked) return tl::unexpected(as_bad_input(checked.error()));
  input.style = *checked;
  return input;
}

Result<Opinion> opinion_from_json(std::string_view body) {
  const json::Document document = BEFFROI_TRY(parsed(body));
  const json::Node root = document.root();
  BEFFROI_CHECK(root.only({"answer_id", "helpful", "reason", "question"}));
  Opinion opinion;
  const json::Node answer_id = BEFFROI_TRY(root.member("answer_id"));
  const json::Node helpful = BEFFROI_TRY(root.member("helpful"));
  opinion.answer_id = BEFFROI_TRY(answer_id.text());
  opinion.helpful = BEFFROI_TRY(helpful.boolean());
  if (const auto reason = root.find("reason")) opinion.reason = BEFFROI_TRY(reason->text());
  if (const auto question = root.find("question")) opinion.question = BEFFROI_TRY(question->text());
  auto checked = checked_opinion(std::move(opinion));
  if (!checked) return tl::unexpected(as_bad_input(checked.error()));
  return checked;
}

Result<Opinion> checked_opinion(Opinion opinion) {
  if (!is_answer_id(opinion.answer_id)) return fail(Code::invalid_argument, "L’identifiant de la réponse n’est pas valable.");
  opinion.reason = BEFFROI_TRY(checked_text(opinion.reason, {"La remarque", kMaxReasonCharacters}));
  opinion.question = BEFFROI_TRY(checked_text(opinion.question, {"La question", kMaxQuestionCharacters}));
  return opinion;
}

}  // namespace beffroi::assistant
