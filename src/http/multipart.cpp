#include "http/multipart.h"

#include <algorithm>
#include <optional>

#include "http/message.h"
#include "json/utf8.h"

namespace beffroi::http {

namespace {

constexpr std::string_view kType = "multipart/form-data";
constexpr std::string_view kBreak = "\r\n";
constexpr std::size_t kMaxBoundary = 70, kMaxHeaders = 4096, kMaxName = 500;

tl::unexpected<Error> wrong(const char* detail) {
  return fail(Code::invalid_argument, "Le formulaire envoyé est mal formé.", std::string("multipart: ") + detail);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes « ; name=value » or « ; name="value" » off the front. Browsers write a quote inside a value as %22, others as \".
struct Parameter {
  std::string_view name;
  std::string value;
};
std::optional<Parameter> take_parameter(std::string_view& text) {
  text = trimmed(text);
  if (text.empty() || text.front() != ';') return std::nullopt;
  text = trimmed(text.substr(1));
  const std::size_t equal = text.find('=');
  if (equal == std::string_view::npos) return std::nullopt;
  Parameter out{trimmed(text.substr(0, equal)), {}};
  text = trimmed(text.substr(equal + 1));
  if (text.empty() || text.front() != '"') {
    const std::size_t end = std::min(text.find(';'), text.size());
    out.value = trimmed(text.substr(0, end));
    text.remove_prefix(end);
    return out;
  }
  std::size_t at = 1;
  for (; at < text.size() && text[at] != '"'; ++at) {
    if (text[at] == '\\' && at + 1 < text.size() && (text[at + 1] == '"' || text[at + 1] == '\\')) ++at;
    out.value += text[at];
  }
  if (at == text.size()) return std::nullopt;
  text.remove_prefix(at + 1);
  return out;
}

bool is_boundary(std::string_view text) {
  constexpr std::string_view kMarks = "'()+_,-./:=? ";
  return !text.empty() && text.size() <= kMaxBoundary && text.back() != ' ' && std::all_of(text.begin(), text.end(), [&](char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           kMarks.find(letter) != std::string_view::npos;
  });
}

bool is_clean(std::string_view text) {
  return text.size() <= kMaxName && json::is_utf8(text) &&
         std::none_of(text.begin(), text.end(), [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F; });
}

Result<Part> part_with(std::string_view headers) {
  Part part;
  bool named = false;
  while (!headers.empty()) {
    const std::size_t end = std::min(headers.find(kBreak), headers.size());
    const std::string_view line = headers.substr(0, end);
    headers.remove_prefix(std::min(end + kBreak.size(), headers.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return wrong("header without a colon");
    if (!same_word(trimmed(line.substr(0, colon)), "content-disposition")) continue;
    std::string_view value = trimmed(line.substr(colon + 1));
    const std::size_t type = std::min(value.find(';'), value.size());
    if (named || !same_word(trimmed(value.substr(0, type)), "form-data")) return wrong("content-disposition");
    value.remove_prefix(type);
    while (const auto parameter = take_parameter(value)) {
      if (same_word(parameter->name, "name")) part.name = parameter->value, named = true;
      if (same_word(parameter->name, "filename")) part.file_name = parameter->value, part.is_file = true;
    }
    if (!trimmed(value).empty()) return wrong("content-disposition");
  }
  if (!named || part.name.empty()) return wrong("part without a name");
  if (const std::size_t path = part.file_name.find_last_of("/\\"); path != std::string::npos) part.file_name.erase(0, path + 1);
  if (!is_clean(part.name) || !is_clean(part.file_name)) return wrong("name of a part");
  return part;
}

Result<std::string> boundary_of(std::string_view content_type) {
  std::string_view rest = content_type.substr(std::min(content_type.find(';'), content_type.size()));
  std::string boundary;
  while (auto parameter = take_parameter(rest)) {
    if (same_word(parameter->name, "boundary")) boundary = std::move(parameter->value);
  }
  if (!is_boundary(boundary)) return wrong("boundary");
  return boundary;
}

}  // namespace

bool is_multipart(std::string_view content_type) {
  return same_word(trimmed(content_type.substr(0, std::min(content_type.find(';'), content_type.size()))), kType);
}

Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body) {
  if (!is_multipart(content_type)) return wrong("not multipart/form-data");
  const std::string mark = "--" + BEFFROI_TRY(boundary_of(content_type));
  const std::string next = std::string(kBreak) + mark;
  if (!body.starts_with(mark)) return wrong("no first boundary");
  body.remove_prefix(mark.size());
  std::vector<Part> parts;
  while (!body.starts_with("--")) {
    while (!body.empty() && (body.front() == ' ' || body.front() == '\t')) body.remove_prefix(1);  // padding after a boundary
    if (!body.starts_with(kBreak)) return wrong("boundary without a line break");
    body.remove_prefix(kBreak.size());
    const std::size_t blank = body.substr(0, kMaxHeaders + 4).find("\r\n\r\n");
    if (blank == std::string_view::npos) return wrong("headers of a part without an end");
    Part part = BEFFROI_TRY(part_with(body.substr(0, blank)));
    body.remove_prefix(blank + 4);
    const std::size_t end = body.find(next);
    if (end == std::string_view::npos) return wrong("part without an end");
    part.content = body.substr(0, end);
    body.remove_prefix(end + next.size());
    if (parts.size() == kMaxParts) return fail(Code::too_large, "Le formulaire envoyé a trop de champs.", "multipart: parts");
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace beffroi::http
