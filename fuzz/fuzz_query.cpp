// Any bytes as a question put to a small index: results or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "search/search.h"

namespace {

using namespace beffroi;

search::PublicationWords publication(std::string id, std::string title, std::string body) {
  search::PublicationWords words;
  words.id = std::move(id);
  words.kind = "fiche";
  words.audiences = {"Particuliers"};
  words.title = std::move(title);
  words.introduction = body;
  words.topic_path = {"Papiers - Citoyenneté"};
  words.passages.push_back({words.id + "#p1", "Coût", "Vous êtes majeur", std::move(body)});
  return words;
}

std::unique_ptr<search::Searcher> open_small_index() {
  const std::vector<search::PublicationWords> words = {
      publication("F1", "Carte d’identité d’un majeur : première demande",
                  "La carte d’identité coûte 25 € en cas de perte (article L. 2121-7)."),
      publication("F2", "Passeport d’un mineur", "Le passeport d’un enfant de 15 ans est valable 5 ans."),
      publication("F3", "Inscription sur les listes électorales", "Il faut s’inscrire au plus tard le 6e vendredi avant le scrutin.")};
  const auto path = std::filesystem::temp_directory_path() / "beffroi-fuzz-query.idx";
  search::IndexOptions options;
  options.generation = "fuzz";
  if (!search::build_index(words, path, options)) std::abort();
  auto opened = search::Searcher::open(path);
  if (!opened) std::abort();
  return std::move(*opened);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<search::Searcher> searcher = open_small_index();
  search::Query query;
  query.text.assign(reinterpret_cast<const char*>(data), size);
  query.filter = search::Filter::everything();
  const auto results = searcher->search(query);
  if (results && results->hits.size() > query.limit) std::abort();
  return 0;
}
