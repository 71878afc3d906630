#include "llm/fake/fake_embedder.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace beffroi::llm::fake {

namespace {

std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 1469598103934665603ULL;
  for (const char letter : word) hash = (hash ^ static_cast<unsigned char>(letter)) * 1099511628211ULL;
  return hash;
}

// Adds a direction of the word's own, drawn by a linear congruential generator.
void add_word(std::string_view word, std::vector<float>& vector) {
  std::uint64_t state = hash_of(word);
  for (float& component : vector) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    component += static_cast<float>(static_cast<std::int32_t>(state >> 32)) / 2147483648.0F;
  }
}

}  // namespace

Result<std::vector<float>> FakeEmbedder::embed_query(std::string_view text, const std::stop_token& stop) {
  if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été interrompue.");
  if (text.size() > kMaxTextBytes) return fail(Code::too_large, "Le texte est trop long.");
  std::vector<float> vector(static_cast<std::size_t>(dimension_), 0.0F);
  constexpr std::string_view kSeparators = " \t\r\n.,;:!?'\"()";
  std::size_t begin = text.find_first_not_of(kSeparators);
  if (begin == std::string_view::npos) add_word("", vector);  // an empty text has a direction too
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(kSeparators, begin), text.size());
    add_word(text.substr(begin, end - begin), vector);
    begin = text.find_first_not_of(kSeparators, end);
  }
  float squares = 0.0F;
  for (const float component : vector) squares += component * component;
  for (float& component : vector) component /= std::sqrt(squares);
  return vector;
}

Result<std::vector<std::vector<float>>> FakeEmbedder::embed_passages(std::span<const std::string> texts, const std::stop_token& stop) {
  std::vector<std::vector<float>> vectors;
  vectors.reserve(texts.size());
  for (const std::string& text : texts) vectors.push_back(BEFFROI_TRY(embed_query(text, stop)));
  return vectors;
}

Result<std::int64_t> FakeEmbedder::count_tokens(std::string_view text) {
  std::int64_t count = 0;
  for (std::size_t at = text.find_first_not_of(' '); at != std::string_view::npos; ++count) {
    at = text.find_first_not_of(' ', std::min(text.find(' ', at), text.size()));
  }
  return count;
}

}  // namespace beffroi::llm::fake
