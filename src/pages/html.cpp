#include "pages/html.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace beffroi::pages {
namespace {

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n':
      case '\t': out += c; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          out += "\xEF\xBF\xBD";
        } else {
          out += c;
        }
    }
  }
}

bool holds_an_address(std::string_view attribute) { return attribute == "href" || attribute == "action" || attribute == "src"; }

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), [](char a, char b) {
           return a == static_cast<char>(std::tolower(static_cast<unsigned char>(b)));
         });
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 8);
  append_escaped(out, text);
  return out;
}

bool is_safe_address(std::string_view address) {
  // Browsers drop tabs and line breaks inside an address, and spaces before it: refuse rather than guess.
  if (address.empty() || std::any_of(address.begin(), address.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7f; })) {
    return false;
  }
  if (address.front() == '#' || address.front() == '?') return true;
  if (address.front() == '/') return address.size() == 1 || (address[1] != '/' && address[1] != '\\');
  static constexpr std::array<std::string_view, 4> kSchemes = {"https://", "http://", "mailto:", "tel:"};
  return std::any_of(kSchemes.begin(), kSchemes.end(), [&](std::string_view scheme) { return starts_with_ignoring_case(address, scheme); });
}

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_' || c == '~')) {
      out += c;
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

void Html::write_tag(std::string_view tag, Attributes attributes) {
  out_ += '<';
  out_ += tag;
  for (const Attribute& attribute : attributes) {
    if (attribute.name.empty()) continue;
    if (holds_an_address(attribute.name) && !is_safe_address(attribute.value)) continue;
    out_ += ' ';
    out_ += attribute.name;
    if (!attribute.has_value) continue;
    out_ += "=\"";
    append_escaped(out_, attribute.value);
    out_ += '"';
  }
  out_ += '>';
}

Html& Html::open(std::string_view tag, Attributes attributes) {
  write_tag(tag, attributes);
  open_.push_back(tag);
  return *this;
}

Html& Html::close() {
  if (open_.empty()) return *this;
  out_ += "</";
  out_ += open_.back();
  out_ += '>';
  open_.pop_back();
  return *this;
}

Html& Html::text(std::string_view text) {
  append_escaped(out_, text);
  return *this;
}

Html& Html::element(std::string_view tag, Attributes attributes, std::string_view text) {
  write_tag(tag, attributes);
  append_escaped(out_, text);
  out_ += "</";
  out_ += tag;
  out_ += '>';
  return *this;
}

Html& Html::single(std::string_view tag, Attributes attributes) {
  write_tag(tag, attributes);
  return *this;
}

Html& Html::json(std::string_view id, std::string_view json) {
  write_tag("script", {{"type", "application/json"}, {"id", id}});
  for (const char c : json) {  // inside a JSON string only: the same text, and no markup can begin
    switch (c) {
      case '<': out_ += "\\u003c"; break;
      case '>': out_ += "\\u003e"; break;
      case '&': out_ += "\\u0026"; break;
      default: out_ += c;
    }
  }
  out_ += "</script>";
  return *this;
}

std::string Html::take() {
  while (!open_.empty()) close();
  return std::move(out_);
}

}  // namespace beffroi::pages
