#include "http/url.h"

#include <fmt/format.h>

#include <algorithm>

#include "json/utf8.h"

namespace beffroi::http {

namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

tl::unexpected<Error> refused(std::string_view reason) {
  return fail(Code::invalid_argument, fmt::format("L’adresse demandée n’est pas valide\u00a0: {}.", reason));
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

Result<std::string> decode(std::string_view text, bool plus_is_space) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return refused("un signe % doit être suivi de deux chiffres hexadécimaux");
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_space) {
      c = ' ';
    }
    out += c;
  }
  if (out.find('\0') != std::string::npos) return refused("elle contient un caractère nul");
  if (!json::is_utf8(out)) return refused("elle n’est pas écrite en UTF-8");
  return out;
}

Result<std::string> decode_segment(std::string_view raw) {
  auto decoded = decode(raw, false);
  if (!decoded) return decoded;
  const std::string_view segment = *decoded;
  if (segment == "." || segment == "..") return refused("les segments «\u00a0.\u00a0» et «\u00a0..\u00a0» ne sont pas admis");
  if (segment.find_first_of("/\\") != std::string::npos) return refused("une barre oblique y est cachée");
  if (std::any_of(segment.begin(), segment.end(), is_control)) return refused("elle contient un caractère de contrôle");
  return decoded;
}

// "http://host:port/path" as sent to proxies becomes "/path".
std::string_view without_origin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    return path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  return target;
}

}  // namespace

const std::string* Parameters::find(std::string_view name) const {
  const auto found = std::find_if(pairs_.begin(), pairs_.end(), [&](const auto& pair) { return pair.first == name; });
  return found == pairs_.end() ? nullptr : &found->second;
}

std::string_view Parameters::value(std::string_view name) const {
  const std::string* found = find(name);
  return found == nullptr ? std::string_view{} : *found;
}

std::vector<std::string> Parameters::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const auto& [key, value] : pairs_) {
    if (key == name) values.push_back(value);
  }
  return values;
}

Result<Parameters> parse_form(std::string_view text, std::size_t most) {
  Parameters parameters;
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('&'), text.size());
    const std::string_view pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    if (++count > most) return refused(fmt::format("elle porte plus de {} paramètres", most));
    const std::size_t equal = std::min(pair.find('='), pair.size());
    std::string name = BEFFROI_TRY(decode(pair.substr(0, equal), true));
    std::string value = BEFFROI_TRY(decode(pair.substr(std::min(equal + 1, pair.size())), true));
    parameters.add(std::move(name), std::move(value));
  }
  return parameters;
}

Result<Target> parse_target(std::string_view target) {
  target = without_origin(target);
  if (target.find('#') != std::string_view::npos) return refused("le signe # doit s’écrire %23");
  const std::size_t question_mark = std::min(target.find('?'), target.size());
  std::string_view raw_path = target.substr(0, question_mark);
  if (raw_path.empty() && question_mark < target.size()) raw_path = "/";
  if (!raw_path.starts_with('/')) return refused("elle doit commencer par une barre oblique");
  Target parsed;
  std::string_view rest = raw_path.substr(1);
  while (true) {
    const std::size_t end = rest.find('/');
    std::string segment = BEFFROI_TRY(decode_segment(rest.substr(0, end)));
    if (segment.empty() && end != std::string_view::npos) return refused("deux barres obliques se suivent");
    parsed.path += '/';
    parsed.path += segment;
    parsed.segments.push_back(std::move(segment));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  parsed.query = BEFFROI_TRY(parse_form(target.substr(std::min(question_mark + 1, target.size()))));
  return parsed;
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
  }
  return out;
}

}  // namespace beffroi::http
