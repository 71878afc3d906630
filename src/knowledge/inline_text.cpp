#include "knowledge/inline_text.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/decode.h"

namespace beffroi::knowledge {

namespace {

enum class Space { none, soft, hard };  // soft: a closing mark that follows swallows it

bool is_letter_or_digit(char byte) {
  const auto c = static_cast<unsigned char>(byte);
  return c >= 0x80 || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool is_space(char32_t c) {
  return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
         c == 0x205F || c == 0x3000;
}

// Characters nobody sees: soft hyphen, zero-width spaces, byte-order mark, delete.
bool is_invisible(char32_t c) { return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0x7F; }

class Collector {
 public:
  void visit(const Element& element) {
    bool after_element = false;
    for (const Element& child : element) {
      if (child.is_text()) {
        append(child.text);
        after_element = false;
        continue;
      }
      enter(child, after_element);
      after_element = true;
    }
  }
  void append(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const text::Decoded decoded = text::decode_utf8(text, at);
      const std::string_view bytes = text.substr(at, decoded.size_bytes);
      at += decoded.size_bytes;
      if (is_invisible(decoded.code_point)) continue;
      if (is_space(decoded.code_point)) {
        // A line break comes from the layout of the file and makes the spaces around it soft; a space alone was typed.
        const bool line_break = decoded.code_point == '\n' || decoded.code_point == '\r';
        if (!out_.empty()) pending_ = line_break || pending_ == Space::soft ? Space::soft : Space::hard;
        continue;
      }
      if (after_amount_ && pending_ == Space::none && is_letter_or_digit(bytes.front())) ask(Space::hard);
      after_amount_ = false;
      const bool closes = decoded.code_point == '.' || decoded.code_point == ',' || decoded.code_point == ')';
      if (pending_ == Space::hard || (pending_ == Space::soft && !closes)) out_.push_back(' ');
      pending_ = Space::none;
      out_.append(decoded.valid ? bytes : "\uFFFD");
    }
  }

  InlineText take() && { return {std::move(out_), std::move(links_)}; }

 private:
  void enter(const Element& child, bool after_element) {
    const bool raised = child.name == "Exposant" || child.name == "Indice";
    const bool amount = child.name == "Valeur";
    if (after_element && !raised) ask(Space::soft);
    if (amount && !out_.empty() && is_letter_or_digit(out_.back())) ask(Space::hard);
    Link link = link_of(child);
    const bool linked = !link.url.empty() || !link.target.empty();
    const std::size_t start = out_.size();
    visit(child);
    after_amount_ = amount;
    if (!linked || out_.size() == start) return;
    link.label = out_.substr(start);
    if (link.label.front() == ' ') link.label.erase(0, 1);
    links_.push_back(std::move(link));
  }

  static Link link_of(const Element& element) {
    if (element.name == "LienExterne") return {{}, std::string(element.attribute("URL")), {}};
    if (element.name != "LienInterne" && element.name != "LienIntra") return {};
    // A sigle or a word of the glossary is explained at the end of the publication itself.
    const std::string_view type = element.attribute("type");
    if (type == "Sigle" || type == "Acronyme" || type.starts_with("Définition")) return {};
    const std::string_view target = element.attribute(element.name == "LienInterne" ? "LienPublication" : "LienID");
    return {{}, {}, is_publication_id(target) ? std::string(target) : std::string()};
  }

  void ask(Space space) {
    if (!out_.empty()) pending_ = std::max(pending_, space);
  }

  std::string out_;
  std::vector<Link> links_;
  Space pending_ = Space::none;
  bool after_amount_ = false;
};

}  // namespace

InlineText inline_text(const Element& element) {
  Collector collector;
  if (element.is_text()) collector.append(element.text);
  else collector.visit(element);
  return std::move(collector).take();
}

std::string words_under(const Element& element) { return inline_text(element).text; }

std::string words_of_child(const Element& element, std::string_view name) {
  const Element* child = element.child(name);
  return child != nullptr ? words_under(*child) : std::string();
}

bool is_publication_id(std::string_view id) {
  return id.size() >= 2 && id.size() <= 12 && (id[0] == 'F' || id[0] == 'N' || id[0] == 'R') &&
         std::all_of(id.begin() + 1, id.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace beffroi::knowledge
