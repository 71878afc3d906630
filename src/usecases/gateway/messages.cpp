#include "usecases/gateway/messages.h"

#include <fmt/format.h>

#include <utility>

#include "usecases/gateway/body.h"
#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

namespace {

using json::Kind;
using json::Node;

void join(std::string& to, const std::string& text) {
  if (!to.empty() && !text.empty()) to += "\n\n";
  to += text;
}

// « content » as a text, or as parts that are all texts.
Result<std::string> content_of(const Node& message, const std::string& path) {
  const auto content = message.find("content");
  if (!content) return std::string();
  const std::string name = path + ".content";
  if (content->kind() != Kind::array) return member_text(*content, name);
  std::string whole;
  for (std::size_t i = 0; i < content->size(); ++i) {
    const Node part = content->at(i);
    const std::string at = fmt::format("{}[{}]", name, i);
    const auto type = part.find("type");
    const auto text = part.find("text");
    if (!type || type->text_or_empty() != "text" || !text)
      return unsupported(at, "seuls des textes peuvent être envoyés ici (ni image, ni son, ni fichier).");
    join(whole, BEFFROI_TRY(member_text(*text, at + ".text")));
  }
  return whole;
}

Status check_message(const Node& message, const std::string& path) {
  for (const std::string_view tool : {"tool_calls", "function_call", "audio"}) {
    const auto given = message.find(tool);
    if (given && !(given->kind() == Kind::array && given->size() == 0)) {
      return unsupported(path + "." + std::string(tool), "les appels d’outils et les sons ne sont pas pris en charge ici.");
    }
  }
  return {};
}

// Turns given in any order become exchanges that alternate: two messages in a row are one, what the model said first answers nothing.
class Turns {
 public:
  void ask(const std::string& text) {
    if (replied_) {
      earlier_.push_back({std::move(asked_), std::move(reply_)});
      asked_.clear();
      reply_.clear();
      replied_ = false;
    }
    join(asked_, text);
  }
  void reply(const std::string& text) {
    join(reply_, text);
    replied_ = true;
  }
  // False when the last word is the model's.
  bool end(Conversation& conversation) {
    if (replied_ || asked_.empty()) return false;
    conversation.earlier = std::move(earlier_);
    conversation.message = std::move(asked_);
    return true;
  }

 private:
  std::vector<llm::Exchange> earlier_;
  std::string asked_, reply_;
  bool replied_ = false;
};

}  // namespace

Result<Conversation> conversation_of(const Node& root) {
  const auto list = root.find("messages");
  if (!list || list->kind() != Kind::array || list->size() == 0)
    return wrong("messages", "«\u00a0messages\u00a0»\u00a0: une liste d’au moins un message était attendue.");
  if (list->size() > kMostMessages)
    return wrong("messages", fmt::format("«\u00a0messages\u00a0»\u00a0: {} messages au plus.", kMostMessages));
  Conversation conversation;
  Turns turns;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Node message = list->at(i);
    const std::string path = fmt::format("messages[{}]", i);
    const auto given = message.find("role");
    const std::string_view role = given ? given->text_or_empty() : std::string_view();
    BEFFROI_CHECK(check_message(message, path));
    const std::string text = BEFFROI_TRY(content_of(message, path));
    if (role == "system" || role == "developer") join(conversation.instructions, text);
    else if (role == "user") turns.ask(text);
    else if (role == "assistant") turns.reply(text);
    else if (role == "tool" || role == "function")
      return unsupported(path + ".role", "les appels d’outils ne sont pas pris en charge ici.");
    else return wrong(path + ".role", fmt::format("{}.role\u00a0: system, developer, user ou assistant.", path));
  }
  if (!turns.end(conversation)) return wrong("messages", "Le dernier message doit être de rôle user, et ne pas être vide.");
  if (conversation.bytes() > kMostConversationBytes) {
    return fail(Code::too_large, fmt::format("La conversation est trop longue\u00a0: {} octets au plus.", kMostConversationBytes));
  }
  return conversation;
}

}  // namespace beffroi::gateway
