#include "http/message.h"

#include <algorithm>

#include "http/multipart.h"
#include "json/utf8.h"

namespace beffroi::http {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

constexpr std::string_view kMultipart = "multipart/form-data";

// Without its parameters.
std::string_view media_type_of(const Request& request) {
  const std::string_view type = request.header("Content-Type");
  return trimmed(type.substr(0, type.find(';')));
}

Reply reply_of(int status, std::string content_type, std::string body) {
  Reply reply;
  reply.status = status;
  reply.content_type = std::move(content_type);
  reply.body = std::move(body);
  return reply;
}

}  // namespace

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(), [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get: return "GET";
    case Method::head: return "HEAD";
    case Method::post: return "POST";
    case Method::put: return "PUT";
    case Method::del: return "DELETE";
    case Method::options: return "OPTIONS";
    case Method::other: return "OTHER";
  }
  return "OTHER";
}

std::string_view Request::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& pair) { return same_word(pair.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

bool Request::accepts(std::string_view media_type) const {
  std::string_view rest = header("Accept");
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view item = rest.substr(0, end);
    if (same_word(trimmed(item.substr(0, item.find(';'))), media_type)) return true;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

bool Request::has_form() const {
  const std::string_view type = media_type_of(*this);
  return same_word(type, kMultipart) || same_word(type, "application/x-www-form-urlencoded");
}

Result<Parameters> Request::form() const {
  if (!same_word(media_type_of(*this), kMultipart)) return parse_form(body, kMaxFormFields);
  Parameters fields;
  for (const Part& part : BEFFROI_TRY(parse_multipart(header("Content-Type"), body))) {
    if (!part.file_name.empty()) continue;
    if (!json::is_utf8(part.content) || part.content.find('\0') != std::string_view::npos)
      return fail(Code::invalid_argument, "Un champ du formulaire n’est pas un texte en UTF-8.", "multipart: field");
    fields.add(part.name, std::string(part.content));
  }
  return fields;
}

Reply json_reply(std::string body, int status) { return reply_of(status, "application/json", std::move(body)); }
Reply html_reply(std::string body, int status) { return reply_of(status, "text/html; charset=utf-8", std::move(body)); }
Reply text_reply(std::string body, int status) { return reply_of(status, "text/plain; charset=utf-8", std::move(body)); }

Reply see_other(std::string location) {
  Reply reply = text_reply("", 303);
  reply.headers.emplace_back("Location", std::move(location));
  return reply;
}

Reply event_reply(EventProducer producer) {
  Reply reply = reply_of(200, "text/event-stream; charset=utf-8", "");
  reply.events = std::move(producer);
  return reply;
}

}  // namespace beffroi::http
