#include "knowledge/vector_texts.h"

#include <algorithm>

#include "knowledge/store.h"
#include "knowledge/words.h"

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kMaxWords = 250;  // what the model reads at once

std::string first_words(std::string text) {
  std::size_t words = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != ' ' && text[at] != '\n') continue;
    if (++words == kMaxWords) {
      text.resize(at);
      break;
    }
  }
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

void append(std::string& text, const std::string& more, const char* between) {
  if (more.empty()) return;
  if (!text.empty()) text += between;
  text += more;
}

}  // namespace

std::string title_text(const Publication& publication, bool hide_titles) {
  std::string text = hide_titles ? std::string() : publication.title;
  append(text, first_words(introduction_words(publication)), ". ");
  return text;
}

std::string passage_text(const Publication& publication, const Passage& passage, bool hide_titles) {
  std::string body = body_words(passage);
  if (body.empty()) return {};
  std::string text = hide_titles ? std::string() : publication.title;
  std::string path;
  for (const std::string& section : passage.sections) append(path, section, " > ");
  for (const std::string& condition : passage.conditions) append(path, condition, " > ");
  append(text, path, ". ");
  append(text, first_words(std::move(body)), ". ");
  return text;
}

std::uint64_t fingerprint_of(const std::string& text) { return hash_of(text); }

}  // namespace beffroi::knowledge
