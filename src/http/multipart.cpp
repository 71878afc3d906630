#include "http/multipart.h"

#include <algorithm>
#include <optional>

#include "http/message.h"

namespace beffroi::http {

namespace {

constexpr std::size_t kMaxHeadBytes = 4096;     // of one part
constexpr std::size_t kMaxBoundaryBytes = 70;   // RFC 2046

tl::unexpected<Error> malformed(std::string detail) {
  return fail(Code::invalid_argument, "Le corps de la demande n’est pas un formulaire multipart bien formé.", std::move(detail));
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The end of a parameter that begins at 0: the next ';' outside of quotes.
std::size_t end_of_parameter(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\') ++i;
    else if (text[i] == '"') quoted = !quoted;
    else if (text[i] == ';' && !quoted) return i;
  }
  return text.size();
}

std::string unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  std::string out;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    out += value[i];
  }
  return out;
}

// « form-data; name="file"; filename="a.txt" »: the value of one parameter.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  header.remove_prefix(std::min(end_of_parameter(header) + 1, header.size()));
  while (!header.empty()) {
    const std::size_t end = end_of_parameter(header);
    const std::string_view one = trimmed(header.substr(0, end));
    const std::size_t equals = one.find('=');
    if (equals != std::string_view::npos && same_word(trimmed(one.substr(0, equals)), name)) {
      return unquoted(trimmed(one.substr(equals + 1)));
    }
    header.remove_prefix(std::min(end + 1, header.size()));
  }
  return std::nullopt;
}

std::string_view main_value(std::string_view header) { return trimmed(header.substr(0, end_of_parameter(header))); }

bool is_boundary(std::string_view text) {
  return !text.empty() && text.size() <= kMaxBoundaryBytes && text.back() != ' ' &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Reads the headers of a part into it.
Status read_head(std::string_view head, Part& part) {
  bool disposed = false;
  while (!head.empty()) {
    const std::size_t end = std::min(head.find("\r\n"), head.size());
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(std::min(end + 2, head.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return malformed("a header of a part without a colon");
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (same_word(line.substr(0, colon), "Content-Type")) part.content_type = main_value(value);
    if (!same_word(line.substr(0, colon), "Content-Disposition")) continue;
    if (disposed || !same_word(main_value(value), "form-data")) return malformed("a part that is no form-data, or says so twice");
    disposed = true;
    part.name = parameter(value, "name").value_or("");
    part.file_name = parameter(value, "filename").value_or("");
  }
  if (part.name.empty()) return malformed("a part without a name");
  return {};
}

}  // namespace

Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body) {
  const std::string boundary = parameter(content_type, "boundary").value_or("");
  if (!same_word(main_value(content_type), "multipart/form-data") || !is_boundary(boundary)) return malformed("no boundary");
  const std::string first = "--" + boundary, next = "\r\n" + first;
  if (!body.starts_with(first)) return malformed("the body does not begin with its boundary");
  body.remove_prefix(first.size());
  std::vector<Part> parts;
  while (!body.starts_with("--")) {
    if (!body.starts_with("\r\n")) return malformed("a boundary that does not end its line");
    if (parts.size() == kMaxParts) return fail(Code::too_large, "Le formulaire a trop de champs.");
    body.remove_prefix(2);
    const std::size_t head = body.substr(0, kMaxHeadBytes).find("\r\n\r\n");
    if (head == std::string_view::npos) return malformed("a part without an end of its headers");
    Part part;
    BEFFROI_CHECK(read_head(body.substr(0, head), part));
    body.remove_prefix(head + 4);
    const std::size_t end = body.find(next);
    if (end == std::string_view::npos) return malformed("a part without an end");
    part.content = body.substr(0, end);
    body.remove_prefix(end + next.size());
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace beffroi::http
