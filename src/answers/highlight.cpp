#include "answers/highlight.h"

namespace beffroi::answers {
namespace {

std::string percent_encoded(std::string_view text) {
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      out.push_back(c);
    } else {
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

bool inside_character(std::string_view text, std::size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
}

}  // namespace

std::string anchor_of(std::string_view passage_id) {
  const std::size_t hash = passage_id.rfind('#');
  return percent_encoded(hash == std::string_view::npos ? passage_id : passage_id.substr(hash + 1));
}

std::string link_to(std::string_view publication_id, const Highlight& highlight) {
  std::string link = "/fiches/" + percent_encoded(publication_id);
  if (highlight.passage_id.empty()) return link;
  link += "?passage=" + percent_encoded(highlight.passage_id);
  if (highlight.end_bytes > highlight.begin_bytes) {
    link += "&bloc=" + std::to_string(highlight.block) + "&debut=" + std::to_string(highlight.begin_bytes) +
            "&fin=" + std::to_string(highlight.end_bytes);
  }
  return link + "#" + anchor_of(highlight.passage_id);
}

std::optional<Highlight> checked(const Highlight& received, const knowledge::Passage& passage) {
  if (received.passage_id != passage.id || received.block >= passage.blocks.size()) return std::nullopt;
  const std::string& text = passage.blocks[received.block].text;
  if (received.begin_bytes >= received.end_bytes || received.end_bytes > text.size()) return std::nullopt;
  if (inside_character(text, received.begin_bytes) || inside_character(text, received.end_bytes)) return std::nullopt;
  return received;
}

}  // namespace beffroi::answers
