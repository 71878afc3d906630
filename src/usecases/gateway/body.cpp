#include "usecases/gateway/body.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "usecases/gateway/fault.h"

namespace beffroi::gateway {

Result<json::Document> parsed(std::string_view body) {
  auto document = json::Document::parse(body);
  if (!document && document.error().code == Code::bad_input) {
    return wrong("", "Le corps de la demande n’est pas du JSON bien formé. " + document.error().message);
  }
  if (document && document->root().kind() != json::Kind::object) return wrong("", "Le corps de la demande doit être un objet JSON.");
  return document;
}

Result<std::string> member_text(const json::Node& node, const std::string& name) {
  auto text = node.text();
  if (!text) return wrong(name, text.error().message);
  return text;
}

Result<std::string> required_text(const json::Node& object, const std::string& name) {
  const auto member = object.find(name);
  if (!member) return wrong(name, fmt::format("«\u00a0{}\u00a0» manque.", name));
  std::string text = BEFFROI_TRY(member_text(*member, name));
  if (text.empty()) return wrong(name, fmt::format("«\u00a0{}\u00a0» est vide.", name));
  return text;
}

Result<bool> flag_or(const json::Node& object, std::string_view name, bool otherwise, const std::string& path) {
  const auto member = object.find(name);
  if (!member) return otherwise;
  auto flag = member->boolean();
  if (!flag) return wrong(path, flag.error().message);
  return flag;
}

Result<std::vector<std::string>> texts_or_none(const json::Node& object, std::string_view name, const std::string& path) {
  const auto member = object.find(name);
  if (!member) return std::vector<std::string>{};
  auto texts = member->texts();
  if (!texts) return wrong(path, texts.error().message);
  return texts;
}

Result<std::int64_t> number_or(const json::Node& object, const std::string& name, std::int64_t otherwise, Range range) {
  const auto member = object.find(name);
  if (!member) return otherwise;
  const auto number = member->integer();
  if (!number) return wrong(name, number.error().message);
  if (*number < range.least || *number > range.most) {
    return wrong(name, fmt::format("«\u00a0{}\u00a0»\u00a0: un nombre entier de {} à {}.", name, range.least, range.most));
  }
  return *number;
}

Status only(const json::Node& object, std::initializer_list<std::string_view> names) {
  for (std::size_t i = 0; i < object.size(); ++i) {
    const std::string_view name = object.name_at(i);
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      return unsupported(std::string(name), "ce paramètre n’est pas connu ici. Retirez-le.");
    }
  }
  return {};
}

}  // namespace beffroi::gateway
